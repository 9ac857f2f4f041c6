// Points that were given or spent as no writer would have it, each put into an otherwise valid log
// that is signed again with the right key: the export fails its verification, and the named tests
// on the same export name the forgery and the event.

#include "points_book.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/sessions.h"

namespace suanpan::audit {
namespace {

using schema::AttendanceRecorded;
using schema::PointsDeducted;
using schema::PointsExpired;
using schema::PointsGranted;
using schema::PointsMoved;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::TakenLot;

class PointsForgery : public PointsBook {
 protected:
  using Names = std::vector<std::string>;

  /// What `audit verify` and `audit check` find in one and the same export.
  void ExpectForged(const Names& verified, const Names& checked) {
    const test::TempDir work;
    const std::filesystem::path dir = work.path() / "export";
    Export(dir);
    const VerifyReport report = Verify(OptionsFor(dir));
    ASSERT_EQ(report.books.size(), 1U);
    EXPECT_EQ(report.verdict, verified.empty() ? Verdict::kVerified : Verdict::kFailed);
    EXPECT_EQ(ChecksOf(report), verified) << FindingsOf(report);
    const Result<CheckReport> checks =
        RunChecksOnExport(dir, CheckRun::Of(std::vector<std::string>{}).value(), nullptr);
    ASSERT_TRUE(checks.ok()) << checks.error().ToString();
    EXPECT_EQ(checks->head_root, report.books[0].root);
    EXPECT_EQ(NamesOf(*checks), checked) << RenderChecks(*checks, report::Format::kText);
    findings_ = checks->findings;
  }
  /// Nothing was forged yet.
  void ExpectGenuine() { ExpectForged({}, {}); }
  /// "5.2: 2 / 8.1: 2": what the first finding of a named test expected, and what it found.
  [[nodiscard]] std::string Told(std::string_view check) const {
    for (const CheckFinding& finding : findings_) {
      if (finding.check == check) return finding.expected + " / " + finding.actual;
    }
    return "nothing";
  }

  /// A policy of the scheme, proposed, approved and adopted; its sequence.
  std::uint64_t Adopt(std::string_view day, std::string_view policy) {
    return Add(
        fmt::format("{0} p-acct policy.proposed applies_from={0} {1}\n"
                    "{0} p-sup approval.given of=#0 action=adopt verdict=approved\n"
                    "{0} p-acct policy.adopted proposal=#0 approvals=[#1]",
                    day, policy));
  }

 private:
  std::vector<CheckFinding> findings_;
};

/// Two lots of h-1: 5.2 of 2 points to the end of 2025, 7.1 of 5 points to the end of 2026.
class LotForgery : public PointsForgery {
 protected:
  void SetUp() override {
    PointsForgery::SetUp();
    Serve("2025-01-06", 120);
    Adopt("2025-01-07",
          "policy=exp policy_type=expiry version=2 body={scheme=hh rule=end_of_year n=1}");
    Tidy("2025-01-08", 1);
  }
  [[nodiscard]] TakenLot Early(std::int64_t points) const {
    return Lot({Seq{5}, 2}, points, Day("2025-01-06"), Day("2025-12-31"));
  }
  [[nodiscard]] TakenLot Late(std::int64_t points) const {
    return Lot({Seq{7}, 1}, points, Day("2025-01-08"), Day("2026-12-31"));
  }
  /// The lots that an event of kind T takes.
  template <class T>
  void Take(std::uint64_t seq, const std::vector<TakenLot>& lots) {
    Forge<T>(seq, [&](T& fact) { fact.lots = lots; });
  }

 private:
  [[nodiscard]] TakenLot Lot(Address lot, std::int64_t points, Date earned, Date expires) const {
    TakenLot row;
    row.lot = lot;
    row.quantity = Points{points};
    row.person = Name("p-1");
    row.earned = row.usable_from = earned;
    row.expires = expires;
    return row;
  }
};

TEST_F(LotForgery, ARedemptionTakesTheLotThatEndsLater) {
  Redeem("2025-01-09", "cut");
  ExpectGenuine();
  Take<RedemptionMade>(8, {Late(2)});
  ExpectForged({"V6/replay@8"}, {"p-lots@8.0"});
  EXPECT_EQ(Told("p-lots"), "5.2: 2 / 7.1: 2");
  Take<RedemptionMade>(8, {Early(2)});
  ExpectGenuine();
}

TEST_F(LotForgery, ARedemptionLeavesAPartOfTheLotThatEndsFirst) {
  Redeem("2025-01-09", "soap");
  ExpectGenuine();
  Take<RedemptionMade>(8, {Early(1), Late(2)});
  ExpectForged({"V6/replay@8"}, {"p-lots@8.0"});
  EXPECT_EQ(Told("p-lots"), "5.2: 2, 7.1: 1 / 5.2: 1, 7.1: 2");
  Take<RedemptionMade>(8, {Early(2), Late(1)});
  ExpectGenuine();
}

TEST_F(LotForgery, ADeductionTakesTheLotThatEndsLater) {
  Litter("2025-01-09", 1);
  ExpectGenuine();
  Take<PointsDeducted>(8, {Late(2)});
  ExpectForged({"V6/replay@8"}, {"p-lots@8.0"});
  Take<PointsDeducted>(8, {Early(2)});
  ExpectGenuine();
}

TEST_F(LotForgery, AMoveTakesTheLotThatEndsLater) {
  Move("2025-01-09", 2, "to=h-2 reason=transfer");
  ExpectGenuine();
  Take<PointsMoved>(8, {Late(2)});
  ExpectForged({"V6/replay@8"}, {"p-lots@8.1"});
  Take<PointsMoved>(8, {Early(2)});
  ExpectGenuine();
}

/// One grant of h-1, 5.1, whose parts end on two days: of 5 points 2 were redeemed, and came back
/// on 5 January 2026 with grace to 4 February; 3 ended with 2025. Besides it 9.1 of 5 points, which
/// last to the end of 2026; a haircut (10) then takes the part with grace.
class PartsForgery : public PointsForgery {
 protected:
  void SetUp() override {
    PointsForgery::SetUp();
    Tidy("2025-01-06", 1);
    Redeem("2025-01-07", "cut");
    Reverse("2026-01-05", "6.0");
    CloseDay("2026-01-06");
    Tidy("2026-01-07", 1);
    Redeem("2026-01-08", "cut");
    Redeem("2026-01-09", "cut");  // 11: of 9.1, as all of 5.1 that lives is spent
    ExpectGenuine();
  }
  /// A redemption takes 2 points of the old grant, from its part with this last day.
  void TakeOld(std::uint64_t seq, std::string_view expires) {
    Forge<RedemptionMade>(seq, [&](RedemptionMade& fact) {
      row_ = {};
      row_.lot = {Seq{5}, 1};
      row_.quantity = Points{2};
      row_.person = Name("p-1");
      row_.earned = row_.usable_from = Day("2025-01-06");
      row_.expires = Day(expires);
      fact.lots = {&row_, 1};
    });
  }

  schema::ExpiredLot ended_;

 private:
  TakenLot row_;
};

TEST_F(PartsForgery, WhatIsOverIsSpentByWayOfTheGraceOfAnotherPart) {
  TakeOld(11, "2026-02-04");
  ExpectForged({"V6/replay@11"}, {"p-lots@11.0", "p-lots@11.0"});
  EXPECT_EQ(Told("p-lots"), "9.1: 2 / 5.1: 2");
}

TEST_F(PartsForgery, WhatIsOverIsSpentAsItIs) {
  TakeOld(11, "2025-12-31");
  ExpectForged({"V6/replay@11"}, {"p-expiry@11.0", "p-lots@11.0", "p-lots@11.0"});
  EXPECT_EQ(Told("p-expiry"), "2025-12-31 or before / 2026-01-09");
}

TEST_F(PartsForgery, ThePartWithGraceEndsWithTheOther) {
  const auto expire = [this](std::int64_t points) {
    Forge<PointsExpired>(8, [&](PointsExpired& fact) {
      ended_ = fact.lots[0];
      ended_.quantity = Points{points};
      fact.lots = {&ended_, 1};
    });
  };
  expire(5);
  ExpectForged({"V6/replay@8"},
               {"p-expiry@8.0", "p-expiry@8.1", "p-lots@8.0", "p-lots@10.0", "p-lots@11.0"});
  EXPECT_EQ(Told("p-lots"), "0 or more left / -2");
  expire(3);
  ExpectGenuine();
}

/// What was said of a grant: units that count, units in all, points.
class CapForgery : public PointsForgery {
 protected:
  void Say(std::uint64_t seq, std::int64_t counted, std::int64_t in_all, std::int64_t points) {
    Forge<PointsGranted>(seq, [&](PointsGranted& fact) {
      fact.fixed.counted = Quantity{counted};
      fact.fixed.carry_total = Quantity{in_all};
      fact.fixed.points = Points{points};
    });
  }
};

TEST_F(CapForgery, AGrantAboveTheCapOfADay) {
  Serve("2025-01-06", 200);  // 120 of them count
  Serve("2025-01-07", 60);
  ExpectGenuine();
  Say(5, 200, 200, 3);
  Say(6, 60, 260, 1);  // as it follows from the forged one
  ExpectForged({"V6/replay@5"}, {"p-recompute@5.2", "p-cap@5.2"});
  EXPECT_EQ(Told("p-cap"), "120 or less / 200");
  Say(5, 120, 120, 2);
  Say(6, 60, 180, 1);
  ExpectGenuine();
}

TEST_F(CapForgery, AGrantAboveTheCapOfAMonth) {
  Adopt("2025-01-02",
        "policy=earn policy_type=earning version=2 body={scheme=hh holder=household "
        "items=[{service_kind=mending basis=minutes rate={n=1 m=60} rounding=cumulative "
        "cap={day=120 month=180}}] attest_steps=[worker] negative_floor=5}");
  Serve("2025-01-06", 120);
  Serve("2025-01-07", 120);  // 60 of them count
  ExpectGenuine();
  Say(7, 120, 240, 2);
  ExpectForged({"V6/replay@7"}, {"p-recompute@7.2", "p-cap@7.2"});
  EXPECT_EQ(Told("p-cap"), "180 or less / 240");
  Say(7, 60, 180, 1);
  ExpectGenuine();
}

/// Children p-2 and p-9 of h-1, whose 10 points buy the two places of of-1 and soap.
class TwiceForgery : public PointsForgery {
 protected:
  void SetUp() override {
    PointsForgery::SetUp();
    Add("2025-01-02 p-acct relation.started relation=member_of from=p-9 to=h-1 as=child "
        "since=2024-01-01\n"
        "2025-01-02 p-work offer.opened offer=of-1 offer_kind=trip on=2025-06-01 capacity=2 "
        "audience=child");
    Tidy("2025-01-06", 1);  // 6
  }
  /// The last redemption is of somebody else's.
  void GiveTo(std::uint64_t seq, std::string_view beneficiary) {
    Forge<RedemptionMade>(seq, [&](RedemptionMade& fact) {
      line_ = fact.lines[0];
      line_.beneficiary = Name(beneficiary);
      fact.lines = {&line_, 1};
    });
  }

 private:
  RedemptionLine line_;
};

TEST_F(TwiceForgery, PointsThatAreSpentTwice) {
  Redeem("2025-01-07", "soap");
  ExpectGenuine();
  const std::uint64_t again = Repeat(7);  // 2 points are left, and soap costs 3
  ASSERT_EQ(again, 8U);
  ExpectForged({"V6/replay@8"}, {"p-lots@8.0", "p-lots@8.0"});
  EXPECT_EQ(Told("p-lots"), "6.1: 2 / 6.1: 3");
}

TEST_F(TwiceForgery, ARedemptionAgainThatThePointsPayIsNone) {
  Tidy("2025-01-07", 1);
  Redeem("2025-01-08", "cut");
  Repeat(8);  // 3 are left of the first lot, and a haircut costs 2
  ExpectGenuine();
}

TEST_F(TwiceForgery, ASecondPlaceForTheSameChild) {
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  ExpectGenuine();
  const std::uint64_t again = Repeat(7);  // the points and the places are there
  ExpectForged({"V6/replay@8"}, {"p-slot@8.0"});
  EXPECT_EQ(Told("p-slot"), "1 or fewer / 2");
  GiveTo(again, "p-9");
  ExpectGenuine();
}

TEST_F(TwiceForgery, APlaceThatIsGivenTwice) {
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  Add("2025-01-08 p-work offer.opened offer=of-1 offer_kind=trip on=2025-06-01 capacity=1 "
      "audience=child");
  ExpectGenuine();
  GiveTo(Repeat(7), "p-9");
  ExpectForged({"V6/replay@9"}, {"p-slot@9.0"});
  EXPECT_EQ(Told("p-slot"), "1 or fewer / 2");
}

TEST_F(TwiceForgery, MoreThanAPersonMayHaveInAMonth) {
  Adopt("2025-01-06",
        "policy=terms policy_type=redemption version=1 body={scheme=hh per_beneficiary_month=1}");
  Redeem("2025-01-07", "cut", "beneficiary=p-2");
  ExpectGenuine();
  const std::uint64_t again = Repeat(8);
  ExpectForged({"V6/replay@9"}, {"p-stock@9.0"});
  EXPECT_EQ(Told("p-stock"), "1 or fewer / 2");
  GiveTo(again, "p-9");
  ExpectGenuine();
}

TEST_F(TwiceForgery, MoreThanAHolderMaySpendOnADay) {
  Adopt("2025-01-06",
        "policy=terms policy_type=redemption version=1 body={scheme=hh per_day_points=3}");
  Redeem("2025-01-07", "cut");
  ExpectGenuine();
  const std::uint64_t again = Repeat(8);
  ExpectForged({"V6/replay@9"}, {"p-stock@9.0"});
  EXPECT_EQ(Told("p-stock"), "3 or fewer / 4");
  Forge<RedemptionMade>(again, [](RedemptionMade&, schema::EventCommon& common) {
    common.occurred.seconds += 86'400;
    common.business_day = Day("2025-01-08");
  });
  ExpectGenuine();
}

TEST_F(PointsForgery, ATraineeWhoWasThereForLongerThanTheTraining) {
  const std::uint64_t at =
      Add("2025-01-06 p-work session.held session_type=training organiser=o-1 "
          "from=2025-01-06T09:00:00+08:00 to=2025-01-06T11:00:00+08:00 minutes=120\n"
          "2025-01-06 p-work attendance.recorded session=#0 "
          "rows=[{person=p-1 role=trainee minutes=120}]");
  ExpectGenuine();
  schema::AttendanceRow row;
  const auto say = [&](std::int64_t minutes) {
    Forge<AttendanceRecorded>(at, [&](AttendanceRecorded& fact) {
      row = fact.rows[0];
      row.minutes = Minutes{minutes};
      fact.rows = {&row, 1};
    });
  };
  say(600);
  ExpectForged({fmt::format("V7/minutes_exceed_span@{}", at)}, {});
  say(120);
  ExpectGenuine();
}

}  // namespace
}  // namespace suanpan::audit
