// Damage of every sort to a data directory whose last entries were acknowledged: each ends in all
// of them, or in an error that says what is wrong. Never in a shorter log that looks well.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <map>

#include "data_copy.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/store/keys.h"
#include "support/everywhere.h"
#include "support/test_ledger.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;
using suanpan::test::TempDir;
using suanpan::test::TestSigner;

/// In the slow suite every byte, else every few.
std::uintmax_t Stride() { return test::Stride(23); }

/// One directory for all tests, made once: a table file of 21 entries, a signed head of 24, and a
/// write-ahead log that ends with three commits of one entry each.
class DamageMatrix : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    dir_ = new TempDir;
    // In processes of their own: whoever forks must not have RocksDB's threads.
    RunAndCrash([] {
      MakePlace(Whole());
      CommitSales(*OpenLedger(Whole()).value(), 1, 20);
    });
    RunAndCrash([] {
      // Never closed: closing would move what is in the write-ahead log to a table.
      engine::Ledger* const ledger = OpenLedger(Whole()).value().release();
      CommitSales(*ledger, 21, 22);
      CopyPlace(Whole(), Old());
      CommitSales(*ledger, 23, 23);
      SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", TestSigner()).ok());
      std::ofstream sizes{*dir_ / "sizes"};
      const auto tell = [&] { sizes << fs::file_size(WriteAheadLogOf(Whole())) << ' '; };
      tell();
      CommitSales(*ledger, 24, 26, tell);
      sizes.flush();
    });
    CopyPlace(Whole(), Copy());
    whole_ = OpenToWrite(Copy()).entries;
    std::ifstream sizes{*dir_ / "sizes"};
    for (std::uintmax_t size = 0; sizes >> size;) commits_.push_back(size);
  }
  static void TearDownTestSuite() {
    std::string tally = fmt::format("opened {} times: all entries {}", opened_, recovered_);
    for (const auto& [alarm, times] : alarms_) tally += fmt::format(", {} {}", alarm, times);
    std::cout << tally << "\n";
    delete dir_;
    dir_ = nullptr;
  }
  void SetUp() override {
    ASSERT_EQ(whole_.size(), 27U);
    ASSERT_EQ(commits_.size(), 4U);
    CopyPlace(Whole(), Copy());
  }

  static Place Whole() { return {dir_->path() / "whole"}; }
  static Place Old() { return {dir_->path() / "old"}; }
  static Place Copy() { return {dir_->path() / "copy"}; }

  /// All entries or an error, for a reader and for a writer; what it was counts. How many errors.
  static int ExpectWholeOrAlarm(const std::string& damage) {
    int errors = 0;
    for (const Opened& opened : {OpenToRead(Copy()), OpenToWrite(Copy())}) {
      ++opened_;
      if (opened.error.empty()) {
        EXPECT_EQ(opened.entries, whole_) << damage << ": a log of " << opened.entries.size();
        ++recovered_;
      } else {
        ++errors;
        ++alarms_[NameOf(opened.error)];
        EXPECT_TRUE(IsNamed(opened.error)) << damage << ": " << opened.error;
      }
    }
    return errors;
  }
  /// For both an error that has this text.
  static void ExpectAlarm(const std::string& damage, const std::string& text) {
    for (const Opened& opened : {OpenToRead(Copy()), OpenToWrite(Copy())}) {
      EXPECT_NE(opened.error.find(text), std::string::npos)
          << damage << ": " << opened.error << " " << opened.entries.size();
    }
  }

  /// "log_shorter" of "corruption: book zz: log_shorter: ..."; else what begins the message.
  static std::string NameOf(const std::string& error) {
    for (const char* alarm : kAlarms) {
      if (error.find(alarm) != std::string::npos) return alarm;
    }
    return error.substr(0, error.find(' ', error.find(": ") + 2));
  }
  /// An alarm that docs/operators.md has, or damage that is said to be some; each with what helps.
  static bool IsNamed(const std::string& error) {
    return error.starts_with("corruption: ") &&
           (error.ends_with(store::kWriteKeysAgain) ||
            error.find("restore a copy of ") != std::string::npos ||
            error.find(engine::kAcceptLoss) != std::string::npos);
  }
  static constexpr std::array kAlarms = {"log_shorter", "log_differs", "guard_older"};

  static TempDir* dir_;
  static std::vector<std::string> whole_;
  static std::vector<std::uintmax_t> commits_;  ///< ends of the last commits in the write-ahead log
  static std::map<std::string, int> alarms_;
  static int recovered_;
  static int opened_;
};

TempDir* DamageMatrix::dir_ = nullptr;
std::vector<std::string> DamageMatrix::whole_;
std::vector<std::uintmax_t> DamageMatrix::commits_;
std::map<std::string, int> DamageMatrix::alarms_;
int DamageMatrix::recovered_ = 0;
int DamageMatrix::opened_ = 0;

TEST_F(DamageMatrix, WithoutDamageEveryAcknowledgedEntryIsThere) {
  EXPECT_EQ(ExpectWholeOrAlarm("none"), 0);
  EXPECT_EQ(recovered_, 2);
  recovered_ = 0;
}

TEST_F(DamageMatrix, ABitFlippedInTheLastThreeCommits) {
  for (std::uintmax_t at = commits_.front(); at < commits_.back(); at += Stride()) {
    CopyPlace(Whole(), Copy());
    FlipBit(WriteAheadLogOf(Copy()), at);
    // Each of these bytes holds one of the last entries up.
    EXPECT_EQ(ExpectWholeOrAlarm(fmt::format("flipped at {} of {}", at, commits_.back())), 2) << at;
  }
}

TEST_F(DamageMatrix, TheWriteAheadLogCutAnywhere) {
  const auto cut = [](std::uintmax_t size) {
    CopyPlace(Whole(), Copy());
    fs::resize_file(WriteAheadLogOf(Copy()), size);
    const int errors = ExpectWholeOrAlarm(fmt::format("cut at {} of {}", size, commits_.back()));
    EXPECT_EQ(errors, size < commits_.back() ? 2 : 0) << size;
  };
  for (std::uintmax_t size = commits_.front(); size < commits_.back(); size += Stride()) cut(size);
  for (const std::uintmax_t size : commits_) cut(size);
  // What lies before them: the opening's own records, two commits and the signed head.
  for (std::uintmax_t size = 0; size < commits_.front(); size += test::Stride(69)) cut(size);
}

TEST_F(DamageMatrix, WithoutTheGuardACutWriteAheadLogWouldLookWell) {
  // What the guard is for, and that the tests above can fail.
  int shorter = 0;
  for (const std::uintmax_t size : {commits_[1], commits_[2]}) {
    CopyPlace(Whole(), Copy());
    fs::resize_file(WriteAheadLogOf(Copy()), size);
    const Opened opened = OpenToWrite(Copy(), Guarded::kNo);
    EXPECT_EQ(opened.error, "");
    if (opened.entries.size() < whole_.size()) ++shorter;
  }
  EXPECT_EQ(shorter, 2);
}

TEST_F(DamageMatrix, EachFileDeleted) {
  for (const std::string& name : FilesOf(Whole().data())) {
    CopyPlace(Whole(), Copy());
    ASSERT_TRUE(fs::remove(fs::path{Copy().data()} / name));
    ExpectWholeOrAlarm("deleted " + name);
  }
}

TEST_F(DamageMatrix, ABitFlippedInATableFileOrInTheManifest) {
  for (const std::string& name : FilesOf(Whole().data())) {
    if (!name.ends_with(".sst") && !name.starts_with("MANIFEST") && name != "CURRENT") continue;
    const std::uintmax_t size = fs::file_size(fs::path{Whole().data()} / name);
    for (std::uintmax_t at = 0; at < size; at += test::Stride(69)) {
      CopyPlace(Whole(), Copy());
      FlipBit(fs::path{Copy().data()} / name, at);
      ExpectWholeOrAlarm(fmt::format("flipped {} at {} of {}", name, at, size));
    }
  }
}

TEST_F(DamageMatrix, AnOldCopyOfTheDataIsALogThatIsShorter) {
  fs::remove_all(Copy().data());
  fs::copy(Old().data(), Copy().data(), fs::copy_options::recursive);
  ExpectAlarm("old data", "log_shorter: the log has 23 entries, but 24 were signed");
}

TEST_F(DamageMatrix, AnOldCopyThatWentOnWithoutItsGuardIsAnotherLog) {
  for (const bool together : {false, true}) {
    fs::remove_all(Copy().data());
    fs::copy(Old().data(), Copy().data(), fs::copy_options::recursive);
    RunAndCrash([&] {
      engine::Ledger* const ledger = OpenLedger(Copy(), Guarded::kNo).value().release();
      std::optional<engine::Submission> last;
      for (std::uint64_t sale = 1001; sale <= 1040; ++sale) {
        last = SubmitSale(*ledger, sale).value();
        if (!together) SUANPAN_INVARIANT(ledger->WaitDurable(*last).ok());
      }
      SUANPAN_INVARIANT(ledger->WaitDurable(*last).ok());
    });
    ExpectAlarm(together ? "other entries in few blocks" : "other entries", "log_differs: ");
  }
}

TEST_F(DamageMatrix, AKeyDirectoryThatIsMissingOrAnothersIsNamed) {
  fs::remove_all(Copy().root / "keys");
  ExpectAlarm("no keys", "guard_missing");
  fs::create_directories(Copy().root / "keys");
  ASSERT_TRUE(engine::Guard::Create(Copy().guard(), "other.example+0a1b2c3d+AQ==").ok());
  ExpectAlarm("another's keys", "guard_foreign");
}

TEST_F(DamageMatrix, AnOldKeyDirectoryIsNamedWhenItLacksASignedHead) {
  fs::remove_all(Copy().root / "keys");
  fs::copy(Old().root / "keys", Copy().root / "keys", fs::copy_options::recursive);
  ExpectAlarm("old keys", "corruption: book zz: guard_older: ");
}

TEST_F(DamageMatrix, DataAndKeysOfTheSameOldTimeLookWell) {
  // Nothing on the machine can tell; who holds a later receipt or checkpoint can.
  CopyPlace(Old(), Copy());
  EXPECT_EQ(OpenToWrite(Copy()).entries.size(), 23U);
}

}  // namespace
}  // namespace suanpan::fault
