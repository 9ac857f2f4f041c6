// How many stored events a second become durable through the Ledger, against RocksDB writing the
// same blocks in the same synced batches? The peer writes no key rows and no tiles, which the
// ledger does besides: it is what the log alone would cost.

#include <benchmark/benchmark.h>

#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

constexpr community_year::KeyForm kUuid = community_year::KeyForm::kUuid;
constexpr community_year::KeyForm kStream = community_year::KeyForm::kStream;

/// `together` commands are handed in before one waits for the last of them.
void BM_Append(benchmark::State& state, std::uint32_t facts, std::size_t together,
               community_year::KeyForm key_form) {
  const Community& community = CommunityOf(facts, key_form);
  double ours = 0;
  double raw = 0;
  std::size_t blocks = 0;
  for (auto _ : state) {
    const BenchDirectory directory;
    auto store = store::OpenRocksDb(directory / "data", {.create = true}).value();
    // As the program appends: with the guard told of every group.
    constexpr std::string_view kOwner = "bench";
    SUANPAN_INVARIANT(engine::Guard::Create(directory / "guard", kOwner).ok());
    engine::LedgerOptions options = FixedClock();
    options.guard =
        engine::Guard::Open(directory / "guard", kOwner, engine::Guard::Mode::kWrite).value();
    const auto ledger = engine::Ledger::Open(std::move(store), std::move(options)).value();
    const double seconds = Append(*ledger, community, together);
    state.SetIterationTime(seconds);
    ours += seconds;
    const engine::SealedHead head = ledger->Seal(community.book).value();
    if (head.root != community.expected.root || head.state != community.expected.state)
      return state.SkipWithError("the roots are not those of the same commands as JSON");
    const std::vector<std::string> rows =
        BlocksOf(ledger->reader(), ledger->NumberOf(community.book).value());
    blocks += rows.size();
    raw += PutEach(*OpenRaw(directory / "raw", false), rows, true);
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["events"] = static_cast<double>(community.events);
  state.counters["commands"] = static_cast<double>(community.commands.all().size());
  state.counters["blocks"] = static_cast<double>(blocks) / rounds;
  state.counters["events/s"] = static_cast<double>(community.events) * rounds / ours;
  state.counters["raw_events/s"] = static_cast<double>(community.events) * rounds / raw;
  state.counters["of_raw"] = raw / ours;
  state.SetLabel(
      "events: stored, derived included; raw: RocksDB, same blocks without key rows, synced one by "
      "one");
}

BENCHMARK_CAPTURE(BM_Append, facts_1_together_1000_uuid, 1, 1000, kUuid)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Append, facts_1_together_1000_stream, 1, 1000, kStream)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Append, facts_100_together_10_uuid, 100, 10, kUuid)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Append, facts_100_single_uuid, 100, 1, kUuid)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Append, facts_1_single_uuid, 1, 1, kUuid)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
