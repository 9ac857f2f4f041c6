#include "src/json_numbers.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace suanpan::schema {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNumberByte(char c) {
  return IsDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// Takes digits off the front; false where there is none.
bool TakeDigits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  text.remove_prefix(count);
  return count > 0;
}

/// RFC 8259 section 6.
bool IsJsonNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!TakeDigits(text)) {
    return false;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!TakeDigits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!TakeDigits(text)) return false;
  }
  return text.empty();
}

bool FitsInt64(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

constexpr std::string_view kFraction = "0.5";

bool ReplaceIfWide(std::span<char> token) {
  const std::string_view text{token.data(), token.size()};
  if (text.size() < kFraction.size() || !IsJsonNumber(text) || FitsInt64(text)) return false;
  std::fill(token.begin(), token.end(), ' ');
  std::copy(kFraction.begin(), kFraction.end(), token.begin());
  return true;
}

}  // namespace

bool ReplaceWideNumbers(std::span<char> json) {
  bool replaced = false;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '-' || IsDigit(c)) {
      const std::size_t begin = i;
      while (i < json.size() && IsNumberByte(json[i])) ++i;
      replaced = ReplaceIfWide(json.subspan(begin, i - begin)) || replaced;
      --i;
    }
  }
  return replaced;
}

}  // namespace suanpan::schema
