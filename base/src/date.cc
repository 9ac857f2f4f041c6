#include "suanpan/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "suanpan/base/invariant.h"

namespace suanpan {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

year_month_day Civil(std::int64_t days_since_1970) {
  return year_month_day{sys_days{days{days_since_1970}}};
}

Date FromCivil(year_month_day civil) {
  return Date{static_cast<std::uint16_t>(sys_days{civil}.time_since_epoch().count())};
}

year_month_day CivilMonth(Month m, unsigned day_of_month) {
  return year_month_day{year{YearOf(m)}, month{m.value() % 12U + 1U}, day{day_of_month}};
}

/// Writes `count` decimal digits of a value from 0.
char* PutDigits(char* to, std::int64_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    to[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  return to + count;
}

char* Put(char* to, char c) {
  *to = c;
  return to + 1;
}

/// YYYY-MM-DD. By hand, since every answer has dates and a format string is read each time.
char* PutDay(char* to, year_month_day civil) {
  to = Put(PutDigits(to, int{civil.year()}, 4), '-');
  to = Put(PutDigits(to, unsigned{civil.month()}, 2), '-');
  return PutDigits(to, unsigned{civil.day()}, 2);
}

/// HH:MM, or another two with a colon.
char* PutTwo(char* to, std::int64_t first, std::int64_t second) {
  return PutDigits(Put(PutDigits(to, first, 2), ':'), second, 2);
}

/// `count` decimal digits at the front of `text`, which is shortened by them; -1 on anything else.
int TakeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool Take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> TakeDay(std::string_view& text) {
  const int y = TakeDigits(text, 4);
  if (y < 0 || !Take(text, '-')) return std::nullopt;
  const int m = TakeDigits(text, 2);
  if (m < 0 || !Take(text, '-')) return std::nullopt;
  const int d = TakeDigits(text, 2);
  if (d < 0) return std::nullopt;
  const year_month_day civil{year{y}, month{static_cast<unsigned>(m)},
                             day{static_cast<unsigned>(d)}};
  if (!civil.ok()) return std::nullopt;
  return sys_days{civil}.time_since_epoch().count();
}

std::optional<int> TakeOffsetQuarters(std::string_view& text) {
  if (Take(text, 'Z')) return 0;
  const bool negative = !text.empty() && text.front() == '-';
  if (!negative && (text.empty() || text.front() != '+')) return std::nullopt;
  text.remove_prefix(1);
  const int hours = TakeDigits(text, 2);
  if (hours < 0 || hours > 15 || !Take(text, ':')) return std::nullopt;
  const int minutes = TakeDigits(text, 2);
  if (minutes < 0 || minutes > 59 || minutes % 15 != 0) return std::nullopt;
  const int quarters = hours * 4 + minutes / 15;
  if (quarters > 60) return std::nullopt;
  return negative ? -quarters : quarters;
}

struct ParsedInstant {
  std::int64_t seconds = 0;
  std::int64_t micros = 0;
  int quarters = 0;
};

std::optional<ParsedInstant> ParseRfc3339(std::string_view text) {
  const std::optional<std::int64_t> date = TakeDay(text);
  if (!date || !Take(text, 'T')) return std::nullopt;
  const int h = TakeDigits(text, 2);
  if (h < 0 || h > 23 || !Take(text, ':')) return std::nullopt;
  const int m = TakeDigits(text, 2);
  if (m < 0 || m > 59 || !Take(text, ':')) return std::nullopt;
  const int s = TakeDigits(text, 2);
  if (s < 0 || s > 59) return std::nullopt;
  ParsedInstant parsed;
  if (Take(text, '.')) {
    std::int64_t scale = kMicrosPerSecond / 10;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      parsed.micros += (text.front() - '0') * scale;
      scale /= 10;
      text.remove_prefix(1);
      ++digits;
    }
    if (digits == 0 || digits > 9) return std::nullopt;
  }
  const std::optional<int> quarters = TakeOffsetQuarters(text);
  if (!quarters || !text.empty()) return std::nullopt;
  parsed.quarters = *quarters;
  parsed.seconds = *date * kSecondsPerDay + h * 3600 + m * 60 + s - std::int64_t{*quarters} * 900;
  return parsed;
}

}  // namespace

Month MonthOf(Date date) {
  const year_month_day civil = Civil(date.value());
  const int months =
      (int{civil.year()} - 1970) * 12 + static_cast<int>(unsigned{civil.month()}) - 1;
  return Month{static_cast<std::uint16_t>(months)};
}

Date FirstDay(Month month) { return FromCivil(CivilMonth(month, 1)); }

std::optional<Date> AddMonths(Date date, unsigned months) {
  const year_month_day from = Civil(date.value());
  const unsigned month = MonthOf(date).value() + months;
  if (month > MonthOf(Date{0xffffU}).value()) return std::nullopt;
  const Date last = LastDay(Month{static_cast<std::uint16_t>(month)});
  const auto length = static_cast<unsigned>(Civil(last.value()).day());
  const unsigned cut = length - std::min(length, static_cast<unsigned>(from.day()));
  return Date{static_cast<std::uint16_t>(last.value() - cut)};
}

Date LastDay(Month m) {
  const year_month_day first = CivilMonth(m, 1);
  return FromCivil(year_month_day{first.year() / first.month() / std::chrono::last});
}

std::optional<Date> DateAt(std::uint32_t seconds, int utc_offset_minutes) {
  const std::int64_t local = std::int64_t{seconds} + std::int64_t{utc_offset_minutes} * 60;
  if (local < 0 || local / kSecondsPerDay > 65'535) return std::nullopt;
  return Date{static_cast<std::uint16_t>(local / kSecondsPerDay)};
}

std::string ToText(Date date) {
  std::string text(10, '\0');
  PutDay(text.data(), Civil(date.value()));
  return text;
}

std::optional<Date> ParseDate(std::string_view text) {
  const std::optional<std::int64_t> day_number = TakeDay(text);
  if (!day_number || !text.empty() || *day_number < 0 || *day_number > 65'535) return std::nullopt;
  return Date{static_cast<std::uint16_t>(*day_number)};
}

std::string ToText(Month month) {
  std::string text(7, '\0');
  PutDigits(Put(PutDigits(text.data(), YearOf(month), 4), '-'), month.value() % 12 + 1, 2);
  return text;
}

std::optional<Month> ParseMonth(std::string_view text) {
  const int y = TakeDigits(text, 4);
  if (y < 1970 || y > 2149 || !Take(text, '-')) return std::nullopt;
  const int m = TakeDigits(text, 2);
  if (m < 1 || m > 12 || !text.empty()) return std::nullopt;
  return Month{static_cast<std::uint16_t>((y - 1970) * 12 + m - 1)};
}

std::optional<StatedTime> ParseStatedTime(std::string_view text) {
  const std::optional<ParsedInstant> parsed = ParseRfc3339(text);
  if (!parsed || parsed->seconds < 0 || parsed->seconds > 0xffff'ffffLL) return std::nullopt;
  return StatedTime{static_cast<std::uint32_t>(parsed->seconds),
                    static_cast<std::int8_t>(parsed->quarters)};
}

std::string ToText(StatedTime time) {
  const std::int64_t local = std::int64_t{time.seconds} + std::int64_t{time.zone_quarters} * 900;
  std::int64_t day_number = local / kSecondsPerDay;
  std::int64_t rest = local % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --day_number;
  }
  const int quarters = time.zone_quarters < 0 ? -time.zone_quarters : time.zone_quarters;
  std::string text(25, '\0');
  char* to = Put(PutDay(text.data(), Civil(day_number)), 'T');
  to = Put(PutTwo(to, rest / 3600, rest / 60 % 60), ':');
  to = Put(PutDigits(to, rest % 60, 2), time.zone_quarters < 0 ? '-' : '+');
  PutTwo(to, quarters / 4, quarters % 4 * 15);
  return text;
}

std::string ToText(InstantUs instant) {
  std::int64_t seconds = instant.value() / kMicrosPerSecond;
  std::int64_t micros = instant.value() % kMicrosPerSecond;
  if (micros < 0) {
    micros += kMicrosPerSecond;
    --seconds;
  }
  std::int64_t day_number = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --day_number;
  }
  const year_month_day civil = Civil(day_number);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", int{civil.year()},
                     unsigned{civil.month()}, unsigned{civil.day()}, rest / 3600, rest / 60 % 60,
                     rest % 60, micros);
}

std::optional<InstantUs> ParseInstant(std::string_view text) {
  const std::optional<ParsedInstant> parsed = ParseRfc3339(text);
  if (!parsed) return std::nullopt;
  return InstantUs{parsed->seconds * kMicrosPerSecond + parsed->micros};
}

}  // namespace suanpan
