#include <gtest/gtest.h>

#include <limits>

#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

std::string CellOf(const Cell& cell) {
  Document document;
  document.columns = {{"c", "C"}};
  document.rows = {{cell}};
  const std::string csv = RenderCsv(document);
  EXPECT_TRUE(csv.starts_with("c\n") && csv.ends_with("\n")) << csv;
  return csv.substr(2, csv.size() - 3);
}

TEST(RenderCsv, HasAHeaderOfPermanentNamesAndARowALine) {
  Document document;
  document.head = {{"book", std::string{"zz"}}};
  document.columns = {{"name", "Name"}, {"amount_fen", "Amount"}, {"n", "N"}};
  document.rows = {{std::string{"面包"}, Fen{-250}, std::uint64_t{1'000}}, {std::string{}, {}, {}}};
  document.totals = {{std::string{"total"}, Fen{-250}, {}}};
  EXPECT_EQ(RenderCsv(document), "name,amount_fen,n,book\n面包,-250,1000,zz\n,,,zz\n")
      << "a total among the rows would be added by whoever sums them";
}

TEST(RenderCsv, OfAnEmptyTableHasTheHeader) {
  Document document;
  document.columns = {{"a", ""}, {"b", ""}};
  document.empty_text = "no row";
  EXPECT_EQ(RenderCsv(document), "a,b\n");
}

TEST(RenderCsv, QuotesSeparatorsAndQuotes) {
  EXPECT_EQ(CellOf(std::string{"a,b"}), "\"a,b\"");
  EXPECT_EQ(CellOf(std::string{"say \"hi\""}), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(CellOf(std::string{"\""}), "\"\"\"\"");
  EXPECT_EQ(CellOf(std::string{"a;b 'c'"}), "a;b 'c'");
  EXPECT_EQ(CellOf(AmountMap{{"a", Fen{1}}, {"b", Fen{-2}}}), "a=1;b=-2");
  EXPECT_EQ(CellOf(AmountMap{}), "");
}

TEST(RenderCsv, KeepsARecordOnOneLineAndControlCharactersOut) {
  EXPECT_EQ(CellOf(std::string{"a\r\nb\tc"}), "a\\x0d\\x0ab\\x09c");
  EXPECT_EQ(CellOf(std::string{"\x1b[31m,\xe2\x80\xae"}), "\"\\x1b[31m,\\u202e\"");
}

TEST(RenderCsv, DefusesTextsThatASpreadsheetWouldCalculate) {
  EXPECT_EQ(CellOf(std::string{"=HYPERLINK(1)"}), "'=HYPERLINK(1)");
  EXPECT_EQ(CellOf(std::string{"+1"}), "'+1");
  EXPECT_EQ(CellOf(std::string{"-1"}), "'-1");
  EXPECT_EQ(CellOf(std::string{"@SUM(A1,A2)"}), "\"'@SUM(A1,A2)\"");
  EXPECT_EQ(CellOf(AmountMap{{"=x", Fen{1}}}), "'=x=1");
  EXPECT_EQ(CellOf(Fen{-1}), "-1") << "an amount is a number";
  EXPECT_EQ(CellOf(std::string{"v-1=2"}), "v-1=2");
}

TEST(RenderCsv, IsExactAtTheExtremesOf64Bits) {
  EXPECT_EQ(CellOf(Fen{std::numeric_limits<std::int64_t>::min()}), "-9223372036854775808");
  EXPECT_EQ(CellOf(Fen{std::numeric_limits<std::int64_t>::max()}), "9223372036854775807");
  EXPECT_EQ(CellOf(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

}  // namespace
}  // namespace suanpan::report
