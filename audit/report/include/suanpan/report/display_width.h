#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace suanpan::report {

/// Terminal columns that a UTF-8 text takes: Chinese characters two, combining marks none, invalid
/// bytes one each.
[[nodiscard]] std::size_t DisplayWidth(std::string_view text);

/// `text` padded with spaces to `width` columns, on the left for numbers.
[[nodiscard]] std::string PadLeft(std::string_view text, std::size_t width);
[[nodiscard]] std::string PadRight(std::string_view text, std::size_t width);

/// "-1,234.50": minor units as major units with two decimals and separators.
[[nodiscard]] std::string FormatYuan(long long fen);
/// "1,234,567".
[[nodiscard]] std::string FormatCount(unsigned long long count);

}  // namespace suanpan::report
