#pragma once

#include <cstdlib>

namespace suanpan::test {

/// Whether a test leaves out none of the places it could try, as it does in the slow suite.
[[nodiscard]] inline bool Everywhere() { return std::getenv("SUANPAN_EVERY_BYTE") != nullptr; }

}  // namespace suanpan::test
