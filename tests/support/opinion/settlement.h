#pragma once

// Until when an agreement may be settled.

#include <optional>
#include <string>

#include "support/opinion/state.h"

namespace suanpan::opinion {

/// The last day settled, or none.
[[nodiscard]] std::string SettledThrough(const State& state, const std::string& agreement);
/// The day that the next settlement must run through; none where there is none, or where any later
/// month's end will do.
[[nodiscard]] std::optional<std::string> NextBoundary(const State& state,
                                                      const std::string& agreement);

}  // namespace suanpan::opinion
