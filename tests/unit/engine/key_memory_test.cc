// What the proof that a key is new costs in memory, for as many keys as SUANPAN_KEYS says: half of
// them UUIDs, which filters in the tables of the index prove, half counters with gaps, which
// intervals prove. Written and asked as the ledger does it, without the commands around them.

#include <gtest/gtest.h>
#include <malloc.h>

#include <fstream>
#include <iostream>
#include <random>

#include "suanpan/engine/key_index.h"
#include "suanpan/engine/key_ring.h"
#include "suanpan/store/block.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/temp_dir.h"

namespace suanpan::engine {
namespace {

constexpr std::uint64_t kRounds = 10;
constexpr std::uint64_t kKeysPerRound = SUANPAN_KEYS / kRounds;
constexpr std::uint64_t kStreams = 100;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
const BookNo kBook{1};
const NameId kSource{1};

std::uint64_t ResidentBytes() {
  ::malloc_trim(0);
  std::ifstream file{"/proc/self/status"};
  for (std::string word; file >> word;) {
    if (word != "RssAnon:") continue;
    std::uint64_t kib = 0;
    file >> kib;
    return kib * 1024;
  }
  return 0;
}

/// Key number n, made from n alone: UUIDs of version 4, then of version 7, or a counter.
BoundKey KeyNo(std::uint64_t n) {
  if (n % 2 == 0) {
    const std::uint64_t i = n / 2;
    const std::uint64_t counter = i / kStreams;
    return {kSource,
            store::CommandKey::OfStream(NameId{static_cast<std::uint32_t>(2 + i % kStreams)},
                                        counter + counter / 500)};
  }
  std::mt19937_64 random{n};
  Uuid uuid;
  for (std::uint8_t& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
  for (std::size_t i = 0; n % 4 == 3 && i < 6; ++i) {
    uuid.bytes[i] = static_cast<std::uint8_t>((1'748'700'000'000 + n) >> (40 - 8 * i));
  }
  return {kSource, store::CommandKey::OfUuid(uuid)};
}

/// A log whose entries say nothing, which the index demands.
class EmptyEntries {
 public:
  explicit EmptyEntries(store::EventStore& store) : store_(store) {}

  void GrowTo(std::uint64_t last) {
    store::CommitGroup group;
    if (next_ == 1) group.new_books.push_back({kBook, "zz"});
    while (next_ <= last) {
      store::BlockBuilder builder{Seq{next_}};
      for (std::size_t i = 0; i < store::kBlockEntriesMax; ++i) {
        builder.Add(AsBytes(std::string_view{"entry 00"}), {.events = 1});
      }
      const Seq first{next_};
      next_ += store::kBlockEntriesMax;
      group.blocks.push_back({kBook, first, Seq{next_ - 1}, builder.Finish({})});
    }
    ASSERT_TRUE(store_.Commit(group).ok());
  }

 private:
  store::EventStore& store_;
  std::uint64_t next_ = 1;
};

/// As the committer and the deciding side do.
void BindRound(store::EventStore& store, KeyRing& ring, std::uint64_t first, std::uint64_t last) {
  std::vector<store::KeyBinding> bindings;
  for (std::uint64_t seq = first; seq <= last; ++seq) {
    const BoundKey bound = KeyNo(seq);
    ring.Bind(bound, Seq{seq});
    bindings.push_back({bound.source, bound.key, Seq{seq}});
    if (bindings.size() < 10'000 && seq < last) continue;
    ASSERT_TRUE(store.WriteKeys(kBook, bindings, Seq{seq}).ok());
    ring.Trim(Seq{seq});
    bindings.clear();
  }
}

/// Keys that are bound are found, keys that are not are new: what fills the caches.
void Ask(const store::EventStore& store, const KeyRing& ring, std::uint64_t last) {
  std::mt19937_64 random{last};
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t n = 1 + random() % last;
    ASSERT_EQ(ring.Find(store, kBook, KeyNo(n)).value(), Seq{n});
    const BoundKey unbound = KeyNo(SUANPAN_KEYS * 2 + random() % SUANPAN_KEYS);
    ASSERT_EQ(ring.Find(store, kBook, unbound).value(), std::nullopt);
  }
}

TEST(KeyMemory, DoesNotGrowWithTheKeys) {
  const suanpan::test::TempDir dir;
  const auto store = store::OpenRocksDb(dir / "data", {.create = true}).value();
  EmptyEntries entries{*store};
  KeyRing ring;
  const std::uint64_t before = ResidentBytes();
  std::cout << "keys, resident MiB, write buffers, cache, open tables KiB, keys on disk MiB\n";
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    const std::uint64_t last = round * kKeysPerRound;
    ASSERT_NO_FATAL_FAILURE(entries.GrowTo(last));
    ASSERT_NO_FATAL_FAILURE(BindRound(*store, ring, last - kKeysPerRound + 1, last));
    ASSERT_NO_FATAL_FAILURE(Ask(*store, ring, last));
    const store::StoreStats stats = store->Stats().value();
    const std::uint64_t resident = ResidentBytes() - before;
    std::cout << fmt::format("{}, {}, {}, {}, {}, {:.1f}\n", last, resident / kMiB,
                             stats.write_buffer_bytes / kMiB, stats.cache_bytes / kMiB,
                             stats.open_table_bytes / 1024,
                             static_cast<double>(stats.families[1].bytes) / kMiB);
    EXPECT_LE(stats.cache_bytes, 66 * kMiB);
    EXPECT_LE(stats.open_table_bytes, 2 * kMiB);
    EXPECT_LE(stats.write_buffer_bytes, 300 * kMiB);
    EXPECT_LE(resident, 400 * kMiB);
  }
  EXPECT_EQ(SumOfIndex(*store, kBook).value().count(), SUANPAN_KEYS);
}

}  // namespace
}  // namespace suanpan::engine
