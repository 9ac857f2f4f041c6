// Statements of points and hours of the community week with points
// (tests/scenarios/community-week-points.scenario), worked out by hand.

#include "suanpan/replay/points_ledger.h"

#include "replay_fixture.h"
#include "suanpan/replay/account_window.h"
#include "suanpan/replay/hours_ledger.h"
#include "suanpan/store/memory_store.h"
#include "support/fact_text.h"
#include "support/scenario.h"

namespace suanpan::replay::test {
namespace {

/// The commands of a scenario that become entries.
class PointsBook : public ::testing::Test {
 protected:
  explicit PointsBook(const std::string& scenario, int entries = 1000) {
    const std::string path = SUANPAN_SOURCE_DIR "/tests/scenarios/" + scenario + ".scenario";
    for (const suanpan::testing::ScenarioBlock& block :
         suanpan::testing::ReadScenario(path).value()) {
      if (!block.head.starts_with("entry ") || sent_ == entries) continue;
      std::string facts;
      for (const auto& row : block.rows)
        facts += (facts.empty() ? "" : ",") + suanpan::testing::FactJson(row.text).value();
      Send(facts);
    }
  }
  void Tell(const std::vector<std::string>& facts) {
    std::string json;
    for (const std::string& fact : facts)
      json += (json.empty() ? "" : ",") + suanpan::testing::FactJson(fact).value();
    Send(json);
  }
  void Send(const std::string& facts) {
    ledger_.now = *ParseInstant("2028-06-01T00:00:00Z");
    ledger_.Submit(suanpan::testing::CommandJson(fmt::format("week/{}", ++sent_), facts));
  }
  static DateWindow Window(std::string_view from, std::string_view to) {
    return {ParseDate(from), ParseDate(to)};
  }
  ReplayedBook Replay(Projection& projection, const ReplayOptions& options = {}) {
    (void)ledger_.ledger().Seal("zz").value();
    Projection* projections[] = {&projection};
    return ReplayBook(ledger_.ledger().reader(), kFirstBook, options, projections).value();
  }
  std::vector<HouseholdStatement> Households(const DateWindow& window,
                                             const ReplayOptions& options = {}) {
    PointsLedger points{window};
    const ReplayedBook replayed = Replay(points, options);
    return points.Households(*replayed.state);
  }
  std::vector<SchemeStatement> Schemes(const DateWindow& window) {
    PointsLedger points{window};
    const ReplayedBook replayed = Replay(points);
    return points.Schemes(*replayed.state);
  }
  std::vector<HoursStatement> Hours(const DateWindow& window) {
    HoursLedger hours{window};
    const ReplayedBook replayed = Replay(hours);
    return hours.Statements(*replayed.state);
  }

  TestLedger ledger_{store::MakeMemoryStore()};
  int sent_ = 0;
};

class PointsWeek : public PointsBook {
 protected:
  PointsWeek() : PointsBook("community-week-points") {}
};

/// Of the 10 points of h-2 that were to end with 2026, 4 came back with grace to 4 February.
class GraceBook : public PointsBook {
 protected:
  GraceBook() : PointsBook("points-grace", 4) {}
};

/// Of the 15 points of 2025, 2 are redeemed in March and 2 on 30 December; the latter are keyed in
/// when the close of 2 January 2026 has booked them as expired.
class LateBook : public PointsBook {
 protected:
  LateBook() : PointsBook("late-and-limited", 6) {}

  Wide Account(rules::AccountClass account_class, const DateWindow& window) {
    AccountWindow accounts{window};
    (void)Replay(accounts);
    Wide sum = 0;
    for (const auto& [key, turnover] : accounts.accounts()) {
      if (key.account_class == account_class) sum += turnover.closing();
    }
    return sum;
  }
};

/// "0 granted 4 redeemed 3 = 1", zeros left out.
std::string ToText(const PointsFigures& f) {
  std::string text = fmt::format("{}", f.opening);
  const auto add = [&text](std::string_view name, Wide amount) {
    if (amount != 0) text += fmt::format(" {} {}", name, amount);
  };
  add("granted", f.granted);
  add("redeemed", f.redeemed);
  add("expired", f.expired);
  add("deducted", f.deducted);
  add("forfeited", f.forfeited);
  add("donated", f.donated);
  add("in", f.moved_in);
  add("out", f.moved_out);
  add("received", f.received);
  add("given", f.given);
  add("adjusted", f.adjusted);
  add("claims", f.claims);
  EXPECT_EQ(f.opening + f.granted - f.redeemed - f.expired - f.deducted - f.forfeited - f.donated +
                f.moved_in - f.moved_out + f.received - f.given + f.adjusted + f.claims,
            f.closing);
  return text + fmt::format(" = {}", f.closing);
}

std::string ToText(const std::vector<LotLine>& lots) {
  std::string text;
  for (const LotLine& lot : lots) {
    text += fmt::format("{}{}: {} of {}, {}", text.empty() ? "" : "; ", lot.lot, lot.remaining,
                        lot.quantity, lot.expires.value() == 0 ? "none" : ToText(lot.expires));
  }
  return text;
}

std::string ToText(const HoursStatement& line) {
  std::string text =
      fmt::format("{} {} {} {}: {} services, {} minutes", line.person, line.household,
                  line.service_class, line.service_kind, line.services, line.minutes);
  for (const auto& [scheme, units] : line.counted) {
    text += fmt::format(", {} counted {} granted {}", scheme, units, line.granted.at(scheme));
  }
  return text;
}

TEST_F(PointsWeek, AHouseholdHasWhatItsLotsComeTo) {
  const std::vector<HouseholdStatement> lines = Households({});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].household, "h-1");
  EXPECT_EQ(lines[0].scheme, "hh");
  EXPECT_EQ(ToText(lines[0].figures), "0 granted 4 redeemed 3 = 1")
      << "the redemption that was reversed is in no figure";
  EXPECT_EQ(ToText(lines[0].lots), "15.2: 1 of 2, 2027-12-31");
}

TEST_F(GraceBook, PartsOfAGrantThatEndOnTwoDaysAreTwoLines) {
  std::vector<HouseholdStatement> lines = Households({});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(ToText(lines[0].lots), "3.1: 6 of 10, 2026-12-31");
  EXPECT_EQ(lines[1].household, "h-2");
  EXPECT_EQ(ToText(lines[1].figures), "0 granted 10 = 10");
  EXPECT_EQ(ToText(lines[1].lots), "3.3: 6 of 10, 2026-12-31; 3.3: 4 of 10, 2027-02-04");
  EXPECT_EQ(Schemes({})[0].live, (std::map<std::string, Wide>{{"2026-12", 12}, {"2027-02", 4}}));
  // The one ends, the other does not; what moves of it keeps its day.
  Tell({"2027-01-05 p-sys day.closed date=2027-01-05 page=0",
        "2027-01-06 p-sup approval.given subject=h-2 action=move verdict=approved",
        "2027-01-06 p-acct points.moved scheme=hh from=h-2 to=h-1 points=1 reason=transfer "
        "approval=#1"});
  lines = Households({});
  EXPECT_EQ(ToText(lines[0].lots), "3.3: 1 of 1, 2027-02-04");
  EXPECT_EQ(ToText(lines[1].figures), "0 granted 10 expired 6 given 1 = 3");
  EXPECT_EQ(ToText(lines[1].lots), "3.3: 3 of 10, 2027-02-04");
}

TEST_F(LateBook, AnExpiryIsTakenBackFromTheDayOnWhichItWasBooked) {
  const auto on = [this](std::string_view day) {
    return ToText(Households({{}, ParseDate(day)})[0].figures);
  };
  EXPECT_EQ(on("2025-12-30"), "0 granted 15 redeemed 4 = 11");
  EXPECT_EQ(on("2026-01-01"), "0 granted 15 redeemed 4 = 11");
  EXPECT_EQ(on("2026-01-02"), "0 granted 15 redeemed 4 expired 11 = 0");
  EXPECT_EQ(ToText(Households(Window("2025-12-31", "2026-01-31"))[0].figures), "11 expired 11 = 0");
  EXPECT_EQ(ToText(Households(Window("2026-01-03", "2026-01-31"))[0].figures), "0 = 0");
  const DateWindow before{{}, ParseDate("2026-01-01")};
  EXPECT_EQ(Account(rules::AccountClass::kPointsExpired, before), 0);
  EXPECT_EQ(Account(rules::AccountClass::kPointsHolder, before), 11);
  EXPECT_EQ(Account(rules::AccountClass::kPointsExpired, {}), 11);
}

TEST_F(LateBook, NothingEndsBeforeTheDayAfterItsLastOne) {
  Tell({"2025-06-01 p-acct points.awarded scheme=hh holder=h-1 person=p-1 item=tidy times=1"});
  const auto on = [this](std::string_view day) {
    return ToText(Households({{}, ParseDate(day)})[0].figures);
  };
  EXPECT_EQ(on("2025-07-01"), "0 granted 20 redeemed 2 = 18") << "keyed in after the year's close";
  EXPECT_EQ(on("2026-01-02"), "0 granted 20 redeemed 4 expired 16 = 0");
}

TEST_F(PointsWeek, RollsForwardThroughItsWindows) {
  const auto of = [&](std::string_view from, std::string_view to) {
    const std::vector<HouseholdStatement> lines = Households(Window(from, to));
    return lines.empty() ? "none" : ToText(lines[0].figures);
  };
  EXPECT_EQ(of("", "2026-03-02"), "none");
  EXPECT_EQ(of("", "2026-03-05"), "0 granted 2 = 2");
  EXPECT_EQ(of("2026-03-06", "2026-03-06"), "2 granted 2 redeemed 2 = 2");
  EXPECT_EQ(of("2026-03-07", ""), "2 redeemed 1 = 1") << "2 came back, 3 went";
  EXPECT_EQ(ToText(Households(Window("", "2026-03-06"))[0].lots), "15.2: 2 of 2, 2027-12-31");
  ReplayOptions before;
  before.until = Seq{16};
  EXPECT_EQ(ToText(Households({}, before)[0].figures), "0 granted 4 redeemed 2 = 2");
}

TEST_F(PointsWeek, ASchemeIsTheSumOfItsHolders) {
  Tell({"2026-03-08 p-acct party.registered party=h-2 party_type=household"});
  Tell({"2026-03-08 p-sup approval.given subject=h-1 action=move verdict=approved",
        "2026-03-08 p-acct points.moved scheme=hh from=h-1 to=h-2 points=1 reason=split "
        "approval=#0"});
  const std::vector<HouseholdStatement> lines = Households({});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(ToText(lines[0].figures), "0 granted 4 redeemed 3 given 1 = 0");
  EXPECT_EQ(lines[0].figures.transferred(), -1);
  EXPECT_EQ(ToText(lines[0].lots), "");
  EXPECT_EQ(ToText(lines[1].figures), "0 received 1 = 1");
  EXPECT_EQ(ToText(lines[1].lots), "15.2: 1 of 1, 2027-12-31");
  const std::vector<SchemeStatement> schemes = Schemes({});
  ASSERT_EQ(schemes.size(), 1U);
  EXPECT_EQ(schemes[0].scheme, "hh");
  EXPECT_EQ(schemes[0].figures.closing, 1);
  EXPECT_EQ(schemes[0].figures.transferred(), 0);
  EXPECT_EQ(schemes[0].live, (std::map<std::string, Wide>{{"2027-12", 1}}));
}

TEST_F(PointsWeek, WhatExpiresAndWhatIsOwed) {
  // The service of the second lot never happened; its point was spent.
  Tell({"2026-03-09 p-sup approval.given of=14.0 action=reverse verdict=approved",
        "2026-03-09 p-acct entry.reversed of=14.0 reason=mistake approval=#0 refs=[14.1]"});
  HouseholdStatement line = Households({}).at(0);
  EXPECT_EQ(ToText(line.figures), "0 granted 3 redeemed 3 claims 1 = 1");
  EXPECT_EQ(line.figures.owed, 1);
  Tell({"2028-01-02 p-sys day.closed date=2028-01-01 page=0"});
  line = Households({}).at(0);
  EXPECT_EQ(ToText(line.figures), "0 granted 3 redeemed 3 expired 1 claims 1 = 0");
  EXPECT_EQ(ToText(line.lots), "");
  EXPECT_EQ(ToText(Households(Window("", "2027-12-31"))[0].lots), "15.2: 1 of 2, 2027-12-31");
  EXPECT_TRUE(Schemes({})[0].live.empty());
}

TEST_F(PointsWeek, HoursStayWhenPointsAreSpent) {
  ASSERT_EQ(Hours({}).size(), 1U);
  EXPECT_EQ(ToText(Hours({})[0]),
            "p-1 h-1 service mending: 3 services, 350 minutes, hh counted 270 granted 4");
  EXPECT_EQ(ToText(Hours(Window("2026-03-04", "2026-03-05"))[0]),
            "p-1 h-1 service mending: 1 services, 50 minutes, hh counted 50 granted 1");
  EXPECT_TRUE(Hours(Window("", "2026-03-02")).empty());
}

TEST_F(PointsWeek, HoursThatNeverWereAreTakenBack) {
  Tell({"2026-03-09 p-sup approval.given of=14.0 action=reverse verdict=approved",
        "2026-03-09 p-acct entry.reversed of=14.0 reason=mistake approval=#0 refs=[14.1]"});
  EXPECT_EQ(ToText(Hours({})[0]),
            "p-1 h-1 service mending: 2 services, 300 minutes, hh counted 220 granted 3");
  // An attestation alone: its service waits again, and another hand attests it for less.
  Tell({"2026-03-10 p-sup approval.given of=15.1 action=reverse verdict=approved",
        "2026-03-10 p-acct entry.reversed of=15.1 reason=mistake approval=#0"});
  EXPECT_EQ(ToText(Hours({})[0]),
            "p-1 h-1 service mending: 1 services, 100 minutes, hh counted 100 granted 1");
  Tell({"2026-03-11 p-sup service.attested service=15.0 step=worker minutes=60"});
  EXPECT_EQ(ToText(Hours({})[0]),
            "p-1 h-1 service mending: 2 services, 160 minutes, hh counted 160 granted 2");
}

}  // namespace
}  // namespace suanpan::replay::test
