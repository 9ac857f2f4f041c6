// The named tests of households, rewards, places and cash-out: each finds nothing in a history as
// it was told, and by its own name what was forged into it or what in it has to be explained.

#include "points_book.h"
#include "src/named/points/kind_postings.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/offers.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::audit {
namespace {

using schema::EventCommon;
using schema::OfferOpened;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::ServiceRecorded;

class PeopleChecks : public PointsBook {
 protected:
  /// Changes the first line of the redemption of an entry.
  void ForgeLine(std::uint64_t seq, const std::function<void(RedemptionLine&)>& change) {
    Forge<RedemptionMade>(seq, [&](RedemptionMade& fact) {
      line_ = fact.lines[0];
      change(line_);
      fact.lines = {&line_, 1};
    });
  }
  /// The trip of the children has so many places from now on.
  std::uint64_t Open(std::string_view day, int places) {
    return Add(
        fmt::format("{} p-work offer.opened offer=of-1 offer_kind=trip on=2025-06-01 "
                    "capacity={} audience=child",
                    day, places));
  }
  /// From 5 January on: one reward a person a month, two points a day.
  void LimitRedeeming() {
    Add("2025-01-05 p-acct policy.proposed policy=terms policy_type=redemption version=1 "
        "applies_from=2025-01-05 body={scheme=hh per_beneficiary_month=1 per_day_points=2}\n"
        "2025-01-05 p-sup approval.given of=#0 action=adopt verdict=approved\n"
        "2025-01-05 p-acct policy.adopted proposal=#0 approvals=[#1]");
  }
  std::uint64_t PayVendor(int fen) {
    return Add(fmt::format(
        "2025-02-01 p-work spending.requested use=payable fund=f payee=v-1 amount_fen={0} "
        "purpose=rewards pot=unrestricted/donation\n"
        "2025-02-01 p-sup approval.given of=#0 action=spend verdict=approved\n"
        "2025-02-01 p-acct money.paid request=#0 use=payable fund=f payee=v-1 amount_fen={0} "
        "purpose=rewards account=b",
        fen));
  }

 private:
  RedemptionLine line_;
};

TEST_F(PeopleChecks, SomebodyOfAnotherHouseholdEarnsOrRedeems) {
  Serve("2025-01-06", 60);
  Tidy("2025-01-07", 1);
  Redeem("2025-01-08", "soap");
  Redeem("2025-01-08", "june1", "beneficiary=p-2");
  ExpectChecks({}, {});
  Forge<ServiceRecorded>(5, [this](ServiceRecorded& fact) { fact.fixed.person = Name("p-3"); });
  Forge<RedemptionMade>(7, [this](RedemptionMade& fact) { fact.fixed.by = Name("p-3"); });
  ForgeLine(8, [this](RedemptionLine& line) { line.beneficiary = Name("p-3"); });
  ExpectChecks({"p-house"}, {"p-house@5.0", "p-house@7.0", "p-house@8.0"});
}

TEST_F(PeopleChecks, ALeavingThatIsRecordedTooLate) {
  Tidy("2025-01-06", 1);
  Redeem("2025-01-08", "soap");
  Add("2025-01-10 p-acct relation.ended relation=member_of from=p-1 to=h-1 until=2025-01-07");
  ExpectChecks({"p-house"}, {"p-house@7.0"});
}

TEST_F(PeopleChecks, ALeavingAfterTheLastUseIsNothing) {
  Tidy("2025-01-06", 1);
  Redeem("2025-01-08", "soap");
  Add("2025-01-10 p-acct relation.ended relation=member_of from=p-1 to=h-1 until=2025-01-08");
  ExpectChecks({"p-house"}, {});
}

TEST_F(PeopleChecks, ALeavingBeforeTheLastUseThatWasNotTakenBack) {
  Tidy("2025-01-06", 1);
  Tidy("2025-01-09", 1);
  Reverse("2025-01-10", "6.0");
  Add("2025-01-10 p-acct relation.ended relation=member_of from=p-1 to=h-1 until=2025-01-05");
  ExpectChecks({"p-house"}, {"p-house@8.0"});
  Reverse("2025-01-11", "5.0");
  ExpectChecks({"p-house"}, {});
}

TEST_F(PeopleChecks, AMembershipThatIsTakenBackAfterItWasUsed) {
  Serve("2025-01-06", 120);
  Tidy("2025-01-07", 1);
  Redeem("2025-01-08", "june1", "beneficiary=p-2");
  Reverse("2025-01-10", "2.4");
  Reverse("2025-01-11", "2.3");
  ExpectChecks({"p-house"}, {"p-house@8.1", "p-house@9.1"});
  EXPECT_NE(Checks({"p-house"}).findings[1].text.find("when 7.0 made use"), std::string::npos);
  Add("2025-01-12 p-acct relation.started relation=member_of from=p-1 to=h-1 as=adult "
      "since=2025-01-01");
  Reverse("2025-01-13", "7.0");
  ExpectChecks({"p-house"}, {});
}

TEST_F(PeopleChecks, AMembershipThatBeganJustBeforeARedemption) {
  Tidy("2025-01-06", 1);
  Add("2025-01-07 p-acct relation.started relation=member_of from=p-9 to=h-1 as=child "
      "since=2025-01-07");
  Redeem("2025-01-08", "soap", "beneficiary=p-9");
  ExpectChecks({}, {"p-house@7.0?"});
  Redeem("2025-01-14", "cut", "beneficiary=p-9");
  ExpectChecks({}, {"p-house@7.0?"});
}

TEST_F(PeopleChecks, ARewardAtAnotherPriceOrFromAnotherSource) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "soap");
  Redeem("2025-01-08", "cut");
  Redeem("2025-01-09", "june1", "beneficiary=p-2");
  ExpectChecks({}, {});
  ForgeLine(6, [](RedemptionLine& line) { line.points = Points{2}; });
  ForgeLine(7, [](RedemptionLine& line) { line.cost = Fen{151}; });
  ForgeLine(8, [this](RedemptionLine& line) { line.reward = Name("tidy"); });
  ExpectChecks({"p-stock"},
               {"p-stock@6.0", "p-stock@6.0", "p-stock@7.0", "p-stock@7.0", "p-stock@8.0"});
}

TEST_F(PeopleChecks, GoodsAtAnotherCostOrThatAreNotThere) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "soap");
  ForgeLine(6, [](RedemptionLine& line) { line.cost = Fen{234}; });
  ExpectChecks({"p-stock"}, {"p-stock@6.0", "p-stock@6.0"});
  ForgeLine(6, [](RedemptionLine& line) {
    line.cost = Fen{233};
    line.quantity = Quantity{11};
    line.points = Points{33};
  });
  ExpectChecks({"p-stock"}, {"p-stock@6.0", "p-stock@6.0"});
}

TEST_F(PeopleChecks, WhatIsTakenBackOrSetAsideCountsTowardsNoLimit) {
  LimitRedeeming();
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  Reverse("2025-01-07", "7.0");
  Redeem("2025-01-07", "cut");
  Redeem("2025-02-01", "cut");
  Add("2025-02-01 p-sup approval.given subject=h-1 action=irregular verdict=approved\n"
      "2025-02-01 p-work redemption.made scheme=hh holder=h-1 by=p-1 approval=#0 "
      "irregular=[limit_exceeded] lines=[{reward=cut quantity=1}]");
  ExpectChecks({}, {});
  Forge<RedemptionMade>(11, [](RedemptionMade&, EventCommon& common) { common.irregular = 0; });
  ExpectChecks({}, {"p-stock@11.1", "p-stock@11.1"});
}

TEST_F(PeopleChecks, ALimitThatIsForgottenIsNotFilledAgain) {
  LimitRedeeming();
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  Tidy("2026-04-01", 1);
  Redeem("2026-04-02", "cut");
  Add("2026-04-02 p-sup approval.given subject=h-1 action=irregular verdict=approved\n"
      "2025-01-07 p-work redemption.made scheme=hh holder=h-1 by=p-1 approval=#0 "
      "irregular=[limit_exceeded] lines=[{reward=cut quantity=1}]");
  ExpectChecks({"p-stock"}, {});
  Forge<RedemptionMade>(10, [](RedemptionMade&, EventCommon& common) { common.irregular = 0; });
  ExpectChecks({"p-stock"}, {"p-stock@10.1", "p-stock@10.1"});
}

TEST_F(PeopleChecks, AVendorThatIsPaidMoreThanItSupplied) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  Redeem("2025-01-08", "cut");
  PayVendor(250);
  ExpectChecks({}, {});
  Forge<schema::MoneyPaid>(8, [](schema::MoneyPaid& fact) { fact.fixed.amount = Fen{301}; });
  ExpectChecks({"p-stock"}, {"p-stock@8.2"});
}

TEST_F(PeopleChecks, WhatIsTakenBackIsOwedNoMore) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  Redeem("2025-01-08", "cut");
  Reverse("2025-01-09", "6.0");
  PayVendor(150);
  ExpectChecks({}, {});
  Forge<schema::MoneyPaid>(9, [](schema::MoneyPaid& fact) { fact.fixed.amount = Fen{151}; });
  ExpectChecks({"p-stock"}, {"p-stock@9.2"});
}

TEST_F(PeopleChecks, MorePlacesThanThereAreOrThanOneMayHave) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  ExpectChecks({}, {});
  ForgeLine(6, [](RedemptionLine& line) { line.quantity = Quantity{2}; });
  ExpectChecks({"p-slot"}, {"p-slot@6.0", "p-slot@6.0"});
}

TEST_F(PeopleChecks, AChildsPlaceForSomebodyElse) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  ForgeLine(6, [this](RedemptionLine& line) { line.beneficiary = Name("p-1"); });
  ExpectChecks({"p-slot"}, {"p-slot@6.0"});
}

TEST_F(PeopleChecks, FewerPlacesThanAreTaken) {
  Add("2025-01-05 p-acct relation.started relation=member_of from=p-9 to=h-1 as=child "
      "since=2024-01-01");
  Open("2025-01-05", 3);
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  Redeem("2025-01-07", "june1", "beneficiary=p-9");
  const std::uint64_t fewer = Open("2025-01-08", 2);
  ExpectChecks({}, {});
  ExpectVerified();
  Forge<OfferOpened>(fewer, [](OfferOpened& fact) {
    fact.capacity = Quantity{1};
    fact.change = Quantity{-2};
  });
  ExpectChecks({}, {fmt::format("p-slot@{}.0", fewer)});
  EXPECT_EQ(Checks().findings.at(0).actual, "2");
  ExpectFindings({fmt::format("V6/replay@{}", fewer)});
}

TEST_F(PeopleChecks, PlacesThatNobodyMarkedAndPeopleWhoStayAway) {
  Add("2025-01-05 p-work offer.opened offer=of-2 offer_kind=trip on=2025-02-01 capacity=9 "
      "audience=any per_beneficiary=9\n"
      "2025-01-05 p-acct policy.proposed policy=shop policy_type=price_list version=2 "
      "applies_from=2025-01-05 body={scheme=hh rewards=[{reward=trip points=1 supply=place "
      "offer=of-2}]}\n"
      "2025-01-05 p-sup approval.given of=#1 action=adopt verdict=approved\n"
      "2025-01-05 p-acct policy.adopted proposal=#1 approvals=[#2]");
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "trip");
  Redeem("2025-01-07", "trip");
  Redeem("2025-01-07", "trip", "beneficiary=p-2");
  ExpectChecks({}, {});
  Add("2025-02-02 p-work place.marked redemption=7.0 line=0 as=no_show\n"
      "2025-02-02 p-work place.marked redemption=8.0 line=0 as=no_show");
  ExpectChecks({}, {"p-slot@5.0?", "p-slot@0?"});
  Add("2025-02-02 p-work place.marked redemption=9.0 line=0 as=used");
  Reverse("2025-02-03", "10.1");
  Add("2025-02-03 p-work place.marked redemption=8.0 line=0 as=released");
  ExpectChecks({}, {});
}

TEST_F(PeopleChecks, APlaceThatIsMissedCountsForNobodyAnyMore) {
  Open("2025-01-05", 9);
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "june1", "beneficiary=p-2");
  Add("2025-06-01 p-work place.marked redemption=7.0 line=0 as=no_show");
  Redeem("2025-06-01", "june1", "beneficiary=p-2");
  ExpectChecks({"p-slot"}, {});
  Reverse("2025-06-01", "8.0");
  ExpectChecks({"p-slot"}, {});
  ForgeLine(9, [](RedemptionLine& line) { line.quantity = Quantity{2}; });
  ExpectChecks({"p-slot"}, {"p-slot@9.0"});
}

TEST_F(PeopleChecks, APlaceThatIsTakenAfterItsDay) {
  Tidy("2025-01-06", 2);
  const std::uint64_t late = Redeem("2025-06-02", "june1", "beneficiary=p-2");
  ExpectChecks({}, {"p-slot@4.2?", fmt::format("p-slot@{}.0?", late)});
  EXPECT_EQ(Checks().findings.at(0).text,
            "one place of of-1 on 2025-06-01 was taken, and nobody said what became of it");
  Reverse("2025-06-03", fmt::format("{}.0", late));
  ExpectChecks({}, {});
}

TEST_F(PeopleChecks, ADebtToSomebodyOfTheHousehold) {
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  ExpectChecks({}, {});
  ForgeLine(6, [this](RedemptionLine& line) { line.source = Name("p-1"); });
  ExpectChecks({"p-cashout"}, {"p-cashout@6.0", "p-cashout@6.0"});
}

TEST_F(PeopleChecks, AVendorWhoIsRelatedToTheHousehold) {
  Add("2025-01-05 p-acct relation.started relation=related_to from=p-1 to=v-1 as=sister "
      "since=2024-01-01");
  Tidy("2025-01-06", 2);
  Redeem("2025-01-07", "cut");
  Redeem("2025-01-07", "soap");
  ExpectChecks({}, {"p-cashout@7.0?"});
  Add("2025-01-08 p-acct relation.ended relation=related_to from=p-1 to=v-1 until=2025-01-08");
  Redeem("2025-01-09", "cut");
  ExpectChecks({}, {"p-cashout@7.0?"});
}

TEST_F(PeopleChecks, AReversalThatPostsToMoney) {
  Tidy("2025-01-06", 1);
  Litter("2025-01-07", 1);
  Reverse("2025-01-08", "6.0");
  ExpectChecks({}, {});
  Forge<schema::EntryReversed>(7, [this](schema::EntryReversed& fact) {
    static schema::UndoneLine line;
    line = {};
    line.account_class = static_cast<std::uint8_t>(schema::AccountClass::kBank);
    line.owner = Name("f");
    line.detail = Name("b");
    line.amount = schema::AnyUnits{-5};
    fact.undo = {&line, 1};
  });
  ExpectChecks({"p-cashout"}, {"p-cashout@7.1"});
}

TEST(KindPostings, OnlyARedemptionTouchesPointsAndMoneyAtOnce) {
  for (const KindPostings& row : PostingsByKind()) {
    const bool both = (row.sorts & kOfPoints) != 0 && (row.sorts & (kOfOutsiders | kOfFunds)) != 0;
    EXPECT_EQ(both, row.kind == RedemptionMade::kKind) << row.kind;
  }
}

}  // namespace
}  // namespace suanpan::audit
