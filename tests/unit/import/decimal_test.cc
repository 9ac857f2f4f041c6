#include "suanpan/import/decimal.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace suanpan::import {
namespace {

std::string Minor(std::string_view text, int minor_units, Rounding rounding) {
  const std::optional<Decimal> value = ParseDecimal(text, {});
  if (!value) return "no number";
  const MinorAmount amount = ToMinor(*value, minor_units, rounding);
  if (amount.error == MinorError::kInexact) return "inexact";
  if (amount.error == MinorError::kOverflow) return "overflow";
  return std::to_string(amount.value);
}

TEST(Decimal, RoundsEachCaseAsItsRuleSays) {
  struct Case {
    std::string_view text;
    std::string_view half_away, half_even, floor, truncate;
  };
  const Case cases[] = {
      {"2.554", "255", "255", "255", "255"},     {"-2.554", "-255", "-255", "-256", "-255"},
      {"2.555", "256", "256", "255", "255"},     {"-2.555", "-256", "-256", "-256", "-255"},
      {"2.545", "255", "254", "254", "254"},     {"-2.545", "-255", "-254", "-255", "-254"},
      {"2.5450001", "255", "255", "254", "254"}, {"0.005", "1", "0", "0", "0"},
      {"-0.005", "-1", "0", "-1", "0"},          {"-0.0051", "-1", "-1", "-1", "0"},
      {"-0.004", "0", "0", "-1", "0"},           {"0.999", "100", "100", "99", "99"},
      {"7", "700", "700", "700", "700"},         {"-7.10", "-710", "-710", "-710", "-710"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Minor(c.text, 2, Rounding::kHalfAway), c.half_away) << c.text;
    EXPECT_EQ(Minor(c.text, 2, Rounding::kHalfEven), c.half_even) << c.text;
    EXPECT_EQ(Minor(c.text, 2, Rounding::kFloor), c.floor) << c.text;
    EXPECT_EQ(Minor(c.text, 2, Rounding::kTruncate), c.truncate) << c.text;
  }
}

TEST(Decimal, ExactRefusesWhatWouldNeedRoundingAndNothingElse) {
  EXPECT_EQ(Minor("2.55", 2, Rounding::kExact), "255");
  EXPECT_EQ(Minor("2.5500", 2, Rounding::kExact), "255");
  EXPECT_EQ(Minor("17850.0", 0, Rounding::kExact), "17850");
  EXPECT_EQ(Minor("2.551", 2, Rounding::kExact), "inexact");
}

TEST(Decimal, HoldsAllOfInt64AndRefusesOneMore) {
  EXPECT_EQ(Minor("92233720368547758.07", 2, Rounding::kExact), "9223372036854775807");
  EXPECT_EQ(Minor("-92233720368547758.08", 2, Rounding::kExact), "-9223372036854775808");
  EXPECT_EQ(Minor("92233720368547758.08", 2, Rounding::kExact), "overflow");
  EXPECT_EQ(Minor("-92233720368547758.09", 2, Rounding::kExact), "overflow");
  EXPECT_EQ(Minor("9223372036854775807.4", 0, Rounding::kHalfAway), "9223372036854775807");
  EXPECT_EQ(Minor("9223372036854775807.5", 0, Rounding::kHalfAway), "overflow");
  EXPECT_EQ(Minor("170141183460469231731687303715884105727", 9, Rounding::kExact), "overflow");
}

TEST(Decimal, RefusesWhatIsNotAPlainNumber) {
  for (const std::string_view text :
       {"", "-", "+", ".", ".5", "5.", "1e3", "0x10", "1 000", " 1", "1 ", "--1", "1.2.3", "NaN",
        "1,5", "\xef\xbc\x91", "170141183460469231731687303715884105728"}) {
    EXPECT_FALSE(ParseDecimal(text, {}).has_value()) << '[' << text << ']';
  }
  EXPECT_FALSE(ParseDecimal("0." + std::string(37, '0'), {}).has_value());
  EXPECT_TRUE(ParseDecimal("0." + std::string(36, '0'), {}).has_value());
}

TEST(Decimal, ReadsOtherMarksOnlyWhereTheyMakeSense) {
  constexpr NumberStyle kGerman{.decimal = ',', .group = '.'};
  const std::optional<Decimal> value = ParseDecimal("-1.234.567,89", kGerman);
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(ToMinor(*value, 2, Rounding::kExact).value, -123456789);
  for (const std::string_view text : {"1.23,4", "1.2345,6", "1,234.567", ".123", "1..234"}) {
    EXPECT_FALSE(ParseDecimal(text, kGerman).has_value()) << text;
  }
}

TEST(Decimal, MultipliesExactlyOrNotAtAll) {
  const std::optional<Decimal> product =
      Multiply({.mantissa = 255, .scale = 2}, {.mantissa = -6, .scale = 0});
  ASSERT_TRUE(product.has_value());
  EXPECT_EQ(ToMinor(*product, 2, Rounding::kExact).value, -1530);
  constexpr Wide kLarge = Wide{1} << 64U;
  EXPECT_TRUE(Multiply({.mantissa = kLarge / 4, .scale = 0}, {.mantissa = kLarge, .scale = 0}));
  EXPECT_FALSE(Multiply({.mantissa = kLarge, .scale = 0}, {.mantissa = kLarge, .scale = 0}));
  EXPECT_FALSE(Multiply({.mantissa = 1, .scale = 20}, {.mantissa = 1, .scale = 17}));
}

}  // namespace
}  // namespace suanpan::import
