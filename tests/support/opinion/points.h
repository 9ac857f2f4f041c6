#pragma once

// Lots of points: who holds them, in which order they go, how they come and expire (events.md 4.2,
// 4.10).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// An account of a scheme.
[[nodiscard]] std::string PointsPath(const std::string& scheme, const std::string& rest);
[[nodiscard]] std::string HolderPath(const std::string& scheme, const std::string& holder);
[[nodiscard]] std::string ClaimPath(const std::string& scheme, const std::string& holder);
[[nodiscard]] Wide ClaimOf(const State& state, const std::string& scheme,
                           const std::string& holder);

/// "household", "member", or empty of what may not hold points.
[[nodiscard]] std::string HolderKind(const State& state, const std::string& name);
/// Whether a party was closed before a date.
[[nodiscard]] bool IsClosed(const State& state, const std::string& party, const std::string& date);
/// unknown_ref where a field names no holder; already_closed.
void CheckHolder(const Deciding& d, const char* field = "holder", bool open = true);

/// Entry and line of an address, to compare by.
[[nodiscard]] std::pair<std::uint64_t, std::uint64_t> NumbersOf(const std::string& address);

/// What a holder may still spend on a day: in the order in which it goes.
[[nodiscard]] std::vector<Lot> LiveLots(const State& state, const std::string& scheme,
                                        const std::string& holder, const std::string& date);
/// The same with what was booked as expired after the day; and only what is usable by then.
[[nodiscard]] std::vector<Lot> HeldLots(const State& state, const std::string& scheme,
                                        const std::string& holder, const std::string& date);
[[nodiscard]] std::vector<Lot> UsableLots(const State& state, const std::string& scheme,
                                          const std::string& holder, const std::string& date);
[[nodiscard]] Wide PointsIn(const std::vector<Lot>& lots);

/// The first lots, or parts of them, up to so many points.
[[nodiscard]] std::vector<Lot> FirstOf(const std::vector<Lot>& lots, Wide points);
/// Parts of lots leave their holder, or come to another one.
void TakeLots(State& state, const std::vector<Lot>& parts);
void PutLot(State& state, const Lot& lot);
/// All that is left of a lot has ended and is booked so.
void ExpireLot(State& state, const Lot& lot);
/// Takes parts of usable lots. What of them was expired already is taken back from the expiry: a
/// points.adjusted.
void TakeUsable(Deciding& d, const std::vector<Lot>& parts);
/// Whether both are parts of one grant to one holder: with different last days they are kept apart.
[[nodiscard]] inline bool SameGrant(const Lot& a, const Lot& b) {
  return a.at == b.at && a.holder == b.holder && a.scheme == b.scheme;
}
/// As the events have them.
[[nodiscard]] Json RowsOf(const std::vector<Lot>& lots);

/// The last day of points that are earned on a day, or empty.
[[nodiscard]] std::string ExpiryOf(const State& state, const std::string& scheme,
                                   const std::string& earned);
/// Some days later; amount_overflow where no date can tell it.
[[nodiscard]] std::string DaysLater(const std::string& date, std::int64_t days);

struct Grant {
  std::string scheme;
  std::string holder;
  std::string person;
  std::int64_t points = 0;
  std::int64_t counted = 0;
  std::int64_t carry_total = 0;
  std::string earned;
  std::int64_t usable_after_days = 0;
  std::string reason;
  Json rule;
};
/// Adds a points.granted, and a points.expired where it is past already.
void GrantPoints(Deciding& d, const Grant& grant);

/// Whether one last day comes before another; empty comes after all.
[[nodiscard]] inline bool EndsSooner(const std::string& a, const std::string& b) {
  return !a.empty() && (b.empty() || a < b);
}
/// The last day of a lot that comes back: its own, or what the policy gives such points by now.
[[nodiscard]] std::string EndOfReturned(const State& state, const Lot& lot);

/// A lot that comes when its last day is closed already goes at once.
void ExpireIfOver(Deciding& d, const Lot& lot);
/// Likewise what came back.
void ExpireBack(Deciding& d, const std::vector<Lot>& back);

[[nodiscard]] Json RuleOf(const Policy& policy);

/// What is counted under a name; and one count more.
[[nodiscard]] Wide CountedIn(const State& state, const std::string& list, const std::string& of);
void AddCount(State& state, const Count& count);
/// Whether a count that ended on a day may be dropped by now, and is not known.
[[nodiscard]] bool IsForgotten(const Deciding& d, const Count& count);
/// Drops what is old of a list, once a month.
void SweepCounts(Deciding& d, const std::string& list);

}  // namespace suanpan::opinion
