// The named tests of orders, slots and sessions, and of policies that reach back: each finds
// nothing in a history as it was told, and by its own name what was forged into it or what in it
// has to be explained.

#include "points_book.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/orders.h"

namespace suanpan::audit {
namespace {

using schema::EventCommon;
using schema::OrderMoved;
using schema::PointsAdjusted;
using schema::PointsGranted;
using schema::RuleApplied;

class StationChecks : public PointsBook {
 protected:
  std::uint64_t Place(std::string_view day, std::string_view more = {}) {
    return Add(
        fmt::format("{} p-work order.placed requester=p-3 service_kind=mending {}", day, more));
  }
  /// Accepted, dispatched to p-1 and taken by it: lines 0 to 2.
  std::uint64_t Take(std::string_view day, std::uint64_t order) {
    return Add(
        fmt::format("{0} p-work order.moved order={1}.0 to=accepted\n"
                    "{0} p-work order.moved order={1}.0 to=dispatched server=p-1\n"
                    "{0} p-1 order.moved order={1}.0 to=taken",
                    day, order));
  }
  /// A version 2 that reaches back to the beginning, adopted with a dry run.
  void Adopt(std::string_view day, std::string_view policy) {
    Add(fmt::format(
        "{0} p-acct policy.proposed {1} version=2 applies_from=2025-01-01\n"
        "{0} p-sup approval.given of=#0 action=adopt verdict=approved\n"
        "{0} p-acct policy.adopted proposal=#0 approvals=[#1] dry_run={{at_seq=1 digest={2:a<64}}}",
        day, policy, ""));
  }
};

TEST_F(StationChecks, OrdersThatGoTheirWay) {
  const std::uint64_t served = Place("2025-01-03");
  Take("2025-01-04", served);
  const std::uint64_t service = Serve("p-1", "2025-01-05", 60, fmt::format("order={}.0", served));
  const std::uint64_t late = Place("2025-01-06", "wanted_by=2025-01-10");
  CloseDay("2025-01-11");
  const std::uint64_t cancelled = Place("2025-01-12");
  Add(fmt::format("2025-01-13 p-work order.moved order={}.0 to=cancelled", cancelled));
  Reverse("2025-01-14", fmt::format("{}.0", service), fmt::format("refs=[{}.1]", service));
  Serve("p-1", "2025-01-15", 60, fmt::format("order={}.0", served));
  EXPECT_EQ(late, 8U);
  ExpectChecks({}, {});
}

TEST_F(StationChecks, AnOrderThatIsMovedWhereItCannotGo) {
  const std::uint64_t order = Place("2025-01-03");
  const std::uint64_t moves = Take("2025-01-04", order);
  Forge<OrderMoved>(moves, [](OrderMoved& fact) {
    fact.fixed.to = static_cast<std::uint8_t>(schema::OrderMove::kTaken);
  });
  ExpectChecks({"p-order"}, {"p-order@6.0", "p-order@6.1", "p-order@6.2"});
}

TEST_F(StationChecks, AnOrderThatTellsAnotherStateThanItHad) {
  const std::uint64_t moves = Take("2025-01-04", Place("2025-01-03"));
  Forge<OrderMoved>(moves, [](OrderMoved& fact) { fact.fixed.was = 2; });
  ExpectChecks({"p-order"}, {"p-order@6.0"});
}

TEST_F(StationChecks, AnOrderThatDoesNotExpire) {
  Place("2025-01-06", "wanted_by=2025-01-10");
  CloseDay("2025-01-11");
  ExpectChecks({}, {});
  ForgeAny(6, [](schema::EntryCommon&, std::vector<schema::Event>& events) {
    std::erase_if(
        events, [](const schema::Event& event) { return event.kind->number == OrderMoved::kKind; });
  });
  ExpectChecks({"p-order"}, {"p-order@6.0"});
}

TEST_F(StationChecks, AnOrderThatIsPlacedAfterTheCloseInOneEntry) {
  Add("2025-01-06 p-sys day.closed date=2025-01-05 page=0\n"
      "2025-01-06 p-work order.placed requester=p-3 service_kind=mending wanted_by=2025-01-04");
  ExpectChecks({}, {});
  CloseDay("2025-01-07");
  ExpectChecks({}, {});
}

TEST_F(StationChecks, OpenOrdersAndThoseDispatchedByWhoServes) {
  const std::uint64_t order = Place("2025-01-03", "wanted_by=2025-12-31");
  Add(
      fmt::format("2025-01-04 p-work order.moved order={0}.0 to=accepted\n"
                  "2025-01-04 p-work order.moved order={0}.0 to=dispatched server=p-work",
                  order));
  ExpectChecks({}, {"p-order@6.1?"});
  Tidy("2025-02-03", 1);
  ExpectChecks({"p-order"}, {"p-order@5.0?", "p-order@6.1?"});
}

TEST_F(StationChecks, AnOrderThatHasEndedIsFollowedForFourHundredDays) {
  const std::uint64_t order = Place("2025-01-03");
  const std::uint64_t failed =
      Add(fmt::format("2025-01-04 p-work order.moved order={}.0 to=failed", order));
  CloseDay("2026-02-06");
  Reverse("2026-02-07", fmt::format("{}.0", failed));
  Add(fmt::format("2026-02-07 p-work order.moved order={}.0 to=failed", order));
  Place("2026-03-02");
  ExpectChecks({}, {});
}

TEST_F(StationChecks, WhoDispatchesToATeamAndThenServes) {
  const std::uint64_t order = Place("2025-01-03");
  const auto move = [this, order](std::string_view actor, std::string_view to) {
    return Add(fmt::format("2025-01-04 {} order.moved order={}.0 to={}", actor, order, to));
  };
  move("p-work", "accepted");
  move("p-1", "dispatched team=t-1");
  const std::uint64_t taken = move("p-work", "taken server=p-1");
  move("p-work", "declined");
  move("p-work", "dispatched team=t-1");
  move("p-1", "taken server=p-1");
  ExpectChecks({}, {fmt::format("p-order@{}.0?", taken)});
}

TEST_F(StationChecks, StallsWithoutSalesAndSalesWithoutStalls) {
  Add("2025-01-03 p-work slot.scheduled slot_type=stall place=st-1 holder=v-1 "
      "from=2025-01-04T09:00:00+08:00 to=2025-01-04T12:00:00+08:00\n"
      "2025-01-03 p-work slot.scheduled slot_type=stall place=st-1 holder=v-1 "
      "from=2025-01-05T09:00:00+08:00 to=2025-01-05T12:00:00+08:00\n"
      "2025-01-03 p-work slot.scheduled slot_type=stall place=st-1 holder=v-1 "
      "from=2025-01-06T09:00:00+08:00 to=2025-01-06T12:00:00+08:00");
  const auto sell = [this](std::string_view when, std::string_view vendor) {
    return Add(
        fmt::format("{} p-till sale.recorded vendor={} lines=[{{item=bread quantity=1 "
                    "amount_fen=500}}]",
                    when, vendor));
  };
  sell("2025-01-04T10:00", "v-1");
  sell("2025-01-05T08:00", "v-1");
  sell("2025-01-05T08:30", "v-1");
  sell("2025-01-05T08:30", "v-9");
  Add("2025-01-07 p-work slot.marked slot=5.2 as=cancelled");
  sell("2025-01-08T10:00", "v-9");
  ExpectChecks({"d-complete"}, {"d-complete@5.1?", "d-complete@7.0?"});
  EXPECT_NE(Checks({"d-complete"}).findings[1].text.find("2 sales of v-1"), std::string::npos);
}

TEST_F(StationChecks, ASlotIsJudgedAsSoonAsItsDayIsOver) {
  Add("2025-01-03 p-work slot.scheduled slot_type=stall place=st-1 holder=v-1 "
      "from=2025-01-04T09:00:00+08:00 to=2025-01-05T00:00:00+08:00");
  Tidy("2025-01-04", 1);
  ExpectChecks({"d-complete"}, {});
  Tidy("2025-01-05", 1);
  ExpectChecks({"d-complete"}, {"d-complete@5.0?"});
}

TEST_F(StationChecks, ASaleOutsideTheSlotThatItNames) {
  Add("2025-01-03 p-work slot.scheduled slot_type=stall place=st-1 holder=v-1 "
      "from=2025-01-04T09:00:00+08:00 to=2025-01-04T12:00:00+08:00");
  const auto sell = [this](std::string_view when) {
    return Add(
        fmt::format("{} p-till sale.recorded vendor=v-1 slot=5.0 lines=[{{item=bread quantity=1 "
                    "amount_fen=500}}]",
                    when));
  };
  sell("2025-01-04T10:00");
  const std::uint64_t late = sell("2025-01-06T10:00");
  ExpectChecks({"d-complete"}, {fmt::format("d-complete@{}.0?", late)});
  Reverse("2025-01-07", fmt::format("{}.0", late));
  ExpectChecks({"d-complete"}, {});
}

TEST_F(StationChecks, MoreIsSoldThanCameIn) {
  Add("2025-01-03 p-till goods.received item=bread owner=v-1 goods_class=merchandise quantity=3");
  const std::uint64_t sale = Add(
      "2025-01-04 p-till sale.recorded vendor=v-1 lines=[{item=bread quantity=2 amount_fen=9}]");
  Add("2025-01-04 p-till sale.recorded vendor=v-1 lines=[{item=bread quantity=2 amount_fen=9}]");
  ExpectChecks({}, {"d-complete@0?"});
  Reverse("2025-01-05", fmt::format("{}.0", sale));
  ExpectChecks({}, {});
}

TEST_F(StationChecks, AServiceDuringASessionElsewhere) {
  Add("2025-01-06 p-work session.held session_type=meeting place=hall organiser=o-1 "
      "from=2025-01-06T09:00:00+08:00 to=2025-01-06T10:00:00+08:00 minutes=60\n"
      "2025-01-06 p-work attendance.recorded session=#0 rows=[{person=p-1 role=member} "
      "{person=p-3 role=member}]");
  Serve("p-1", "2025-01-06", 120, "place=pl-1");
  Serve("p-3", "2025-01-06", 120, "place=hall");
  Serve("p-2", "2025-01-06", 120, "place=pl-1");
  ExpectChecks({}, {"p-hours@6.0"});
}

TEST_F(StationChecks, ServicesThatALaterPolicyCounts) {
  Serve("2025-01-06", 100);
  Serve("2025-01-07", 200);
  Adopt("2025-02-01",
        "policy=earn policy_type=earning body={scheme=hh holder=household "
        "items=[{service_kind=mending basis=minutes rate={n=1 m=30} rounding=cumulative "
        "cap={day=150}}] attest_steps=[worker] negative_floor=5}");
  const std::uint64_t page = Add("2025-02-02 p-acct rule.applied rule=earn from_seq=1");
  ExpectChecks({}, {});
  Serve("2025-02-03", 60);
  Reverse("2025-02-04", "6.0", "refs=[6.1]");
  ExpectChecks({}, {});
  Forge<RuleApplied>(page, [](RuleApplied& fact) {
    static std::vector<schema::CaughtRow> rows;
    rows.assign(fact.rows.begin(), fact.rows.end());
    rows[0].points = Points{9};
    fact.rows = rows;
  });
  ExpectChecks({"p-recompute"}, {"p-recompute@8.0"});
}

TEST_F(StationChecks, AGrantThatAPageDoesNotMake) {
  Tidy("2025-01-06", 1);
  Adopt("2025-02-01",
        "policy=deeds policy_type=award_items body={scheme=hh items=[{item=tidy points=7 "
        "max_per_month=2} {item=litter points=-2}]}");
  const std::uint64_t page = Add("2025-02-02 p-acct rule.applied rule=deeds from_seq=1");
  ExpectChecks({}, {});
  Forge<PointsGranted>(page, [](PointsGranted& fact) { fact.fixed.points = Points{3}; });
  ExpectChecks({}, {"p-recompute@7.1"});
}

TEST_F(StationChecks, LotsThatALaterPolicyLetsLast) {
  Tidy("2025-01-06", 1);
  Adopt("2025-02-01", "policy=exp policy_type=expiry body={scheme=hh rule=end_of_year n=1}");
  const std::uint64_t page = Add("2025-02-02 p-acct rule.applied rule=exp from_seq=1");
  Redeem("2026-03-01", "soap");
  ExpectChecks({}, {});
  Forge<PointsAdjusted>(page, [](PointsAdjusted& fact) {
    static schema::LotChange row;
    row = fact.lots[0];
    row.expires = Day("2027-12-31");
    fact.lots = {&row, 1};
  });
  ExpectChecks({"p-expiry"}, {"p-expiry@7.1"});
}

TEST_F(StationChecks, WhatIsTakenBackOfMovesAndMemberships) {
  Tidy("2025-01-06", 1);
  const std::uint64_t move = Move("2025-01-07", 3, "to=h-2 reason=transfer");
  Reverse("2025-01-08", fmt::format("{}.1", move));
  Redeem("2025-01-09", "soap");
  ExpectChecks({}, {});
  const std::uint64_t left =
      Add("2025-01-10 p-acct relation.ended relation=member_of from=p-1 to=h-1 until=2025-01-10");
  Reverse("2025-01-11", fmt::format("{}.0", left));
  Redeem("2025-01-12", "cut");
  ExpectChecks({}, {});
}

}  // namespace
}  // namespace suanpan::audit
