#include "suanpan/base/uuid.h"

#include <algorithm>

#include "suanpan/base/bytes.h"

namespace suanpan {
namespace {

/// Digits between dashes of the text (RFC 9562 section 4).
struct Group {
  std::size_t begin;
  std::size_t digits;
};
constexpr Group kGroups[] = {{0, 8}, {9, 4}, {14, 4}, {19, 4}, {24, 12}};
constexpr std::size_t kTextSize = 36;

}  // namespace

std::string ToText(const Uuid& uuid) {
  const std::string hex = ToHex(uuid.bytes);
  std::string text(kTextSize, '-');
  std::size_t from = 0;
  for (const Group& group : kGroups) {
    std::copy_n(hex.data() + from, group.digits, text.data() + group.begin);
    from += group.digits;
  }
  return text;
}

std::optional<Uuid> ParseUuid(std::string_view text) {
  if (text.size() != kTextSize) return std::nullopt;
  char hex[32];
  std::size_t to = 0;
  for (const Group& group : kGroups) {
    if (group.begin != 0 && text[group.begin - 1] != '-') return std::nullopt;
    std::copy_n(text.data() + group.begin, group.digits, hex + to);
    to += group.digits;
  }
  Uuid uuid;
  if (!FromHex({hex, sizeof hex}, uuid.bytes)) return std::nullopt;
  return uuid;
}

}  // namespace suanpan
