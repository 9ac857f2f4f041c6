// Texts, keys and numbers as JSON, against another library's reader.

#include "suanpan/schema/json_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace suanpan::schema {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  JsonText json{out};
  json.String(text);
  return out;
}

/// Pieces that are carried as they are, escaped, of several bytes, and seen by nobody.
rc::Gen<std::string> AnyText() {
  const auto piece =
      rc::gen::oneOf(rc::gen::map(rc::gen::inRange(0, 0x80),
                                  [](int c) { return std::string(1, static_cast<char>(c)); }),
                     rc::gen::element<std::string>("abcdefgh", "0123456789abcdef", "\"", "\\",
                                                   "\x1f", "\x7f", "元", "花园大道社区", "\u200b",
                                                   "\u202e", "😀", std::string(119, 'x')));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& each : pieces) text += each;
                        return text;
                      });
}

RC_GTEST_PROP(JsonText, AnotherReaderReadsTheSameText, ()) {
  const std::string text = *AnyText();
  RC_ASSERT(nlohmann::json::parse(Quoted(text)).get<std::string>() == text);
}

TEST(JsonText, EachLengthAndPlaceOfWhatIsEscaped) {
  for (std::size_t size = 1; size < 300; ++size) {
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
      std::string text(size, 'x');
      text[at] = '"';
      std::string expected(size + 3, 'x');
      expected.front() = expected.back() = '"';
      expected[at + 1] = '\\';
      expected[at + 2] = '"';
      ASSERT_EQ(Quoted(text), expected) << size << " " << at;
    }
  }
}

TEST(JsonText, WhatNobodySeesAndWhatIsNoUtf8IsEscaped) {
  EXPECT_EQ(Quoted(std::string("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(Quoted("\x7f\t"), R"("\u007f\u0009")");
  EXPECT_EQ(Quoted("\u202e"), R"("\u202e")");
  EXPECT_EQ(Quoted("\U000e0001"), R"("\udb40\udc01")");
  EXPECT_EQ(Quoted("a\xff"), R"("a\ufffd")");
  EXPECT_EQ(Quoted("abcdefg\xe5\x85"), R"("abcdefg\ufffd\ufffd")");
}

TEST(JsonText, CommasAndNumbers) {
  std::string out;
  JsonText json{out};
  json.BeginObject();
  json.Key("least");
  json.Amount(std::numeric_limits<std::int64_t>::min());
  json.Key("most");
  json.Number(std::numeric_limits<std::uint64_t>::max());
  json.Key("small");
  json.Number(std::uint8_t{7});
  json.Field(std::string(200, 'k'), "");
  json.Key("list");
  json.BeginArray();
  json.Number(-1);
  json.Bool(true);
  json.BeginObject();
  json.EndObject();
  json.EndArray();
  json.EndObject();
  EXPECT_EQ(out, R"({"least":"-9223372036854775808","most":18446744073709551615,"small":7,")" +
                     std::string(200, 'k') + R"(":"","list":[-1,true,{}]})");
}

}  // namespace
}  // namespace suanpan::schema
