#pragma once

// Byte strings: hashes, hexadecimal, and integers in a fixed byte order.

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace suanpan {

using ByteSpan = std::span<const std::uint8_t>;

/// A SHA-256 value.
struct Hash32 {
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const Hash32&, const Hash32&) = default;
};

[[nodiscard]] inline ByteSpan AsBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view AsText(ByteSpan bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
[[nodiscard]] std::string ToHex(ByteSpan bytes);

/// Exactly out.size() bytes from lower-case hexadecimal; false (out unspecified) on anything else.
[[nodiscard]] bool FromHex(std::string_view hex, std::span<std::uint8_t> out);

/// 64 lower-case hexadecimal digits, or nothing.
[[nodiscard]] std::optional<Hash32> ParseHash(std::string_view hex);

/// Reads an integer at `data` (little- or big-endian); the caller has checked the bounds.
template <std::unsigned_integral T>
[[nodiscard]] T LoadLittle(const void* data) {
  static_assert(std::endian::native == std::endian::little,
                "the stored byte order is little-endian");
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}
template <std::unsigned_integral T>
[[nodiscard]] T LoadBig(const void* data) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8U) | bytes[i]);
  return value;
}

template <std::unsigned_integral T>
void AppendLittle(std::string& out, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof value);
  out.append(raw, sizeof raw);
}
template <std::unsigned_integral T>
void AppendBig(std::string& out, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
}

/// Writes an integer at `data`, which has room for it.
template <std::unsigned_integral T>
void StoreBig(void* data, T value) {
  auto* bytes = static_cast<std::uint8_t*>(data);
  for (std::size_t i = 0; i < sizeof(T); ++i)
    bytes[i] = static_cast<std::uint8_t>(value >> (8 * (sizeof(T) - 1 - i)));
}

/// `size` rounded up to a multiple of 8.
[[nodiscard]] constexpr std::size_t PadTo8(std::size_t size) {
  return (size + 7U) & ~std::size_t{7};
}

}  // namespace suanpan
