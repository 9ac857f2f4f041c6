#pragma once

// The range rules of single fields, shared by the JSON reader (callers) and the validator (typed
// commands, stored events). Each returns the refusal code, or nothing when the value is good.

#include "suanpan/schema/field_types.h"
#include "suanpan/schema/refusal.h"

namespace suanpan::schema {

[[nodiscard]] inline std::optional<RefusalCode> CheckSign(std::int64_t value, Sign sign) {
  switch (sign) {
    case Sign::kPositive:
      return value > 0 ? std::nullopt : std::optional{RefusalCode::amount_not_positive};
    case Sign::kNotNegative:
      return value >= 0 ? std::nullopt : std::optional{RefusalCode::amount_not_positive};
    case Sign::kSigned:
      return value != 0 ? std::nullopt : std::optional{RefusalCode::bad_field};
    case Sign::kAny:
      return std::nullopt;
  }
  return RefusalCode::bad_field;
}

[[nodiscard]] inline bool RateIsGood(Rate rate, RateLimit limit) {
  if (rate.m < 1 || rate.m > kRateTermMax) return false;
  if (limit == RateLimit::kAtMostOne) return rate.n <= rate.m;
  return rate.n <= std::uint64_t{rate.m} * 1000;
}

/// Months 1970-02 to 2149-05, whose first and last day are both dates; 0 is absent.
inline constexpr std::uint16_t kPeriodMax = 2'152;
[[nodiscard]] constexpr bool PeriodIsGood(Month month) {
  return month.value() >= 1 && month.value() <= kPeriodMax;
}

/// An address of an event in a log. "#n" exists in commands only.
[[nodiscard]] constexpr bool AddressIsStored(Address address) {
  return address.seq().value() != 0 && !IsLocal(address);
}

/// Offsets up to 15 hours, as time zones have been.
[[nodiscard]] constexpr bool OffsetIsGood(std::int8_t quarters) {
  return quarters >= -60 && quarters <= 60;
}

/// Absent is all zeros.
[[nodiscard]] constexpr bool TimeIsGood(const StatedTime& time) {
  const bool present = time.seconds != 0 || time.zone_quarters == 0;
  return present && OffsetIsGood(time.zone_quarters) && time.zero == decltype(time.zero){};
}

}  // namespace suanpan::schema
