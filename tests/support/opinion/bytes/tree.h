#pragma once

// The tree of RFC 6962 (docs/format.md, section 7), by plain recursion over all leaves.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace suanpan::opinion::bytes {

using Hash = std::array<std::uint8_t, 32>;

/// SHA-256(0x00 | entry).
[[nodiscard]] Hash LeafHash(std::string_view entry);
/// Of a tree with these leaves; SHA-256("") of one without any.
[[nodiscard]] Hash RootOf(const std::vector<Hash>& leaves);

}  // namespace suanpan::opinion::bytes
