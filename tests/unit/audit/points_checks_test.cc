// The named tests of points: each finds nothing in a history as it was told, and what was forged
// into it by its own name.

#include "points_book.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::audit {
namespace {

using schema::PointsAdjusted;
using schema::PointsAwarded;
using schema::PointsDeducted;
using schema::PointsExpired;
using schema::PointsGranted;
using schema::PointsMoved;
using schema::RedemptionMade;
using schema::TakenLot;

class PointsChecks : public PointsBook {
 protected:
  /// Everything that points can do: entries 5 to 17.
  void TellAll() {
    Serve("2025-01-06", 100);                          // 5: 1 point
    Serve("2025-01-07", 200);                          // 6: 120 count, 2
    Tidy("2025-01-08", 2);                             // 7: 10
    Redeem("2025-01-09", "soap");                      // 8
    Redeem("2025-01-09", "cut");                       // 9
    Reverse("2025-01-10", "9.0");                      // 10
    Litter("2025-01-11", 1);                           // 11
    Move("2025-01-12", 3, "to=h-2 reason=transfer");   // 12
    Reverse("2025-01-13", "6.0", "refs=[6.1]");        // 13: 2 owed
    Serve("2025-01-14", 60);                           // 14: pays 1 of them
    Reverse("2025-01-15", "11.0");                     // 15
    Redeem("2025-01-16", "june1", "beneficiary=p-2");  // 16
    CloseDay("2026-01-01");                            // 17
  }
};

TEST_F(PointsChecks, FindNothingInWhatWasTold) {
  TellAll();
  ExpectChecks({}, {"p-slot@4.2?"});  // nobody says whether the child came
  for (const CheckCount& count : Checks().counts) {
    const bool of_the_station = count.check == "d-complete" || count.check == "p-order";
    EXPECT_EQ(count.looked_at > 0, !of_the_station) << count.check;
  }
}

TEST_F(PointsChecks, AreRunByTheirNames) {
  Tidy("2025-01-08", 1);
  const CheckReport report = Checks({"p-lots", "p-cap"});
  ASSERT_EQ(report.counts.size(), 2U);
  EXPECT_EQ(report.counts[0].check, "p-cap");
  EXPECT_EQ(report.counts[1].check, "p-lots");
  const std::vector<std::string> wrong{"p-caps"};
  EXPECT_EQ(CheckRun::Of(wrong).error().code(), StatusCode::kInvalidArgument);
}

TEST_F(PointsChecks, AGrantOfMorePointsThanThePolicyGives) {
  Serve("2025-01-06", 100);
  Forge<PointsGranted>(5, [](PointsGranted& fact) { fact.fixed.points = Points{2}; });
  ExpectChecks({}, {"p-recompute@5.2"});
}

TEST_F(PointsChecks, AGrantForUnitsBeyondItsCap) {
  Serve("2025-01-06", 100);
  Serve("2025-01-07", 200);
  Forge<PointsGranted>(6, [](PointsGranted& fact) {
    fact.fixed.counted = Quantity{200};
    fact.fixed.carry_total = Quantity{300};
    fact.fixed.points = Points{4};
  });
  ExpectChecks({}, {"p-recompute@6.2", "p-cap@6.2"});
}

TEST_F(PointsChecks, ASecondServiceOfADayThatIsCountedAgainstItsCap) {
  Serve("2025-01-06", 100);
  Serve("2025-01-06", 100);  // 20 are left; at the same hour, which p-hours finds
  ExpectChecks({"p-cap"}, {});
  Forge<PointsGranted>(6, [](PointsGranted& fact) {
    fact.fixed.counted = Quantity{21};
    fact.fixed.carry_total = Quantity{121};
  });
  ExpectChecks({"p-cap"}, {"p-cap@6.2"});
}

TEST_F(PointsChecks, ADeedThatCountsMoreOftenThanItMay) {
  Tidy("2025-01-06", 1);
  Tidy("2025-01-07", 2);  // counts once
  ExpectChecks({}, {});
  Forge<PointsAwarded>(6, [](PointsAwarded& fact) { fact.fixed.counted = 2; });
  Forge<PointsGranted>(6, [](PointsGranted& fact) {
    fact.fixed.counted = Quantity{2};
    fact.fixed.points = Points{10};
  });
  ExpectChecks({}, {"p-recompute@6.0", "p-recompute@6.1", "p-cap@6.0"});
}

TEST_F(PointsChecks, AGrantThatIsTakenOutOrNothingEarns) {
  Serve("2025-01-06", 100);
  Tidy("2025-01-07", 1);
  ForgeAny(5, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    std::erase_if(events, [](const schema::Event& event) {
      return event.kind->number == PointsGranted::kKind;
    });
  });
  ForgeAny(6, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    const auto grant = events.begin() + 1;
    events.insert(grant, *grant);
  });
  ExpectChecks({"p-recompute"}, {"p-recompute@5.1", "p-recompute@6.2"});
}

TEST_F(PointsChecks, AClaimThatAGrantDoesNotPay) {
  Litter("2025-01-06", 1);
  Tidy("2025-01-07", 1);
  ExpectChecks({}, {});
  Forge<PointsGranted>(6, [](PointsGranted& fact) { fact.fixed.offset = Points{0}; });
  ExpectChecks({}, {"p-recompute@6.1"});
}

TEST_F(PointsChecks, ADeductionThatTakesLessThanItsDeed) {
  Tidy("2025-01-06", 1);
  Litter("2025-01-07", 2);
  Forge<PointsDeducted>(6, [](PointsDeducted& fact) {
    fact.fixed.points = Points{1};
    static const TakenLot kOne = [&] {
      TakenLot lot = fact.lots[0];
      lot.quantity = Points{1};
      return lot;
    }();
    fact.lots = {&kOne, 1};
  });
  ExpectChecks({}, {"p-recompute@6.0"});
}

TEST_F(PointsChecks, AReversalThatLeavesPoints) {
  Tidy("2025-01-06", 1);
  Reverse("2025-01-07", "5.0");
  Forge<PointsAdjusted>(6, [](PointsAdjusted& fact) {
    static schema::LotChange row;
    row = fact.lots[0];
    row.change = Points{-4};
    fact.lots = {&row, 1};
  });
  ExpectChecks({}, {"p-recompute@6.1"});
}

TEST_F(PointsChecks, ALotThatLastsLongerThanItsPolicy) {
  Tidy("2025-01-06", 1);
  Forge<PointsGranted>(5, [](PointsGranted& fact) { fact.fixed.expires = Day("2026-12-31"); });
  ExpectChecks({}, {"p-expiry@5.1"});
}

TEST_F(PointsChecks, PointsThatAreSpentAfterTheirLastDay) {
  Tidy("2025-01-06", 1);
  Redeem("2025-12-30", "soap");
  // Two days later, by a hand that knows how a business date is written.
  Forge<RedemptionMade>(6, [](RedemptionMade&, schema::EventCommon& common) {
    common.occurred.seconds += 2 * 86'400;
    common.business_day = Day("2026-01-01");
    common.period = MonthOf(common.business_day);
  });
  ExpectChecks({"p-expiry"}, {"p-expiry@6.0"});
}

TEST_F(PointsChecks, PointsThatExpireTooEarlyInPartOrTwice) {
  Tidy("2025-01-06", 1);
  CloseDay("2026-01-01");
  Forge<PointsExpired>(6, [](PointsExpired& fact) { fact.fixed.on = Day("2025-12-30"); });
  ExpectChecks({"p-expiry"}, {"p-expiry@6.1"});
  Forge<PointsExpired>(6, [](PointsExpired& fact) {
    fact.fixed.on = Day("2025-12-31");
    static schema::ExpiredLot row;
    row = fact.lots[0];
    row.quantity = Points{4};
    fact.lots = {&row, 1};
  });
  ExpectChecks({"p-expiry"}, {"p-expiry@6.0", "p-expiry@6.1"});
  ForgeAny(6, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    events.insert(events.begin() + 1, events[1]);
  });
  ExpectChecks({"p-expiry"}, {"p-expiry@6.0", "p-expiry@6.1", "p-expiry@6.2"});
}

TEST_F(PointsChecks, ADayThatIsClosedWithoutWhatEnded) {
  Tidy("2025-01-06", 1);
  CloseDay("2026-01-01");
  ForgeAny(6, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    events.erase(events.begin() + 1);
  });
  ExpectChecks({}, {"p-expiry@6.0"});
}

TEST_F(PointsChecks, AnotherLotIsTakenThanTheFirstToEnd) {
  Serve("2025-01-06", 120);
  Tidy("2025-01-07", 1);
  Redeem("2025-01-08", "cut");
  Forge<RedemptionMade>(7, [](RedemptionMade& fact) {
    static TakenLot row;
    row = fact.lots[0];
    row.lot = Address{Seq{6}, 1};
    row.earned = Day("2025-01-07");
    row.usable_from = row.earned;
    fact.lots = {&row, 1};
  });
  ExpectChecks({}, {"p-lots@7.0"});
}

TEST_F(PointsChecks, ARedemptionThatIsTakenTwice) {
  Tidy("2025-01-06", 1);
  Redeem("2025-01-07", "soap");
  ForgeAny(6, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    events.insert(events.begin(), events[0]);
  });
  ExpectChecks({"p-lots"}, {"p-lots@6.0", "p-lots@6.1"});
}

TEST_F(PointsChecks, AMoveOfMoreThanItsLots) {
  Tidy("2025-01-06", 1);
  Move("2025-01-07", 3, "to=h-2 reason=transfer");
  Forge<PointsMoved>(6, [](PointsMoved& fact) { fact.points = Points{4}; });
  ExpectChecks({"p-lots"}, {"p-lots@6.1", "p-lots@6.1", "p-lots@0", "p-lots@0"});
}

}  // namespace
}  // namespace suanpan::audit
