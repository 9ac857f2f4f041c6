#pragma once

// JSON written straight into a buffer: half a million rows do not build documents first.

#include <cstdint>
#include <string>
#include <string_view>

namespace suanpan::import {

/// Appends `text` as a JSON string with its quotes. The text is valid UTF-8 (IsUtf8).
void AppendJsonString(std::string& out, std::string_view text);

void AppendJsonInteger(std::string& out, std::int64_t value);

/// Well-formed UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, up to U+10FFFF.
[[nodiscard]] bool IsUtf8(std::string_view text);

/// A value of a foreign file for an error message: quoted, short, printable.
[[nodiscard]] std::string Shown(std::string_view value);

}  // namespace suanpan::import
