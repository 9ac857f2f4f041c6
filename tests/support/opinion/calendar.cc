#include "support/opinion/calendar.h"

#include <algorithm>
#include <cctype>
#include <regex>

#include "support/opinion/wide.h"

namespace suanpan::opinion {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysIn(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

int Number(const std::string& text, std::size_t at, std::size_t digits) {
  return std::stoi(text.substr(at, digits));
}

std::string Padded(int value, std::size_t digits) {
  std::string text = std::to_string(value);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string MonthText(int number) {
  return Padded(number / 12, 4) + "-" + Padded(number % 12 + 1, 2);
}

}  // namespace

std::optional<int> DayOf(const std::string& date) {
  static const std::regex kShape{"[0-9]{4}-[0-9]{2}-[0-9]{2}"};
  if (!std::regex_match(date, kShape)) return {};
  const int year = Number(date, 0, 4);
  const int month = Number(date, 5, 2);
  const int day = Number(date, 8, 2);
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) return {};
  int days = day - 1;
  for (int m = 1; m < month; ++m) days += DaysIn(year, m);
  for (int y = 1970; y < year; ++y) days += IsLeap(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) days -= IsLeap(y) ? 366 : 365;
  return days;
}

std::string DateOf(std::int64_t day) {
  int year = 1970;
  for (; day < 0; --year) day += IsLeap(year - 1) ? 366 : 365;
  for (; day >= (IsLeap(year) ? 366 : 365); ++year) day -= IsLeap(year) ? 366 : 365;
  int month = 1;
  for (; day >= DaysIn(year, month); ++month) day -= DaysIn(year, month);
  return Padded(year, 4) + "-" + Padded(month, 2) + "-" + Padded(static_cast<int>(day) + 1, 2);
}

std::string AddDays(const std::string& date, std::int64_t days) {
  return DateOf(DayOf(date).value() + days);
}

int MonthNumber(const std::string& month) {
  return Number(month, 0, 4) * 12 + Number(month, 5, 2) - 1;
}

std::string AddMonths(const std::string& month, int months) {
  return MonthText(MonthNumber(month) + months);
}

std::string LastDayOf(const std::string& month) {
  return month + "-" + Padded(DaysIn(Number(month, 0, 4), Number(month, 5, 2)), 2);
}

bool IsDate(const std::string& text) {
  return DayOf(text) && text >= "1970-01-02" && text <= "2149-06-06";
}

bool IsMonth(const std::string& text) {
  return DayOf(text + "-01") && text >= "1970-02" && text <= "2149-05";
}

std::optional<Time> TimeOf(const std::string& text) {
  static const std::regex kShape{
      "([0-9-]{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\\.[0-9]+)?"
      "(Z|([+-])([0-9]{2}):([0-9]{2}))"};
  std::smatch parts;
  if (!std::regex_match(text, parts, kShape)) return {};
  const std::optional<int> day = DayOf(parts[1]);
  const int hour = std::stoi(parts[2]);
  const int minute = std::stoi(parts[3]);
  const int second = std::stoi(parts[4]);
  if (!day || hour > 23 || minute > 59 || second > 59) return {};
  int offset = 0;
  if (parts[6] != "Z") {
    if (std::stoi(parts[9]) > 59) return {};
    offset = std::stoi(parts[8]) * 60 + std::stoi(parts[9]);
    if (offset % 15 != 0 || offset > 15 * 60) return {};
    if (parts[7] == "-") offset = -offset;
  }
  const std::int64_t seconds =
      *day * kDaySeconds + hour * 3'600 + minute * 60 + second - offset * 60;
  if (seconds < 0 || *day >= DayOf("2107-01-01")) return {};
  return Time{seconds, offset};
}

std::string DateAt(std::int64_t seconds, int offset_minutes) {
  const Wide day = FloorOf(seconds + offset_minutes * 60, kDaySeconds);
  return DateOf(static_cast<std::int64_t>(day));
}

}  // namespace suanpan::opinion
