// Does an event cost the same in a log of 1, 10 and 100 million: appended, replayed, and when the
// directory is opened for writing without a snapshot? And does memory grow with accounts only?
//
// Sizes are of sales of the same 120 stalls of one community in one year. 10 M is left out where it
// must be quick, and 100 M is measured only with SUANPAN_BENCH_SCALE=100M: it takes about 8 GB of
// disk and an hour.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>

#include "suanpan/replay/replayer.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/forked.h"

namespace suanpan::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kSmallest = 12;  ///< sales of a stall a day, for a million events
constexpr std::size_t kTogether = 1'000;
constexpr std::size_t kParsedAhead = 10'000;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Commands are generated and parsed some thousands at a time, and only their appending is timed.
class TimedAppend {
 public:
  explicit TimedAppend(engine::Ledger& ledger) : ledger_(ledger) {}

  void Take(std::string_view json) {
    const auto parsed = parser_.Parse(json);
    const auto* command = std::get_if<schema::Command>(&parsed);
    SUANPAN_INVARIANT(command != nullptr, "{}", json);
    chunk_->Add(*command);
    if (chunk_->all().size() == kParsedAhead) Flush();
  }
  void Flush() {
    const auto begin = Clock::now();
    HandIn(ledger_, chunk_->all(), kTogether);
    seconds_ += SecondsSince(begin);
    chunk_ = std::make_unique<TypedCommands>();
  }
  [[nodiscard]] double seconds() const { return seconds_; }

 private:
  engine::Ledger& ledger_;
  schema::CommandParser parser_{rules::Catalogue::Standard().kinds()};
  std::unique_ptr<TypedCommands> chunk_ = std::make_unique<TypedCommands>();
  double seconds_ = 0;
};

double AppendYear(const BenchDirectory& directory, const community_year::YearOptions& options) {
  const auto ledger = NewLedger(directory);
  TimedAppend append{*ledger};
  const Status made = community_year::GenerateYear(options, [&](std::string_view json) {
    append.Take(json);
    return Status{};
  });
  SUANPAN_INVARIANT(made.ok(), "{}", made.ToString());
  append.Flush();
  return append.seconds();
}

/// Seconds of a replay; the events are checked against the blocks' headers.
double Replay(const std::string& data, std::uint64_t events) {
  const auto store = store::OpenRocksDb(data).value();
  const BookNo book = store->Books().value().front().book;
  const auto begin = Clock::now();
  const Result<replay::ReplayedBook> replayed = replay::ReplayBook(*store, book, {});
  const double seconds = SecondsSince(begin);
  SUANPAN_INVARIANT(replayed.ok() && replayed->events == events);
  return seconds;
}

double Open(const std::string& data) {
  const auto begin = Clock::now();
  auto store = store::OpenRocksDb(data).value();
  const auto ledger = engine::Ledger::Open(std::move(store), FixedClock()).value();
  return SecondsSince(begin);
}

double CountEvents(const std::string& data) {
  const auto store = store::OpenRocksDb(data).value();
  return static_cast<double>(EventsOf(*store, store->Books().value().front().book));
}

/// Nanoseconds an event and memory of one kind of work, beside the fewest of the smallest size.
void Report(benchmark::State& state, const std::string& work, const Forked& run, double events,
            bool is_smallest) {
  static std::map<std::string, double> smallest;
  const double ns = run.number / events * 1e9;
  double& first = smallest.emplace(work, ns).first->second;
  if (is_smallest) first = std::min(first, ns);
  state.counters[work + "_ns/event"] = ns;
  state.counters[work + "_of_smallest"] = ns / first;
  state.counters[work + "_MiB"] = run.peak_mib;
}

void BM_Scale(benchmark::State& state, std::uint32_t sales_per_vendor_day) {
  community_year::YearOptions options;
  options.vendors = community_year::kVendorsMax;
  options.sales_per_vendor_day = sales_per_vendor_day;
  if (Smoke()) options.days = 1;
  for (auto _ : state) {
    const BenchDirectory directory;
    const std::string data = directory / "data";
    const Forked append = RunForked([&] { return AppendYear(directory, options); });
    const Forked count = RunForked([&] { return CountEvents(data); });
    if (!append.ok || !count.ok) return state.SkipWithError("the year could not be appended");
    const double events = count.number;
    const Forked replay =
        RunForked([&] { return Replay(data, static_cast<std::uint64_t>(events)); });
    const Forked open = RunForked([&] { return Open(data); });
    if (!replay.ok || !open.ok) return state.SkipWithError("the log could not be read again");
    state.SetIterationTime(append.number);
    state.counters["events"] = events;
    const bool is_smallest = sales_per_vendor_day == kSmallest;
    Report(state, "append", append, events, is_smallest);
    Report(state, "replay", replay, events, is_smallest);
    Report(state, "open", open, events, is_smallest);
  }
  state.SetLabel(
      "a year of sales of the same 120 stalls, UUID keys, 1,000 together; each in a process of its "
      "own, MiB is the most that it had resident; of_smallest: against the best of the first row");
}

/// Rows are registered by what this run can afford.
const bool kRegistered = [] {
  const auto add = [](const char* name, std::uint32_t sales_per_vendor_day) {
    return benchmark::RegisterBenchmark(name, BM_Scale, sales_per_vendor_day)
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  };
  add("BM_Scale/1M", kSmallest);
  if (!Smoke() && !Quick()) add("BM_Scale/10M", 120)->Repetitions(1);
  const char* wanted = std::getenv("SUANPAN_BENCH_SCALE");
  if (wanted != nullptr && std::string_view{wanted} == "100M")
    add("BM_Scale/100M", 1'200)->Repetitions(1);
  return true;
}();

}  // namespace
}  // namespace suanpan::bench
