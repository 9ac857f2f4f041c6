// How many stored events a second does an audit of an export verify, every step, against the
// SHA-256 that it must do, RocksDB reading the same entries back with its checksums, a hash chain
// over the same events in PostgreSQL, and hledger computing the same balances? And in how much
// memory does the program do it?

#include <benchmark/benchmark.h>

#include <chrono>

#include "peers/hash_chain.h"
#include "peers/hledger.h"
#include "peers/peer_times.h"
#include "suanpan/audit/verify.h"
#include "suanpan/proof/key.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/child.h"
#include "support/community.h"
#include "support/export.h"
#include "support/raw_rocksdb.h"
#include "support/sha256_alone.h"

namespace suanpan::bench {
namespace {

/// What is measured beside the audit, over all rounds.
struct Peers {
  explicit Peers(const BenchDirectory& directory)
      : raw_db(OpenRaw(directory / "raw", false)), journal(directory / "journal") {
    const auto store = store::OpenRocksDb(directory / "data").value();
    entries = EntriesOf(*store, store->Books().value().front().book);
    PutEach(*raw_db, entries, false);
    log = std::make_unique<PlainLog>(MakePlainLog(*store));
  }

  /// An error text, or null.
  const char* Run(const Hash32& expected_root, bool databases) {
    raw.Add(ScanRows(*raw_db));
    Hash32 root;
    sha256.Add(HashTreeAlone(entries, root));
    if (root != expected_root) return "the tree hashed alone has another root";
    return databases ? RunDatabases() : nullptr;
  }

  std::vector<std::string> entries;
  std::unique_ptr<rocksdb::DB> raw_db;
  std::unique_ptr<PlainLog> log;
  std::string journal;
  std::unique_ptr<HashChain> chain;
  std::size_t transactions = 0;
  HledgerRun hledger_run;
  PeerTimes raw{"raw", "of_raw"};
  PeerTimes sha256{"sha256", "of_sha256"};
  PeerTimes postgres{"postgres", "x_postgres"};
  PeerTimes hledger{"hledger", "x_hledger"};
  std::string says;

 private:
  const char* RunDatabases() {
    std::string chain_says;
    if (transactions == 0) {
      transactions = WriteJournal(*log, journal);
      chain = OpenPostgresChain(chain_says);
      if (chain != nullptr) chain->Load(*log);
      says = "; " + chain_says;
    }
    if (chain != nullptr) {
      const auto begin = std::chrono::steady_clock::now();
      const std::uint64_t sound = chain->CountSound();
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
      postgres.Add(seconds.count());
      if (sound != log->events.size()) return "the chain in PostgreSQL does not hold";
    }
    hledger_run = RunHledger(*log, journal);
    if (hledger_run.absent) {
      says += "; hledger absent: not installed";
      return nullptr;
    }
    hledger.Add(hledger_run.seconds);
    return hledger_run.right ? nullptr : "hledger comes to other balances";
  }
};

/// Most memory that `suanpan audit verify` has resident, in MiB; 0 where it does not verify.
double PeakOfProgram(const audit::VerifyOptions& options, const BenchDirectory& directory) {
  const ChildRun run = RunChild(
      {SUANPAN_BINARY_DIR "/suanpan", "--quiet", "--threads", std::to_string(options.threads),
       "audit", "verify", options.dir.string(), "--vkey", options.vkey},
      directory / "report");
  return run.exit_code == 0 ? static_cast<double>(run.peak_kib) / 1024 : 0;
}

void Report(benchmark::State& state, const Community& community, const Peers& peers, double ours,
            double peak_mib) {
  const auto events = static_cast<double>(community.events);
  state.counters["events"] = events;
  state.counters["accounts"] = static_cast<double>(peers.log->accounts.size());
  state.counters["events/s"] = events * static_cast<double>(state.iterations()) / ours;
  state.counters["peak_MiB"] = peak_mib;
  for (const PeerTimes* peer : {&peers.raw, &peers.sha256, &peers.postgres, &peers.hledger})
    peer->Report(state, events, ours, "events");
  if (peers.hledger_run.right) {
    state.counters["hledger_transactions/s"] =
        static_cast<double>(peers.transactions) / peers.hledger_run.seconds;
    state.counters["hledger_MiB"] = peers.hledger_run.peak_mib;
  }
  state.SetLabel(
      "events: stored, derived included; raw: RocksDB scan of a row an entry, checksums; sha256: "
      "leaves and nodes of the same entries by OpenSSL, one after the other; peak: the program's "
      "own process; hledger: balances of the same postings, nothing proved" +
      peers.says);
}

void BM_Verify(benchmark::State& state, std::uint32_t threads) {
  const Community& community = CommunityOf(1, community_year::KeyForm::kUuid);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  const proof::Signer signer = proof::GenerateSigner("bench.example").value();
  const BookHead& head = community.books.front();
  const Status exported = ExportBook(directory / "data", directory / "out", head, signer);
  if (!exported.ok()) return state.SkipWithError(exported.ToString().c_str());
  Peers peers{directory};
  audit::VerifyOptions options;
  options.dir = directory / "out";
  options.vkey = proof::ToText(signer.verifier());
  options.threads = threads;
  double ours = 0;
  double peak_mib = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    const Result<audit::VerifyReport> report = audit::VerifyExport(options);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(seconds.count());
    ours += seconds.count();
    if (!report.ok() || report->verdict != audit::Verdict::kVerified)
      return state.SkipWithError("the export is not verified");
    if (report->books.front().events != community.events)
      return state.SkipWithError("events were left out");
    peak_mib = PeakOfProgram(options, directory);
    if (peak_mib <= 0) return state.SkipWithError("the program does not verify the export");
    if (const char* wrong = peers.Run(head.expected.root, threads == 1))
      return state.SkipWithError(wrong);
  }
  Report(state, community, peers, ours, peak_mib);
}

void Configure(benchmark::internal::Benchmark* bench) {
  bench->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(BM_Verify, one_thread, 1)->Apply(Configure);
BENCHMARK_CAPTURE(BM_Verify, two_threads, 2)->Apply(Configure);

}  // namespace
}  // namespace suanpan::bench
