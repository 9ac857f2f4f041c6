// Points per scheme in the report of an audit, worked out by hand, through every way in which
// points come and go.

#include "points_book.h"
#include "suanpan/audit/render.h"

namespace suanpan::audit {
namespace {

class PointsTotalsTest : public PointsBook {
 protected:
  /// "granted 3 redeemed 1 outstanding 2", zeros left out, of a verified book.
  std::string Totals() {
    const VerifyReport report = Report();
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
    if (report.books.at(0).schemes.size() != 1) return "not one scheme";
    const SchemeTotal& total = report.books.at(0).schemes.at(0);
    EXPECT_EQ(total.scheme, "hh");
    std::string text;
    const auto add = [&text](std::string_view name, Points points) {
      if (points.value() == 0) return;
      text += fmt::format("{}{} {}", text.empty() ? "" : " ", name, points.value());
    };
    add("granted", total.granted);
    add("redeemed", total.redeemed);
    add("expired", total.expired);
    add("deducted", total.deducted);
    add("forfeited", total.forfeited);
    add("donated", total.donated);
    add("moved", total.moved);
    add("owed", total.owed);
    add("outstanding", total.outstanding);
    return text;
  }
};

TEST_F(PointsTotalsTest, WhatIsGrantedIsOutstandingUntilItGoes) {
  Serve("2025-01-06", 100);
  Serve("2025-01-07", 200);
  Tidy("2025-01-08", 2);
  EXPECT_EQ(Totals(), "granted 13 outstanding 13");
  Redeem("2025-01-09", "soap");
  Litter("2025-01-10", 1);
  EXPECT_EQ(Totals(), "granted 13 redeemed 3 deducted 2 outstanding 8");
  Move("2025-01-11", 3, "to=h-2 reason=transfer");
  EXPECT_EQ(Totals(), "granted 13 redeemed 3 deducted 2 outstanding 8");
  Move("2025-01-12", 1, "reason=donate");
  Move("2025-01-12", 1, "reason=forfeit");
  Move("2025-01-13", 2, "to_book=yy move=m1 reason=move_away");
  EXPECT_EQ(Totals(),
            "granted 13 redeemed 3 deducted 2 forfeited 1 donated 1 moved -2 outstanding 4");
  CloseDay("2026-01-01");
  EXPECT_EQ(Totals(), "granted 13 redeemed 3 expired 4 deducted 2 forfeited 1 donated 1 moved -2");
}

TEST_F(PointsTotalsTest, WhatIsTakenBackIsInNoFigure) {
  const std::uint64_t service = Serve("2025-01-06", 120);
  const std::uint64_t soap = Tidy("2025-01-07", 1);
  EXPECT_EQ(soap, service + 1);
  const std::uint64_t redemption = Redeem("2025-01-08", "soap");
  Reverse("2025-01-09", fmt::format("{}.0", redemption));
  EXPECT_EQ(Totals(), "granted 7 outstanding 7") << "pieces and money came back as well";
  Redeem("2025-01-10", "cut");
  // The service's points were spent on the haircut: they are owed now.
  Reverse("2025-01-11", fmt::format("{}.0", service), fmt::format("refs=[{}.1]", service));
  EXPECT_EQ(Totals(), "granted 5 redeemed 2 owed 2 outstanding 5");
  Serve("2025-01-12", 60);
  EXPECT_EQ(Totals(), "granted 6 redeemed 2 owed 1 outstanding 5");
}

TEST_F(PointsTotalsTest, ADeductionBeyondTheLotsIsOwedUntilItIsReversed) {
  Serve("2025-01-06", 60);
  const std::uint64_t litter = Litter("2025-01-07", 2);
  EXPECT_EQ(Totals(), "granted 1 deducted 4 owed 3");
  Reverse("2025-01-08", fmt::format("{}.0", litter));
  EXPECT_EQ(Totals(), "granted 1 outstanding 1");
}

TEST_F(PointsTotalsTest, PointsThatComeBackTooLateExpireAgain) {
  Tidy("2025-01-06", 1);
  const std::uint64_t soap = Redeem("2025-01-07", "soap");
  CloseDay("2026-01-01");
  EXPECT_EQ(Totals(), "granted 5 redeemed 3 expired 2");
  Reverse("2026-01-05", fmt::format("{}.0", soap));
  EXPECT_EQ(Totals(), "granted 5 expired 2 outstanding 3") << "30 days of grace";
  CloseDay("2026-02-05");
  EXPECT_EQ(Totals(), "granted 5 expired 5");
}

TEST_F(PointsTotalsTest, AreInEveryFormat) {
  Tidy("2025-01-06", 1);
  Redeem("2025-01-07", "soap");
  const VerifyReport report = Report();
  EXPECT_NE(RenderJson(report).find(
                R"("schemes":[{"scheme":"hh","granted":"5","redeemed":"3","expired":"0",)"
                R"("deducted":"0","forfeited":"0","donated":"0","moved":"0","owed":"0",)"
                R"("outstanding":"2"}],"findings":[])"),
            std::string::npos)
      << RenderJson(report);
  EXPECT_NE(RenderCsv(report).find(",scheme,hh,,,,,,,,,,,,5,3,0,0,0,0,0,0,2\n"), std::string::npos)
      << RenderCsv(report);
  EXPECT_NE(RenderText(report).find("scheme  granted  redeemed"), std::string::npos);
}

}  // namespace
}  // namespace suanpan::audit
