#pragma once

// Refusals in words, for those who read stderr.

#include <string>
#include <string_view>

#include "suanpan/schema/refusal.h"

namespace suanpan::cli {

/// The page has every code, and a test holds the two to each other.
inline constexpr std::string_view kRefusalsPage = "docs/refusals.md says what to do";

/// "paid_mismatch (401)"
[[nodiscard]] std::string TextOf(schema::RefusalCode code);
/// The code, the field, and what decided.
[[nodiscard]] std::string TextOf(const schema::Refusal& refusal);

}  // namespace suanpan::cli
