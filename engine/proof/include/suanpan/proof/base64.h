#pragma once

// Base64 of RFC 4648 section 4, canonical: one text per byte string, so that a signed file cannot
// be respelled. No white space, padding required, unused bits zero.

#include <optional>
#include <string>
#include <string_view>

#include "suanpan/base/bytes.h"

namespace suanpan::proof {

[[nodiscard]] std::string EncodeBase64(ByteSpan bytes);

/// The bytes, or nothing where EncodeBase64 of them would not give `text` again.
[[nodiscard]] std::optional<std::string> DecodeBase64(std::string_view text);

/// Exactly 32 bytes in canonical base64 (44 characters), or nothing.
[[nodiscard]] std::optional<Hash32> DecodeBase64Hash(std::string_view text);

}  // namespace suanpan::proof
