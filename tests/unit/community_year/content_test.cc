// What the commands say must be possible: the engine is to accept every one of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>

#include "read_back.h"
#include "suanpan/base/date.h"
#include "suanpan/base/uuid.h"

namespace suanpan::community_year {
namespace {

const ReadBack& Year() { return YearOf(4); }

std::int64_t SumFen(const nlohmann::json& rows) {
  std::int64_t sum = 0;
  for (const auto& row : rows) sum += row.at("amount_fen").get<std::int64_t>();
  return sum;
}

TEST(Content, EveryKindAndEveryTermOfAnAgreementOccurs) {
  std::set<std::string> kinds, terms;
  for (const Fact& fact : Year().facts) kinds.insert(fact.kind());
  EXPECT_EQ(kinds,
            (std::set<std::string>{
                "book.opened",      "party.registered", "fund.opened",        "agreement.signed",
                "sale.recorded",    "refund.recorded",  "cost.recorded",      "settlement.closed",
                "due.waived",       "funds.received",   "approval.given",     "spending.requested",
                "money.paid",       "policy.proposed",  "policy.adopted",     "relation.started",
                "offer.opened",     "goods.received",   "service.recorded",   "service.attested",
                "points.awarded",   "redemption.made",  "place.marked",       "day.closed",
                "place.registered", "code.defined",     "slot.scheduled",     "slot.marked",
                "order.placed",     "order.moved",      "custody.passed",     "assessment.recorded",
                "advance.settled",  "session.held",     "attendance.recorded"}));
  for (const Fact* fact : Year().OfKind("agreement.signed")) {
    for (const char* field : {"basis", "loss_policy", "settlement", "cost_method"}) {
      if (fact->json.contains(field)) terms.insert(fact->text(field));
    }
    EXPECT_LE(fact->text("signed_on"), fact->text("valid_from"));
    EXPECT_LT(fact->text("signed_on"), "2025-01-01");
  }
  EXPECT_EQ(terms, (std::set<std::string>{"profit", "revenue", "carry_loss", "net_all",
                                          "reset_period", "month", "quarter", "year", "end",
                                          "per_line", "standard_margin"}));
}

TEST(Content, TheDefaultsGiveAbout150000SalesAYear) {
  const std::size_t sales = Year().OfKind("sale.recorded").size() * 10;  // 4 instead of 40 a day
  EXPECT_GT(sales, 140'000U);
  EXPECT_LT(sales, 160'000U);
}

TEST(Content, FactsAreInOrderOfTimeAndSalesEndWithTheYear) {
  std::uint32_t last = 0;
  std::string last_text;
  for (const Fact& fact : Year().facts) {
    const std::string text = fact.text("occurred_at");
    const std::optional<StatedTime> time = ParseStatedTime(text);
    ASSERT_TRUE(time.has_value()) << text;
    EXPECT_EQ(time->zone_quarters, 32);
    EXPECT_GE(time->seconds, last) << text << " after " << last_text;
    last = time->seconds;
    last_text = text;
    if (text >= "2026") {
      EXPECT_TRUE(fact.kind() == "settlement.closed" || fact.kind() == "funds.received" ||
                  fact.kind() == "day.closed")
          << text;
    }
  }
  EXPECT_LT(last_text, "2026-02");
  EXPECT_GT(last_text, "2026-01-01");
}

TEST(Content, NobodySellsDuringSpringFestivalAndChildrensDayIsBusy) {
  std::map<std::string, int> by_date;
  for (const Fact* sale : Year().OfKind("sale.recorded")) {
    ++by_date[sale->text("occurred_at").substr(0, 10)];
  }
  EXPECT_EQ(by_date.count("2025-01-29"), 0U);
  EXPECT_GT(by_date["2025-06-01"], 3 * by_date["2025-06-03"] / 2);
}

TEST(Content, KeysAreUniqueInTheirBookAndInOneOfTheTwoForms) {
  std::set<std::string> keys;
  for (const auto& command : Year().commands) {
    const std::string key = command.at("key");
    EXPECT_TRUE(ParseUuid(key).has_value()) << key;
    EXPECT_EQ(key[14], '7');
    EXPECT_TRUE(keys.insert(key).second) << key;
  }
  YearOptions options;
  options.days = 3;
  options.key_form = KeyForm::kStream;
  std::map<std::string, std::uint64_t> counters;
  for (const auto& command : Read(options).commands) {
    const std::string key = command.at("key");
    const std::size_t slash = key.find('/');
    ASSERT_NE(slash, std::string::npos);
    EXPECT_EQ(std::stoul(key.substr(slash + 1)), ++counters[key.substr(0, slash)]);
  }
  EXPECT_EQ(counters.size(), 5U);  // four tills and the office
}

TEST(Content, VouchersOfATillAreNumberedWithoutGaps) {
  std::map<std::string, std::uint64_t> last;
  for (const Fact& fact : Year().facts) {
    if (!fact.json.contains("source_doc")) continue;
    const auto& voucher = fact.json.at("source_doc");
    EXPECT_EQ(std::stoul(voucher.at("number").get<std::string>()),
              ++last[voucher.at("series").get<std::string>()]);
  }
  EXPECT_EQ(last.size(), 4U);
}

TEST(Content, PaymentsOfSalesAndRefundsSumToTheirLines) {
  int split = 0;
  for (const Fact& fact : Year().facts) {
    if (!fact.json.contains("paid")) continue;
    EXPECT_EQ(SumFen(fact.json.at("paid")), SumFen(fact.json.at("lines"))) << fact.json;
    EXPECT_LE(fact.json.at("lines").size(), 5U);
    split += fact.json.at("paid").size() == 2 ? 1 : 0;
    for (const auto& row : fact.json.at("paid")) EXPECT_GT(row.at("amount_fen"), 0);
    for (const auto& row : fact.json.at("lines")) EXPECT_GT(row.at("quantity"), 0);
  }
  EXPECT_GT(split, 0);
}

// Sales with a follow-up have one only, so a refund never meets an unpriced or a corrected line.
void CheckRefundsAndCosts(const ReadBack& read) {
  std::set<const Fact*> followed;
  for (const Fact& fact : read.facts) {
    if (!fact.json.contains("sale")) continue;
    const Fact* sale = read.Find(fact, fact.text("sale"));
    ASSERT_NE(sale, nullptr) << fact.json;
    ASSERT_EQ(sale->kind(), "sale.recorded");
    EXPECT_TRUE(followed.insert(sale).second);
    EXPECT_LT(sale->text("occurred_at"), fact.text("occurred_at"));
    const bool refund = fact.kind() == "refund.recorded";
    const auto& row = refund ? fact.json.at("lines").at(0) : fact.json;
    const auto& line = sale->json.at("lines").at(row.at("sale_line").get<std::size_t>());
    if (!refund) continue;
    EXPECT_EQ(sale->text("vendor"), fact.text("vendor"));
    EXPECT_LE(row.at("quantity"), line.at("quantity"));
    EXPECT_LE(row.at("amount_fen"), line.at("amount_fen"));
  }
  EXPECT_GT(followed.size(), 20U);
}

TEST(Content, RefundsAndLineCostsNameASaleOfTheSameStall) { CheckRefundsAndCosts(Year()); }

TEST(Content, AddressesHoldInCommandsOfManyFacts) {
  for (const std::uint32_t facts : {2U, 7U, 64U}) {
    YearOptions options;
    options.days = 60;
    options.sales_per_vendor_day = 6;
    options.facts_per_command = facts;
    CheckRefundsAndCosts(Read(options));
  }
}

TEST(Content, EveryUnpricedLineGetsItsCostWithinSixWeeks) {
  std::map<std::string, std::string> open;  // address and line -> time of sale
  std::map<std::string, bool> needs_cost;
  std::size_t unpriced = 0, open_max = 0;
  for (const Fact& fact : Year().facts) {
    if (fact.kind() == "agreement.signed") {
      needs_cost[fact.text("party")] = fact.json.value("cost_method", "") == "per_line";
    } else if (fact.kind() == "sale.recorded" && needs_cost.at(fact.text("vendor"))) {
      const auto& lines = fact.json.at("lines");
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].contains("cost_fen")) continue;
        open[fact.address + "/" + std::to_string(i)] = fact.text("occurred_at");
        ++unpriced;
      }
    } else if (fact.kind() == "cost.recorded" && fact.json.contains("sale")) {
      open.erase(fact.text("sale") + "/" + std::to_string(fact.number("sale_line")));
    }
    open_max = std::max(open_max, open.size());
  }
  EXPECT_TRUE(open.empty());
  EXPECT_GT(unpriced, 30U);
  EXPECT_LT(open_max, 200U);
}

TEST(Content, SettlementsCloseEveryPeriodInOrderAfterItsEnd) {
  const std::map<std::string, std::size_t> expected = {
      {"month", 12}, {"quarter", 4}, {"year", 1}, {"end", 1}};
  std::map<std::string, std::string> calendar;
  for (const Fact* fact : Year().OfKind("agreement.signed")) {
    calendar[fact->text("agreement")] = fact->text("settlement");
  }
  std::map<std::string, std::vector<std::string>> through;
  for (const Fact* fact : Year().OfKind("settlement.closed")) {
    const std::optional<Date> date = ParseDate(fact->text("through"));
    ASSERT_TRUE(date.has_value());
    EXPECT_EQ(*date, LastDay(MonthOf(*date)));
    EXPECT_EQ(fact->text("occurred_at").substr(0, 10), ToText(NextDay(*date)));
    const int month = MonthOf(*date).value() % 12 + 1;
    const std::string& settlement = calendar.at(fact->text("agreement"));
    if (settlement == "quarter") {
      EXPECT_EQ(month % 3, 0);
    } else if (settlement != "month") {
      EXPECT_EQ(month, 12);
    }
    through[fact->text("agreement")].push_back(fact->text("through"));
  }
  EXPECT_EQ(through.size(), 12U);
  for (const auto& [agreement, dates] : through) {
    EXPECT_TRUE(std::is_sorted(dates.begin(), dates.end()));
    EXPECT_EQ(dates.size(), expected.at(calendar.at(agreement)));
  }
}

TEST(Content, ThePlacesOfChildrensDayAreAllTakenOnceAndEachIsMarked) {
  std::map<std::string, std::set<std::string>> beneficiaries;
  std::map<std::string, int> held;
  for (const Fact* fact : Year().OfKind("redemption.made")) {
    const auto& line = fact->json.at("lines").at(0);
    if (!line.contains("beneficiary")) continue;
    ++held[line.at("reward")];
    beneficiaries[line.at("reward")].insert(line.at("beneficiary"));
  }
  EXPECT_EQ(held, (std::map<std::string, int>{{"june1", 12}, {"clinic", 8}}));
  EXPECT_EQ(beneficiaries.at("june1").size(), 12U) << "another child each time";
  std::size_t children = 0;
  for (const Fact* fact : Year().OfKind("relation.started"))
    children += fact->text("as") == "child" ? 1U : 0U;
  EXPECT_GT(children, 20U) << "more than there are places";
  EXPECT_EQ(Year().OfKind("place.marked").size(), 20U);
}

TEST(Content, EveryDayIsClosedAndTheLastInPages) {
  std::map<std::string, std::int64_t> pages;
  std::string last;
  for (const Fact* fact : Year().OfKind("day.closed")) {
    const std::string date = fact->text("date");
    EXPECT_GE(date, last);
    EXPECT_EQ(fact->number("page"), pages[date]++);
    last = date;
  }
  EXPECT_EQ(pages.size(), 366U);
  EXPECT_EQ(last, "2026-01-01");
  EXPECT_GT(pages.at(last), 1);
}

}  // namespace
}  // namespace suanpan::community_year
