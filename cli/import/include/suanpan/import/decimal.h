#pragma once

// Exact decimal numbers for amounts in foreign files: a 128-bit integer and a power of ten, no
// floating point. Every operation is exact or says that it cannot be done.

#include <cstdint>
#include <optional>
#include <string_view>

#include "suanpan/base/units.h"

namespace suanpan::import {

/// mantissa / 10^scale.
struct Decimal {
  Wide mantissa = 0;
  int scale = 0;  ///< 0 to kScaleMax
};

inline constexpr int kScaleMax = 36;
inline constexpr int kMinorUnitsMax = 9;

/// How a file writes numbers. `group` separates thousands ('\0' = not used).
struct NumberStyle {
  char decimal = '.';
  char group = '\0';
};

/// How a value between two minor units becomes one of them.
enum class Rounding : std::uint8_t {
  kExact,     ///< not at all: such a value is an error
  kHalfAway,  ///< nearest, halves away from zero: 2.5 -> 3, -2.5 -> -3
  kHalfEven,  ///< nearest, halves to the even neighbour: 2.5 -> 2, -2.5 -> -2
  kFloor,     ///< toward minus infinity: 2.9 -> 2, -2.1 -> -3
  kTruncate,  ///< toward zero: 2.9 -> 2, -2.9 -> -2
};

/// Optional sign, at least one digit, optional fraction; no exponent, no spaces. Group separators
/// are followed by exactly three digits. Nothing when the text is something else or does not fit.
[[nodiscard]] std::optional<Decimal> ParseDecimal(std::string_view text, NumberStyle style);

[[nodiscard]] std::optional<Decimal> Multiply(Decimal a, Decimal b);

enum class MinorError : std::uint8_t { kNone, kInexact, kOverflow };

struct MinorAmount {
  std::int64_t value = 0;
  MinorError error = MinorError::kNone;
};

/// `value` in units of 10^-minor_units (2.55 with 2 is 255); minor_units is 0 to kMinorUnitsMax.
[[nodiscard]] MinorAmount ToMinor(Decimal value, int minor_units, Rounding rounding);

}  // namespace suanpan::import
