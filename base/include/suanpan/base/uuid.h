#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suanpan {

/// A UUID as its 16 bytes in text order. Any version is accepted; version 7 keeps key look-ups
/// fast.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// Lower-case canonical form 8-4-4-4-12.
[[nodiscard]] std::string ToText(const Uuid& uuid);

/// Canonical form only, lower case (one spelling, one key); nothing on anything else.
[[nodiscard]] std::optional<Uuid> ParseUuid(std::string_view text);

}  // namespace suanpan
