#include "suanpan/store/counter_set.h"

#include <algorithm>

namespace suanpan::store {
namespace {

/// The first interval that ends at or after `counter`.
template <class Intervals>
auto FirstReaching(Intervals& intervals, std::uint64_t counter) {
  return std::lower_bound(intervals.begin(), intervals.end(), counter,
                          [](const CounterSet::Interval& interval, std::uint64_t value) {
                            return interval.last < value;
                          });
}

}  // namespace

bool CounterSet::Contains(std::uint64_t counter) const {
  const auto at = FirstReaching(intervals_, counter);
  return at != intervals_.end() && at->first <= counter;
}

CounterSet::Inserted CounterSet::Insert(std::uint64_t counter) {
  const auto after = FirstReaching(intervals_, counter);
  if (after != intervals_.end() && after->first <= counter) return Inserted::kPresent;
  // Neither sum overflows: before->last < counter < after->first.
  const bool joins_before = after != intervals_.begin() && std::prev(after)->last + 1 == counter;
  const bool joins_after = after != intervals_.end() && after->first == counter + 1;
  if (joins_before && joins_after) {
    std::prev(after)->last = after->last;
    intervals_.erase(after);
  } else if (joins_before) {
    std::prev(after)->last = counter;
  } else if (joins_after) {
    after->first = counter;
  } else if (intervals_.size() < intervals_max_) {
    intervals_.insert(after, {counter, counter});
  } else {
    complete_ = false;
    return Inserted::kDropped;
  }
  return Inserted::kNew;
}

}  // namespace suanpan::store
