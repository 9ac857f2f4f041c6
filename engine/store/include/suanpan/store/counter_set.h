#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace suanpan::store {

/// The counters of one stream that are bound, as intervals in memory. A till that counts up is one
/// interval. Proves membership without touching the key index.
///
/// Bounded: a set that would need more than `intervals_max` intervals drops the insertion and is
/// from then on incomplete: Contains == true still holds, false proves nothing and the key index
/// must be asked. Worked example with intervals_max = 2: insert 1, 2, 5, 9: {[1,2], [5,5]},
/// incomplete; insert 3, 4: {[1,5]}; Contains(9) is false although 9 was inserted.
///
/// Not thread-safe. Insert costs a binary search and, in the middle, a move of the later intervals.
class CounterSet {
 public:
  /// Both ends belong to it.
  struct Interval {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
  };
  static constexpr std::size_t kIntervalsMax = 65'536;

  enum class Inserted : std::uint8_t {
    kNew,
    kPresent,  ///< was in the set already
    kDropped,  ///< no room; the set is incomplete now
  };

  explicit CounterSet(std::size_t intervals_max = kIntervalsMax) : intervals_max_(intervals_max) {}

  Inserted Insert(std::uint64_t counter);
  [[nodiscard]] bool Contains(std::uint64_t counter) const;
  /// True while every inserted counter is in the set.
  [[nodiscard]] bool complete() const { return complete_; }

  /// Ascending, with a gap of at least one counter between neighbours.
  [[nodiscard]] const std::vector<Interval>& intervals() const { return intervals_; }
  [[nodiscard]] bool empty() const { return intervals_.empty(); }

 private:
  std::vector<Interval> intervals_;
  std::size_t intervals_max_;
  bool complete_ = true;
};

}  // namespace suanpan::store
