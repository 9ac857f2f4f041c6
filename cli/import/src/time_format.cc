#include "time_format.h"

#include <fmt/format.h>

#include <iterator>

#include "suanpan/base/date.h"

namespace suanpan::import {
namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }
bool IsLetter(char byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); }

}  // namespace

std::optional<TimeFormat::Piece> TimeFormat::PieceOf(std::string_view run, bool after_hour) {
  if (run == "YYYY") return Piece{.part = Part::kYear, .digits_min = 4, .digits_max = 4};
  if (run == "MM") {
    return Piece{
        .part = after_hour ? Part::kMinute : Part::kMonth, .digits_min = 2, .digits_max = 2};
  }
  if (run == "M") return Piece{.part = Part::kMonth, .digits_min = 1, .digits_max = 2};
  if (run == "DD") return Piece{.part = Part::kDay, .digits_min = 2, .digits_max = 2};
  if (run == "D") return Piece{.part = Part::kDay, .digits_min = 1, .digits_max = 2};
  if (run == "HH") return Piece{.part = Part::kHour, .digits_min = 2, .digits_max = 2};
  if (run == "H") return Piece{.part = Part::kHour, .digits_min = 1, .digits_max = 2};
  if (run == "SS") return Piece{.part = Part::kSecond, .digits_min = 2, .digits_max = 2};
  if (run == "T" || run == "Z") return Piece{.literal = run.front()};
  return std::nullopt;
}

std::optional<TimeFormat> TimeFormat::Compile(std::string_view pattern) {
  TimeFormat format;
  format.pattern_ = pattern;
  unsigned seen = 0;
  bool after_hour = false;
  for (std::size_t i = 0; i < pattern.size();) {
    if (!IsLetter(pattern[i])) {
      if (IsDigit(pattern[i])) return std::nullopt;
      format.pieces_.push_back({.literal = pattern[i++]});
      continue;
    }
    std::size_t end = pattern.find_first_not_of(pattern[i], i);
    if (end == std::string_view::npos) end = pattern.size();
    const std::optional<Piece> piece = PieceOf(pattern.substr(i, end - i), after_hour);
    if (!piece) return std::nullopt;
    if (piece->part != Part::kLiteral) {
      const unsigned bit = 1U << static_cast<unsigned>(piece->part);
      if ((seen & bit) != 0) return std::nullopt;
      seen |= bit;
      after_hour = piece->part == Part::kHour;
    }
    format.pieces_.push_back(*piece);
    i = end;
  }
  constexpr unsigned kDateParts = 0b111;
  if ((seen & kDateParts) != kDateParts) return std::nullopt;
  return format;
}

bool TimeFormat::Read(std::string_view text, Parts& parts) const {
  std::size_t at = 0;
  for (const Piece& piece : pieces_) {
    if (piece.part == Part::kLiteral) {
      if (at == text.size() || text[at] != piece.literal) return false;
      ++at;
      continue;
    }
    unsigned value = 0;
    unsigned digits = 0;
    for (; digits < piece.digits_max && at < text.size() && IsDigit(text[at]); ++digits, ++at) {
      value = value * 10 + static_cast<unsigned>(text[at] - '0');
    }
    if (digits < piece.digits_min) return false;
    parts.value[static_cast<std::size_t>(piece.part)] = value;
  }
  return at == text.size();
}

bool TimeFormat::AppendDate(std::string_view text, std::string& out) const {
  Parts parts;
  if (!Read(text, parts)) return false;
  const std::size_t begin = out.size();
  const auto& value = parts.value;
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", value[0], value[1], value[2]);
  return ParseDate(std::string_view{out}.substr(begin)).has_value();
}

bool TimeFormat::AppendDateTime(std::string_view text, std::string& out) const {
  Parts parts;
  if (!Read(text, parts)) return false;
  const std::size_t begin = out.size();
  const auto& value = parts.value;
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", value[0], value[1],
                 value[2], value[3], value[4], value[5]);
  return ParseDate(std::string_view{out}.substr(begin, 10)).has_value() && value[3] <= 23 &&
         value[4] <= 59 && value[5] <= 59;
}

}  // namespace suanpan::import
