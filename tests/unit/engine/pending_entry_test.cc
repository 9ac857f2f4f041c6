#include "suanpan/engine/pending_entry.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace suanpan::engine {
namespace {

std::string BytesOf(std::size_t number, std::size_t size) {
  return std::string(size, static_cast<char>('a' + number % 26));
}

TEST(PendingEntries, EachKeepsItsBytesWhateverBecomesOfTheOthers) {
  std::vector<std::shared_ptr<PendingEntry>> entries;
  std::vector<std::size_t> sizes;
  {
    PendingEntries maker;
    for (std::size_t i = 0; i < 2'000; ++i) {
      sizes.push_back(i % 50 == 0 ? 32'768 : 8 * (i % 90));
      entries.push_back(maker.Make(AsBytes(BytesOf(i, sizes.back()))));
      entries.back()->seq = Seq{i};
      if (i % 3 == 0) entries[i / 2] = nullptr;
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i] == nullptr) continue;
    EXPECT_EQ(AsText(entries[i]->bytes), BytesOf(i, sizes[i])) << i;
    EXPECT_EQ(entries[i]->seq, Seq{i});
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(entries[i]->bytes.data()) % 8, 0U) << i;
  }
}

TEST(PendingEntries, MemoryGoesWithTheLastEntryInIt) {
  PendingEntries maker;
  const std::shared_ptr<PendingEntry> first = maker.Make(AsBytes(BytesOf(0, 64)));
  const std::shared_ptr<PendingEntry> second = maker.Make(AsBytes(BytesOf(1, 64)));
  EXPECT_FALSE(first.owner_before(second) || second.owner_before(first)) << "one piece for both";
  const std::weak_ptr<PendingEntry> alone = PendingEntries::MakeAlone(AsBytes(BytesOf(2, 64)));
  EXPECT_TRUE(alone.expired());
}

}  // namespace
}  // namespace suanpan::engine
