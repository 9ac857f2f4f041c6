#include "src/checks/key_check.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

namespace suanpan::audit {
namespace {

schema::EntryCommon Uuid(std::uint64_t n, std::uint32_t source = 1) {
  schema::EntryCommon common;
  common.source = NameId{source};
  common.key.form = schema::KeyForm::kUuid;
  const std::uint64_t mixed = n * 0x9e37'79b9'7f4a'7c15U;
  std::memcpy(common.key.uuid.bytes.data(), &mixed, sizeof mixed);
  return common;
}

schema::EntryCommon Counter(std::uint64_t counter, std::uint32_t stream = 2) {
  schema::EntryCommon common;
  common.source = NameId{1};
  common.key.form = schema::KeyForm::kStream;
  common.key.stream = NameId{stream};
  common.key.counter = counter;
  return common;
}

class KeyCheckTest : public ::testing::Test {
 protected:
  void Take(const schema::EntryCommon& common) {
    ASSERT_TRUE(check_.Take(Seq{++seq_}, common, on_).ok());
  }
  void Finish() { ASSERT_TRUE(check_.Finish(on_).ok()); }

  KeyCheck check_;
  std::uint64_t seq_ = 0;
  std::map<std::uint64_t, std::uint64_t> duplicates_;
  KeyCheck::OnDuplicate on_ = [this](std::uint64_t seq, std::uint64_t first) {
    duplicates_[seq] = first;
  };
};

TEST_F(KeyCheckTest, FindsUuidsAgainOverManySortedRuns) {
  constexpr std::uint64_t kMany = 3 * KeySpill::kRunKeys + 17;
  for (std::uint64_t n = 1; n <= kMany; ++n) Take(Uuid(n));
  Take(Uuid(1));
  Take(Uuid(kMany));
  Take(Uuid(1));
  Take(Uuid(5, 2));  // another source: another key
  Finish();
  const std::map<std::uint64_t, std::uint64_t> expected = {
      {kMany + 1, 1}, {kMany + 2, kMany}, {kMany + 3, 1}};
  EXPECT_EQ(duplicates_, expected);
}

TEST_F(KeyCheckTest, FindsCountersAgainAlsoInAStreamTornIntoManyIntervals) {
  constexpr std::uint64_t kTorn = store::CounterSet::kIntervalsMax + 5'000;
  for (std::uint64_t n = 1; n <= kTorn; ++n) Take(Counter(2 * n));
  Take(Counter(2));              // in memory
  Take(Counter(2 * kTorn));      // forgotten by the intervals
  Take(Counter(2 * kTorn, 3));   // another stream
  Take(Counter(2 * kTorn + 1));  // new
  Finish();
  ASSERT_EQ(duplicates_.size(), 2U);
  EXPECT_TRUE(duplicates_.contains(kTorn + 1));
  EXPECT_EQ(duplicates_[kTorn + 2], kTorn);
}

TEST_F(KeyCheckTest, KnowsNothingOfTheEnginesOwnEntries) {
  Take(schema::EntryCommon{});
  Take(schema::EntryCommon{});
  Finish();
  EXPECT_TRUE(duplicates_.empty());
}

}  // namespace
}  // namespace suanpan::audit
