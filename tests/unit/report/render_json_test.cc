#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

TEST(RenderJson, WritesAmountsAsStringsAndCountsAsNumbers) {
  Document document;
  document.name = "sums";
  document.head = {{"book", std::string{"zz"}}, {"date", {}}};
  document.columns = {{"name", "Name"}, {"amount_fen", "Amount"}, {"n", "N"}, {"parts", "Parts"}};
  document.rows = {
      {std::string{"面包"}, Fen{-250}, std::uint64_t{3}, AmountMap{{"b", Fen{2}}, {"a", Fen{1}}}}};
  document.totals = {{std::string{"total"}, Fen{-250}, {}, {}}};
  EXPECT_EQ(RenderJson(document),
            R"({"report":"sums","book":"zz","date":null,)"
            R"("rows":[{"name":"面包","amount_fen":"-250","n":3,"parts":{"a":"1","b":"2"}}],)"
            R"("totals":[{"name":"total","amount_fen":"-250","n":null,"parts":null}]})"
            "\n");
}

TEST(RenderJson, IsExactAtTheExtremesOf64Bits) {
  Document document;
  document.columns = {{"max", ""}, {"min", ""}};
  document.rows = {{Fen{std::numeric_limits<std::int64_t>::max()},
                    Fen{std::numeric_limits<std::int64_t>::min()}}};
  EXPECT_EQ(RenderJson(document),
            R"({"report":"","rows":[{"max":"9223372036854775807","min":"-9223372036854775808"}]})"
            "\n");
}

TEST(RenderJson, OfAnEmptyTableHasAnEmptyList) {
  Document document;
  document.name = "nothing";
  document.empty_text = "no row";
  EXPECT_EQ(RenderJson(document), R"({"report":"nothing","rows":[]})"
                                  "\n");
}

TEST(RenderJson, KeepsHostileTextExactlyAndOffTheTerminal) {
  const std::string hostile =
      "\x1b[2J\x7f\xc2\x9b"
      "31m\xe2\x80\xae"
      "gpj\xf3\xa0\x81\x81\"\\\n职\xe2\x80\xa8";
  Document document;
  document.columns = {{"name", ""}};
  document.rows = {{hostile}};
  const std::string json = RenderJson(document);
  EXPECT_EQ(json, R"({"report":"","rows":[{"name":"\u001b[2J\u007f\u009b31m\u202egpj)"
                  R"(\udb40\udc41\"\\\u000a职\u2028"}]})"
                  "\n");
  EXPECT_EQ(nlohmann::json::parse(json)["rows"][0]["name"], hostile);
}

TEST(RenderJson, StaysJsonWhereBytesAreNoText) {
  Document document;
  document.columns = {{"name", ""}};
  document.rows = {{std::string{"a\xff\xe8\x81"}}};
  EXPECT_EQ(nlohmann::json::parse(RenderJson(document))["rows"][0]["name"],
            "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

}  // namespace
}  // namespace suanpan::report
