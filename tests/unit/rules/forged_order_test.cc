// Orders, parcels, sessions and slots, forged: Apply refuses what no writer took.

#include "forged_history.h"
#include "suanpan/schema/kinds/assessments.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::testing {
namespace {

using namespace suanpan::schema;

constexpr std::string_view kCommands[] = {
    // 1
    "2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o",
    // 2: one that is served, and one that nobody takes
    "2026-01-02 p-work order.placed requester=p-1 service_kind=errand\n"
    "2026-01-02 p-work order.placed requester=p-2 service_kind=errand wanted_by=2026-01-05",
    // 3
    "2026-01-03 p-work order.moved order=2.0 to=accepted\n"
    "2026-01-03 p-work order.moved order=2.0 to=dispatched server=p-8\n"
    "2026-01-03 p-8 order.moved order=2.0 to=taken",
    // 4
    "2026-01-03 p-8 custody.passed order=2.0 parcel=A from=o-1 to=p-8 checked=true\n"
    "2026-01-03 p-8 custody.passed order=2.0 parcel=A from=p-8 to=p-1 checked=true",
    // 5
    "2026-01-04 p-8 service.recorded person=p-8 service_kind=errand "
    "from=2026-01-03T09:00:00+08:00 to=2026-01-03T10:00:00+08:00 minutes=60 order=2.0\n"
    "2026-01-04 p-1 service.attested service=#0 step=served",
    // 6
    "2026-01-05 p-1 assessment.recorded template=rating about=p-8 concerns=2.0 "
    "answers=[{item=kind score=4} {item=fast score=3}] total=7",
    // 7
    "2026-01-05 p-org session.held session_type=training organiser=p-org "
    "from=2026-01-05T09:00:00+08:00 to=2026-01-05T10:00:00+08:00 minutes=60\n"
    "2026-01-05 p-org attendance.recorded session=#0 rows=[{person=p-1 role=trainee minutes=60} "
    "{person=p-2 role=member}]\n"
    "2026-01-05 p-org attendance.recorded session=#0 rows=[{person=p-8 role=member}]",
    // 8
    "2026-01-05 p-work slot.scheduled slot_type=duty place=s-1 holder=p-8 "
    "from=2026-01-06T09:00:00+08:00 to=2026-01-06T10:00:00+08:00\n"
    "2026-01-06 p-work slot.marked slot=#0 as=checked_in",
    // 9: 9.1 ends the second order
    "2026-01-07 p-sys day.closed date=2026-01-06 page=0",
    // 10
    "2026-01-08 p-sup approval.given of=4.1 action=reverse verdict=approved\n"
    "2026-01-08 p-acct entry.reversed of=4.1 reason=mistake approval=#0\n"
    "2026-01-08 p-sup approval.given of=2.1 action=reverse verdict=approved",
};

class ForgedOrder : public ForgedHistory {
 protected:
  ForgedOrder() : ForgedHistory(kCommands) {}
};

constexpr Address kFar{Seq{99}, 0};

TEST_F(ForgedOrder, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedOrder, MoveThatCannotBeIsRefused) {
  using M = OrderMoved;
  constexpr std::string_view kCannot = "moved where it cannot go";
  Forge<M>(
      3, 0, [](M& m) { m.fixed.order = kFar; }, kCannot);
  for (const unsigned to : {0U, 2U, 3U, 4U, 7U, 200U}) {
    Forge<M>(
        3, 0, [&](M& m) { m.fixed.to = static_cast<std::uint8_t>(to); }, kCannot);
  }
  Forge<M>(
      3, 1, [](M& m) { m.fixed.server = {}; }, kCannot);
  constexpr std::string_view kElsewhere = "from where it does not stand";
  Forge<M>(
      3, 1, [](M& m) { m.fixed.was = 1; }, kElsewhere);
  Forge<M>(
      3, 1, [](M& m) { m.fixed.previous = {}; }, kElsewhere);
  Forge<M>(
      3, 2, [](M& m) { m.fixed.was_server = {}; }, kElsewhere);
}

TEST_F(ForgedOrder, EndThatNoDayMadeIsRefused) {
  Take(9).erase(events_.begin() + 1);
  EXPECT_NE(Verdict().find("lacks a order.moved"), std::string::npos) << Verdict();
  Take(9)[1].common.cause = 0;
  EXPECT_NE(Verdict().find("moved where it cannot go"), std::string::npos) << Verdict();
  constexpr std::string_view kAnother = "another order.moved than the rules make";
  using M = OrderMoved;
  Forge<M>(
      9, 1, [](M& m) { m.fixed.to = static_cast<std::uint8_t>(OrderMove::kFailed); }, kAnother);
  Forge<M>(
      9, 1,
      [](M& m) {
        m.fixed.order = Address{Seq{2}, 0};
      },
      kAnother);
  Forge<M>(
      9, 1, [](M& m) { m.fixed.was = 2; }, kAnother);
  Append(Take(9)[1]);
  EXPECT_NE(Verdict().find("nothing calls for"), std::string::npos) << Verdict();
  Take(3)[1].common.cause = 1;
  EXPECT_NE(Verdict().find("nothing calls for"), std::string::npos) << Verdict();
  Forge<DayClosed>(
      9, 0, [](DayClosed& d) { d.fixed.flags = DayClosed::kMore; }, "with more to come");
}

TEST_F(ForgedOrder, ParcelThatSomebodyElseHasIsRefused) {
  using C = CustodyPassed;
  constexpr std::string_view kNotHis = "somebody who does not have it";
  Forge<C>(
      4, 1, [](C& c) { c.fixed.from = c.fixed.to; }, kNotHis);
  Forge<C>(
      4, 1, [](C& c) { c.fixed.previous = {}; }, kNotHis);
  Forge<C>(
      4, 0, [](C& c) { c.fixed.previous = kFar; }, kNotHis);
  Forge<C>(
      4, 1, [](C& c) { c.parcel = "B"; }, kNotHis);
}

TEST_F(ForgedOrder, ServiceAndRatingOfWhatIsNotThereIsRefused) {
  using S = ServiceRecorded;
  Forge<S>(
      5, 0,
      [](S& s) {
        s.fixed.order = Address{Seq{2}, 1};
      },
      "an order that nobody took");
  Forge<S>(
      5, 0, [](S& s) { s.fixed.order = kFar; }, "an order that nobody took");
  using A = AssessmentRecorded;
  Forge<A>(
      6, 0,
      [](A& a) {
        a.concerns = Address{Seq{2}, 1};
      },
      "rated before it is done");
  Forge<A>(
      6, 0, [](A& a) { a.total = Quantity{8}; }, "another total than its scores");
}

TEST_F(ForgedOrder, SessionOrSlotThatCannotBeIsRefused) {
  using S = SessionHeld;
  Forge<S>(
      7, 0, [](S& s) { s.minutes = Minutes{61}; }, "more minutes than it lasted");
  using R = AttendanceRecorded;
  Forge<R>(
      7, 2, [&](R& r) { r.rows = events_[1].As<R>().rows; }, "at a session twice");
  using P = SlotScheduled;
  Forge<P>(
      8, 0, [](P& p) { p.fixed.to = {}; }, "ends before it begins");
  using M = SlotMarked;
  Forge<M>(
      8, 1, [](M& m) { m.fixed.slot = kFar; }, "does not wait for it");
  Append(Take(8)[1]);
  EXPECT_NE(Verdict().find("does not wait for it"), std::string::npos) << Verdict();
}

TEST_F(ForgedOrder, ReversalOfWhatOthersStandOnIsRefused) {
  // The reversal of the pass, once more in an entry of its own.
  Take(10);
  Append(events_[1]);
  EXPECT_NE(Verdict().find("cannot be taken back"), std::string::npos) << Verdict();
}

}  // namespace
}  // namespace suanpan::testing
