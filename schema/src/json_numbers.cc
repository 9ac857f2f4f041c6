#include "src/json_numbers.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "src/json_scan.h"

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
  JsonScan scan{{json.data(), json.size()}};
  for (std::size_t begin = scan.Next(); begin != JsonScan::kEnd; begin = scan.Next()) {
    if (json[begin] != '-' && !IsDigit(json[begin])) continue;
    std::size_t end = begin;
    while (end < json.size() && IsNumberByte(json[end])) ++end;
    replaced = ReplaceIfWide(json.subspan(begin, end - begin)) || replaced;
    scan.Resume(end);
  }
  return replaced;
}

}  // namespace suanpan::schema
