#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "suanpan/base/units.h"

namespace suanpan::report {

/// `text` as it may be shown on a terminal: control and format characters (escape sequences,
/// right-to-left marks, what has no width), characters without meaning and bytes that are no UTF-8
/// become visible escapes: \x1b, \u202e, \U000e0041. Everything else is as it was.
[[nodiscard]] std::string TerminalText(std::string_view text);

/// Terminal columns that a UTF-8 text takes: Chinese characters two, combining marks none, invalid
/// bytes one each.
[[nodiscard]] std::size_t DisplayWidth(std::string_view text);

/// `text` padded with spaces to `width` columns, on the left for numbers.
[[nodiscard]] std::string PadLeft(std::string_view text, std::size_t width);
[[nodiscard]] std::string PadRight(std::string_view text, std::size_t width);

/// "-1,234.50": minor units as major units with two decimals and separators.
[[nodiscard]] std::string FormatYuan(Wide fen);
/// "1,234,567".
[[nodiscard]] std::string FormatCount(unsigned long long count);
/// The same of a signed amount.
[[nodiscard]] std::string FormatUnits(Wide units);

}  // namespace suanpan::report
