#pragma once

// All that a book knows, in plain lists that only grow or are marked; every figure is added up from
// them when it is asked for.

#include <map>
#include <optional>
#include <set>
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

/// A dated edge between two names.
struct Relation {
  std::string relation;
  std::string from;
  std::string to;
  std::string as;  ///< or empty
  std::string since;
  std::string until;  ///< the last day, or empty
};

/// What was proposed and is not adopted yet.
struct Proposal {
  std::string at;
  std::string date;
  Json fact;
};

struct Policy {
  std::string adopted_at;  ///< an address
  std::string policy;
  std::string type;
  std::string scope;  ///< scheme; of an approval its action, of control "-"
  std::int64_t version = 0;
  std::string applies_from;
  Json body;
};

struct State {
  Fault fault = Fault::kNone;
  std::uint64_t seq = 0;     ///< of the entry that is being decided
  std::optional<Json> book;  ///< its book.opened
  std::map<std::string, Json> parties;
  std::map<std::string, Json> funds;
  std::map<std::string, Json> agreements;  ///< each with the address of its signing in `at`
  std::map<std::string, Json> places;
  std::set<std::string> policy_names;  ///< proposed at least once
  std::map<std::string, Json> closed;  ///< register.closed by name
  std::vector<Relation> relations;
  std::map<std::pair<std::string, std::string>, Json> codes;  ///< by list and code
  std::vector<Proposal> proposals;
  std::vector<Policy> policies;  ///< in the order of adoption
  std::vector<Event> events;
  std::vector<Posting> postings;
  std::vector<BaseEntry> base;
  std::vector<std::pair<std::string, std::string>> trued_up;  ///< agreement, month
  std::map<SoldLine, Waiting> waiting;
  std::vector<Refunded> refunded;
  std::vector<Bill> bills;
  std::vector<Approval> approvals;
  std::vector<Request> requests;
  std::map<std::string, std::string> swept;  ///< the last month in which a list was swept

  [[nodiscard]] const Event* Find(const std::string& address) const;
  /// The event at an address that a field names; unknown_address, wrong_kind.
  [[nodiscard]] const Event& Named(const std::string& address, const std::string& field,
                                   const std::string& kind = {}) const;
  /// What a name stands for: party, fund, agreement, place, policy, or empty.
  [[nodiscard]] std::string RoleOf(const std::string& name) const;
};

/// A name inside an account's path.
[[nodiscard]] std::string InPath(std::string name);

/// Debit less credit of an account, of all accounts that begin with a prefix.
[[nodiscard]] Wide Balance(const State& state, const std::string& account);
[[nodiscard]] Wide BalanceBelow(const State& state, const std::string& prefix);

/// One posting; of 0 none. A turnover beyond 64 bits is amount_overflow.
void Post(State& state, const std::string& account, Wide amount);

}  // namespace suanpan::opinion
