#include "suanpan/base/bytes.h"

#include <array>

namespace suanpan {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Values of bytes as hexadecimal digits; -1: it is none.
constexpr std::array<std::int8_t, 256> kHexValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kHexDigits.size(); ++i)
    values[static_cast<unsigned char>(kHexDigits[i])] = static_cast<std::int8_t>(i);
  return values;
}();

int HexValue(char digit) { return kHexValues[static_cast<unsigned char>(digit)]; }

}  // namespace

std::string ToHex(ByteSpan bytes) {
  std::string hex(bytes.size() * 2, '\0');
  char* to = hex.data();
  for (const std::uint8_t byte : bytes) {
    *to++ = kHexDigits[byte >> 4U];
    *to++ = kHexDigits[byte & 15U];
  }
  return hex;
}

bool FromHex(std::string_view hex, std::span<std::uint8_t> out) {
  if (hex.size() != out.size() * 2) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = HexValue(hex[2 * i]);
    const int low = HexValue(hex[2 * i + 1]);
    if ((high | low) < 0) return false;
    out[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

std::optional<Hash32> ParseHash(std::string_view hex) {
  Hash32 hash;
  if (!FromHex(hex, hash.bytes)) return std::nullopt;
  return hash;
}

}  // namespace suanpan
