#pragma once

// What the lists of a state hold of orders, service and points.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "support/opinion/wide.h"

namespace suanpan::opinion {

struct Order {
  std::string at;
  std::string placed_on;
  Json fact;
  std::string state = "placed";
  std::string server;  ///< or empty
  std::string moved;   ///< address of its last order.moved, or empty
  int ratings = 0;
};

/// Who has a parcel.
struct Parcel {
  std::string holder;
  std::string passed;  ///< address of the custody.passed
};

struct Session {
  std::string at;
  std::string on;
  int attendances = 0;
  int services = 0;                            ///< done at it
  std::map<std::string, std::string> roles{};  ///< of those who were there
};

/// A slot that nobody marked.
struct Slot {
  std::string at;
  std::string on;
};

/// Service that waits for attestations.
struct Service {
  std::string at;
  std::string date;
  Json fact;
  std::string holder;  ///< or empty
  std::string minutes_class;
  std::int64_t minutes = 0;
  std::set<std::string> steps{};
  std::optional<int> quality{};
  std::string attested{};  ///< address of the last attestation, or empty
  std::string since{};     ///< from when it waits
};

/// Units of a service kind that were counted for a person in a scheme.
struct Carried {
  std::string person;
  std::string scheme;
  std::string service_kind;
  std::int64_t units = 0;
};

/// Something that is counted within a day, a month or a session, to be limited.
struct Count {
  std::string list;  ///< "used", "award", "spent", "redeemed"
  std::string of;
  std::string ended;  ///< the last day of what it is counted within
  std::int64_t amount = 0;
};

struct Lot {
  std::string scheme;
  std::string holder;
  std::string at;  ///< of its grant
  std::int64_t quantity = 0;
  std::string earned;
  std::string usable_from;
  std::string expires;  ///< the last day, or empty
  std::string person;
};

/// How far days are closed.
struct Days {
  std::string closed;  ///< the last one, or empty
  std::string open;    ///< of which some pages are written, or empty
  int page = 0;        ///< the next one of it
};

}  // namespace suanpan::opinion
