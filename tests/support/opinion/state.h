#pragma once

// All that a book knows, in plain lists that only grow or are marked; every figure is added up from
// them when it is asked for.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/opinion/faults.h"
#include "support/opinion/state_parts.h"
#include "support/opinion/state_points.h"

namespace suanpan::opinion {

struct State {
  Fault fault = Fault::kNone;
  std::uint64_t seq = 0;     ///< of the entry that is being decided
  std::optional<Json> book;  ///< its book.opened
  std::map<std::string, Json> parties;
  std::map<std::string, Json> funds;
  std::map<std::string, Json> agreements;  ///< each with the address of its signing in `at`
  std::map<std::string, Json> places;
  std::map<std::string, Json> offers;         ///< as opened last
  std::set<std::string> policy_names;         ///< proposed at least once
  std::map<std::string, Json> closed;         ///< register.closed by name
  std::map<std::string, std::string> erased;  ///< name, and the address of what says so
  std::vector<Job> jobs;  ///< of policies that reach back, in the order of adoption
  std::vector<Relation> relations;
  std::map<std::pair<std::string, std::string>, Json> codes;  ///< by list and code
  std::vector<Proposal> proposals;
  std::vector<Policy> policies;  ///< in the order of adoption
  std::vector<Event> events;
  std::vector<Posting> postings;
  std::string posting;    ///< the fact that is being decided
  bool deriving = false;  ///< what is posted now follows from it
  std::map<std::string, TakenBack> reversed;
  std::string amended;  ///< a signing that the next fact replaces where the agreement stands
  std::vector<BaseEntry> base;
  std::vector<std::pair<std::string, std::string>> trued_up;  ///< agreement, month
  std::map<SoldLine, Waiting> waiting;
  std::map<std::string, std::pair<SoldLine, Waiting>> priced;  ///< by costs: what waited for each
  std::vector<Refunded> refunded;
  std::vector<Bill> bills;
  std::vector<TakenOff> taken_off;
  std::vector<Approval> approvals;
  std::vector<Request> requests;
  std::map<std::pair<std::string, std::string>, Item> items;  ///< by owner and item
  std::vector<Advance> advances;
  std::vector<Held> held;
  std::vector<PlaceTaken> places_taken;
  std::vector<Order> orders;
  std::map<std::pair<std::string, std::string>, Parcel> custody;  ///< by order and parcel
  std::vector<Session> sessions;
  std::vector<Slot> slots;
  std::vector<Service> services;  ///< pending
  std::vector<Carried> carried;
  std::vector<Count> counts;
  std::vector<Lot> lots;
  std::vector<Lot> expired;  ///< what was booked as expired, for redemptions that are told late
  Days days;
  std::map<std::string, std::string> swept;  ///< the last month in which a list was swept

  [[nodiscard]] const Event* Find(const std::string& address) const;
  /// The event at an address that a field names; unknown_address, wrong_kind.
  [[nodiscard]] const Event& Named(const std::string& address, const std::string& field,
                                   const std::string& kind = {}) const;
  /// Whether an event was not taken back.
  [[nodiscard]] bool Stands(const std::string& address) const {
    return !reversed.contains(address);
  }
  /// What a name stands for: party, fund, agreement, place, offer, policy, or empty.
  [[nodiscard]] std::string RoleOf(const std::string& name) const;
  /// Whether a name came to an end before a day.
  [[nodiscard]] bool IsClosed(const std::string& name, const std::string& date) const;
};

/// A name inside an account's path.
[[nodiscard]] std::string InPath(std::string name);

/// Debit less credit of an account, of all accounts that begin with a prefix.
[[nodiscard]] Wide Balance(const State& state, const std::string& account);
[[nodiscard]] Wide BalanceBelow(const State& state, const std::string& prefix);

/// One posting; of 0 none. A turnover beyond 64 bits is amount_overflow.
void Post(State& state, const std::string& account, Wide amount);

}  // namespace suanpan::opinion
