#include "suanpan/proof/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace suanpan::proof {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNotADigit = 0xff;

constexpr std::array<std::uint8_t, 256> MakeDigits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNotADigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}
constexpr std::array<std::uint8_t, 256> kDigits = MakeDigits();

}  // namespace

std::string EncodeBase64(ByteSpan bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8U | (j < have ? bytes[i + j] : 0U);
    for (std::size_t j = 0; j < 4; ++j) {
      text.push_back(j <= have ? kAlphabet[group >> (18 - 6 * j) & 63U] : '=');
    }
  }
  return text;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  while (!text.empty()) {
    std::size_t digits = 4;
    if (text.size() == 4 && text[3] == '=') digits = text[2] == '=' ? 2 : 3;
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < digits; ++j) {
      const std::uint8_t digit = kDigits[static_cast<std::uint8_t>(text[j])];
      if (digit == kNotADigit) return std::nullopt;
      group |= std::uint32_t{digit} << (18 - 6 * j);
    }
    // The bits beyond the last byte carry nothing; another value there would be a second spelling.
    if ((group & ((1U << (8 * (4 - digits))) - 1)) != 0) return std::nullopt;
    for (std::size_t j = 0; j + 1 < digits; ++j) {
      bytes.push_back(static_cast<char>(group >> (16 - 8 * j)));
    }
    text.remove_prefix(4);
  }
  return bytes;
}

std::optional<Hash32> DecodeBase64Hash(std::string_view text) {
  const std::optional<std::string> bytes = DecodeBase64(text);
  Hash32 hash;
  if (!bytes || bytes->size() != hash.bytes.size()) return std::nullopt;
  std::ranges::copy(AsBytes(*bytes), hash.bytes.begin());
  return hash;
}

}  // namespace suanpan::proof
