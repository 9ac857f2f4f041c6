// How many stored events a second does a replay from the data directory to all balances apply,
// against RocksDB scanning, checking and decompressing the same blocks, and against SQLite and
// PostgreSQL summing a table of the same postings? And how does it grow with books and threads?

#include <benchmark/benchmark.h>

#include <chrono>

#include "peers/database.h"
#include "peers/peer_times.h"
#include "suanpan/replay/parallel.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A database that sums its postings on one core, and how long it took.
struct Summing {
  Summing(Peer opened, const PlainLog& log, const std::string& name)
      : peer(std::move(opened)), times(name, "x_" + name) {
    if (peer.database == nullptr) return;
    peer.database->Reset();
    peer.database->LoadPostings(log);
  }
  /// Whether the sums are the ledger's balances.
  [[nodiscard]] bool Run(const PlainLog& log) {
    if (peer.database == nullptr) return true;
    const auto begin = Clock::now();
    const std::vector<std::int64_t> balances = peer.database->SumPostings(log.accounts.size());
    times.Add(SecondsSince(begin));
    return log.AreBalances(balances);
  }

  Peer peer;
  PeerTimes times;
};

void Report(benchmark::State& state, double events, double ours, const PeerTimes& raw,
            const Summing& sqlite, const Summing& postgres) {
  state.counters["events"] = events;
  state.counters["events/s"] = events * static_cast<double>(state.iterations()) / ours;
  for (const PeerTimes* peer : {&raw, &sqlite.times, &postgres.times})
    peer->Report(state, events, ours, "events");
  state.SetLabel(
      "events: stored, derived included; raw: RocksDB scan, XXH3 and LZ4 of the blocks; "
      "databases: sum of a table of the same postings by account, one core, all in memory; " +
      sqlite.peer.says + "; " + postgres.peer.says);
}

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
  const PlainLog log = MakePlainLog(*store);
  Summing sqlite{OpenSqlite(directory / "sqlite"), log, "sqlite"};
  Summing postgres{OpenPostgres(), log, "postgres"};
  PeerTimes raw{"raw", "of_raw"};
  double ours = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    replay::ReplayOptions options;
    options.decode_ahead = ahead;
    const auto begin = Clock::now();
    const Result<replay::ReplayedBook> replayed = replay::ReplayBook(*store, book, options);
    const double seconds = SecondsSince(begin);
    state.SetIterationTime(seconds);
    ours += seconds;
    if (!replayed.ok()) return state.SkipWithError(replayed.error().ToString().c_str());
    if (engine::DigestState(*replayed->state) != community.books.front().expected.state)
      return state.SkipWithError("the state is not the writer's");
    raw.Add(ScanBlocks(*raw_db, bytes));
    if (!sqlite.Run(log) || !postgres.Run(log))
      return state.SkipWithError("a database comes to other balances");
  }
  state.counters["blocks"] = static_cast<double>(blocks.size());
  state.counters["raw_bytes/event"] =
      static_cast<double>(bytes) / static_cast<double>(community.events);
  state.counters["postings"] = static_cast<double>(log.postings.size());
  Report(state, static_cast<double>(community.events), ours, raw, sqlite, postgres);
}

/// Seconds to replay all books, each on one of `threads`; negative where a state is wrong.
double ReplayAll(const store::EventReader& reader, const Community& community, unsigned threads) {
  const std::vector<store::BookRow> books = reader.Books().value();
  std::vector<std::unique_ptr<rules::BookState>> states(books.size());
  const auto begin = Clock::now();
  const Status status = replay::ForEachParallel(books.size(), threads, [&](std::size_t i) {
    SUANPAN_ASSIGN_OR_RETURN(replay::ReplayedBook replayed,
                             replay::ReplayBook(reader, books[i].book, {}));
    states[i] = std::move(replayed.state);
    return Status{};
  });
  const double seconds = SecondsSince(begin);
  if (!status.ok() || books.size() != community.books.size()) return -1;
  for (std::size_t i = 0; i < books.size(); ++i) {
    if (books[i].ref != community.books[i].ref ||
        engine::DigestState(*states[i]) != community.books[i].expected.state)
      return -1;
  }
  return seconds;
}

void BM_ReplayBooks(benchmark::State& state, std::uint32_t books, unsigned threads) {
  const Community& community = CommunityOf(1, community_year::KeyForm::kUuid, Smoke() ? 3U : books);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  const auto store = store::OpenRocksDb(directory / "data").value();
  double ours = 0;
  double alone = 0;
  for (auto _ : state) {
    const double seconds = ReplayAll(*store, community, threads);
    const double one_thread = ReplayAll(*store, community, 1);
    if (seconds < 0 || one_thread < 0)
      return state.SkipWithError("the state of a book is not the writer's");
    state.SetIterationTime(seconds);
    ours += seconds;
    alone += one_thread;
  }
  const double events =
      static_cast<double>(community.events) * static_cast<double>(state.iterations());
  state.counters["books"] = static_cast<double>(community.books.size());
  state.counters["events/s"] = events / ours;
  state.counters["linear_events/s"] = threads * events / alone;
  state.counters["of_linear"] = alone / (ours * threads);
  state.SetLabel("books replayed in parallel; linear: on one thread, times the threads");
}

void Configure(benchmark::internal::Benchmark* bench) {
  bench->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(BM_Replay, one_thread, false)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Replay, decoding_ahead, true)->Apply(Configure);
BENCHMARK_CAPTURE(BM_ReplayBooks, books_4_threads_1, 4, 1)->Apply(Configure);
BENCHMARK_CAPTURE(BM_ReplayBooks, books_4_threads_2, 4, 2)->Apply(Configure);
BENCHMARK_CAPTURE(BM_ReplayBooks, books_30_threads_1, 30, 1)->Apply(Configure);
BENCHMARK_CAPTURE(BM_ReplayBooks, books_30_threads_2, 30, 2)->Apply(Configure);

}  // namespace
}  // namespace suanpan::bench
