#include "suanpan/base/uuid.h"

#include "suanpan/base/bytes.h"

namespace suanpan {

std::string ToText(const Uuid& uuid) {
  std::string text = ToHex(uuid.bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

std::optional<Uuid> ParseUuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  char hex[32];
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (text[i] == '-')) return std::nullopt;
    if (!dash) hex[digits++] = text[i];
  }
  Uuid uuid;
  if (!FromHex({hex, sizeof hex}, uuid.bytes)) return std::nullopt;
  return uuid;
}

}  // namespace suanpan
