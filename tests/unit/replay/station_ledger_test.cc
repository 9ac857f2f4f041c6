// Statements of orders and slots, worked out by hand.

#include "replay_fixture.h"
#include "suanpan/replay/hours_ledger.h"
#include "suanpan/replay/orders_ledger.h"
#include "suanpan/replay/slots_ledger.h"
#include "suanpan/store/memory_store.h"
#include "support/fact_text.h"

namespace suanpan::replay::test {
namespace {

class Station : public ::testing::Test {
 protected:
  Station() {
    Tell(
        {"2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u level=community "
         "host=o"});
  }
  /// One command; its sequence.
  int Tell(const std::vector<std::string>& facts) {
    std::string json;
    for (const std::string& fact : facts)
      json += (json.empty() ? "" : ",") + suanpan::testing::FactJson(fact).value();
    ledger_.now = *ParseInstant("2028-06-01T00:00:00Z");
    ledger_.Submit(suanpan::testing::CommandJson(fmt::format("s/{}", ++sent_), json));
    return sent_;
  }
  int Place(std::string_view day, std::string_view kind, std::string_view more = {}) {
    return Tell(
        {fmt::format("{} p-work order.placed requester=p-9 service_kind={} {}", day, kind, more)});
  }
  void Take(std::string_view day, int order) {
    Tell({fmt::format("{} p-work order.moved order={}.0 to=accepted", day, order),
          fmt::format("{} p-work order.moved order={}.0 to=dispatched server=p-1", day, order),
          fmt::format("{} p-1 order.moved order={}.0 to=taken", day, order)});
  }
  int Serve(std::string_view day, int order) {
    return Tell({fmt::format("{0} p-1 service.recorded person=p-1 service_kind=errand "
                             "from={0}T08:00:00+08:00 to={0}T09:00:00+08:00 minutes=60 order={1}.0",
                             day, order),
                 fmt::format("{} p-9 service.attested service=#0 step=served", day)});
  }
  template <class Ledger>
  auto Statements(std::string_view from, std::string_view to) {
    (void)ledger_.ledger().Seal("zz").value();
    Ledger projection{{ParseDate(from), ParseDate(to)}};
    Projection* projections[] = {&projection};
    const ReplayedBook replayed =
        ReplayBook(ledger_.ledger().reader(), kFirstBook, {}, projections).value();
    return projection.Statements(*replayed.state);
  }

  TestLedger ledger_{store::MakeMemoryStore()};
  int sent_ = 0;
};

/// "errand: placed 2 taken 1, open 1 (00-07 1), oldest 3".
std::string ToText(const OrdersStatement& line) {
  std::string text = line.service_kind + ":";
  for (std::size_t i = 0; i < line.reached.size(); ++i) {
    if (line.reached[i] != 0)
      text += fmt::format(" {} {}", schema::kOrderStateWords[i], line.reached[i]);
  }
  if (line.open == 0) return text;
  text += fmt::format(", open {} (", line.open);
  for (const auto& [age, count] : line.ages) text += fmt::format("{} {} ", age, count);
  text.back() = ')';
  return text + fmt::format(", oldest {}", line.oldest_days);
}

TEST_F(Station, OrdersByHowFarTheyCameAndHowOldTheyAre) {
  const int served = Place("2026-01-02", "errand");
  Take("2026-01-03", served);
  const int service = Serve("2026-01-04", served);
  Place("2026-01-05", "errand", "wanted_by=2026-06-30");
  const int cancelled = Place("2026-01-06", "medicine");
  Tell({fmt::format("2026-01-07 p-work order.moved order={}.0 to=cancelled", cancelled)});
  Place("2026-02-20", "medicine", "wanted_by=2026-06-30");
  std::vector<OrdersStatement> lines = Statements<OrdersLedger>("", "2026-02-28");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(ToText(lines[0]),
            "errand: placed 2 accepted 1 dispatched 1 taken 1 done 1 confirmed 1, open 1 (31-90 "
            "1), oldest 54");
  EXPECT_EQ(ToText(lines[1]), "medicine: placed 2 cancelled 1, open 1 (08-30 1), oldest 8");
  lines = Statements<OrdersLedger>("2026-01-01", "2026-01-03");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(ToText(lines[0]),
            "errand: placed 1 accepted 1 dispatched 1 taken 1, open 1 (00-07 1), oldest 1");
  Tell({fmt::format("2026-03-01 p-sup approval.given of={}.0 action=reverse verdict=approved",
                    service),
        fmt::format("2026-03-01 p-acct entry.reversed of={0}.0 reason=mistake approval=#0 "
                    "refs=[{0}.1]",
                    service)});
  lines = Statements<OrdersLedger>("", "2026-01-04");
  EXPECT_NE(ToText(lines[0]).find("confirmed 1"), std::string::npos) << "as it was then";
  lines = Statements<OrdersLedger>("", "");
  EXPECT_EQ(ToText(lines[0]),
            "errand: placed 2 accepted 1 dispatched 1 taken 1, open 2 (31-90 2), oldest 58");
}

TEST_F(Station, OrdersThatNobodyTookExpire) {
  Place("2026-01-02", "errand", "wanted_by=2026-01-10");
  Tell({"2026-01-11 p-sys day.closed date=2026-01-11 page=0"});
  EXPECT_EQ(ToText(Statements<OrdersLedger>("", "").at(0)), "errand: placed 1 expired 1");
}

TEST_F(Station, SlotsByWhatBecameOfThem) {
  const auto slot = [this](std::string_view day, std::string_view holder) {
    return Tell(
        {fmt::format("2026-01-02 p-work slot.scheduled slot_type=stall place=st-1 "
                     "holder={1} from={0}T08:00:00+08:00 to={0}T10:00:00+08:00",
                     day, holder)});
  };
  const int first = slot("2026-01-05", "v-1");
  const int second = slot("2026-01-06", "v-1");
  slot("2026-02-01", "v-1");
  slot("2026-01-05", "v-2");
  Tell({fmt::format("2026-01-05 p-work slot.marked slot={}.0 as=checked_in", first),
        fmt::format("2026-01-05T09:00 p-till sale.recorded vendor=v-1 lines=[{{item=i quantity=1 "
                    "amount_fen=5}}] slot={}.0",
                    first),
        fmt::format("2026-01-05 p-work slot.marked slot={}.0 as=cancelled", second)});
  const std::vector<SlotsStatement> lines = Statements<SlotsLedger>("2026-01-01", "2026-01-31");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].holder, "v-1");
  EXPECT_EQ(lines[0].slot_type, "stall");
  EXPECT_EQ(lines[0].scheduled, 2U);
  EXPECT_EQ(lines[0].minutes, 120);
  EXPECT_EQ(lines[0].checked_in, 1U);
  EXPECT_EQ(lines[0].cancelled, 1U);
  EXPECT_EQ(lines[0].unmarked, 0U);
  EXPECT_EQ(lines[0].used, 1U);
  EXPECT_EQ(lines[1].holder, "v-2");
  EXPECT_EQ(lines[1].unmarked, 1U);
  EXPECT_EQ(Statements<SlotsLedger>("", "2026-01-04").size(), 0U);
}

TEST_F(Station, WhatALaterPolicyGivesADutyIsOfTheDuty) {
  Tell({"2026-01-01 p-acct party.registered party=h-1 party_type=household",
        "2026-01-01 p-acct relation.started relation=member_of from=p-1 to=h-1 as=adult "
        "since=2025-01-01"});
  const auto adopt = [this](int version, int minutes, std::string_view dry_run) {
    Tell({fmt::format("2026-01-0{0} p-acct policy.proposed policy=earn policy_type=earning "
                      "version={0} applies_from=2026-01-01 body={{scheme=hh holder=household "
                      "items=[{{service_kind=errand basis=minutes rate={{n=1 m={1}}} "
                      "rounding=cumulative}}] attest_steps=[served]}}",
                      version, minutes),
          fmt::format("2026-01-0{} p-sup approval.given of=#0 action=adopt verdict=approved",
                      version),
          fmt::format("2026-01-0{} p-acct policy.adopted proposal=#0 approvals=[#1] {}", version,
                      dry_run)});
  };
  adopt(1, 60, "");
  for (const std::string_view minutes_class : {"service", "duty"}) {
    Tell({fmt::format("2026-01-01 p-2 service.recorded person=p-1 service_kind=errand class={} "
                      "from=2026-01-01T08:00:00+08:00 to=2026-01-01T09:00:00+08:00 minutes=60",
                      minutes_class),
          "2026-01-01 p-9 service.attested service=#0 step=served"});
  }
  adopt(2, 30, "dry_run={at_seq=1 digest=" + std::string(64, 'a') + "}");
  Tell({"2026-01-03 p-acct rule.applied rule=earn from_seq=1"});
  for (const std::string_view from : {"2026-01-01", "2026-01-03"}) {
    const std::vector<HoursStatement> lines = Statements<HoursLedger>(from, "2026-12-31");
    ASSERT_EQ(lines.size(), 2U) << from;
    EXPECT_EQ(lines[0].service_class, "duty");
    EXPECT_EQ(lines[0].granted.at("hh"), from == "2026-01-01" ? 2 : 1);
    EXPECT_EQ(lines[1].service_class, "service");
    EXPECT_EQ(lines[1].granted.at("hh"), from == "2026-01-01" ? 2 : 1);
  }
}

TEST_F(Station, HoursOfTrainingAreTheTraineesAlone) {
  const int session = Tell(
      {"2026-01-05 p-work session.held session_type=training service_kind=first_aid organiser=o-1 "
       "from=2026-01-05T08:00:00+08:00 to=2026-01-05T10:00:00+08:00 minutes=120",
       "2026-01-05 p-work attendance.recorded session=#0 rows=[{person=p-1 role=trainee "
       "minutes=120} {person=p-2 role=volunteer minutes=60}]"});
  const std::vector<HoursStatement> lines = Statements<HoursLedger>("", "");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].person, "p-1");
  EXPECT_EQ(lines[0].service_class, "training");
  EXPECT_EQ(lines[0].service_kind, "first_aid");
  EXPECT_EQ(lines[0].minutes, 120);
  Tell({fmt::format("2026-01-06 p-sup approval.given of={}.1 action=reverse verdict=approved",
                    session),
        fmt::format("2026-01-06 p-acct entry.reversed of={}.1 reason=mistake approval=#0",
                    session)});
  EXPECT_TRUE(Statements<HoursLedger>("", "").empty());
}

}  // namespace
}  // namespace suanpan::replay::test
