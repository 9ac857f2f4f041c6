#include "calendar.h"

#include <array>

namespace suanpan::community_year {
namespace {

constexpr std::uint16_t kNewYear2025 = 20'089;  // days since 1970-01-01
constexpr std::uint64_t kNewYearUnixSecond = std::uint64_t{kNewYear2025} * 86'400 - 8 * 3'600;
constexpr Month kJanuary{(2025 - 1970) * 12};

/// Monday to Sunday; the mean is 96, and the closed days of the stalls lift it.
constexpr std::array<int, 7> kWeekdayPercent = {82, 80, 82, 84, 96, 132, 116};

enum class For : std::uint8_t { kAll, kServices, kBakery, kFlowers };

struct Festival {
  int month, first, last;
  For who;
  int percent;  // of the weekday's value; 0 = closed
};

// Spring Festival is 2025-01-29, Children's Day 1 June, Qixi 29 August, Mid-Autumn 6 October.
constexpr std::array<Festival, 18> kFestivals = {{
    {1, 1, 1, For::kAll, 70},
    {1, 20, 27, For::kAll, 165},
    {1, 28, 31, For::kAll, 0},
    {2, 1, 2, For::kAll, 0},
    {2, 3, 7, For::kAll, 60},
    {2, 12, 12, For::kBakery, 170},
    {2, 13, 14, For::kFlowers, 320},
    {3, 5, 5, For::kServices, 180},
    {3, 7, 8, For::kFlowers, 260},
    {4, 4, 4, For::kFlowers, 210},
    {5, 1, 5, For::kAll, 130},
    {5, 10, 11, For::kFlowers, 300},
    {5, 31, 31, For::kBakery, 160},
    {6, 1, 1, For::kAll, 230},
    {8, 29, 29, For::kFlowers, 280},
    {9, 10, 10, For::kFlowers, 240},
    {10, 1, 8, For::kAll, 125},
    {12, 5, 5, For::kServices, 150},
}};

bool Concerns(For who, Category category) {
  return who == For::kAll || static_cast<int>(who) == static_cast<int>(category) + 1;
}

}  // namespace

Date DateOf(YearDay day) { return Date{static_cast<std::uint16_t>(kNewYear2025 + day)}; }

int MonthIndex(YearDay day) { return MonthOf(DateOf(day)).value() - kJanuary.value(); }

YearDay FirstDayOfMonth(int month) {
  const Month calendar_month{static_cast<std::uint16_t>(kJanuary.value() + month)};
  return static_cast<YearDay>(FirstDay(calendar_month).value() - kNewYear2025);
}

int TrafficPercent(YearDay day, Category category) {
  int percent = kWeekdayPercent[static_cast<std::size_t>(Weekday(day))];
  const int month = MonthIndex(day);
  const int day_of_month = static_cast<int>(day - FirstDayOfMonth(month)) + 1;
  for (const Festival& festival : kFestivals) {
    const bool today = festival.month == month + 1 && festival.first <= day_of_month &&
                       day_of_month <= festival.last;
    if (today && Concerns(festival.who, category)) percent = percent * festival.percent / 100;
  }
  return percent;
}

std::uint64_t UnixMilliseconds(YearSecond second) { return (kNewYearUnixSecond + second) * 1000; }

std::string_view ClockText::At(YearSecond second) {
  if (DayOf(second) != day_) {
    day_ = DayOf(second);
    text_ = ToText(DateOf(day_)) + "T00:00:00+08:00";
  }
  const YearSecond in_day = second % kSecondsPerDay;
  const auto put = [this](std::size_t at, YearSecond value) {
    text_[at] = static_cast<char>('0' + value / 10);
    text_[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(11, in_day / 3600);
  put(14, in_day / 60 % 60);
  put(17, in_day % 60);
  return text_;
}

std::string TimeText(YearSecond second) { return std::string{ClockText{}.At(second)}; }

}  // namespace suanpan::community_year
