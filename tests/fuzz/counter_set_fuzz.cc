// The counter set against the standard set, counters at both ends of the range: each byte is one
// insertion, the first byte is the room for intervals.

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/store/counter_set.h"
#include "support/counter_intervals.h"

namespace {

using suanpan::store::CounterSet;
using suanpan::test::IntervalsOf;

/// 0 to 127, and the 128 largest.
std::uint64_t CounterOf(std::uint8_t byte) {
  return byte < 128 ? byte : ~std::uint64_t{0} - (255U - byte);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  CounterSet set{data[0]};
  std::set<std::uint64_t> held;
  bool complete = true;
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint64_t counter = CounterOf(data[i]);
    const bool present = held.contains(counter);
    SUANPAN_INVARIANT(set.Contains(counter) == present);
    const CounterSet::Inserted inserted = set.Insert(counter);
    SUANPAN_INVARIANT((inserted == CounterSet::Inserted::kPresent) == present);
    held.insert(counter);
    // Only what would need more intervals than there is room for may be dropped.
    const bool dropped = inserted == CounterSet::Inserted::kDropped;
    SUANPAN_INVARIANT(dropped == (IntervalsOf(held).size() > data[0]));
    if (dropped) held.erase(counter);
    complete = complete && !dropped;
    SUANPAN_INVARIANT(set.Contains(counter) == held.contains(counter));
  }
  SUANPAN_INVARIANT(set.intervals() == IntervalsOf(held) && set.complete() == complete);
  SUANPAN_INVARIANT(set.intervals().size() <= data[0]);
  return 0;
}
