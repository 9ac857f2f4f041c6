#pragma once

// UTF-8 as notes need it: strict decoding, nothing else.

#include <cstdint>
#include <optional>
#include <string_view>

namespace suanpan::proof {

/// Takes the first code point off a text that is not empty; nothing where it is not valid UTF-8
/// (overlong, surrogate, above U+10FFFF, truncated).
[[nodiscard]] std::optional<std::uint32_t> TakeCodePoint(std::string_view& text);

/// White_Space of the Unicode character database.
[[nodiscard]] bool IsUnicodeSpace(std::uint32_t code_point);

}  // namespace suanpan::proof
