// What the engine wrote verifies, with the totals that the engine has.

#include <gtest/gtest.h>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

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
}

}  // namespace
}  // namespace suanpan::audit
