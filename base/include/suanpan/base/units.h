#pragma once

// Amounts: checked 64-bit integers that never mix. Money is in fen (1/100 yuan). There is no
// floating point and no rounding here; the one division of the ledger is FloorMulDiv.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace suanpan {

/// Wide integer for sums and products of amounts. N * B with N <= 10^6 and any int64 B fits by far.
__extension__ using Wide = __int128;

[[nodiscard]] constexpr std::optional<std::int64_t> NarrowWide(Wide value) {
  if (value < std::numeric_limits<std::int64_t>::min() ||
      value > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

/// An amount of one unit. No implicit conversion; addition only through the checked functions
/// below.
template <class Unit>
class Amount {
 public:
  constexpr Amount() = default;
  constexpr explicit Amount(std::int64_t value) : value_(value) {}

  [[nodiscard]] constexpr std::int64_t value() const { return value_; }
  [[nodiscard]] constexpr Wide wide() const { return value_; }
  friend constexpr auto operator<=>(Amount, Amount) = default;

 private:
  std::int64_t value_ = 0;
};

using Fen = Amount<struct FenUnit>;
using Points = Amount<struct PointsUnit>;
using Minutes = Amount<struct MinutesUnit>;
/// Pieces, places, kilograms, metres: whatever a row counts.
using Quantity = Amount<struct QuantityUnit>;

/// a + b, or nothing where int64 cannot hold it.
template <class Unit>
[[nodiscard]] constexpr std::optional<Amount<Unit>> CheckedAdd(Amount<Unit> a, Amount<Unit> b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.value(), b.value(), &sum)) return std::nullopt;
  return Amount<Unit>{sum};
}

/// floor(n * value / m), toward minus infinity; m > 0.
[[nodiscard]] constexpr Wide FloorMulDiv(std::int64_t n, Wide value, std::int64_t m) {
  const Wide product = n * value;
  const Wide quotient = product / m;
  return product % m < 0 ? quotient - 1 : quotient;
}

/// floor(value * n / m) of amounts that are not negative, m > 0. Sums of 63 bits each: the product
/// fits.
[[nodiscard]] constexpr Wide FloorMulDivWide(Wide value, Wide n, Wide m) { return value * n / m; }

}  // namespace suanpan
