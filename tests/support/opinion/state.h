#pragma once

// All that a book knows, in plain lists that only grow or are marked; every figure is added up from
// them when it is asked for.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/opinion/faults.h"
#include "support/opinion/wide.h"

namespace suanpan::opinion {

struct Event {
  std::string at;
  std::string kind;
  std::string date;  ///< business date
  Json fact;         ///< in normal form, with kind and envelope; of a derived event, empty
  Json computed;     ///< in normal form
};

struct Posting {
  std::string account;
  std::int64_t amount = 0;
  std::uint64_t seq = 0;  ///< of the entry
};

/// What a fact adds to an agreement's base in a month: at its price, or to R.
struct BaseEntry {
  std::string agreement;
  std::string month;
  Wide priced = 0;
  Wide standard = 0;
};

/// A line of a sale: its address and the line's number.
using SoldLine = std::pair<std::string, int>;

struct Waiting {
  std::string agreement;
  std::int64_t amount = 0;
};

struct Refunded {
  SoldLine line;
  std::int64_t quantity = 0;
  std::int64_t amount = 0;
  std::int64_t pro_rata = 0;
};

struct Bill {
  std::string agreement;
  std::string through;
  std::string settled_on;
  std::string due_on;
  std::int64_t due = 0;
  std::int64_t open = 0;
  std::int64_t high = 0;  ///< H after it
};

struct Approval {
  std::string at;
  std::string of;       ///< an address, or empty
  std::string subject;  ///< a name, or empty
  std::string action;
  std::string approver;
  std::optional<std::int64_t> amount_max;
  bool used = false;
  bool withdrawn = false;
};

struct Request {
  std::string at;
  std::string date;
  Json fact;
  std::int64_t paid = 0;
  bool swept = false;
};

struct State {
  Fault fault = Fault::kNone;
  std::uint64_t seq = 0;     ///< of the entry that is being decided
  std::optional<Json> book;  ///< its book.opened
  std::map<std::string, Json> parties;
  std::map<std::string, Json> funds;
  std::map<std::string, Json> agreements;  ///< each with the address of its signing in `at`
  std::vector<Event> events;
  std::vector<Posting> postings;
  std::vector<BaseEntry> base;
  std::vector<std::pair<std::string, std::string>> trued_up;  ///< agreement, month
  std::map<SoldLine, Waiting> waiting;
  std::vector<Refunded> refunded;
  std::vector<Bill> bills;
  std::vector<Approval> approvals;
  std::vector<Request> requests;
  std::string requests_swept;  ///< a month

  [[nodiscard]] const Event* Find(const std::string& address) const;
  /// The event at an address that a field names; unknown_address, wrong_kind.
  [[nodiscard]] const Event& Named(const std::string& address, const std::string& field,
                                   const std::string& kind = {}) const;
  [[nodiscard]] bool IsTaken(const std::string& name) const;
};

/// A name inside an account's path.
[[nodiscard]] std::string InPath(std::string name);

/// Debit less credit of an account, of all accounts that begin with a prefix.
[[nodiscard]] Wide Balance(const State& state, const std::string& account);
[[nodiscard]] Wide BalanceBelow(const State& state, const std::string& prefix);

/// One posting; of 0 none. A turnover beyond 64 bits is amount_overflow.
void Post(State& state, const std::string& account, Wide amount);

}  // namespace suanpan::opinion
