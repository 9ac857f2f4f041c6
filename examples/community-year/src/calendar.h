#pragma once

// The year 2025 at a station: which days are open, and how busy each trade is on them.

#include <cstdint>
#include <string>
#include <string_view>

#include "suanpan/base/date.h"

namespace suanpan::community_year {

/// Seconds since 2025-01-01T00:00:00+08:00.
using YearSecond = std::uint32_t;
inline constexpr YearSecond kSecondsPerDay = 86'400;
inline constexpr YearSecond kSecondsPerHour = 3'600;
inline constexpr int kMonths = 12;

enum class Category : std::uint8_t { kServices, kBakery, kFlowers };

/// Days since 2025-01-01; 365 is 2026-01-01.
using YearDay = std::uint32_t;

[[nodiscard]] Date DateOf(YearDay day);
/// 0 = January 2025 .. 12 = January 2026.
[[nodiscard]] int MonthIndex(YearDay day);
/// First day of a month by index; 12 gives 365.
[[nodiscard]] YearDay FirstDayOfMonth(int month);
/// 0 = Monday .. 6 = Sunday.
[[nodiscard]] constexpr int Weekday(YearDay day) { return static_cast<int>((day + 2) % 7); }
[[nodiscard]] constexpr YearDay DayOf(YearSecond second) { return second / kSecondsPerDay; }

/// Expected sales in percent of a mean opening day; 0 = the station is closed.
[[nodiscard]] int TrafficPercent(YearDay day, Category category);

/// Milliseconds since 1970 UTC.
[[nodiscard]] std::uint64_t UnixMilliseconds(YearSecond second);

/// "2025-03-03T10:00:00+08:00".
[[nodiscard]] std::string TimeText(YearSecond second);

/// The same; keeps the text of the last date, so that a day costs one
/// conversion.
class ClockText {
 public:
  [[nodiscard]] std::string_view At(YearSecond second);

 private:
  YearDay day_ = ~YearDay{0};
  std::string text_;
};

}  // namespace suanpan::community_year
