// Each write, sync, rename, creation and request for space fails in turn, for want of space or by
// an error of the disk: the ledger stops with a reason, and what it had acknowledged is there
// afterwards.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <charconv>
#include <csignal>
#include <iostream>

#include "data_copy.h"
#include "faulty_files.h"
#include "support/everywhere.h"

namespace suanpan::fault {
namespace {

using suanpan::test::TempDir;

constexpr std::uint64_t kSales = 8;

/// In the slow suite each request, else every few.
std::uint64_t Stride() { return test::Everywhere() ? 1 : 5; }

/// What a run came to whose requests of a sort failed from the nth on.
struct FaultedRun {
  std::uint64_t acknowledged = 0;
  bool failed = false;  ///< there were so many requests
  std::string error;    ///< of the first call that did not succeed
};

/// Commits until something fails; what was acknowledged and the failure. The ledger has stopped for
/// good then, although the disk works again.
std::pair<std::uint64_t, Status> CommitWhilePossible(const Place& place, rocksdb::Env* env,
                                                     FaultyFiles& files) {
  auto opened = OpenLedger(place, Guarded::kYes, env);
  if (!opened.ok()) return {0, opened.error().Clone()};
  engine::Ledger* const ledger = opened->release();  // a killed process closes nothing
  Status status = CommitOpening(*ledger);
  std::uint64_t acknowledged = status.ok() ? 1 : 0;
  for (std::uint64_t n = 1; n <= kSales && status.ok(); ++n) {
    status = CommitSale(*ledger, n);
    if (status.ok()) ++acknowledged;
  }
  files.Heal();
  SUANPAN_INVARIANT(status.ok() || !CommitSale(*ledger, 99).ok(), "it goes on after a failure");
  return {acknowledged, std::move(status)};
}

FaultedRun RunWithFault(const Place& place, FileOp op, std::uint64_t nth,
                        const rocksdb::IOStatus& fault) {
  const std::string told = AskAndCrash([&] {
    const auto [files, env] = MakeFaultyDisk();
    files->FailFrom(op, nth, fault);
    const auto [acknowledged, status] = CommitWhilePossible(place, env, *files);
    return fmt::format("{:02}{}{}", acknowledged, files->Count(op) >= nth ? '1' : '0',
                       status.ok() ? "" : status.ToString());
  });
  FaultedRun run;
  std::from_chars(told.data(), told.data() + 2, run.acknowledged);
  run.failed = told.at(2) == '1';
  run.error = told.substr(3);
  return run;
}

/// "" where a log opened after a run has what was acknowledged, and nothing that was not sent.
std::string Wrong(const Place& place, const FaultedRun& run) {
  return AskAndCrash([&]() -> std::string {
    const Opened opened = OpenToWrite(place);
    if (!opened.error.empty()) return opened.error;
    const std::size_t entries = opened.entries.size();
    if (entries >= run.acknowledged && entries <= kSales + 1) return {};
    return fmt::format("{} entries", entries);
  });
}

TEST(FailingGuard, StopsTheLedgerBeforeAnythingIsAcknowledged) {
  const TempDir dir;
  const Place place{dir.path()};
  RunAndCrash([&] { MakePlace(place); });
  const std::string told = AskAndCrash([&] {
    engine::Ledger* const ledger = OpenLedger(place).value().release();
    // No file may grow to where the guard keeps its records; the log's own files stay smaller.
    const ::rlimit limit{4096, 4096};
    ::signal(SIGXFSZ, SIG_IGN);
    SUANPAN_INVARIANT(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    return CommitOpening(*ledger).ToString();
  });
  EXPECT_NE(told.find("the ledger has stopped"), std::string::npos) << told;
  EXPECT_NE(told.find("guard: File too large"), std::string::npos) << told;
  EXPECT_EQ(AskAndCrash([&] { return fmt::format("{}", OpenToWrite(place).entries.size()); }), "1")
      << "in the log it is: the caller repeats, and is answered as a duplicate";
  // So whoever opened it has told the guard, before any repeat was answered.
  const auto guard = engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kRead).value();
  const std::optional<engine::GuardMark> durable = guard->Read(BookNo{1}).value().durable;
  ASSERT_TRUE(durable.has_value());
  EXPECT_EQ(durable->size, TreeSize{1});
}

class FailingFiles : public testing::TestWithParam<FileOp> {};

TEST_P(FailingFiles, StopTheLedgerAndLoseNothingAcknowledged) {
  int faults = 0;
  int stopped = 0;
  const std::pair<rocksdb::IOStatus, std::string> kinds[] = {
      {rocksdb::IOStatus::NoSpace("no space left"), "no space left"},
      {rocksdb::IOStatus::IOError("the disk is silent"), "the disk is silent"}};
  for (const auto& [fault, reason] : kinds) {
    for (std::uint64_t nth = 1;; nth += Stride()) {
      const TempDir dir;
      const Place place{dir.path()};
      RunAndCrash([&] { MakePlace(place); });
      const FaultedRun run = RunWithFault(place, GetParam(), nth, fault);
      if (!run.failed) break;
      ++faults;
      if (!run.error.empty()) {
        ++stopped;
        EXPECT_NE(run.error.find(reason), std::string::npos) << run.error;
      }
      EXPECT_EQ(Wrong(place, run), "")
          << "request " << nth << ": " << run.acknowledged << " acknowledged, then " << run.error;
    }
  }
  // Space is asked for in advance; where there is none, the write itself will tell.
  EXPECT_EQ(stopped == 0, GetParam() == FileOp::kSpace);
  std::cout << faults << " faults, " << stopped << " stopped the ledger\n";
  EXPECT_GT(faults, 0);
}

std::string NameOf(const testing::TestParamInfo<FileOp>& info) {
  constexpr std::array<const char*, kFileOps> kNames = {"Write", "Sync", "Rename", "Space",
                                                        "Create"};
  return kNames.at(static_cast<std::size_t>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Each, FailingFiles,
                         testing::Values(FileOp::kWrite, FileOp::kSync, FileOp::kRename,
                                         FileOp::kSpace, FileOp::kCreate),
                         NameOf);

}  // namespace
}  // namespace suanpan::fault
