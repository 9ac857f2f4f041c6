// What the engine wrote verifies, with the totals that the engine has.

#include <gtest/gtest.h>

#include "sample_log.h"
#include "suanpan/replay/replayer.h"

namespace suanpan::audit {
namespace {

/// The audit adds up the log's bytes by its own rules; replay applies those of the engine.
void ExpectPointsAsReplayed(SampleLog& log, const std::vector<SchemeTotal>& totals) {
  const BookNo number = log.ledger().NumberOf("jx-001").value();
  const replay::ReplayedBook replayed =
      replay::ReplayBook(log.ledger().reader(), number, {}).value();
  const rules::BookState& state = *replayed.state;
  const auto balance = [&](rules::AccountClass of, const std::string& scheme) {
    return state.accounts.BalanceOf<Points>({of, {}, state.names.Find(scheme), {}});
  };
  ASSERT_EQ(totals.size(), 2U);
  for (const SchemeTotal& total : totals) {
    EXPECT_GT(total.granted, Points{}) << total.scheme;
    EXPECT_EQ(-total.granted.value(),
              balance(rules::AccountClass::kPointsIssued, total.scheme).value());
    EXPECT_EQ(total.redeemed, balance(rules::AccountClass::kPointsRedeemed, total.scheme));
    EXPECT_EQ(total.expired, balance(rules::AccountClass::kPointsExpired, total.scheme));
    EXPECT_EQ(total.outstanding.value(), total.granted.value() - total.redeemed.value() -
                                             total.expired.value() - total.deducted.value() -
                                             total.forfeited.value() - total.donated.value() +
                                             total.moved.value() + total.owed.value());
  }
}

TEST(CleanExport, OfOneStationVerifiesWithItsTotals) {
  SampleLog log;
  log.AddYear(1, 70, 6);
  const test::TempDir dir;
  log.Export(dir.path());
  const VerifyReport report = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  ASSERT_EQ(report.books.size(), 1U);
  const BookReport& book = report.books[0];
  EXPECT_EQ(book.origin, "books.example/jx-001");
  EXPECT_EQ(book.size, log.ledger().Seal("jx-001")->size.value());
  EXPECT_EQ(book.agreements.size(), 4U);
  EXPECT_EQ(book.funds.size(), 1U);
  EXPECT_GT(book.funds[0].balance.value(), 0);
  EXPECT_GT(book.events, book.size);
  EXPECT_EQ(book.commands, book.size);
  ExpectPointsAsReplayed(log, book.schemes);
}

}  // namespace
}  // namespace suanpan::audit
