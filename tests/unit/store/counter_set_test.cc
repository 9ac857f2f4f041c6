#include "suanpan/store/counter_set.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>

#include "support/counter_intervals.h"

namespace suanpan::store {
namespace {

using Interval = CounterSet::Interval;
using Inserted = CounterSet::Inserted;
using test::IntervalsOf;

TEST(CounterSet, AgreesWithAPlainSetOnRandomInserts) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random{seed};
    const std::uint64_t range = 20 + 40 * seed;
    CounterSet set;
    std::set<std::uint64_t> plain;
    for (std::uint64_t i = 0; i < range; ++i) {
      const std::uint64_t counter = random() % range;
      const bool is_new = plain.insert(counter).second;
      ASSERT_EQ(set.Insert(counter), is_new ? Inserted::kNew : Inserted::kPresent);
      ASSERT_EQ(set.intervals(), IntervalsOf(plain)) << "seed " << seed << " after " << counter;
    }
    for (std::uint64_t counter = 0; counter <= range; ++counter) {
      ASSERT_EQ(set.Contains(counter), plain.contains(counter)) << "seed " << seed;
    }
    EXPECT_TRUE(set.complete());
  }
}

TEST(CounterSet, CountingUpIsOneInterval) {
  CounterSet set;
  for (std::uint64_t counter = 1; counter <= 10'000; ++counter) set.Insert(counter);
  EXPECT_EQ(set.intervals(), (std::vector<Interval>{{1, 10'000}}));
}

TEST(CounterSet, TakesTheEndsOfTheRange) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  CounterSet set;
  for (const std::uint64_t counter : {kMax, std::uint64_t{0}, kMax - 1, std::uint64_t{1}}) {
    EXPECT_EQ(set.Insert(counter), Inserted::kNew);
  }
  EXPECT_EQ(set.intervals(), (std::vector<Interval>{{0, 1}, {kMax - 1, kMax}}));
  EXPECT_FALSE(set.Contains(2));
  EXPECT_EQ(set.Insert(kMax), Inserted::kPresent);
}

TEST(CounterSet, AFullSetDropsAndSaysThatItIsIncomplete) {
  CounterSet set{2};
  for (const std::uint64_t counter : {1U, 2U, 5U}) EXPECT_EQ(set.Insert(counter), Inserted::kNew);
  EXPECT_TRUE(set.complete());
  EXPECT_EQ(set.Insert(9), Inserted::kDropped);
  EXPECT_FALSE(set.complete());
  EXPECT_FALSE(set.Contains(9));
  EXPECT_EQ(set.Insert(3), Inserted::kNew);
  EXPECT_EQ(set.Insert(4), Inserted::kNew);
  EXPECT_EQ(set.intervals(), (std::vector<Interval>{{1, 5}}));
  EXPECT_FALSE(set.complete()) << "room made later does not bring back what was dropped";
}

}  // namespace
}  // namespace suanpan::store
