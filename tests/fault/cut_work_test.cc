// The program is cut in work that is not appending: where it opens a log whose index of keys lies,
// or whose last entries nobody was told of, where it signs heads, where it writes the index again.
// At every write to the store and of the guard, and at requests to the file system: afterwards all
// is as it was, and the same work is done to its end.

#include <gtest/gtest.h>

#include <iostream>

#include "place_check.h"
#include "program_run.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/store/keys.h"
#include "support/everywhere.h"
#include "support/raw_rows.h"
#include "support/test_ledger.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;
using suanpan::test::RawRows;
using suanpan::test::TempDir;
using suanpan::test::TestSigner;
using Phase = KillPoint::Phase;

struct Work {
  std::string name;
  std::vector<std::string> arguments;
  std::function<void(const Place&)> prepare;
  bool opens = true;  ///< whatever the index is: else only by the work itself
};
void PrintTo(const Work& work, std::ostream* out) { *out << work.name; }

/// An index without the keys of book zz, of both its streams, which says that it has them.
void LetIndexLie(const Place& place) {
  RunAndCrash([&] {
    RawRows keys{place.data(), "keys"};
    const std::size_t gone = keys.DeleteIf([](const std::string& key) {
      return key.size() > store::WatermarkRowKey(BookNo{1}).size() && key[4] == 1;
    });
    SUANPAN_INVARIANT(gone == 2, "{}", gone);
    keys.Compact();
  });
}

void RemoveIndexTable(const Place& place) {
  std::string table;
  table = AskAndCrash([&] {
    RawRows keys{place.data(), "keys"};
    keys.Compact();
    return keys.Tables().front();
  });
  SUANPAN_INVARIANT(fs::remove(place.data() + table));
}

/// Of entries that were written and not acknowledged.
void PutBackGuard(const Place& place) {
  fs::copy_file(place.root / "earlier", place.guard(), fs::copy_options::overwrite_existing);
}

std::vector<Work> Works() {
  const std::vector<std::string> open{"append", "/dev/null"};
  const std::vector<std::string> rebuild{"replay", "rebuild", "--projection", "keys"};
  return {{"OpeningOverALyingIndex", open, LetIndexLie},
          {"OpeningAfterUntoldEntries", open, PutBackGuard},
          {"Checkpoint", {"checkpoint"}, [](const Place&) {}},
          {"RebuildOfTheIndex", rebuild, LetIndexLie},
          {"RebuildOfADamagedIndex", rebuild, RemoveIndexTable, false}};
}

/// Both books have a signed head. Later entries are in the write-ahead log alone, and their keys in
/// no index, as a process leaves them that was killed; `earlier` is the guard before those.
class CutWork : public testing::TestWithParam<Work> {
 protected:
  void SetUp() override {
    RunAndCrash([&] {
      MakeProgramPlace(Prepared());
      {
        const auto ledger = OpenLedger(Prepared()).value();
        CommitSales(*ledger, 1, 9);
        SUANPAN_INVARIANT(CommitOpening(*ledger, "yy").ok());
        for (std::uint64_t n = 1; n <= 4; ++n) SUANPAN_INVARIANT(CommitSale(*ledger, n, "yy").ok());
        for (const char* book : {"zz", "yy"})
          SUANPAN_INVARIANT(engine::SignHead(*ledger, book, TestSigner()).ok());
      }
      fs::copy_file(Prepared().guard(), Prepared().root / "earlier");
      engine::Ledger* const ledger = OpenLedger(Prepared()).value().release();  // never closed
      CommitSales(*ledger, 10, 13);
      for (std::uint64_t n = 5; n <= 6; ++n) SUANPAN_INVARIANT(CommitSale(*ledger, n, "yy").ok());
    });
    GetParam().prepare(Prepared());
    before_ = TextOfPlace(Prepared());
    ASSERT_EQ(WrongToReader(Prepared(), before_), "");
    CopyPlace(Prepared(), Copy());
    const ProgramRun whole = RunProgramOn(Copy(), GetParam().arguments);
    ASSERT_EQ(whole.code, 0) << whole.errors;
    whole_output_ = whole.output;
    ASSERT_EQ(WrongWhenDone(Copy(), before_), "");
    done_ = SignedHeads(Copy());
    ASSERT_EQ(done_, GetParam().name == "Checkpoint" ? "zz 14 of 14, yy 7 of 7"
                                                     : "zz 10 of 14, yy 5 of 7");
  }

  [[nodiscard]] Place Prepared() const { return {dir_.path() / "prepared"}; }
  [[nodiscard]] Place Copy() const { return {dir_.path() / "copy"}; }

  /// Runs with a cut; whether there was one. What is wrong after it is added to wrong_.
  bool RunCut(const ProgramCut& cut) {
    CopyPlace(Prepared(), Copy());
    const ProgramRun run = RunProgramOn(Copy(), GetParam().arguments, cut);
    if (!run.cut) return false;
    ++cuts_;
    Note(run, WrongToReader(Copy(), before_));
    if (GetParam().opens && cuts_ % 2 == 0) Note(run, WrongToWriter(Copy(), before_));
    const ProgramRun again = RunProgramOn(Copy(), GetParam().arguments);
    if (again.code != 0) Note(run, again.errors);
    const bool same = GetParam().name != "Checkpoint" || again.output == whole_output_;
    if (!same) Note(run, "another output: " + again.output);
    Note(run, WrongWhenDone(Copy(), before_));
    Note(run, WrongToWriter(Copy(), before_));
    if (SignedHeads(Copy()) != done_) Note(run, "heads " + SignedHeads(Copy()));
    return true;
  }
  void Note(const ProgramRun& run, const std::string& wrong) {
    if (!wrong.empty()) wrong_ += fmt::format("{}: {}: {}\n", cuts_, run.where, wrong);
  }

  TempDir dir_;
  PlaceText before_;
  std::string whole_output_;
  std::string done_;
  std::string wrong_;
  int cuts_ = 0;
};

TEST_P(CutWork, AtEveryWriteToTheStore) {
  std::uint64_t nth = 1;
  while (nth < 100 && RunCut({.store_write = nth})) ++nth;
  EXPECT_EQ(wrong_, "");
  std::cout << cuts_ << " cuts\n";
  EXPECT_GE(cuts_, 2);
}

TEST_P(CutWork, AtEveryWriteOfTheGuard) {
  for (const GuardCut how : {GuardCut::kBefore, GuardCut::kInTheMiddle}) {
    int nth = 1;
    while (nth < 100 && RunCut({.guard_write = nth, .guard_cut = how})) ++nth;
  }
  EXPECT_EQ(wrong_, "");
  std::cout << cuts_ << " cuts\n";
  EXPECT_GE(cuts_, 2 * 2) << "opening tells the guard of two books";
}

TEST_P(CutWork, AtRequestsToTheFileSystem) {
  const std::uint64_t stride = test::Stride(11);
  const std::uint64_t phases = test::Everywhere() ? 3 : 1;
  bool there = true;
  for (std::uint64_t nth = 1; there && nth < 2'000; nth += stride) {
    for (std::uint64_t i = 0; i < phases && there; ++i) {
      const std::uint64_t turn = nth / stride + i;
      there =
          RunCut({.kill = KillPoint{KillPoint::Where::kRequest, nth,
                                    static_cast<Phase>((nth + i) % 3), nth * 31, turn % 2 == 0}});
    }
  }
  EXPECT_EQ(wrong_, "");
  std::cout << cuts_ << " cuts\n";
  EXPECT_GE(cuts_, test::Least(5));
}

TEST_P(CutWork, WhatIsDoneOutlivesALossOfPower) {
  CopyPlace(Prepared(), Copy());
  const ProgramRun run = RunProgramOn(Copy(), GetParam().arguments, {.power_lost_at_end = true});
  EXPECT_EQ(run.code, 0) << run.errors;
  EXPECT_EQ(WrongToReader(Copy(), before_), "");
  EXPECT_EQ(SignedHeads(Copy()), done_);
}

INSTANTIATE_TEST_SUITE_P(Of, CutWork, testing::ValuesIn(Works()),
                         [](const auto& work) { return work.param.name; });

// That the tests above can fail.

using PlantedInRebuild = CutWork;
TEST_P(PlantedInRebuild, AWatermarkThatIsWrittenBeforeTheKeysIsFound) {
  std::uint64_t nth = 1;
  while (nth < 100 && RunCut({.store_write = nth, .watermark_first = true})) ++nth;
  EXPECT_NE(wrong_.find("not in the index"), std::string::npos) << wrong_;
}
INSTANTIATE_TEST_SUITE_P(Of, PlantedInRebuild, testing::Values(Works()[3]),
                         [](const auto& work) { return work.param.name; });

using PlantedInCheckpoint = CutWork;
TEST_P(PlantedInCheckpoint, SyncsThatDoNothingAreFound) {
  CopyPlace(Prepared(), Copy());
  const ProgramRun run = RunProgramOn(Copy(), GetParam().arguments,
                                      {.power_lost_at_end = true, .lies_about_sync = true});
  EXPECT_EQ(run.code, 0) << run.errors;
  EXPECT_EQ(SignedHeads(Copy()), "zz 10 of 14, yy 5 of 7") << "which was told to be signed";
}
INSTANTIATE_TEST_SUITE_P(Of, PlantedInCheckpoint, testing::Values(Works()[2]),
                         [](const auto& work) { return work.param.name; });

}  // namespace
}  // namespace suanpan::fault
