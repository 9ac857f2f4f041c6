// The import of a CSV file is killed, again and again and anywhere: afterwards the same file is
// imported again, and the log is that of an import which was never killed.

#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "csv_sample.h"
#include "imported_log.h"
#include "second_reading.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/everywhere.h"
#include "unit/opinion/pipeline.h"

namespace suanpan::fault {
namespace {

using suanpan::test::TempDir;
using Where = KillPoint::Where;
using Phase = KillPoint::Phase;

/// With those inside a group: twenty.
constexpr int kSeededPoints = 12;
constexpr int kSeededPointsSlow = 120;
constexpr std::int64_t kLaterUs = 3'600'000'000;

class KilledImport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::cout << "seed " << Seed() << std::endl;  // before what may end the test
    dir_ = new TempDir;
    PrepareImport(Prepared());
    const Place place{dir_->path() / "whole"};
    CopyPlace(Prepared(), place);
    whole_run_ = new RunResult{RunImport(place, {})};
    whole_ = new ImportedLog{ExamineImported(place, 0)};
    std::cout << whole_->leaves.size() << " entries, " << whole_run_->requests << " requests, "
              << whole_run_->opening << " of them to open\n";
  }
  static void TearDownTestSuite() {
    delete whole_;
    delete whole_run_;
    delete dir_;
  }

  static Place Prepared() { return {dir_->path() / "prepared"}; }
  [[nodiscard]] Place Fresh() const {
    const Place place{dir_->path() / "place"};
    CopyPlace(Prepared(), place);
    return place;
  }

  /// Kills a run; where the point does not come to pass in it, at an earlier one.
  static RunResult KillAt(const Place& place, ImportRun run) {
    while (true) {
      RunResult result = RunImport(place, run);
      if (result.killed) return result;
      CopyPlace(Prepared(), place);
      SUANPAN_INVARIANT(run.kill->nth > 1, "never there");
      run.kill->nth = std::max<std::uint64_t>(1, run.kill->nth * 3 / 4);
    }
  }

  /// Kills, looks, kills the second run too where there is a second point, imports to the end, and
  /// compares. The places where it was killed.
  std::string CheckKilled(const KillPoint& point, const std::optional<KillPoint>& second,
                          std::int64_t later_us) {
    const Place place = Fresh();
    const RunResult killed = KillAt(place, {.kill = point});
    EXPECT_EQ(Lost(killed, ReadImported(place)), "") << killed.where;
    std::string where = killed.where;
    RunResult again;
    if (second) {
      again = RunImport(place, {.kill = second, .later_us = later_us});
      EXPECT_EQ(Lost(again, ReadImported(place)), "") << again.where;
      where += again.killed ? "; then " + again.where : "; then not again";
    }
    const RunResult last = RunImport(place, {.later_us = 2 * later_us});
    EXPECT_FALSE(last.killed);
    const ImportedLog log = ExamineImported(place, 2 * later_us);
    EXPECT_EQ(Lost(killed, log), "") << where;
    EXPECT_EQ(Lost(again, log), "") << where;
    EXPECT_EQ(Lost(last, log), "") << where;
    EXPECT_EQ(last.answers.size(), whole_run_->answers.size()) << where;
    EXPECT_EQ(Different(log, *whole_, later_us == 0), "") << where;
    return where;
  }

  static inline TempDir* dir_ = nullptr;
  static inline RunResult* whole_run_ = nullptr;
  static inline ImportedLog* whole_ = nullptr;
};

TEST_F(KilledImport, IsComparedWithAWholeOne) {
  EXPECT_EQ(Different(*whole_, *whole_, true), "");
  EXPECT_EQ(whole_->leaves.size(), 1 + whole_run_->answers.size());
  EXPECT_GT(whole_run_->answers.size(), 50U) << "of several rows each";
  EXPECT_LT(whole_run_->answers.size(), 100U);
}

/// The entries, to the byte, and every figure are those that the second opinion has of the file.
TEST_F(KilledImport, IsWhatTheSecondOpinionReads) {
  const std::int64_t now_us = ParseInstant("2025-08-01T00:00:00Z")->value();
  const Hash32 schema = proof::Sha256(schema::SchemaFiles().front().compiled);
  const auto expected_of = [&](const std::string& csv) {
    return test::ExpectedOf("zz", SecondReading(csv, CsvText(), now_us).book("zz"), schema);
  };
  const test::Expected expected = expected_of(CsvText());
  EXPECT_EQ(test::JudgeLeaves(expected, whole_->leaves), "");
  EXPECT_EQ(whole_->verdict, "verified");
  const Place place{dir_->path() / "whole"};
  EXPECT_EQ(AskAndCrash([&] {
              const auto reader = store::OpenRocksDbReader(place.data()).value();
              return test::JudgeReplay(expected, *reader, BookNo{1}, false);
            }),
            "");
  // That it can fail: a row that is read with a fen more, one that is left out, one counted twice.
  std::string other = CsvText();
  std::size_t digit = other.rfind('.', other.rfind('.') - 1) + 2;
  other[digit] = other[digit] == '9' ? '8' : '9';
  EXPECT_EQ(test::JudgeLeaves(expected_of(other), whole_->leaves), "leaf of entry 55");
  const std::size_t last_row = CsvText().rfind('\n', CsvText().size() - 2) + 1;
  EXPECT_EQ(test::JudgeLeaves(expected_of(CsvText().substr(0, last_row)), whole_->leaves),
            "leaf of entry 55");
  EXPECT_EQ(test::JudgeLeaves(expected_of(CsvText() + CsvText().substr(last_row)), whole_->leaves),
            "leaf of entry 55");
}

/// A point among the requests [first, last] of an import.
KillPoint AnyPoint(std::mt19937_64& random, std::uint64_t first, std::uint64_t last) {
  KillPoint point;
  point.nth = first + random() % (last - first + 1);
  point.phase = static_cast<Phase>(random() % 3);
  point.torn_after = random();
  point.power_lost = random() % 3 == 0;
  return point;
}

TEST_F(KilledImport, AtSeededRequestsAndContinuedIsTheSame) {
  std::mt19937_64 random{Seed()};
  // Their number is not always quite the same; the points of a seed are.
  const std::uint64_t all = whole_run_->requests / 10 * 10;
  const std::uint64_t opening = whole_run_->opening / 10 * 10;
  for (int i = 0; i < (test::Everywhere() ? kSeededPointsSlow : kSeededPoints); ++i) {
    // Some while the log is opened, most while rows go in and when it is closed.
    const KillPoint point = AnyPoint(random, i % 6 == 0 ? 1 : opening + 1, all);
    std::optional<KillPoint> second;
    if (i % 4 == 1) second = AnyPoint(random, 1, all);
    std::cout << CheckKilled(point, second, i % 2 == 0 ? 0 : kLaterUs) << "\n";
  }
}

TEST_F(KilledImport, InsideAGroupAndContinuedIsTheSame) {
  std::mt19937_64 random{Seed()};
  const std::pair<Where, Phase> moments[] = {
      {Where::kGroupWrite, Phase::kBefore}, {Where::kGroupWrite, Phase::kTorn},
      {Where::kGroupWrite, Phase::kAfter},  {Where::kGroupSync, Phase::kBefore},
      {Where::kGroupSync, Phase::kAfter},   {Where::kCommitted, Phase::kBefore},
      {Where::kGuarded, Phase::kBefore},    {Where::kAnswer, Phase::kBefore}};
  int in_groups = 0;
  bool power_lost = false;
  for (const auto& [where, phase] : moments) {
    power_lost = !power_lost || where == Where::kAnswer;
    const std::uint64_t last = where == Where::kAnswer ? whole_run_->answers.size() : 4;
    const KillPoint point{where, 1 + random() % last, phase, random(), power_lost};
    const std::string told = CheckKilled(point, std::nullopt, random() % 2 == 0 ? 0 : kLaterUs);
    in_groups += told.find("in a group of ") != std::string::npos ? 1 : 0;
    std::cout << told << "\n";
  }
  EXPECT_GE(in_groups, 5) << "writes and syncs of the log are within the group";
}

TEST_F(KilledImport, AtEveryRequestAndContinuedIsTheSame) {
  const std::uint64_t stride = test::Stride(100);  // each in the slow suite
  std::mt19937_64 random{Seed()};
  for (std::uint64_t nth = 1; nth <= whole_run_->requests; nth += stride) {
    KillPoint point{Where::kRequest, nth, static_cast<Phase>(nth % 3), random(), nth % 2 == 0};
    static_cast<void>(
        CheckKilled(point, AnyPoint(random, 1, whole_run_->requests / 10 * 10), kLaterUs));
    point.phase = static_cast<Phase>((nth + 1) % 3);
    static_cast<void>(CheckKilled(point, std::nullopt, 0));
  }
}

TEST_F(KilledImport, WithOtherKeysTheSecondTimeWouldHaveRowsTwice) {
  // That the comparison can fail: what keeps rows from standing twice is the derivation of keys.
  const Place place = Fresh();
  const RunResult killed = KillAt(place, {.kill = KillPoint{Where::kAnswer, 30}});
  EXPECT_EQ(Lost(killed, ReadImported(place)), "");
  EXPECT_FALSE(RunImport(place, {.other_keys = true}).killed);
  EXPECT_EQ(Different(ExamineImported(place, 0), *whole_, true), "row 1 stands 2 times");
}

TEST_F(KilledImport, WithoutTheSyncsAcknowledgedEntriesWouldBeGone) {
  for (const Guarded guarded : {Guarded::kYes, Guarded::kNo}) {
    const Place place = Fresh();
    const KillPoint point{.where = Where::kAnswer, .nth = 30, .power_lost = true};
    const RunResult killed =
        KillAt(place, {.kill = point, .lies_about_sync = true, .guarded = guarded});
    EXPECT_EQ(killed.answers.size(), 30U);
    const std::string lost = Lost(killed, ReadImported(place, guarded));
    const bool guard = guarded == Guarded::kYes;
    EXPECT_NE(lost.find(guard ? "log_shorter" : "was acknowledged as entry"), std::string::npos)
        << lost;
  }
}

}  // namespace
}  // namespace suanpan::fault
