// The audit's own arithmetic against the engine's, for every kind of terms: agreements that share
// no code must come to the same figures, and what the engine accepts must verify.

#include <gtest/gtest.h>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kOpening =
    R"({"book":"zz","key":"t/1","facts":[)"
    R"({"kind":"book.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
    R"("label":"社区","utc_offset_minutes":480,"unit":"u-zz","level":"community",)"
    R"("host":"o-host"},)"
    R"({"kind":"fund.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
    R"("fund":"f-zz","label":"基金","host":"o-host","bank_accounts":["b-1"],)"
    R"("default_pot":"restricted/government","restriction":{"class":"restricted",)"
    R"("purposes":["elder_care"]}}]})";

/// A book with one agreement, to which facts are added one command each.
class Terms : public ::testing::Test {
 protected:
  void Open(std::string_view terms) {
    log_.Submit(kOpening);
    Fact("2025-01-01", R"("kind":"party.registered","party":"v-1","party_type":"vendor")");
    Fact("2025-01-01",
         R"("kind":"agreement.signed","agreement":"ag-1","agreement_type":"donation_share",)"
         R"("party":"v-1",)"
         R"("signed_on":"2025-01-01","valid_from":"2025-01-01","fund":"f-zz",)" +
             std::string{terms});
  }
  /// Adds a fact and returns its sequence.
  std::uint64_t Fact(std::string_view day, std::string_view fields) {
    log_.Submit(
        fmt::format(R"({{"book":"zz","key":"t/{}","facts":[{{"occurred_at":"{}T10:00:00+08:00",)"
                    R"("actor":"p-1",{}}}]}})",
                    ++counter_, day, fields));
    return counter_ - 1;
  }
  std::uint64_t Sale(std::string_view day, std::int64_t amount, std::string_view cost = "") {
    return Fact(
        day,
        fmt::format(R"("kind":"sale.recorded","vendor":"v-1","lines":[{{"item":"i","quantity":2,)"
                    R"("amount_fen":{}{}{}}}])",
                    amount, cost.empty() ? "" : R"(,"cost_fen":)", cost));
  }
  std::uint64_t Refund(std::string_view day, std::uint64_t sale, std::int64_t amount,
                       int quantity) {
    return Fact(
        day,
        fmt::format(
            R"("kind":"refund.recorded","vendor":"v-1","sale":"{}.0","lines":[{{"quantity":{},)"
            R"("amount_fen":{}}}])",
            sale, quantity, amount));
  }
  std::uint64_t Cost(std::string_view day, std::int64_t amount, std::string_view more = "",
                     std::string_view kind = "goods") {
    return Fact(
        day, fmt::format(
                 R"("kind":"cost.recorded","agreement":"ag-1","cost_kind":"{}","amount_fen":{}{})",
                 kind, amount, more));
  }
  void Settle(std::string_view day, std::string_view through) {
    Fact(day,
         fmt::format(R"("kind":"settlement.closed","agreement":"ag-1","through":"{}")", through));
  }
  void ExpectTotals(std::int64_t base, std::int64_t due, std::uint32_t residue) {
    const test::TempDir dir;
    log_.Export(dir.path());
    const VerifyReport report = Verify(OptionsFor(dir.path()));
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
    ASSERT_EQ(report.books.size(), 1U);
    ASSERT_EQ(report.books[0].agreements.size(), 1U);
    const AgreementTotal& total = report.books[0].agreements[0];
    EXPECT_EQ(total.base.value(), base);
    EXPECT_EQ(total.due.value(), due);
    EXPECT_EQ(total.residue, residue);
  }

  SampleLog log_;
  std::uint64_t counter_ = 2;
};

TEST_F(Terms, PerLineProfitWithLossesRefundsAndLatePrices) {
  Open(R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"carry_loss",)"
       R"("settlement":"month","cost_kinds":["goods"])");
  Sale("2025-01-03", 2590, "1375");                                  // +1215
  const std::uint64_t sale = Sale("2025-01-04", 1999, "1250");       // +749
  Refund("2025-01-05", sale, 1999, 2);                               // -749
  Sale("2025-01-06", 500, "1900");                                   // -1400
  const std::uint64_t open = Sale("2025-01-07", 3000);               // unpriced
  Refund("2025-01-08", open, 1000, 1);                               // 2000 left unpriced
  Cost("2025-02-08", 1111, fmt::format(R"(,"sale":"{}.0")", open));  // +889
  Cost("2025-02-09", 500, "", "rent");                               // a kind that does not post
  Settle("2025-02-10", "2025-01-31");
  Sale("2025-02-11", 10007, "7");  // +10000
  Settle("2025-03-01", "2025-02-28");
  ExpectTotals(10704, 1070, 4);
}

TEST_F(Terms, RevenueCountsAmountsAlone) {
  Open(R"("basis":"revenue","rate":{"n":3,"m":100},"loss_policy":"net_all","settlement":"month")");
  Sale("2025-01-03", 4567);
  const std::uint64_t sale = Sale("2025-01-04", 1234, "999");
  Refund("2025-02-04", sale, 600, 1);
  Cost("2025-02-05", 100);
  Settle("2025-02-06", "2025-01-31");
  Settle("2025-03-01", "2025-02-28");
  ExpectTotals(5201, 156, 3);
}

TEST_F(Terms, ResetPeriodForgetsTheLossOfAMonth) {
  Open(
      R"("basis":"profit","rate":{"n":1,"m":7},"loss_policy":"reset_period","settlement":"month")");
  Sale("2025-01-03", 1000, "0");
  Sale("2025-02-03", 0, "5000");
  Sale("2025-03-03", 2000, "1");
  Settle("2025-03-05", "2025-01-31");
  Settle("2025-03-06", "2025-02-28");
  ExpectTotals(-2001, 428, 3);  // (1000 + 0 + 1999) / 7
}

TEST_F(Terms, ResetPeriodByQuarterNetsWithinIt) {
  Open(R"("basis":"profit","rate":{"n":1,"m":7},"loss_policy":"reset_period",)"
       R"("settlement":"quarter")");
  Sale("2025-01-03", 1000, "0");
  Sale("2025-02-03", 0, "5000");
  Sale("2025-04-03", 2000, "1");
  Settle("2025-04-05", "2025-03-31");
  ExpectTotals(-2001, 285, 4);  // 1999 / 7
}

TEST_F(Terms, StandardMarginWithStatedCostsRefundsAndTrueUp) {
  Open(R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"carry_loss",)"
       R"("settlement":"month","cost_method":"standard_margin","margin":{"n":3,"m":10})");
  Sale("2025-01-03", 1001);                            // R 1001
  const std::uint64_t sale = Sale("2025-01-04", 777);  // R 1778
  Sale("2025-01-05", 500, "100");                      // P 400
  Refund("2025-02-04", sale, 333, 1);                  // R -333 in February
  Cost("2025-02-05", 50);                              // P -50
  Settle("2025-02-06", "2025-01-31");
  Cost("2025-03-05", 900, R"(,"true_up":{"from":"2025-01","to":"2025-01"})");  // P +1778 - 900
  Sale("2025-01-20", 100);                                                     // trued up: P +100
  Sale("2025-03-06", 999);                                                     // R 999
  ExpectTotals(400 - 50 + 1778 - 900 + 100 + 199, 152, 7);  // floor(0.3 * (999 - 333)) = 199
}

TEST_F(Terms, StandardMarginUnderResetPeriodFloorsPerPeriod) {
  Open(R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"reset_period",)"
       R"("settlement":"month","cost_method":"standard_margin","margin":{"n":3,"m":10})");
  for (const std::string_view day : {"2025-01-03", "2025-02-03", "2025-03-03"}) Sale(day, 3333);
  ExpectTotals(2997, 299, 7);
}

TEST_F(Terms, ReceiptsAdvancesAndNegativeDues) {
  Open(R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"net_all","settlement":"month")");
  const std::uint64_t sale = Sale("2025-01-03", 5000, "0");
  Settle("2025-02-01", "2025-01-31");
  Fact("2025-02-02", R"("kind":"funds.received","fund":"f-zz","pot":"restricted/vendor_share",)"
                     R"("amount_fen":600,"account":"b-1","agreement":"ag-1","from":"v-1")");
  Refund("2025-02-03", sale, 5000, 2);
  Settle("2025-03-01", "2025-02-28");
  Sale("2025-03-03", 90000, "0");
  Settle("2025-04-01", "2025-03-31");
  ExpectTotals(90000, 9000, 0);
}

}  // namespace
}  // namespace suanpan::audit
