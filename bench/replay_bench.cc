// How many stored events a second does a replay from the data directory to all balances apply,
// against RocksDB scanning, checking and decompressing the same blocks?

#include <benchmark/benchmark.h>

#include <chrono>

#include "suanpan/replay/replayer.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

/// `ahead`: entries are read, hashed and decoded on a second thread while the first applies them.
void BM_Replay(benchmark::State& state, bool ahead) {
  const Community& community = CommunityOf(1, community_year::KeyForm::kUuid);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  const auto store = store::OpenRocksDb(directory / "data").value();
  const BookNo book = store->Books().value().front().book;
  const std::vector<std::string> blocks = BlocksOf(*store, book);
  PutEach(*OpenRaw(directory / "raw", false), blocks, false);
  const auto raw_db = OpenRaw(directory / "raw", false);
  double ours = 0;
  double raw = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    replay::ReplayOptions options;
    options.decode_ahead = ahead;
    const auto begin = std::chrono::steady_clock::now();
    const Result<replay::ReplayedBook> replayed = replay::ReplayBook(*store, book, options);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(seconds.count());
    ours += seconds.count();
    if (!replayed.ok()) return state.SkipWithError(replayed.error().ToString().c_str());
    if (engine::DigestState(*replayed->state) != community.books.front().expected.state)
      return state.SkipWithError("the state is not the writer's");
    raw += ScanBlocks(*raw_db, bytes);
  }
  const double events = static_cast<double>(community.events);
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["events"] = events;
  state.counters["entries"] = static_cast<double>(community.commands.all().size());
  state.counters["blocks"] = static_cast<double>(blocks.size());
  state.counters["raw_bytes/event"] = static_cast<double>(bytes) / events;
  state.counters["events/s"] = events * rounds / ours;
  state.counters["raw_events/s"] = events * rounds / raw;
  state.counters["of_raw"] = raw / ours;
  state.SetLabel("events: stored, derived included; raw: RocksDB scan, XXH3 and LZ4 of the blocks");
}

BENCHMARK_CAPTURE(BM_Replay, one_thread, false)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Replay, decoding_ahead, true)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
