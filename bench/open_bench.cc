// How long does it take to open a data directory for writing, and which part of that is the
// comparison of the index of command keys with the log?

#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

#include "suanpan/engine/key_index.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"

namespace suanpan::bench {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// The keys of the log, as the fold comes by them.
std::vector<store::KeyBinding> KeysOf(const store::EventReader& reader, BookNo book) {
  std::vector<store::KeyBinding> keys;
  const Seq last = reader.LastBlock(book).value()->last;
  const Status visited = engine::VisitLogKeys(reader, book, last, [&](const auto& binding) {
    keys.push_back(binding);
    return Status{};
  });
  SUANPAN_INVARIANT(visited.ok(), "{}", visited.ToString());
  return keys;
}

/// All that opening does for the comparison, alone: both sums. Whether they are equal.
bool Compare(const store::EventReader& reader, BookNo book,
             const std::vector<store::KeyBinding>& log_keys, double& seconds) {
  const auto begin = Clock::now();
  store::KeySum log;
  for (const store::KeyBinding& key : log_keys) log.Add(key);
  const Result<store::KeySum> index = engine::SumOfIndex(reader, book);
  seconds += SecondsSince(begin);
  return index.ok() && *index == log;
}

void BM_Open(benchmark::State& state, community_year::KeyForm form) {
  const Community& community = CommunityOf(1, form);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  double open = 0;
  double compare = 0;
  double keys = 0;
  for (auto _ : state) {
    const auto begin = Clock::now();
    auto store = store::OpenRocksDb(directory / "data");
    if (!store.ok()) return state.SkipWithError(store.error().ToString().c_str());
    auto ledger = engine::Ledger::Open(std::move(store).value(), FixedClock());
    const double seconds = SecondsSince(begin);
    if (!ledger.ok()) return state.SkipWithError(ledger.error().ToString().c_str());
    state.SetIterationTime(seconds);
    open += seconds;
    const store::EventReader& reader = (*ledger)->reader();
    const BookNo book = reader.Books().value().front().book;
    const std::vector<store::KeyBinding> log_keys = KeysOf(reader, book);
    keys = static_cast<double>(log_keys.size());
    if (log_keys.size() != community.commands.all().size())
      return state.SkipWithError("not every command has its key");
    if (!Compare(reader, book, log_keys, compare))
      return state.SkipWithError("the index does not agree with the log");
  }
  const double millions = keys * static_cast<double>(state.iterations()) / 1e6;
  state.counters["keys"] = keys;
  state.counters["open_s/million"] = open / millions;
  state.counters["compare_s/million"] = compare / millions;
  state.counters["without_s/million"] = (open - compare) / millions;
  state.counters["of_open"] = compare / open;
  state.SetLabel("open: entries folded, keys compared; compare: both sums of the keys, alone");
}

BENCHMARK_CAPTURE(BM_Open, uuid_keys, community_year::KeyForm::kUuid)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Open, stream_keys, community_year::KeyForm::kStream)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
