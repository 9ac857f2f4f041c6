#include "support/opinion/bytes/values.h"

#include <charconv>
#include <chrono>
#include <stdexcept>

namespace suanpan::opinion::bytes {
namespace {

[[noreturn]] void Refuse(std::string_view text) {
  throw std::invalid_argument{"not understood: " + std::string{text}};
}

template <class T>
T NumberOf(std::string_view digits) {
  T number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) Refuse(digits);
  return number;
}

}  // namespace

std::uint64_t CountOf(std::string_view digits) { return NumberOf<std::uint64_t>(digits); }

std::int64_t AmountOf(const Json& value) {
  return value.is_string() ? NumberOf<std::int64_t>(value.get<std::string>())
                           : value.get<std::int64_t>();
}

std::uint64_t AddressOf(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) Refuse(text);
  return CountOf(text.substr(0, dot)) << 16U | CountOf(text.substr(dot + 1));
}

std::int64_t DayOf(std::string_view text) {
  if (text.size() != 10) Refuse(text);
  const std::chrono::year_month_day date{std::chrono::year{NumberOf<int>(text.substr(0, 4))},
                                         std::chrono::month{NumberOf<unsigned>(text.substr(5, 2))},
                                         std::chrono::day{NumberOf<unsigned>(text.substr(8, 2))}};
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::uint64_t MonthOf(std::string_view text) {
  if (text.size() != 7) Refuse(text);
  return (CountOf(text.substr(0, 4)) - 1970) * 12 + CountOf(text.substr(5, 2)) - 1;
}

StatedTime TimeOf(std::string_view text) {
  if (text.size() < 20) Refuse(text);
  StatedTime time;
  time.seconds = DayOf(text.substr(0, 10)) * 86'400 + NumberOf<int>(text.substr(11, 2)) * 3600 +
                 NumberOf<int>(text.substr(14, 2)) * 60 + NumberOf<int>(text.substr(17, 2));
  const std::string_view offset = text.substr(text.find_first_of("Zz+-", 19));
  if (offset.size() == 6) {
    const int minutes = NumberOf<int>(offset.substr(1, 2)) * 60 + NumberOf<int>(offset.substr(4));
    time.quarters = (offset[0] == '-' ? -minutes : minutes) / 15;
  }
  time.seconds -= time.quarters * 900;
  return time;
}

std::string BytesOfHex(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '-') digits.push_back(c);
  }
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(&digits[i], &digits[i] + 2, byte, 16);
    if (error != std::errc{} || end != &digits[i] + 2) Refuse(text);
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

std::uint8_t PlaceOf(std::string_view word, std::initializer_list<std::string_view> words) {
  std::uint8_t place = 1;
  for (const std::string_view known : words) {
    if (known == word) return place;
    ++place;
  }
  Refuse(word);
}

Pot PotOf(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) Refuse(text);
  return {PlaceOf(text.substr(0, slash), {"restricted", "unrestricted"}),
          PlaceOf(text.substr(slash + 1),
                  {"vendor_share", "charity_sale", "donation", "in_kind", "government",
                   "welfare_lottery", "foundation", "membership", "service", "interest", "other"})};
}

}  // namespace suanpan::opinion::bytes
