// Each write, sync, rename, creation and request for space fails in turn, for want of space or by
// an error of the disk: the ledger stops with a reason, and what it had acknowledged is there
// afterwards.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <sstream>

#include "data_copy.h"
#include "faulty_files.h"
#include "support/everywhere.h"

namespace suanpan::fault {
namespace {

using suanpan::test::TempDir;

constexpr std::uint64_t kSales = 8;

/// In the slow suite each request, else every few.
std::uint64_t Stride() { return test::Stride(5); }

/// In a process of its own, which alone has RocksDB's threads.
Opened OpenElsewhere(const Place& place) {
  std::istringstream told{AskAndCrash([&] {
    const Opened here = OpenToWrite(place);
    std::string text = here.error + '\n';
    for (const std::string& entry : here.entries) text += ToHex(AsBytes(entry)) + '\n';
    return text;
  })};
  Opened opened;
  std::getline(told, opened.error);
  for (std::string entry; std::getline(told, entry);) opened.entries.push_back(entry);
  return opened;
}

/// What a run came to some of whose requests failed.
struct FaultedRun {
  std::uint64_t acknowledged = 0;
  bool failed = false;  ///< there were so many requests
  std::string error;    ///< of the first call that did not succeed
};

/// Entries that every run begins with: two sales that are in the write-ahead log only, so that
/// opening writes a table.
constexpr std::uint64_t kBegun = 3;

/// Commits until something fails, and closes where nothing does; what was acknowledged and the
/// failure. A ledger that failed has stopped for good, although the disk works again.
std::pair<std::uint64_t, Status> CommitWhilePossible(const Place& place, rocksdb::Env* env,
                                                     FaultyFiles& files) {
  auto opened = OpenLedger(place, Guarded::kYes, env);
  if (!opened.ok()) return {kBegun, opened.error().Clone()};
  Status status;
  std::uint64_t acknowledged = kBegun;
  for (std::uint64_t n = kBegun; n < kBegun + kSales && status.ok(); ++n) {
    status = CommitSale(**opened, n);
    if (status.ok()) ++acknowledged;
  }
  if (status.ok()) {
    opened->reset();
    return {acknowledged, Status{}};
  }
  files.Heal();
  engine::Ledger* const ledger = opened->release();  // a killed process closes nothing
  SUANPAN_INVARIANT(!CommitSale(*ledger, 99).ok(), "it goes on after a failure");
  return {acknowledged, std::move(status)};
}

/// Which requests of a sort fail.
struct Fault {
  FileOp op = FileOp::kWrite;
  std::uint64_t nth = 0;
  bool only = false;  ///< else every later one too
  rocksdb::IOStatus error;
};

FaultedRun RunWithFault(const Place& place, const Fault& fault) {
  const std::string told = AskAndCrash([&] {
    const auto [files, env] = MakeFaultyDisk();
    if (fault.only) {
      files->FailOnly(fault.op, fault.nth, fault.error);
    } else {
      files->FailFrom(fault.op, fault.nth, fault.error);
    }
    const auto [acknowledged, status] = CommitWhilePossible(place, env, *files);
    return fmt::format("{:02}{}{}", acknowledged, files->Count(fault.op) >= fault.nth ? '1' : '0',
                       status.ok() ? "" : status.ToString());
  });
  FaultedRun run;
  std::from_chars(told.data(), told.data() + 2, run.acknowledged);
  run.failed = told.at(2) == '1';
  run.error = told.substr(3);
  return run;
}

/// "" where a log opened after a run begins as an undisturbed one, and has what was acknowledged.
std::string Wrong(const Place& place, const FaultedRun& run,
                  const std::vector<std::string>& undisturbed) {
  const Opened opened = OpenElsewhere(place);
  if (!opened.error.empty()) return opened.error;
  const std::size_t entries = opened.entries.size();
  if (entries < run.acknowledged || entries > undisturbed.size()) {
    return fmt::format("{} entries", entries);
  }
  const bool same = std::equal(opened.entries.begin(), opened.entries.end(), undisturbed.begin());
  return same ? "" : "other entries";
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

class FailingFiles : public testing::TestWithParam<FileOp> {
 protected:
  FailingFiles() {
    RunAndCrash([&] {
      MakePlace(begun_);
      CommitSales(*OpenLedger(begun_).value().release(), 1, kBegun - 1);
    });
    CopyPlace(begun_, place_);
    const FaultedRun run = RunWithFault(place_, {});
    SUANPAN_INVARIANT(run.error.empty(), "{}", run.error);
    undisturbed_ = OpenElsewhere(place_).entries;
    SUANPAN_INVARIANT(undisturbed_.size() == kBegun + kSales);
  }
  /// Whether there were so many requests.
  bool Try(const Fault& fault, const std::string& reason) {
    CopyPlace(begun_, place_);
    const FaultedRun run = RunWithFault(place_, fault);
    if (!run.failed) return false;
    ++faults_;
    if (!run.error.empty()) {
      ++stopped_;
      EXPECT_NE(run.error.find(reason), std::string::npos) << run.error;
    }
    EXPECT_EQ(Wrong(place_, run, undisturbed_), "")
        << "request " << fault.nth << (fault.only ? " only: " : ": ") << run.acknowledged
        << " acknowledged, then " << run.error;
    return true;
  }

  const TempDir dir_;
  const Place begun_{dir_.path() / "begun"};
  const Place place_{dir_.path() / "place"};
  std::vector<std::string> undisturbed_;
  int faults_ = 0;
  int stopped_ = 0;
};

TEST_P(FailingFiles, StopTheLedgerAndLoseNothingAcknowledged) {
  const std::pair<rocksdb::IOStatus, std::string> kinds[] = {
      {rocksdb::IOStatus::NoSpace("no space left"), "no space left"},
      {rocksdb::IOStatus::IOError("the disk is silent"), "the disk is silent"}};
  for (const auto& [error, reason] : kinds) {
    for (const bool only : {false, true}) {
      for (std::uint64_t nth = 1; Try({GetParam(), nth, only, error}, reason);) nth += Stride();
    }
  }
  // Space is asked for in advance; where there is none, the write itself will tell.
  EXPECT_EQ(stopped_ == 0, GetParam() == FileOp::kSpace);
  std::cout << faults_ << " faults, " << stopped_ << " stopped the ledger\n";
  EXPECT_GT(faults_, 0);
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
