#pragma once

// What is registered in a book: its calendar, the roles of names, parties, places, funds, codes.

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::rules {

/// What a name was registered as. One name has one role.
enum class Role : std::uint8_t {
  kNone = 0,
  kParty = 1,
  kFund = 2,
  kAgreement = 3,
  kPlace = 4,
  kOffer = 5,
  kPolicy = 6
};

struct NameRole {
  Role role = Role::kNone;
  std::uint32_t index = 0;  ///< into the role's array
  std::uint32_t first_agreement =
      0;  ///< 1 + index of the newest agreement whose party this name is; 0 none
  std::uint32_t first_relation =
      0;  ///< 1 + index of the newest relation that this name has to another; 0 none
};

/// The end of what a name was registered as.
struct Closing {
  Date on;  ///< the last day
  NameId outcome;
};

struct Party {
  NameId name;
  schema::PartyType type{};
  NameId party_class;
  NameId number;
  Date since;
};

struct Place {
  NameId name;
  schema::PlaceType type{};
  NameId within;  ///< another place; 0: none
};

/// A fund: a restricted sub-ledger of its host charity.
struct Fund {
  NameId name;
  NameId host;
  NameId committee;
  std::vector<NameId> bank_accounts;
  schema::Pot default_pot;
  schema::PotClass restriction_class{};
  std::vector<NameId> purposes;
  std::vector<NameId> places;
  std::vector<NameId> matters;
  Date until;  ///< 0: no end

  [[nodiscard]] bool HasAccount(NameId account) const;
};

/// Lists of what is open for a while. Permanent numbers: they are places in the state encoding.
enum class Lapsing : std::uint8_t {
  kRequests = 0,
  kProposals = 1,
  kPending = 2,
  kUsedUnits = 3,
  kAwards = 4,
  kRedeemed = 5,
  kExpiredLots = 6,
  kOrders = 7,
  kSlots = 8,
  kSessions = 9
};
inline constexpr std::size_t kLapsingMax = 12;
/// For each list the month in which what lapsed was dropped last.
using SweptMonths = std::array<Month, kLapsingMax>;

/// One code of one list.
struct CodeKey {
  schema::CodeList list{};
  NameId code;
  friend auto operator<=>(const CodeKey&, const CodeKey&) = default;
};
struct CodeKeyHash {
  std::size_t operator()(const CodeKey& key) const {
    return std::hash<std::uint64_t>{}(
        (std::uint64_t{key.code.value()} << 8U | static_cast<std::uint8_t>(key.list)) *
        0x9e37'79b9'7f4a'7c15U);
  }
};

/// The latest version of a code.
struct CodeVersion {
  std::uint32_t version = 0;
  Date valid_from;
  Date valid_to;  ///< last day; 0: open
  NameId group;
  std::uint8_t gapless = 0;  ///< schema::kFalse, kTrue; 0: not stated
  std::uint8_t protect = 0;  ///< likewise
};

struct BookCalendar {
  bool opened = false;
  std::int16_t utc_offset_minutes = 0;
  NameId unit;
  std::uint8_t level = 0;
  NameId host;
  std::uint32_t schema_version = 0;  ///< last schema.added
  Date closed;                       ///< last day that was closed; 0: none
  Date closing;                      ///< day of which some pages are closed; 0: none
  std::uint32_t pages = 0;           ///< of it
};

}  // namespace suanpan::rules
