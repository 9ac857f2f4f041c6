// Which rows, totals and parameters the reports have.

#include <gtest/gtest.h>

#include <limits>

#include "suanpan/report/statements.h"

namespace suanpan::report {
namespace {

const ReportHead kHead{"zz", Seq{7}, {}, "2026-03-31", "", "5", {}};

replay::VendorStatement Vendor(std::string agreement, std::string vendor, std::string fund,
                               std::int64_t due) {
  replay::VendorStatement line;
  line.agreement = std::move(agreement);
  line.vendor = std::move(vendor);
  line.fund = std::move(fund);
  line.basis = "profit";
  line.rate = {1, 10};
  line.due = Fen{due};
  return line;
}

/// The texts of one column.
std::vector<std::string> Texts(const Document& document, std::string_view column) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < document.columns.size(); ++i) {
    if (document.columns[i].name != column) continue;
    for (const auto& row : document.rows) texts.push_back(std::get<std::string>(row[i]));
  }
  return texts;
}

const Cell& TotalOf(const Document& document, std::string_view column) {
  for (std::size_t i = 0; i < document.columns.size(); ++i) {
    if (document.columns[i].name == column) return document.totals.at(0).at(i);
  }
  throw std::out_of_range(std::string{column});
}

std::int64_t SumOf(const Document& document, std::string_view column) {
  return NarrowWide(std::get<Total>(TotalOf(document, column)).fen).value();
}

TEST(VendorDocument, FiltersByVendorAgreementAndFundAndSumsWhatIsShown) {
  const std::vector<replay::VendorStatement> lines = {Vendor("ag-1", "v-1", "f-1", 10),
                                                      Vendor("ag-2", "v-1", "f-2", -4),
                                                      Vendor("ag-3", "v-2", "f-2", 100)};
  using Names = std::vector<std::string>;
  const auto shown = [&](const ReportFilter& filter) {
    return Texts(VendorDocument(kHead, lines, filter), "agreement");
  };
  EXPECT_EQ(shown({}), (Names{"ag-1", "ag-2", "ag-3"}));
  EXPECT_EQ(shown({.vendor = "v-1"}), (Names{"ag-1", "ag-2"}));
  EXPECT_EQ(shown({.vendor = "v-1", .fund = "f-2"}), (Names{"ag-2"}));
  EXPECT_EQ(shown({.agreement = "ag-3"}), (Names{"ag-3"}));
  EXPECT_EQ(shown({.vendor = "v"}), Names{}) << "a name, not a part of one";
  const Document some = VendorDocument(kHead, lines, {.vendor = "v-1"});
  EXPECT_EQ(SumOf(some, "due_fen"), 6);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(TotalOf(some, "residue")))
      << "residues of different rates do not add up";
  EXPECT_TRUE(VendorDocument(kHead, lines, {.agreement = "ag-3"}).totals.empty());
}

TEST(FundDocument, ShowsTheRollForward) {
  replay::FundStatement fund;
  fund.fund = "f-1";
  fund.opening = Fen{100};
  fund.income = {{"government", Fen{50}}};
  fund.spending = {{"elder_care", Fen{20}}};
  fund.closing = Fen{130};
  Document document = FundDocument(kHead, {fund}, {});
  document.head.clear();
  EXPECT_EQ(RenderCsv(document),
            "fund,opening_fen,income_fen,spending_fen,transfers_fen,closing_fen\n"
            "f-1,100,government=50,elder_care=20,0,130\n");
  EXPECT_TRUE(FundDocument(kHead, {fund}, {.fund = "f-2"}).rows.empty());
}

using Units = rules::AnyUnits;
constexpr auto kFen = rules::UnitOfAccount::kFen;

TEST(TrialBalanceDocument, SumsToZeroInEachUnit) {
  constexpr auto kPoints = rules::UnitOfAccount::kPoints;
  const std::vector<replay::TrialBalanceLine> lines = {
      {"a", kFen, Units{500}, Units{700}, Units{0}, Units{1200}},
      {"b", kFen, Units{-500}, Units{0}, Units{700}, Units{-1200}},
      {"c", kPoints, Units{0}, Units{1234}, Units{0}, Units{1234}},
      {"d", kPoints, Units{0}, Units{0}, Units{1234}, Units{-1234}}};
  const Document document = TrialBalanceDocument(kHead, lines);
  EXPECT_EQ(SumOf(document, "opening"), 0);
  EXPECT_EQ(SumOf(document, "debit"), 700);
  EXPECT_EQ(SumOf(document, "credit"), 700);
  EXPECT_EQ(SumOf(document, "closing"), 0);
  ASSERT_EQ(document.totals.size(), 2U);
  EXPECT_EQ(std::get<Counted>(document.totals[1][3]).units, 1234);
  EXPECT_EQ(std::get<Counted>(document.totals[1][5]).units, 0);
  EXPECT_NE(RenderText(document).find(" 1,234"), std::string::npos) << "points have no cents";
  EXPECT_TRUE(TrialBalanceDocument(kHead, {}).totals.empty());
}

TEST(TrialBalanceDocument, HoldsTotalsBeyond64Bits) {
  const Units most{std::numeric_limits<std::int64_t>::max()};
  const Units least{-most.value()};
  const Document document =
      TrialBalanceDocument(kHead, {{"a", kFen, Units{0}, most, Units{0}, most},
                                   {"b", kFen, Units{0}, most, Units{0}, most},
                                   {"c", kFen, Units{0}, Units{0}, most, least},
                                   {"d", kFen, Units{0}, Units{0}, most, least}});
  const std::string text = RenderText(document);
  EXPECT_NE(text.find("184,467,440,737,095,516.14"), std::string::npos) << text;
  EXPECT_NE(RenderJson(document).find(R"("debit":"18446744073709551614")"), std::string::npos);
}

TEST(ReportDocuments, CarryPositionAndParameters) {
  const std::string json = RenderJson(FundDocument(kHead, {}, {}));
  const std::string zeros(64, '0');
  EXPECT_EQ(json, R"({"report":"fund","book":"zz","head_seq":7,"head_root":")" + zeros +
                      R"(","from":null,"date":"2026-03-31","known_at":5,"state_root":")" + zeros +
                      R"(","rows":[]})"
                      "\n");
}

}  // namespace
}  // namespace suanpan::report
