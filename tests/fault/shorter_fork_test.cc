// A log that ends early and is another one: told as such wherever something remembers its
// beginning.

#include <gtest/gtest.h>

#include "accept_loss_fixture.h"

namespace suanpan::fault {
namespace {

/// The old data, which went on elsewhere with so many sales: zz has another entry 6 than was
/// promised.
void MakeFork(const Place& old, const Place& fork, std::uint64_t sales) {
  CopyPlace(old, fork);
  RunAndCrash([&] {
    const auto ledger = OpenLedger(fork).value();
    CommitSales(*ledger, 90, 89 + sales);
  });
}

TEST_F(AcceptLoss, AShorterForkIsAnotherLogWhereTheGuardHasAnOlderHeadOfIt) {
  MakeFork(Old(), Other(), 1);
  CopyData(Other(), Copy());
  EXPECT_EQ(Found(Copy()), "zz 6 of 9 log_shorter, yy 3 of 4 log_shorter") << "nothing reaches it";
  // Now both slots have heads of 7 and of 9 entries.
  CopyPlace(Whole(), Copy());
  GuardOnly(Copy(), 7);
  RunAndCrash([] {
    const auto ledger = OpenLedger(Copy()).value();
    SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", suanpan::test::TestSigner()).ok());
  });
  DeleteBlocks(Copy(), 1, 8, 9);
  EXPECT_EQ(Found(Copy()), "zz 7 of 9 log_shorter, yy 4 of 4") << "the true beginning";
  MakeFork(Old(), Other(), 2);
  CopyData(Other(), Copy());
  EXPECT_EQ(Found(Copy()), "zz 7 of 9 log_differs, yy 3 of 4 log_shorter");
  const std::string refused = Accept(Copy());
  EXPECT_NE(refused.find("book zz: log_differs: the first 7 entries"), std::string::npos)
      << refused;
  EXPECT_EQ(Accept(Copy(), "yy"), "zz 7 of 9 log_differs, yy 3 of 4 log_shorter at 4");
}

TEST_F(AcceptLoss, AShorterForkIsAnotherLogWhereTheIndexHasOtherKeys) {
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 1, 7, 9);
  EXPECT_EQ(Found(Copy()), "zz 6 of 9 log_shorter, yy 4 of 4");
  MakeFork(Old(), Other(), 1);
  CopyBlock(Other(), Copy(), 1, 6);
  EXPECT_EQ(Found(Copy()), "zz 6 of 9 log_differs, yy 4 of 4");
  const std::string refused = Accept(Copy());
  EXPECT_NE(refused.find("log_differs: entry 6 has another key"), std::string::npos) << refused;
}

TEST_F(AcceptLoss, AShorterForkIsAnotherLogWhereACheckpointOfItsBeginningIsStored) {
  // The checkpoint of 5 entries is not the newest: that is of 7, which are not there.
  CopyPlace(Whole(), Copy());
  EXPECT_EQ(BooksOf(Copy()), "zz 9, yy 4");
  DeleteBlocks(Copy(), 1, 6, 9);
  ForgetKeys(Copy());
  std::filesystem::remove(Copy().guard());
  EXPECT_EQ(Found(Copy()), "zz 5 of 7 log_shorter, yy 4 of 4 guard_missing");
  const Place fork{dir_->path() / "fork"};
  RunAndCrash([&] {
    MakePlace(fork);
    const auto ledger = OpenLedger(fork).value();
    SUANPAN_INVARIANT(CommitOpening(*ledger).ok());
    CommitSales(*ledger, 91, 94);
  });
  for (std::uint64_t seq = 1; seq <= 5; ++seq) CopyBlock(fork, Copy(), 1, seq);
  EXPECT_EQ(Found(Copy()), "zz 5 of 7 log_differs, yy 4 of 4 guard_missing");
}

}  // namespace
}  // namespace suanpan::fault
