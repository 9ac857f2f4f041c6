#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "suanpan/report/display_width.h"
#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

TEST(RenderText, AlignsByDisplayWidth) {
  Document document;
  document.head = {{"book", std::string{"zz"}}, {"date", {}}, {"entries", std::uint64_t{1234}}};
  document.columns = {{"item", "item 品名"}, {"amount_fen", "amount"}, {"by", "by"}};
  document.rows = {{std::string{"bread"}, Fen{123'456}, std::string{"v-1"}},
                   {std::string{"鲜花绿植 🎈"}, Fen{-5}, std::string{"职中"}},
                   {std::string{"cafe\xcc\x81"}, Fen{0}, std::string{"x"}}};
  document.totals = {{std::string{"total"}, Fen{123'451}, {}}};
  EXPECT_EQ(RenderText(document),
            "book: zz\n"
            "entries: 1,234\n"
            "\n"
            "item 品名      amount  by\n"
            "-----------  --------  ----\n"
            "bread        1,234.56  v-1\n"
            "鲜花绿植 🎈     -0.05  职中\n"
            "cafe\xcc\x81             0.00  x\n"
            "-----------  --------  ----\n"
            "total        1,234.51\n");
}

TEST(RenderText, GivesEveryAmountOfACellALine) {
  Document document;
  document.columns = {{"fund", "fund"}, {"income_fen", "income"}, {"closing_fen", "closing"}};
  document.rows = {
      {std::string{"f-1"}, AmountMap{{"vendor_share", Fen{150}}, {"government", Fen{50'000}}},
       Fen{50'150}},
      {std::string{"f-2"}, AmountMap{}, Fen{0}}};
  EXPECT_EQ(RenderText(document),
            "fund  income             closing\n"
            "----  -----------------  -------\n"
            "f-1   government 500.00   501.50\n"
            "      vendor_share 1.50\n"
            "f-2                         0.00\n");
}

TEST(RenderText, GivesWideValuesALineOfTheirOwnBelowTheirRow) {
  Document document;
  document.columns = {{"book", "book"},
                      {.name = "expected", .title = "expected", .below = true},
                      {"n", "n"},
                      {.name = "actual", .title = "actual", .below = true}};
  const std::string wide(200, '0');
  document.rows = {{std::string{"zz"}, {}, std::uint64_t{1}, {}},
                   {std::string{"花"}, wide, std::uint64_t{22}, "key 花 of\n" + wide},
                   {std::string{"zz"}, std::string{}, std::uint64_t{3}, std::string{"more"}}};
  EXPECT_EQ(RenderText(document),
            "book   n\n"
            "----  --\n"
            "zz     1\n"
            "花    22\n"
            "    expected: " +
                wide + "\n" + "    actual: key 花 of\\x0a" + wide + "\n" +
                "zz     3\n"
                "    actual: more\n");
}

TEST(RenderText, SaysThatThereIsNoRow) {
  Document document;
  document.columns = {{"a", "a"}};
  EXPECT_EQ(RenderText(document), "nothing to show\n");
  document.empty_text = "no fund";
  document.head = {{"book", std::string{"zz"}}};
  EXPECT_EQ(RenderText(document), "book: zz\n\nno fund\n");
}

TEST(RenderText, LetsNothingHostileReachTheTerminal) {
  const std::string hostile =
      "\x1b]0;owned\x07\x1b[2J\r\n\xc2\x9b"
      "1m\xe2\x80\xae\xff";
  Document document;
  document.head = {{"book", hostile}};
  document.columns = {{"name", "name"}, {"n", "n"}, {"parts", "parts"}};
  document.rows = {{hostile, std::uint64_t{1}, AmountMap{{hostile, Fen{1}}}},
                   {std::string{"plain"}, std::uint64_t{2}, AmountMap{{"a", Fen{2}}}}};
  const std::string text = RenderText(document);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    EXPECT_TRUE(c == '\n' || (byte >= 0x20 && byte < 0x7f)) << static_cast<int>(byte);
  }
  std::istringstream lines{text};
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  ASSERT_EQ(all.size(), 6U) << "no line break of the name's";
  EXPECT_EQ(all[4].find("  1  "), all[5].find("  2  ")) << "aligned all the same\n" << text;
}

TEST(RenderText, HoldsTheExtremesOf64Bits) {
  Document document;
  document.columns = {{"a", "a"}};
  document.rows = {{Fen{std::numeric_limits<std::int64_t>::min()}}, {Fen{1}}};
  EXPECT_EQ(RenderText(document),
            "                         a\n"
            "--------------------------\n"
            "-92,233,720,368,547,758.08\n"
            "                      0.01\n");
}

TEST(Render, KnowsItsFormatsByName) {
  EXPECT_EQ(ParseFormat("text"), Format::kText);
  EXPECT_EQ(ParseFormat("json"), Format::kJson);
  EXPECT_EQ(ParseFormat("csv"), Format::kCsv);
  EXPECT_FALSE(ParseFormat("html"));
  EXPECT_FALSE(ParseFormat(""));
  Document document;
  document.columns = {{"a", "A"}};
  EXPECT_EQ(Render(document, Format::kText), RenderText(document));
  EXPECT_EQ(Render(document, Format::kJson), RenderJson(document));
  EXPECT_EQ(Render(document, Format::kCsv), RenderCsv(document));
}

}  // namespace
}  // namespace suanpan::report
