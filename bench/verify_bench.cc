// How many stored events a second does an audit of an export verify, every step, against RocksDB
// reading the same entries back with its checksums?

#include <benchmark/benchmark.h>

#include <chrono>

#include "suanpan/audit/export.h"
#include "suanpan/audit/verify.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

/// Exports the community of a data directory, its head signed by `signer`.
Status Export(const std::string& data, const std::string& out, const Community& community,
              const proof::Signer& signer) {
  SUANPAN_ASSIGN_OR_RETURN(const auto store, store::OpenRocksDb(data));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Signer of_book,
                           signer.ForBook(community.books.front().ref));
  SUANPAN_ASSIGN_OR_RETURN(const std::string note,
                           proof::SignCheckpoint({of_book.name(),
                                                  community.books.front().expected.size,
                                                  community.books.front().expected.root,
                                                  {}},
                                                 of_book));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, store->Books());
  const audit::BookExport book{community.books.front().ref, books.front().book, note,
                               community.books.front().expected.size};
  return audit::ExportDirectory(*store, {&book, 1}, schema::SchemaFiles(), out);
}

void BM_Verify(benchmark::State& state, std::uint32_t threads) {
  const Community& community = CommunityOf(1, community_year::KeyForm::kUuid);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  const proof::Signer signer = proof::GenerateSigner("bench.example").value();
  const Status exported = Export(directory / "data", directory / "out", community, signer);
  if (!exported.ok()) return state.SkipWithError(exported.ToString().c_str());
  const auto raw_db = OpenRaw(directory / "raw", false);
  {
    const auto store = store::OpenRocksDb(directory / "data").value();
    PutEach(*raw_db, EntriesOf(*store, store->Books().value().front().book), false);
  }
  audit::VerifyOptions options;
  options.dir = directory / "out";
  options.vkey = proof::ToText(signer.verifier());
  options.threads = threads;
  double ours = 0;
  double raw = 0;
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
    raw += ScanRows(*raw_db);
  }
  const double events = static_cast<double>(community.events);
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["events"] = events;
  state.counters["events/s"] = events * rounds / ours;
  state.counters["raw_events/s"] = events * rounds / raw;
  state.counters["of_raw"] = raw / ours;
  state.SetLabel(
      "events: stored, derived included; raw: RocksDB scan of a row an entry, checksums");
}

BENCHMARK_CAPTURE(BM_Verify, one_thread, 1)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Verify, two_threads, 2)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
