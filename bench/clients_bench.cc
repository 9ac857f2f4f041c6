// How many commands of one sale a second does the Ledger take from 64 threads, each of which waits
// until its command is durable before it sends the next; and how long does each wait?

#include <benchmark/benchmark.h>

#include <map>

#include "peers/database.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/store/memory_store.h"
#include "support/bench_directory.h"
#include "support/clients.h"
#include "support/community.h"
#include "support/disk.h"
#include "support/raw_rocksdb.h"
#include "support/sales.h"

namespace suanpan::bench {
namespace {

constexpr std::size_t kClients = 64;

std::uint32_t SalesWanted() { return Smoke() ? 1'000 : Quick() ? 8'000 : 60'000; }

/// Which commands each client sends, in order.
using Shares = std::vector<std::vector<const schema::Command*>>;

/// One book: the clients take its sales in turns. Several: each client has a book.
Shares ShareOut(const TypedSales& sales) {
  Shares shares(kClients);
  std::size_t next = 0;
  for (std::size_t book = 0; book < sales.sales.size(); ++book) {
    for (const schema::Command& command : sales.sales[book].all())
      shares[sales.sales.size() == 1 ? next++ % kClients : book].push_back(&command);
  }
  return shares;
}

void SubmitAndWait(engine::Ledger& ledger, const schema::Command& command) {
  SUANPAN_INVARIANT(ledger.WaitDurable(Accepted(ledger, command)).ok());
}

void SubmitAll(engine::Ledger& ledger, const TypedCommands& commands) {
  engine::Submission last;
  for (const schema::Command& command : commands.all()) last = Accepted(ledger, command);
  SUANPAN_INVARIANT(ledger.WaitDurable(last).ok());
}

/// By book and account, whatever the order in which names were introduced.
using BalanceMap = std::map<std::pair<std::uint32_t, std::string>, std::int64_t>;

BalanceMap BalancesOf(const PlainLog& log) {
  BalanceMap balances;
  for (const PlainAccount& account : log.accounts)
    balances[{account.book, account.path}] = account.balance;
  return balances;
}

/// What the same sales come to when they are handed in one after the other.
BalanceMap BalancesInOrder(const TypedSales& sales) {
  const auto ledger = engine::Ledger::Open(store::MakeMemoryStore(), FixedClock()).value();
  SubmitAll(*ledger, sales.opening);
  for (const TypedCommands& of_book : sales.sales) SubmitAll(*ledger, of_book);
  return BalancesOf(MakePlainLog(ledger->reader()));
}

std::vector<std::size_t> CountsOf(const Shares& shares) {
  std::vector<std::size_t> counts;
  for (const auto& share : shares) counts.push_back(share.size());
  return counts;
}

/// RocksDB's own group commit: each client puts the entry's bytes and waits for the sync.
ClientTimes PutFromAll(const std::string& path, const PlainLog& log, std::size_t first,
                       const std::vector<std::size_t>& counts) {
  const auto db = OpenRaw(path, false);
  std::vector<std::size_t> begins{first};
  for (const std::size_t count : counts) begins.push_back(begins.back() + count);
  SUANPAN_INVARIANT(begins.back() == log.entries.size());
  return RunClients(counts, [&](std::size_t client, std::size_t i) {
    const std::size_t entry = begins[client] + i;
    PutSynced(*db, entry, log.entries[entry].bytes);
  });
}

bool IsSale(const PlainLog& log, std::size_t entry) {
  return log.events[log.EventsBegin(entry)].kind == schema::SaleRecorded::kKind;
}

/// Stores what comes before the sales; runs of it in one transaction each.
void AppendOpening(PeerSession& session, const PlainLog& log) {
  std::size_t begin = 0;
  while (begin < log.entries.size()) {
    std::size_t end = begin;
    while (end < log.entries.size() && !IsSale(log, end)) ++end;
    if (begin != end) session.Append(log, begin, end, Balances::kOnceABatch);
    begin = end + 1;
  }
}

/// Each client has a session, and a transaction a sale. The sequences are given beforehand: no
/// client waits for a number.
ClientTimes AppendFromAll(PeerDatabase& database, const PlainLog& log, bool book_each) {
  database.Reset();
  std::vector<std::unique_ptr<PeerSession>> sessions;
  for (std::size_t i = 0; i < kClients; ++i) sessions.push_back(database.Connect());
  AppendOpening(*sessions.front(), log);
  std::vector<std::vector<std::size_t>> shares(kClients);
  std::size_t next = 0;
  for (std::size_t i = 0; i < log.entries.size(); ++i) {
    if (!IsSale(log, i)) continue;
    shares[(book_each ? log.entries[i].book : next++) % kClients].push_back(i);
  }
  std::vector<std::size_t> counts;
  for (const auto& share : shares) counts.push_back(share.size());
  const ClientTimes times = RunClients(counts, [&](std::size_t client, std::size_t i) {
    const std::size_t entry = shares[client][i];
    sessions[client]->Append(log, entry, entry + 1, Balances::kAfterEachCommand);
  });
  SUANPAN_INVARIANT(log.AreBalances(database.Balances(log.accounts.size())));
  return times;
}

struct Totals {
  ClientTimes ours;
  ClientTimes raw;
  ClientTimes postgres;
  double syncs_per_second = 0;
  std::string says;
};

void Report(benchmark::State& state, const Totals& totals, std::size_t sales) {
  const auto commands = static_cast<double>(sales);
  const double rate = commands / totals.ours.seconds;
  state.counters["commands"] = commands;
  state.counters["commands/s"] = rate;
  state.counters["p50_ms"] = totals.ours.p50_ms;
  state.counters["p99_ms"] = totals.ours.p99_ms;
  state.counters["raw_commands/s"] = commands / totals.raw.seconds;
  state.counters["raw_p99_ms"] = totals.raw.p99_ms;
  state.counters["of_raw"] = totals.raw.seconds / totals.ours.seconds;
  if (totals.postgres.seconds > 0) {
    state.counters["postgres_commands/s"] = commands / totals.postgres.seconds;
    state.counters["postgres_p99_ms"] = totals.postgres.p99_ms;
    state.counters["x_postgres"] = totals.postgres.seconds / totals.ours.seconds;
  }
  state.counters["fdatasync/s"] = totals.syncs_per_second;
  state.counters["of_fdatasync"] = rate / totals.syncs_per_second;
  state.SetLabel(
      "64 threads, each waits until its command is durable; raw: RocksDB, 64 threads put the same "
      "entries with sync, no keys, no balances; fdatasync: 4 KiB appended and synced, one thread; "
      "databases: 64 sessions, a prepared statement and commit a sale (event rows, key, balances, "
      "its sequence given; in one book they wait for each other's balances; commit_delay 0: "
      "in one book 200 and 1,000 us were slower, with a book each about the same); " +
      totals.says);
}

void BM_Clients(benchmark::State& state, std::uint32_t books) {
  const std::unique_ptr<TypedSales> sales = ParseSales(MakeSaleLines(books, SalesWanted()));
  const BalanceMap expected = BalancesInOrder(*sales);
  const Shares shares = ShareOut(*sales);
  const std::vector<std::size_t> counts = CountsOf(shares);
  Totals totals;
  for (auto _ : state) {
    const BenchDirectory directory;
    const auto ledger = NewLedger(directory);
    SubmitAll(*ledger, sales->opening);
    totals.ours = RunClients(counts, [&](std::size_t client, std::size_t i) {
      SubmitAndWait(*ledger, *shares[client][i]);
    });
    state.SetIterationTime(totals.ours.seconds);
    const PlainLog log = MakePlainLog(ledger->reader());
    if (BalancesOf(log) != expected)
      return state.SkipWithError("the balances are not those of the same sales in order");
    totals.raw = PutFromAll(directory / "raw", log, sales->opening.all().size(), counts);
    const Peer postgres = OpenPostgres();
    totals.says = postgres.says;
    if (postgres.database)
      totals.postgres = AppendFromAll(*postgres.database, log, books == kClients);
    totals.syncs_per_second = SyncsPerSecond(directory / ".");
  }
  std::size_t all = 0;
  for (const std::size_t count : counts) all += count;
  Report(state, totals, all);
}

BENCHMARK_CAPTURE(BM_Clients, one_book, 1)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Clients, a_book_each, kClients)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
