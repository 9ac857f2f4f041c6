#include "utf8.h"

namespace suanpan::proof {

namespace {

struct Lead {
  unsigned length;         ///< 0 for a byte that cannot lead
  std::uint32_t bits;      ///< payload of the lead byte
  std::uint32_t smallest;  ///< smaller code points have a shorter form
};

Lead LeadOf(std::uint8_t byte) {
  if (byte < 0x80U) return {1, byte, 0};
  if (byte >= 0xc0U && byte < 0xe0U) return {2, byte & 0x1fU, 0x80};
  if (byte >= 0xe0U && byte < 0xf0U) return {3, byte & 0x0fU, 0x800};
  if (byte >= 0xf0U && byte < 0xf8U) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

std::optional<std::uint32_t> TakeCodePoint(std::string_view& text) {
  const Lead lead = LeadOf(static_cast<std::uint8_t>(text.front()));
  if (lead.length == 0 || lead.length > text.size()) return std::nullopt;
  std::uint32_t code_point = lead.bits;
  for (const char next : text.substr(1, lead.length - 1)) {
    const auto byte = static_cast<std::uint8_t>(next);
    if ((byte & 0xc0U) != 0x80U) return std::nullopt;
    code_point = code_point << 6U | (byte & 0x3fU);
  }
  const bool surrogate = code_point >= 0xd800U && code_point < 0xe000U;
  if (code_point < lead.smallest || code_point > 0x10ffffU || surrogate) return std::nullopt;
  text.remove_prefix(lead.length);
  return code_point;
}

bool IsUnicodeSpace(std::uint32_t code_point) {
  return (code_point >= 0x09 && code_point <= 0x0d) || code_point == 0x20 || code_point == 0x85 ||
         code_point == 0xa0 || code_point == 0x1680 ||
         (code_point >= 0x2000 && code_point <= 0x200a) || code_point == 0x2028 ||
         code_point == 0x2029 || code_point == 0x202f || code_point == 0x205f ||
         code_point == 0x3000;
}

}  // namespace suanpan::proof
