#pragma once

// Calendar dates, months and instants. Proleptic Gregorian, no time zone database: an offset is
// always a number.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "suanpan/base/strong.h"

namespace suanpan {

/// A date as days since 1970-01-01 (to 2149-06-06). 0 is a valid date only where the field says so.
using Date = Strong<struct DateTag, std::uint16_t>;

/// A calendar month as months since 1970-01.
using Month = Strong<struct MonthTag, std::uint16_t>;

/// Microseconds since 1970-01-01T00:00:00Z.
using InstantUs = Strong<struct InstantTag, std::int64_t>;

/// A business instant as it was stated: seconds since 1970 UTC (to 2106) and the offset in quarter
/// hours.
struct StatedTime {
  std::uint32_t seconds = 0;
  std::int8_t zone_quarters = 0;
  std::array<std::uint8_t, 3> zero{};  ///< so that it can be stored
  friend auto operator<=>(const StatedTime&, const StatedTime&) = default;
};

[[nodiscard]] Month MonthOf(Date date);
[[nodiscard]] Date FirstDay(Month month);
[[nodiscard]] Date LastDay(Month month);
[[nodiscard]] constexpr Date NextDay(Date date) {
  return Date{static_cast<std::uint16_t>(date.value() + 1)};
}
/// The same day so many months on, or that month's last day; nothing beyond the dates there are.
[[nodiscard]] std::optional<Date> AddMonths(Date date, unsigned months);
/// So many days on; the last date there is where that lies beyond it.
[[nodiscard]] constexpr Date AddDays(Date date, unsigned days) {
  const unsigned day = date.value() + days;
  return Date{static_cast<std::uint16_t>(day < 0xffffU ? day : 0xffffU)};
}
[[nodiscard]] constexpr int YearOf(Month month) { return 1970 + month.value() / 12; }

/// The date of an instant at a fixed offset; nothing before 1970-01-01 or after 2149.
[[nodiscard]] std::optional<Date> DateAt(std::uint32_t seconds, int utc_offset_minutes);

/// "2026-03-31". Parsing is exact: ten characters, a real date from 1970-01-01 on.
[[nodiscard]] std::string ToText(Date date);
[[nodiscard]] std::optional<Date> ParseDate(std::string_view text);

/// "2026-03".
[[nodiscard]] std::string ToText(Month month);
[[nodiscard]] std::optional<Month> ParseMonth(std::string_view text);

/// RFC 3339 with offset, "2026-03-03T10:00:00+08:00" or "...Z". A fraction of a second is accepted
/// and dropped; the offset must be a multiple of 15 minutes within 15 hours; no leap second; 1970
/// to 2106.
[[nodiscard]] std::optional<StatedTime> ParseStatedTime(std::string_view text);
[[nodiscard]] std::string ToText(StatedTime time);

/// RFC 3339 in UTC with microseconds, "2026-03-03T02:00:00.000000Z".
[[nodiscard]] std::string ToText(InstantUs instant);
/// RFC 3339 with offset and up to six fraction digits.
[[nodiscard]] std::optional<InstantUs> ParseInstant(std::string_view text);

}  // namespace suanpan
