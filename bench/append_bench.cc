// How many stored events a second become durable through the Ledger, against RocksDB writing the
// same blocks in the same synced batches, and against SQLite and PostgreSQL storing the same events
// in durable batches of as many commands? RocksDB writes no key rows and no tiles, which the ledger
// does besides: it is what the log alone would cost. The databases keep key and balances as well,
// and neither validate nor hash.

#include <benchmark/benchmark.h>

#include <algorithm>

#include "peers/database.h"
#include "peers/peer_times.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

struct AppendCase {
  std::uint32_t facts = 1;
  std::size_t together = 1;  ///< commands under way at once (Append)
  community_year::KeyForm key_form = community_year::KeyForm::kUuid;
  std::uint32_t books = 1;
  std::uint32_t part = 1;  ///< of the days: a run that waits for every sync takes few
  bool databases = false;  ///< the databases are measured, too
};

constexpr AppendCase kThousand{.together = 1000, .databases = true};
constexpr AppendCase kThirtyBooks{.together = 1000, .books = 30, .databases = true};
constexpr AppendCase kStream{.together = 1000, .key_form = community_year::KeyForm::kStream};
constexpr AppendCase kHundredFacts{.facts = 100, .together = 10, .databases = true};
constexpr AppendCase kHundredFactsSingle{.facts = 100, .part = 6};
constexpr AppendCase kSingle{.part = 60};

/// Seconds by whom, over all rounds.
struct Times {
  double ours = 0;
  PeerTimes raw{"raw", "of_raw"};
  PeerTimes sqlite{"sqlite", "x_sqlite"};
  PeerTimes sqlite_each{"sqlite_each", "x_sqlite_each"};
  PeerTimes postgres{"postgres", "x_postgres"};
  PeerTimes postgres_each{"postgres_each", "x_postgres_each"};
  std::size_t blocks = 0;
  std::string says;
};

constexpr Balances kEach = Balances::kAfterEachCommand;

void AppendToDatabases(const PlainLog& log, std::size_t together, const BenchDirectory& directory,
                       Times& times) {
  const Peer sqlite = OpenSqlite(directory / "sqlite");
  if (sqlite.database) {
    times.sqlite.Add(AppendAll(*sqlite.database, log, together, Balances::kOnceABatch));
    times.sqlite_each.Add(AppendAll(*sqlite.database, log, together, kEach));
  }
  const Peer postgres = OpenPostgres();
  if (postgres.database) {
    times.postgres.Add(AppendAll(*postgres.database, log, together, Balances::kOnceABatch));
    times.postgres_each.Add(AppendAll(*postgres.database, log, together, kEach));
  }
  times.says = "; " + sqlite.says + "; " + postgres.says +
               ": event rows, keys, balances in one transaction a batch, nothing validated or "
               "hashed; each: with "
               "balances up to date after each command, else once a batch; of "
               "several books half by each of two sessions of PostgreSQL";
}

bool HeadsAreRight(engine::Ledger& ledger, const Community& community) {
  for (const BookHead& book : community.books) {
    const engine::SealedHead head = ledger.Seal(book.ref).value();
    if (head.root != book.expected.root || head.state != book.expected.state) return false;
  }
  return true;
}

void Report(benchmark::State& state, const Community& community, const Times& times) {
  const auto events = static_cast<double>(community.events);
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["events"] = events;
  state.counters["commands"] = static_cast<double>(community.commands.all().size());
  state.counters["blocks"] = static_cast<double>(times.blocks) / rounds;
  state.counters["events/s"] = events * rounds / times.ours;
  for (const PeerTimes* peer :
       {&times.raw, &times.sqlite, &times.sqlite_each, &times.postgres, &times.postgres_each})
    peer->Report(state, events, times.ours, "events");
  state.SetLabel(
      "events: stored, derived included; raw: RocksDB, same blocks without key rows, a sync a "
      "batch" +
      times.says);
}

void BM_Append(benchmark::State& state, const AppendCase& wanted) {
  const std::uint32_t books = Smoke() ? std::min(wanted.books, 3U) : wanted.books;
  const Community& community = CommunityOf(wanted.facts, wanted.key_form, books, wanted.part);
  std::unique_ptr<PlainLog> log;
  Times times;
  for (auto _ : state) {
    const BenchDirectory directory;
    BlockGroups groups;
    const auto ledger = NewLedger(directory, &groups);
    const double seconds = Append(*ledger, community, wanted.together);
    state.SetIterationTime(seconds);
    times.ours += seconds;
    if (!HeadsAreRight(*ledger, community))
      return state.SkipWithError("the roots are not those of the same commands as JSON");
    for (const auto& group : groups) times.blocks += group.size();
    times.raw.Add(PutGroups(*OpenRaw(directory / "raw", false), groups));
    if (!wanted.databases) continue;
    // Two sessions of a database that takes several at once, where there are books for them.
    if (log == nullptr)
      log = std::make_unique<PlainLog>(MakePlainLog(ledger->reader(), books == 1 ? 1 : 2));
    AppendToDatabases(*log, wanted.together, directory, times);
  }
  Report(state, community, times);
}

void Configure(benchmark::internal::Benchmark* bench) {
  bench->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(BM_Append, facts_1_together_1000_uuid, kThousand)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Append, facts_1_together_1000_books_30, kThirtyBooks)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Append, facts_1_together_1000_stream, kStream)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Append, facts_100_together_10_uuid, kHundredFacts)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Append, facts_100_single_uuid, kHundredFactsSingle)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Append, facts_1_single_uuid, kSingle)->Apply(Configure);

}  // namespace
}  // namespace suanpan::bench
