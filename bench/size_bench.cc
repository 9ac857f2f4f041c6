// How many bytes on disk does a stored event cost after a flush, everything included, against
// RocksDB keeping one LZ4-compressed row per entry and no keys?

#include <benchmark/benchmark.h>

#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

/// As from many clients that each wait: small groups, whose blocks are packed.
constexpr std::size_t kTogether = 64;

void BM_BytesPerEvent(benchmark::State& state, std::uint32_t facts,
                      community_year::KeyForm key_form) {
  const Community& community = CommunityOf(facts, key_form);
  const auto events = static_cast<double>(community.events);
  for (auto _ : state) {
    const BenchDirectory directory;
    MakeDataDirectory(directory / "data", community, kTogether);
    // Opening again turns the write-ahead log into table files.
    const auto store = store::OpenRocksDb(directory / "data").value();
    const store::StoreStats stats = store->Stats().value();
    std::uint64_t bytes = 0;
    for (const store::StoreStats::Family& family : stats.families) {
      bytes += family.bytes;
      if (family.bytes != 0)
        state.counters[family.name + "/event"] = static_cast<double>(family.bytes) / events;
    }
    const std::vector<std::string> entries = EntriesOf(*store, store->Books().value().front().book);
    if (entries.size() != community.books.front().expected.size.value() || bytes == 0)
      return state.SkipWithError("not every entry is in the table files");
    std::uint64_t leaf_bytes = 0;
    for (const std::string& entry : entries) leaf_bytes += entry.size();
    const auto raw = OpenRaw(directory / "raw", true);
    PutEach(*raw, entries, false);
    const std::uint64_t raw_bytes = CompactedBytes(*raw);
    state.counters["events"] = events;
    state.counters["bytes/event"] = static_cast<double>(bytes) / events;
    state.counters["uncompressed/event"] = static_cast<double>(leaf_bytes) / events;
    state.counters["raw_bytes/event"] = static_cast<double>(raw_bytes) / events;
    state.counters["of_raw"] = static_cast<double>(bytes) / static_cast<double>(raw_bytes);
  }
  state.SetLabel(
      "events: stored, derived included; appended 64 under way, so in small groups, packed by the "
      "committer, flushed; raw: RocksDB, a row "
      "an entry, LZ4, no keys");
}

BENCHMARK_CAPTURE(BM_BytesPerEvent, facts_1_uuid, 1, community_year::KeyForm::kUuid)->Iterations(1);
BENCHMARK_CAPTURE(BM_BytesPerEvent, facts_1_stream, 1, community_year::KeyForm::kStream)
    ->Iterations(1);
BENCHMARK_CAPTURE(BM_BytesPerEvent, facts_100_uuid, 100, community_year::KeyForm::kUuid)
    ->Iterations(1);

}  // namespace
}  // namespace suanpan::bench
