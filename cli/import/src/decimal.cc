#include "suanpan/import/decimal.h"

#include <algorithm>

#include "suanpan/base/invariant.h"

namespace suanpan::import {
namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

bool AppendDigit(Wide& mantissa, char digit) {
  return !__builtin_mul_overflow(mantissa, Wide{10}, &mantissa) &&
         !__builtin_add_overflow(mantissa, Wide{digit - '0'}, &mantissa);
}

/// A separator at `at` has exactly three digits behind it, and one before it.
bool GroupsWell(std::string_view text, std::size_t at) {
  const std::string_view after = text.substr(at + 1);
  return at > 0 && IsDigit(text[at - 1]) && after.size() >= 3 &&
         std::all_of(after.begin(), after.begin() + 3, IsDigit) &&
         (after.size() == 3 || !IsDigit(after[3]));
}

std::optional<Wide> PowerOfTen(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) {
    if (__builtin_mul_overflow(power, Wide{10}, &power)) return std::nullopt;
  }
  return power;
}

/// quotient and remainder of a division toward zero, corrected by `rounding`.
Wide Rounded(Wide quotient, Wide remainder, Wide divisor, Rounding rounding) {
  const Wide away = remainder < 0 ? -1 : 1;
  const Wide magnitude = remainder < 0 ? -remainder : remainder;
  const Wide rest = divisor - magnitude;  // comparing with it avoids doubling the magnitude
  switch (rounding) {
    case Rounding::kHalfAway:
      return magnitude >= rest ? quotient + away : quotient;
    case Rounding::kHalfEven:
      return magnitude > rest || (magnitude == rest && quotient % 2 != 0) ? quotient + away
                                                                          : quotient;
    case Rounding::kFloor:
      return remainder < 0 ? quotient - 1 : quotient;
    case Rounding::kTruncate:
    case Rounding::kExact:
      break;
  }
  return quotient;
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text, NumberStyle style) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Decimal value;
  bool in_fraction = false;
  bool any_digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (IsDigit(byte)) {
      if (!AppendDigit(value.mantissa, byte)) return std::nullopt;
      if (in_fraction && ++value.scale > kScaleMax) return std::nullopt;
      any_digit = true;
    } else if (byte == style.decimal && !in_fraction && any_digit) {
      if (i + 1 == text.size()) return std::nullopt;  // "12." is half a number
      in_fraction = true;
    } else if (style.group == '\0' || byte != style.group || in_fraction || !GroupsWell(text, i)) {
      return std::nullopt;
    }
  }
  if (!any_digit) return std::nullopt;
  if (negative) value.mantissa = -value.mantissa;
  return value;
}

std::optional<Decimal> Multiply(Decimal a, Decimal b) {
  Decimal product{.mantissa = 0, .scale = a.scale + b.scale};
  if (product.scale > kScaleMax ||
      __builtin_mul_overflow(a.mantissa, b.mantissa, &product.mantissa)) {
    return std::nullopt;
  }
  return product;
}

MinorAmount ToMinor(Decimal value, int minor_units, Rounding rounding) {
  SUANPAN_INVARIANT(minor_units >= 0 && minor_units <= kMinorUnitsMax && value.scale >= 0 &&
                    value.scale <= kScaleMax);
  constexpr MinorAmount kTooLarge{.value = 0, .error = MinorError::kOverflow};
  const int shift = minor_units - value.scale;
  Wide result = value.mantissa;
  if (shift >= 0) {
    const std::optional<Wide> factor = PowerOfTen(shift);
    if (!factor || __builtin_mul_overflow(result, *factor, &result)) return kTooLarge;
  } else {
    const std::optional<Wide> divisor = PowerOfTen(-shift);
    SUANPAN_INVARIANT(divisor.has_value(), "10^36 fits in 128 bits");
    const Wide remainder = result % *divisor;
    if (remainder != 0 && rounding == Rounding::kExact) {
      return {.value = 0, .error = MinorError::kInexact};
    }
    result /= *divisor;
    if (remainder != 0) result = Rounded(result, remainder, *divisor, rounding);
  }
  const std::optional<std::int64_t> narrow = NarrowWide(result);
  return narrow ? MinorAmount{.value = *narrow, .error = MinorError::kNone} : kTooLarge;
}

}  // namespace suanpan::import
