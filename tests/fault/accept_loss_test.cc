// Going on after a loss: the log says what is lost, once, whatever ends the run in its middle; and
// then it is a log like any other.

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "accept_loss_fixture.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/test_ledger.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;
using suanpan::test::TestSigner;

constexpr std::string_view kFound = "zz 5 of 9 log_shorter, yy 3 of 4 log_shorter";
constexpr std::string_view kAccepted = "zz 5 of 9 log_shorter at 6, yy 3 of 4 log_shorter at 4";
constexpr std::string_view kGoesOn = "zz 6 (6: 5 to 9), yy 4 (4: 3 to 4)";

TEST_F(AcceptLoss, AnOldCopyIsAnAlarmUntilItsLossIsAccepted) {
  EXPECT_NE(BooksOf(Copy()).find("log_shorter"), std::string::npos);
  EXPECT_EQ(Found(Copy()), kFound);
  EXPECT_NE(BooksOf(Copy()).find("log_shorter"), std::string::npos) << "only told";
  EXPECT_EQ(Accept(Copy()), kAccepted);
  EXPECT_EQ(BooksOf(Copy()), kGoesOn);
}

TEST_F(AcceptLoss, TheLogGoesOnAndALostCommandIsCommittedAnew) {
  EXPECT_EQ(Accept(Copy()), kAccepted);
  EXPECT_EQ(Send(4), "duplicate 5");
  EXPECT_EQ(Send(8), "committed 7");
  EXPECT_EQ(Send(8), "duplicate 7");
  EXPECT_EQ(Send(3, "yy"), "committed 5");
  RunAndCrash([] {
    const auto ledger = OpenLedger(Copy()).value();
    SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", TestSigner()).ok());
  });
  EXPECT_EQ(BooksOf(Copy()), "zz 7 (6: 5 to 9), yy 5 (4: 3 to 4)");
  // And is guarded like any other.
  PutBackOldData();
  EXPECT_EQ(Found(Copy()), "zz 5 of 7 log_shorter, yy 3 of 5 log_shorter");
}

TEST_F(AcceptLoss, NothingIsWrittenWhereNothingIsLost) {
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  CopyPlace(Copy(), Other());
  EXPECT_EQ(Found(Copy()), "zz 9 of 9, yy 4 of 4");
  EXPECT_EQ(Accept(Copy()), "zz 9 of 9, yy 4 of 4");
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  EXPECT_EQ(Accept(Copy(), "zz"), "zz 9 of 9, yy 4 of 4");
}

TEST_F(AcceptLoss, OneBookIsAcceptedAloneAndTheOtherStaysAnAlarm) {
  EXPECT_EQ(Accept(Copy(), "yy"), "zz 5 of 9 log_shorter, yy 3 of 4 log_shorter at 4");
  EXPECT_NE(BooksOf(Copy()).find("book zz: log_shorter"), std::string::npos);
  EXPECT_EQ(Found(Copy()), "zz 5 of 9 log_shorter, yy 4 of 4");
  EXPECT_EQ(Accept(Copy()), "zz 5 of 9 log_shorter at 6, yy 4 of 4");
  EXPECT_EQ(BooksOf(Copy()), kGoesOn);
}

TEST_F(AcceptLoss, OneBookIsNotAcceptedWhereAnotherKeepsTheLedgerFromOpening) {
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 1, 6, 9);
  DeleteBlocks(Copy(), 2, 4, 4);
  EXPECT_NE(Accept(Copy(), "yy").find("book zz: entries that were indexed or signed are not there"),
            std::string::npos);
  const std::string opened = BooksOf(Copy());
  EXPECT_EQ(opened.find("cut short"), std::string::npos) << "nothing was written: " << opened;
  EXPECT_EQ(Accept(Copy()), kAccepted);
  EXPECT_EQ(BooksOf(Copy()), kGoesOn);
}

TEST_F(AcceptLoss, ARunThatIsCutShortIsFinishedByTheNextAndTellsItOnce) {
  int cut = 0;
  for (const FileOp op : {FileOp::kWrite, FileOp::kSync, FileOp::kRename, FileOp::kCreate}) {
    for (std::uint64_t nth = 1; true; nth += Stride()) {
      CopyPlace(Whole(), Copy());
      PutBackOldData();
      const std::string first = AcceptWithFault(Copy(), op, nth);
      if (first == "unharmed") break;
      ++cut;
      const std::string second = Accept(Copy());
      EXPECT_NE(second.find("zz "), std::string::npos) << first << " then " << second;
      EXPECT_EQ(BooksOf(Copy()), kGoesOn) << static_cast<int>(op) << " " << nth << ": " << first;
    }
  }
  std::cout << cut << " runs cut short\n";
  EXPECT_GE(cut, test::Least(8));
}

TEST_F(AcceptLoss, ARunThatIsCutShortAtAnyWriteOfTheGuardIsFinishedByTheNext) {
  EndBeforeTheGuard();
  CopyPlace(Copy(), Other());
  int cut = 0;
  for (const GuardCut how : {GuardCut::kBefore, GuardCut::kInTheMiddle}) {
    for (int nth = 1; true; ++nth) {
      CopyPlace(Other(), Copy());
      if (!AcceptUntilGuardWrite(Copy(), nth, how).empty()) break;
      ++cut;
      const std::string told = Accept(Copy());
      EXPECT_EQ(BooksOf(Copy()), kGoesOn) << nth << ": " << told;
    }
  }
  EXPECT_EQ(cut, 2 * 8) << "two heads of two books, each kept twice";
}

TEST_F(AcceptLoss, AnUnfinishedRunIsNoExcuseForAnotherLoss) {
  // The data directory of a run that was cut short, put back later.
  EndBeforeTheGuard();
  CopyPlace(Copy(), Other());
  EXPECT_EQ(Found(Copy()), "zz 5 of 9 log_shorter at 6, yy 3 of 4 log_differs at 4");
  EXPECT_EQ(Accept(Copy()), "zz 5 of 9 log_shorter at 6, yy 3 of 4 log_differs at 4");
  EXPECT_EQ(BooksOf(Copy()), kGoesOn);
  EXPECT_EQ(Send(6), "committed 7");
  EXPECT_EQ(Send(7), "committed 8");
  EXPECT_EQ(Send(8), "committed 9");
  CopyData(Other(), Copy());
  EXPECT_EQ(Accept(Copy()), "zz 6 of 9 log_shorter at 7, yy 4 of 4");
}

TEST_F(AcceptLoss, ALaterLossWithTheSameNumbersIsToldAgain) {
  EXPECT_EQ(Accept(Copy()), kAccepted);
  CopyData(Copy(), Other());
  EXPECT_EQ(Send(6), "committed 7");
  EXPECT_EQ(Send(7), "committed 8");
  EXPECT_EQ(Send(8), "committed 9");
  CopyData(Other(), Copy());
  EXPECT_EQ(Accept(Copy()), "zz 6 of 9 log_shorter at 7, yy 4 of 4");
  EXPECT_EQ(BooksOf(Copy()), "zz 7 (6: 5 to 9) (7: 6 to 9), yy 4 (4: 3 to 4)");
}

TEST_F(AcceptLoss, ARunThatWasCutShortIsNamedBehindTheAlarm) {
  constexpr std::string_view kCutShort =
      "; a `suanpan restore --accept-loss` was cut short here: run it again to finish it";
  EndBeforeTheGuard();
  const std::string shorter = BooksOf(Copy());
  EXPECT_EQ(shorter.find("corruption: book zz: log_shorter: "), 0U) << shorter;
  EXPECT_NE(shorter.find(kCutShort), std::string::npos) << shorter;
  // Of zz the guard has followed; yy differs by nothing but its log.restored.
  GuardOnly(Copy(), 6);
  const std::string told = BooksOf(Copy());
  EXPECT_NE(told.find("book yy: log_differs: "), std::string::npos) << told;
  EXPECT_NE(told.find(kCutShort), std::string::npos) << told;
  // That zz is another log no run gets over.
  GuardAnother(Copy(), BookNo{1}, 5);
  const std::string differs = BooksOf(Copy());
  EXPECT_NE(differs.find("book zz: log_differs: "), std::string::npos) << differs;
  EXPECT_EQ(differs.find("cut short"), std::string::npos) << differs;
}

TEST_F(AcceptLoss, WhatIsLeftOverFromLostEntriesDoesNoHarm) {
  // All was there and closed well: an index of keys to the end, a checkpoint of 7. Then the last
  // blocks of zz are gone.
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 1, 6, 9);
  EXPECT_NE(BooksOf(Copy()).find("indexed or signed"), std::string::npos);
  EXPECT_EQ(Found(Copy()), "zz 5 of 9 log_shorter, yy 4 of 4");
  EXPECT_EQ(Accept(Copy()), "zz 5 of 9 log_shorter at 6, yy 4 of 4");
  EXPECT_EQ(BooksOf(Copy()), "zz 6 (6: 5 to 9), yy 4");
  EXPECT_EQ(Send(5), "committed 7") << "its row of the index would say 6";
  EXPECT_EQ(Send(4), "duplicate 5");
  RunAndCrash([] {
    const auto ledger = OpenLedger(Copy()).value();
    SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", TestSigner()).ok());
    const auto checkpoints = ledger->reader().Checkpoints(BookNo{1}).value();
    SUANPAN_INVARIANT(checkpoints.size() == 2 && checkpoints.back().size == TreeSize{7});
  });
}

TEST_F(AcceptLoss, ALossThatOnlyLeftoversTellIsNotForgottenByARunThatIsCutShort) {
  struct Case {
    bool indexed;  ///< the index tells it; else a checkpoint of 7
    std::uint64_t kept;
    std::string told;
  };
  for (const Case& only : {Case{true, 7, "zz 8 (8: 7 to 9)"}, Case{false, 5, "zz 6 (6: 5 to 7)"}}) {
    CopyPlace(Whole(), Other());
    if (only.indexed) {
      EXPECT_EQ(BooksOf(Other()), "zz 9, yy 4");
    }
    DeleteBlocks(Other(), 1, only.kept + 1, 9);
    GuardOnly(Other(), only.kept);
    int untold = 0;
    for (const FileOp op : {FileOp::kWrite, FileOp::kSync}) {
      // Each step ends with a sync.
      const std::uint64_t stride = op == FileOp::kSync ? 1 : test::Stride(12);
      for (std::uint64_t nth = 1; true; nth += stride) {
        CopyPlace(Other(), Copy());
        const std::string first = AcceptWithFault(Copy(), op, nth);
        if (first == "unharmed") break;
        const std::string then = BooksOf(Copy());
        const bool told = then.find(only.told) == 0;
        untold += told ? 0 : 1;
        EXPECT_TRUE(told || then.find("corruption: ") == 0) << nth << ": " << first << ": " << then;
        static_cast<void>(Accept(Copy()));
        EXPECT_EQ(BooksOf(Copy()).find(only.told), 0U) << nth << ": " << first << ": " << then;
      }
    }
    std::cout << untold << " runs cut short before the log told it\n";
    EXPECT_GE(untold, 3);
  }
}

TEST_F(AcceptLoss, WhereverTheWriteAheadLogIsCutWhatIsLeftGoesOn) {
  const std::uintmax_t size = fs::file_size(WriteAheadLogOf(Whole()));
  int alarms = 0;
  const std::uintmax_t stride = test::Everywhere() ? 1 : size / 7;
  for (std::uintmax_t kept = 0; kept < size; kept += stride) {
    CopyPlace(Whole(), Copy());
    fs::resize_file(WriteAheadLogOf(Copy()), kept);
    // A cut within a record that is not the last is damage, and stays it.
    const std::string before = BooksOf(Copy());
    if (before.find("log_shorter") == std::string::npos) continue;
    ++alarms;
    const std::string told = Accept(Copy());
    const std::string after = BooksOf(Copy());
    // Of a book without a name nothing is left that could tell it.
    const bool told_by_log = after.starts_with("zz ") && after.find(" to ") != std::string::npos;
    EXPECT_TRUE(told_by_log || (after.empty() && told.starts_with("? 0 of 9")))
        << kept << ": " << told << ": " << after;
  }
  EXPECT_GE(alarms, 3);
}

TEST_F(AcceptLoss, AnothersGuardOrAnotherLogIsNoLoss) {
  CopyPlace(Whole(), Copy());
  GuardAnother(Copy(), BookNo{1}, 8);
  EXPECT_NE(BooksOf(Copy()).find("log_differs"), std::string::npos);
  EXPECT_EQ(Found(Copy()), "zz 9 of 9 log_differs, yy 4 of 4");
  const std::string refused = Accept(Copy());
  EXPECT_NE(refused.find("book zz: log_differs: the first 8 entries"), std::string::npos)
      << refused;
  EXPECT_NE(BooksOf(Copy()).find("log_differs"), std::string::npos);
  fs::remove(Copy().guard());
  ASSERT_TRUE(engine::Guard::Create(Copy().guard(), "other.example+0a1b2c3d+AQ==").ok());
  EXPECT_NE(Accept(Copy()).find("guard_foreign"), std::string::npos);
}

TEST_F(AcceptLoss, ABookThatTheDataDoesNotKnowIsAnAlarmUntilItIsForgotten) {
  CopyPlace(Whole(), Copy());
  CopyData(Copy(), Other());
  RunAndCrash([] { SUANPAN_INVARIANT(CommitOpening(*OpenLedger(Copy()).value(), "xx").ok()); });
  CopyData(Other(), Copy());
  const std::string opened = BooksOf(Copy());
  EXPECT_NE(opened.find("no book of number 3, of which 1 entries"), std::string::npos) << opened;
  EXPECT_EQ(Accept(Copy()), "zz 9 of 9, yy 4 of 4, ? 0 of 1 log_shorter");
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  RunAndCrash([] { SUANPAN_INVARIANT(CommitOpening(*OpenLedger(Copy()).value(), "ww").ok()); });
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4, ww 1");
}

TEST_F(AcceptLoss, ABookOfWhichNothingIsLeftBeginsAgain) {
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 2, 1, 4);
  EXPECT_EQ(Accept(Copy()), "zz 9 of 9, yy 0 of 4 log_shorter");
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 0");
  RunAndCrash([] { SUANPAN_INVARIANT(CommitOpening(*OpenLedger(Copy()).value(), "yy").ok()); });
  EXPECT_EQ(Send(1, "yy"), "committed 2");
}

}  // namespace
}  // namespace suanpan::fault
