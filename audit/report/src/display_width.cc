#include "suanpan/report/display_width.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include "suanpan/schema/visible.h"

namespace suanpan::report {

namespace {

/// Calls `each` with the bytes and the code point of every character; -1 for a byte that is none.
template <class Each>
void ForEachCharacter(std::string_view text, Each each) {
  while (!text.empty()) {
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    const std::size_t bytes = used > 0 ? static_cast<std::size_t>(used) : 1;
    each(text.substr(0, bytes), used > 0 ? code_point : -1);
    text.remove_prefix(bytes);
  }
}

}  // namespace

std::string TerminalText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  ForEachCharacter(text, [&out](std::string_view bytes, utf8proc_int32_t code_point) {
    if (code_point < 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
    } else if (schema::IsVisible(code_point)) {
      out += bytes;
    } else if (code_point < 0x80) {
      out += fmt::format("\\x{:02x}", code_point);
    } else if (code_point <= 0xffff) {
      out += fmt::format("\\u{:04x}", code_point);
    } else {
      out += fmt::format("\\U{:08x}", code_point);
    }
  });
  return out;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  ForEachCharacter(text, [&width](std::string_view, utf8proc_int32_t code_point) {
    width += code_point < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(code_point));
  });
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

namespace {

std::string Separated(std::string digits) {
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

}  // namespace

std::string FormatCount(unsigned long long count) { return Separated(fmt::format("{}", count)); }

std::string FormatUnits(Wide units) {
  const std::string digits = fmt::format("{}", units);
  return units < 0 ? "-" + Separated(digits.substr(1)) : Separated(digits);
}

std::string FormatYuan(Wide fen) {
  // By digits, since the smallest amount has no positive twin.
  std::string digits = fmt::format("{:03}", fen);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  if (digits.size() < 3) digits.insert(0, 1, '0');
  const std::size_t yuan = digits.size() - 2;
  return fmt::format("{}{}.{}", negative ? "-" : "", Separated(digits.substr(0, yuan)),
                     digits.substr(yuan));
}

}  // namespace suanpan::report
