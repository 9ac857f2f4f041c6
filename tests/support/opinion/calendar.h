#pragma once

// Dates as texts "2026-03-31" and months as "2026-03": with years of four digits, texts compare as
// days do.

#include <cstdint>
#include <optional>
#include <string>

namespace suanpan::opinion {

/// Days since 1970-01-01, none where the text is no date.
[[nodiscard]] std::optional<int> DayOf(const std::string& date);
[[nodiscard]] std::string DateOf(std::int64_t day);
[[nodiscard]] std::string AddDays(const std::string& date, std::int64_t days);

[[nodiscard]] inline std::string MonthOf(const std::string& date) { return date.substr(0, 7); }
[[nodiscard]] std::string AddMonths(const std::string& month, int months);
[[nodiscard]] std::string LastDayOf(const std::string& month);
/// Months since year 0.
[[nodiscard]] int MonthNumber(const std::string& month);

/// What docs/facts.md lets a date, a month be.
[[nodiscard]] bool IsDate(const std::string& text);
[[nodiscard]] bool IsMonth(const std::string& text);

struct Time {
  std::int64_t seconds = 0;  ///< since 1970, UTC
  int offset_minutes = 0;
};
/// RFC 3339 with an offset of quarter hours; a fraction of a second is dropped.
[[nodiscard]] std::optional<Time> TimeOf(const std::string& text);
/// The date of an instant at an offset.
[[nodiscard]] std::string DateAt(std::int64_t seconds, int offset_minutes);

}  // namespace suanpan::opinion
