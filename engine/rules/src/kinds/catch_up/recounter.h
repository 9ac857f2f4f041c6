#pragma once

// Counting what was recorded once more, under a version that reaches back: row by row, in the order
// of the log, on top of what the job counted before.

#include <map>

#include "src/kinds/points/grants.h"
#include "suanpan/schema/kinds/catch_up.h"

namespace suanpan::rules {

/// The version of a policy that a job is about.
[[nodiscard]] inline const schema::PolicyProposed& PolicyOf(const BookState& state,
                                                            const CatchUp& job) {
  return state.policies[job.policy].value();
}
/// Whether it is what counts on a date: no later adopted version stands before it.
[[nodiscard]] bool Governs(const BookState& state, const CatchUp& job, Date date);

/// What a row adds to what counts of its person from now on.
[[nodiscard]] Quantity Added(const schema::CaughtRow& row);
/// Whether a points.granted follows for it: of points, or to show what more was counted.
[[nodiscard]] inline bool IsGranted(const schema::CaughtRow& row) {
  return row.granted.value() > 0 || Added(row).value() > 0;
}

class Recounter {
 public:
  Recounter(const BookState& state, const CatchUp& job) : state_(state), job_(job) {}

  /// Fills `before`, `counted`, `points` and `granted` of a row that has all else; of the first of
  /// its person and kind `before` is taken as it is. False where 64 bits cannot hold them.
  [[nodiscard]] bool Take(schema::CaughtRow& row);
  /// Writes what was counted into the state that it was made for.
  [[nodiscard]] bool Store(BookState& state) const;

 private:
  [[nodiscard]] bool TakeService(const schema::EarningBody& policy, schema::CaughtRow& row);
  [[nodiscard]] bool TakeDeed(const schema::AwardItemsBody& policy, schema::CaughtRow& row);
  /// Units that the caps leave of a row's.
  [[nodiscard]] Wide WithinCaps(const schema::EarningCap& cap, const CarryKey& key,
                                const schema::CaughtRow& row) const;
  [[nodiscard]] bool Use(const schema::EarningCap& cap, const CarryKey& key,
                         const schema::CaughtRow& row);
  [[nodiscard]] UsedUnits UsedIn(const UsedKey& key) const;

  const BookState& state_;
  const CatchUp& job_;
  std::map<CarryKey, Recount> counts_;
  std::map<CarryKey, Wide> carried_;  ///< more than before
  std::map<UsedKey, UsedUnits> used_;
  std::map<UsedKey, UsedUnits> more_used_;  ///< more than before
  std::map<AwardKey, std::uint32_t> awards_;
  std::map<AwardKey, Wide> more_awards_;  ///< more than before
};

/// Forgets what the job of a policy counted.
void EndRecount(BookState& state, const schema::PolicyProposed& policy);

}  // namespace suanpan::rules
