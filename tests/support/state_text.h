#pragma once

// The whole of a BookState as text, one fact a line, in a fixed order: for comparing two states,
// and for a readable difference.

#include <string>

#include "suanpan/rules/book_state.h"

namespace suanpan::testing {

[[nodiscard]] std::string StateText(const rules::BookState& state);

/// The first line in which two texts differ, from both; empty when they are equal.
[[nodiscard]] std::string FirstDifference(const std::string& first, const std::string& second);

}  // namespace suanpan::testing
