#pragma once

// The rows of rule.applied counted again (events.md 4.7): service by service, deed by deed, under
// the version that reaches back, as p-recompute compares them.

#include <map>

#include "src/named/known/earning.h"

namespace suanpan::audit {

/// Memory: persons and holders of an open job.
class RowRecount {
 public:
  struct Row {
    Wide before = 0;
    Wide counted = 0;
    Wide points = 0;
    Wide granted = 0;
    friend bool operator==(const Row&, const Row&) = default;
  };

  /// What a row must say; of the first of a person and kind `before` is taken as it is told.
  [[nodiscard]] Row Take(const schema::CaughtRow& row, const schema::PolicyProposed& policy,
                         bool opening);
  /// The job is done.
  void Forget(const schema::PolicyProposed& policy);

 private:
  struct Count {
    Wide counted = 0;
    Wide ahead = 0;  ///< granted beyond what the version gives so far; 0 or below
  };
  /// What the jobs of one policy have counted.
  struct Job {
    CountedUnits units;
    std::map<CountedUnits::Key, Count> counts;
    std::map<std::tuple<NameId, NameId, Month>, Wide> deeds;  ///< holder, item, month
  };

  [[nodiscard]] static Row TakeService(Job& job, const schema::CaughtRow& row,
                                       const schema::EarningBody& policy);
  [[nodiscard]] static Row TakeDeed(Job& job, const schema::CaughtRow& row,
                                    const schema::AwardItemsBody& policy, bool opening);

  std::map<NameId, Job> jobs_;  ///< by policy
};

}  // namespace suanpan::audit
