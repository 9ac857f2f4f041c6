#pragma once

// Good values of field types, from a source of numbers.

#include <functional>
#include <limits>

#include "suanpan/schema/event.h"
#include "suanpan/schema/field_rules.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::schema {

/// A number below its argument, which is at least 1.
using Pick = std::function<std::uint64_t(std::uint64_t)>;

class SomeValues {
 protected:
  SomeValues(Pick pick, NameTable& names) : pick_(std::move(pick)), names_(names) {}

  [[nodiscard]] bool Coin() { return pick_(2) == 1; }
  [[nodiscard]] std::int64_t In(Range range) {
    return range.min +
           static_cast<std::int64_t>(pick_(static_cast<std::uint64_t>(range.max - range.min) + 1));
  }
  [[nodiscard]] NameId SomeName(Grammar grammar) {
    static constexpr std::string_view kRefs[] = {"a", "f-zz", "till-1/b", "p:0.9"};
    static constexpr std::string_view kCodes[] = {"relief", "c_1", "2025", "daily_sale"};
    const std::uint64_t index = pick_(4);
    return names_.Intern(grammar == Grammar::kRef ? kRefs[index] : kCodes[index]);
  }
  [[nodiscard]] std::int64_t SomeAmount(Sign sign, Need need) {
    using Limits = std::numeric_limits<std::int64_t>;
    const std::int64_t some = pick_(8) == 7 ? Limits::max() - static_cast<std::int64_t>(pick_(2))
                                            : static_cast<std::int64_t>(pick_(1'000'000));
    if (sign == Sign::kPositive || need == Need::kOptional) return some == 0 ? 1 : some;
    if (sign == Sign::kNotNegative || !Coin()) return sign == Sign::kSigned && some == 0 ? 1 : some;
    return -some - 1;
  }
  [[nodiscard]] Month SomeMonth() {
    return Month{static_cast<std::uint16_t>(1 + pick_(kPeriodMax))};
  }
  [[nodiscard]] Address SomeAddress() {
    return {Seq{1 + pick_(kLocalSeq - 1)}, static_cast<std::uint16_t>(pick_(65'536))};
  }
  [[nodiscard]] StatedTime SomeTime() {
    return {static_cast<std::uint32_t>(1 + pick_(4'000'000'000U)),
            static_cast<std::int8_t>(static_cast<int>(pick_(121)) - 60)};
  }
  [[nodiscard]] Pot SomePot() {
    return {static_cast<std::uint8_t>(1 + pick_(std::size(kPotClassWords))),
            static_cast<std::uint8_t>(1 + pick_(std::size(kPotSourceWords)))};
  }
  [[nodiscard]] Hash32 SomeHash() {
    Hash32 hash;
    for (std::uint8_t& byte : hash.bytes) byte = static_cast<std::uint8_t>(pick_(256));
    return hash;
  }

  Pick pick_;
  NameTable& names_;
};

}  // namespace suanpan::schema
