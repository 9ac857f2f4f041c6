#include "suanpan/report/display_width.h"

#include <fmt/format.h>
#include <utf8proc.h>

namespace suanpan::report {

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(at, left, &code_point);
    if (used <= 0) {
      ++width;
      ++at;
      --left;
      continue;
    }
    width += static_cast<std::size_t>(utf8proc_charwidth(code_point));
    at += used;
    left -= used;
  }
  return width;
}

std::string PadLeft(std::string_view text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string{text};
}

std::string PadRight(std::string_view text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  return std::string{text} + std::string(used < width ? width - used : 0, ' ');
}

std::string FormatCount(unsigned long long count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string FormatYuan(long long fen) {
  const bool negative = fen < 0;
  const auto magnitude =
      negative ? ~static_cast<unsigned long long>(fen) + 1 : static_cast<unsigned long long>(fen);
  return fmt::format("{}{}.{:02}", negative ? "-" : "", FormatCount(magnitude / 100),
                     magnitude % 100);
}

}  // namespace suanpan::report
