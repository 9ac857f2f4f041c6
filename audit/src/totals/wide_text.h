#pragma once

// Sums as text. The audit sums in 128 bits, so that no input makes a sum wrap.

#include <fmt/format.h>

#include <string>

#include "suanpan/base/units.h"

namespace suanpan::audit {

/// Decimal digits, whatever the size.
[[nodiscard]] inline std::string WideText(Wide value) { return fmt::format("{}", value); }

}  // namespace suanpan::audit
