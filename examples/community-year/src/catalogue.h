#pragma once

// What the stalls sell: trades in three categories, their hours and price points, and the terms of
// the agreements. Data only.

#include <cstdint>
#include <span>
#include <string_view>

#include "calendar.h"

namespace suanpan::community_year {

struct Item {
  std::string_view ref;
  std::int32_t price_fen;
  std::int32_t cost_percent;
  std::int32_t quantity_max;
};

struct Trade {
  Category category;
  int opens_hour;
  int closes_hour;         ///< the last sale is before this hour
  int closed_weekday;      ///< 0 = Monday
  int popularity_percent;  ///< of the mean number of sales
  bool spoils;             ///< returned goods have no value
  std::span<const Item> items;
};

enum class LossPolicy : std::uint8_t { kCarryLoss, kNetAll, kResetPeriod };
enum class Settlement : std::uint8_t { kMonth, kQuarter, kYear, kEnd };
enum class Base : std::uint8_t { kPerLine, kStandardMargin, kRevenue };

struct Terms {
  Base base;
  std::int64_t rate_n;
  std::int64_t rate_m;
  LossPolicy loss_policy;
  Settlement settlement;
};

/// Twelve trades and twelve terms; a station with more stalls begins again at the first.
[[nodiscard]] const Trade& TradeOf(std::uint32_t vendor);
[[nodiscard]] const Terms& TermsOf(std::uint32_t vendor);

[[nodiscard]] std::string_view ToText(LossPolicy policy);
[[nodiscard]] std::string_view ToText(Settlement settlement);

/// Whether a settlement period ends with this month (0 = January).
[[nodiscard]] bool EndsPeriod(Settlement settlement, int month);

}  // namespace suanpan::community_year
