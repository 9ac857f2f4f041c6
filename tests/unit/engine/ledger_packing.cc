// Small blocks at the end of a log are written again as larger ones.

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

constexpr std::uint64_t kSales = 800;

/// The same commands, none waited for: few blocks.
std::unique_ptr<LedgerHolder> Together(std::unique_ptr<LedgerHolder> holder) {
  for (std::uint64_t n = 1; n <= kSales; ++n) (void)holder->Submit(SaleOf("zz", n));
  (void)holder->Seal("zz");
  return holder;
}

TEST_P(LedgerTest, BlocksOfSingleCommandsBecomeLargerOnesOfTheSameEntries) {
  const auto together = Together(Opened());
  const auto single = Opened();
  std::size_t most = 0;
  for (std::uint64_t n = 1; n <= kSales; ++n) {
    single->Commit(SaleOf("zz", n));
    if (n % 100 == 0) most = std::max(most, single->BlockCount("zz"));
  }
  EXPECT_GT(most, 50U) << "they are written singly at first";
  EXPECT_LT(single->BlockCount("zz"), kSales / 2);
  EXPECT_EQ(single->Entries("zz"), together->Entries("zz"));
  EXPECT_EQ(single->Seal("zz").root, together->Seal("zz").root);
  EXPECT_EQ(single->Replay("zz"), single->Seal("zz").state);
}

TEST_P(LedgerTest, PackingGoesOnWhereTheLastProcessLeftSmallBlocks) {
  const auto together = Together(Opened());
  const auto single = Opened();
  for (std::uint64_t n = 1; n <= kSales; ++n) {
    single->Commit(SaleOf("zz", n));
    if (n % 10 == 0) single->Reopen();
  }
  EXPECT_LT(single->BlockCount("zz"), kSales / 2);
  EXPECT_EQ(single->Entries("zz"), together->Entries("zz"));
  EXPECT_EQ(single->Seal("zz").root, together->Seal("zz").root);
  EXPECT_EQ(single->Send(SaleOf("zz", 3))["result"], "duplicate");
}

}  // namespace
}  // namespace suanpan::engine::test
