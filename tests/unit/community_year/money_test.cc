// Dues, receipts and spending, counted again from the commands alone.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "read_back.h"
#include "suanpan/base/units.h"

namespace suanpan::community_year {
namespace {

const ReadBack& Year() {
  static const ReadBack kYear = [] {
    YearOptions options;
    options.sales_per_vendor_day = 5;
    options.seed = 11;
    return Read(options);
  }();
  return kYear;
}

std::size_t MonthOfText(const std::string& date) {
  return date < "2026" ? std::stoul(date.substr(5, 2)) - 1 : 12;
}

std::int64_t PricedBase(const nlohmann::json& lines) {
  std::int64_t base = 0;
  for (const auto& line : lines) {
    if (!line.contains("cost_fen")) continue;
    base += line.at("amount_fen").get<std::int64_t>() - line.at("cost_fen").get<std::int64_t>();
  }
  return base;
}

// The rule of the catalogue for a profit agreement by line, settled by month: what is still owed.
struct Ledger {
  bool carries_loss = true;
  std::array<std::int64_t, 13> base{};
  std::int64_t billed = 0;
  std::int64_t owed = 0;

  void Settle(std::size_t month) {
    Wide sum = 0;
    for (std::size_t m = 0; m <= month; ++m) sum += base[m];
    std::int64_t due = static_cast<std::int64_t>(FloorMulDiv(1, sum, 10)) - billed;
    if (carries_loss) due = std::max<std::int64_t>(0, due);
    billed += due;
    owed += due;
  }
};

std::int64_t CostBase(const Fact& cost, const ReadBack& year, std::size_t& month) {
  const std::int64_t amount = cost.number("amount_fen");
  if (!cost.json.contains("sale")) return -amount;
  const Fact* sale = year.Find(cost, cost.text("sale"));
  month = MonthOfText(sale->text("occurred_at"));
  const auto& line = sale->json.at("lines").at(cost.json.at("sale_line").get<std::size_t>());
  return (line.contains("cost_fen") ? 0 : line.at("amount_fen").get<std::int64_t>()) - amount;
}

std::int64_t RefundBase(const Fact& refund, const ReadBack& year) {
  const auto& row = refund.json.at("lines").at(0);
  const Fact* sale = year.Find(refund, refund.text("sale"));
  const auto& line = sale->json.at("lines").at(row.at("sale_line").get<std::size_t>());
  const std::int64_t cost = line.value("cost_fen", std::int64_t{0}) *
                            row.at("quantity").get<std::int64_t>() /
                            line.at("quantity").get<std::int64_t>();
  return row.value("cost_fen", cost) - row.at("amount_fen").get<std::int64_t>();
}

// All profit agreements by line that settle by month.
struct Ledgers {
  std::map<std::string, Ledger> by_agreement;
  std::map<std::string, std::string> agreement_of;
  std::size_t receipts = 0, exact = 0, loss_months = 0, waived = 0;

  void Sign(const Fact& fact) {
    agreement_of[fact.text("party")] = fact.text("agreement");
    if (fact.json.value("cost_method", "") != "per_line" || fact.text("settlement") != "month") {
      return;
    }
    by_agreement[fact.text("agreement")].carries_loss = fact.text("loss_policy") == "carry_loss";
  }

  void ApplyBase(Ledger& ledger, const Fact& fact, std::size_t month) {
    const std::string kind = fact.kind();
    std::int64_t change = 0;
    if (kind == "sale.recorded") change = PricedBase(fact.json.at("lines"));
    if (kind == "refund.recorded") change = RefundBase(fact, Year());
    if (kind == "cost.recorded") change = CostBase(fact, Year(), month);
    ledger.base[month] += change;
  }

  void ApplyMoney(Ledger& ledger, const Fact& fact, std::size_t month) {
    const std::string kind = fact.kind();
    if (kind == "settlement.closed") {
      ledger.Settle(month - 1);
      if (ledger.base[month - 1] < 0) ++loss_months;
    } else if (kind == "funds.received") {
      ++receipts;
      if (ledger.owed == fact.number("amount_fen")) ++exact;
      ledger.owed -= fact.number("amount_fen");
    } else if (kind == "due.waived") {
      ++waived;
      EXPECT_LE(fact.number("amount_fen"), ledger.owed);
      ledger.owed -= fact.number("amount_fen");
    }
  }

  void Apply(const Fact& fact) {
    if (fact.kind() == "agreement.signed") return Sign(fact);
    std::string agreement = fact.json.value("agreement", "");
    if (fact.json.contains("vendor")) agreement = agreement_of.at(fact.text("vendor"));
    const auto found = by_agreement.find(agreement);
    if (found == by_agreement.end()) return;
    const std::size_t month = MonthOfText(fact.text("occurred_at"));
    ApplyBase(found->second, fact, month);
    ApplyMoney(found->second, fact, month);
  }
};

TEST(Money, MostBillsArePaidToTheFenAndOnlyWhatIsBilledIsWaived) {
  Ledgers ledgers;
  for (const Fact& fact : Year().facts) ledgers.Apply(fact);
  EXPECT_EQ(ledgers.by_agreement.size(), 6U);
  EXPECT_GT(ledgers.receipts, 50U);
  EXPECT_GT(ledgers.exact * 10, ledgers.receipts * 7);
  EXPECT_LT(ledgers.exact, ledgers.receipts);  // some pay a part, some in advance
  EXPECT_GE(ledgers.loss_months, 3U);
  EXPECT_EQ(ledgers.waived, 1U);
}

TEST(Money, AWaiverHasAnApprovalOfTheAgreementByAnotherPerson) {
  const auto waivers = Year().OfKind("due.waived");
  ASSERT_FALSE(waivers.empty());
  for (const Fact* waiver : waivers) {
    const Fact* approval = Year().Find(*waiver, waiver->text("approval"));
    ASSERT_NE(approval, nullptr);
    EXPECT_EQ(approval->text("action"), "waive");
    EXPECT_EQ(approval->text("subject"), waiver->text("agreement"));
    EXPECT_GE(approval->number("amount_fen"), waiver->number("amount_fen"));
    EXPECT_NE(approval->text("actor"), waiver->text("actor"));
  }
}

TEST(Money, EveryPaymentRepeatsItsRequestAndWasApprovedByAnotherPerson) {
  std::set<const Fact*> approved, paid;
  for (const Fact& fact : Year().facts) {
    if (fact.kind() == "approval.given" && fact.text("action") == "spend") {
      const Fact* request = Year().Find(fact, fact.text("of"));
      ASSERT_TRUE(request != nullptr && request->kind() == "spending.requested");
      EXPECT_NE(request->text("actor"), fact.text("actor"));
      EXPECT_EQ(request->number("amount_fen"), fact.number("amount_fen"));
      approved.insert(request);
    }
    if (fact.kind() != "money.paid") continue;
    const Fact* request = Year().Find(fact, fact.text("request"));
    ASSERT_TRUE(request != nullptr && approved.contains(request));
    EXPECT_TRUE(paid.insert(request).second);
    for (const char* field : {"use", "fund", "payee", "purpose"}) {
      EXPECT_EQ(request->text(field), fact.text(field));
    }
    EXPECT_EQ(request->json.value("pot", ""), fact.json.value("pot", ""));
    EXPECT_EQ(request->number("amount_fen"), fact.number("amount_fen"));
  }
  EXPECT_GT(paid.size(), 40U);
  EXPECT_EQ(paid.size(), Year().OfKind("spending.requested").size());
}

TEST(Money, NoPotPaysMoreThanItReceivedAndEveryPurposeIsAllowed) {
  const Fact* fund = Year().OfKind("fund.opened").at(0);
  const std::string default_pot = fund->text("default_pot");
  const auto& purposes = fund->json.at("restriction").at("purposes");
  std::map<std::string, std::int64_t> pots;
  for (const Fact& fact : Year().facts) {
    if (fact.kind() == "funds.received") {
      const bool from_stall = fact.json.contains("agreement");
      const std::string pot = from_stall ? "restricted/vendor_share" : fact.text("pot");
      EXPECT_EQ(fact.text("pot"), pot);
      pots[fact.text("pot")] += fact.number("amount_fen");
    }
    if (fact.kind() == "advance.settled") {
      const Fact* paid = Year().Find(fact, fact.text("advance"));
      pots[paid->text("pot")] += fact.number("returned_fen");
    }
    if (fact.kind() != "money.paid") continue;
    EXPECT_NE(std::find(purposes.begin(), purposes.end(), fact.text("purpose")), purposes.end());
    const std::string pot = fact.json.value("pot", default_pot);
    pots[pot] -= fact.number("amount_fen");
    EXPECT_GE(pots[pot], 0);
  }
  EXPECT_EQ(pots.size(), 3U);  // the default one, the stalls' and what is given for errands
}

TEST(Money, EveryAdvanceIsSettledWithEvidenceByWhomItWasGivenTo) {
  std::set<const Fact*> settled;
  for (const Fact* fact : Year().OfKind("advance.settled")) {
    const Fact* paid = Year().Find(*fact, fact->text("advance"));
    ASSERT_TRUE(paid != nullptr && paid->kind() == "money.paid");
    EXPECT_EQ(paid->text("use"), "advance");
    EXPECT_EQ(paid->text("payee"), fact->text("actor"));
    EXPECT_EQ(paid->number("amount_fen"), fact->number("spent_fen") + fact->number("returned_fen"));
    EXPECT_EQ(fact->json.at("evidence").size(), 1U);
    const Fact* request = Year().Find(*paid, paid->text("request"));
    EXPECT_EQ(Year().Find(*request, request->text("basis"))->kind(), "order.placed");
    EXPECT_TRUE(settled.insert(paid).second);
  }
  std::size_t advances = 0;
  for (const Fact* paid : Year().OfKind("money.paid"))
    advances += paid->text("use") == "advance" ? 1U : 0U;
  EXPECT_EQ(settled.size(), advances);
  EXPECT_GT(advances, 30U);
}

TEST(Money, BankReferencesAreUnique) {
  std::set<std::string> references;
  for (const Fact& fact : Year().facts) {
    if (!fact.json.contains("bank_ref")) continue;
    EXPECT_TRUE(references.insert(fact.text("bank_ref")).second);
  }
  EXPECT_GT(references.size(), 100U);
}

}  // namespace
}  // namespace suanpan::community_year
