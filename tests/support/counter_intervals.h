#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "suanpan/store/counter_set.h"

namespace suanpan::test {

/// The intervals that a plain set of counters makes: the model of CounterSet.
[[nodiscard]] inline std::vector<store::CounterSet::Interval> IntervalsOf(
    const std::set<std::uint64_t>& counters) {
  std::vector<store::CounterSet::Interval> intervals;
  for (const std::uint64_t counter : counters) {
    if (!intervals.empty() && intervals.back().last + 1 == counter) {
      intervals.back().last = counter;
    } else {
      intervals.push_back({counter, counter});
    }
  }
  return intervals;
}

}  // namespace suanpan::test
