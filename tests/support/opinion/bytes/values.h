#pragma once

// Values as commands and answers have them in JSON, and what docs/format.md stores of them. What
// cannot be read is an std::invalid_argument.

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace suanpan::opinion::bytes {

using Json = nlohmann::json;

/// A number, or a string of its digits.
[[nodiscard]] std::int64_t AmountOf(const Json& value);
/// "5.0": seq << 16 | line.
[[nodiscard]] std::uint64_t AddressOf(std::string_view text);
/// "2025-03-31": days since 1970.
[[nodiscard]] std::int64_t DayOf(std::string_view text);
/// "2025-03": months since 1970-01.
[[nodiscard]] std::uint64_t MonthOf(std::string_view text);

/// A time as it was stated: its instant, and its offset in quarter hours.
struct StatedTime {
  std::int64_t seconds = 0;
  int quarters = 0;
};
/// "2025-03-03T10:00:00+08:00" or "...Z"; a fraction is dropped.
[[nodiscard]] StatedTime TimeOf(std::string_view text);

/// The bytes of hexadecimal digits; what is neither is passed over, as in a UUID.
[[nodiscard]] std::string BytesOfHex(std::string_view text);
/// The place of a word in a list, from 1.
[[nodiscard]] std::uint8_t PlaceOf(std::string_view word,
                                   std::initializer_list<std::string_view> words);
/// A whole number without sign.
[[nodiscard]] std::uint64_t CountOf(std::string_view digits);

/// "restricted/donation".
struct Pot {
  std::uint8_t pot_class = 0;
  std::uint8_t source = 0;
};
[[nodiscard]] Pot PotOf(std::string_view text);

}  // namespace suanpan::opinion::bytes
