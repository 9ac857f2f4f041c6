// Going on after a loss where the guard itself is missing, damaged, older than the data.

#include <gtest/gtest.h>

#include <fstream>

#include "accept_loss_fixture.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;

TEST_F(AcceptLoss, WithoutAGuardOneIsMadeFromWhatIsKnown) {
  fs::remove(Copy().guard());
  EXPECT_NE(BooksOf(Copy()).find("guard_missing"), std::string::npos);
  EXPECT_EQ(Accept(Copy(), "zz").find("invalid argument: the guard has to be made anew"), 0U);
  EXPECT_EQ(Accept(Copy()), "zz 5 of 5 guard_missing at 6, yy 3 of 3 guard_missing at 4");
  EXPECT_EQ(BooksOf(Copy()), "zz 6 (6: 5 to 5), yy 4 (4: 3 to 3)");
  EXPECT_EQ(Send(5), "committed 7");
}

TEST_F(AcceptLoss, WithoutAGuardWhatTheDataItselfHasSignedIsKnownToBeLost) {
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 1, 5, 9);
  std::ofstream{Copy().guard()} << "torn";
  std::ofstream{Copy().guard() + ".damaged"} << "of another time";
  EXPECT_EQ(Accept(Copy()), "zz 4 of 9 log_shorter at 5, yy 4 of 4 guard_damaged at 5");
  EXPECT_EQ(BooksOf(Copy()), "zz 5 (5: 4 to 9), yy 5 (5: 4 to 4)");
  EXPECT_EQ(ReadGuard(Copy()).size(), 4096U + 512);
  const auto read = [](const std::string& path) {
    std::ifstream kept{path};
    return std::string{std::istreambuf_iterator<char>{kept}, {}};
  };
  EXPECT_EQ(read(Copy().guard() + ".damaged"), "of another time");
  EXPECT_EQ(read(Copy().guard() + ".damaged.2"), "torn");
}

TEST_F(AcceptLoss, AGuardThatIsMadeAnewIsThereWholeOrNotAtAll) {
  int cut = 0;
  for (int nth = 1; true; ++nth) {
    PutBackOldData();
    fs::remove(Copy().guard());
    if (!AcceptUntilGuardWrite(Copy(), nth, GuardCut::kInTheMiddle).empty()) break;
    ++cut;
    EXPECT_FALSE(fs::exists(Copy().guard()));
    EXPECT_EQ(Accept(Copy()), "zz 5 of 5 guard_missing at 6, yy 3 of 3 guard_missing at 4");
    EXPECT_EQ(BooksOf(Copy()), "zz 6 (6: 5 to 5), yy 4 (4: 3 to 3)") << nth;
  }
  EXPECT_EQ(cut, 1 + 4) << "its head, and two heads of two books";
}

TEST_F(AcceptLoss, AnOlderGuardConcernsEveryBook) {
  CopyPlace(Whole(), Copy());
  CopyGuard(Old(), Copy());
  EXPECT_NE(BooksOf(Copy()).find("guard_older"), std::string::npos);
  EXPECT_EQ(Found(Copy()), "zz 9 of 9 guard_older, yy 4 of 4 guard_older");
  EXPECT_EQ(Accept(Copy(), "yy").find("invalid argument: the guard is older than the data"), 0U);
  EXPECT_EQ(Accept(Copy()), "zz 9 of 9 guard_older at 10, yy 4 of 4 guard_older at 5");
  EXPECT_EQ(BooksOf(Copy()), "zz 10 (10: 9 to 9), yy 5 (5: 4 to 4)");
}

TEST_F(AcceptLoss, AnOlderGuardIsNotForgottenWithTheCheckpointThatShowsIt) {
  // Of zz the entries are lost that its checkpoint covers, and by it alone the guard is older.
  CopyPlace(Whole(), Other());
  EXPECT_EQ(BooksOf(Other()), "zz 9, yy 4");
  CopyGuard(Old(), Other());
  DeleteBlocks(Other(), 1, 6, 9);
  int untold = 0;
  // Three syncs in a row leave the checkpoint gone and yy untold.
  for (std::uint64_t nth = 1; true; nth += (Stride() + 1) / 2) {
    CopyPlace(Other(), Copy());
    if (AcceptWithFault(Copy(), FileOp::kSync, nth) == "unharmed") break;
    const std::string then = BooksOf(Copy());
    untold += then.find("corruption: ") == 0 ? 1 : 0;
    const std::string second = Accept(Copy());
    EXPECT_EQ(BooksOf(Copy()), "zz 6 (6: 5 to 9), yy 5 (5: 4 to 4)")
        << nth << ": " << then << second;
  }
  EXPECT_GE(untold, 2);
}

TEST_F(AcceptLoss, AGuardIsMadeAnewWhereNoBookIsYet) {
  const Place empty{dir_->path() / "empty"};
  RunAndCrash([&] { MakePlace(empty); });
  std::ofstream{empty.guard()} << "torn";
  EXPECT_EQ(BooksOf(empty).find("corruption: guard_damaged"), 0U);
  EXPECT_EQ(Accept(empty), "");
  EXPECT_EQ(BooksOf(empty), "");
  EXPECT_TRUE(fs::exists(empty.guard() + ".damaged"));
}

TEST_F(AcceptLoss, ADamagedSlotConcernsItsBook) {
  CopyPlace(Whole(), Copy());
  std::fstream guard{Copy().guard(), std::ios::in | std::ios::out | std::ios::binary};
  guard.seekp(4096 + 256 + 128);
  guard << std::string(128, 'x');
  guard.close();
  EXPECT_NE(BooksOf(Copy()).find("guard_damaged"), std::string::npos);
  EXPECT_EQ(Accept(Copy()), "zz 9 of 9, yy 4 of 4 guard_damaged at 5");
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 5 (5: 4 to 4)");
}

}  // namespace
}  // namespace suanpan::fault
