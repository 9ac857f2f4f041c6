#pragma once

// Sums and products of amounts in 128 bits, and the one way back to 64.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "support/opinion/refusal.h"

namespace suanpan::opinion {

__extension__ typedef __int128 Wide;

[[nodiscard]] inline Wide FloorOf(Wide a, Wide b) {
  const Wide quotient = a / b;
  return quotient * b > a ? quotient - 1 : quotient;
}

[[nodiscard]] inline bool Fits(Wide value) {
  return value >= std::numeric_limits<std::int64_t>::min() &&
         value <= std::numeric_limits<std::int64_t>::max();
}

/// The amount in 64 bits; refused with amount_overflow where it leaves them.
[[nodiscard]] inline std::int64_t Checked(Wide value,
                                          const std::optional<std::string>& field = {}) {
  if (!Fits(value)) Refuse("amount_overflow", field);
  return static_cast<std::int64_t>(value);
}

}  // namespace suanpan::opinion
