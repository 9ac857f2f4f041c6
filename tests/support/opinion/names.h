#pragma once

// The grammar of names (docs/facts.md, Types).

#include <string>

namespace suanpan::opinion {

[[nodiscard]] inline bool IsWritten(const std::string& text, std::size_t bytes_max,
                                    const std::string& letters) {
  return !text.empty() && text.size() <= bytes_max &&
         text.find_first_not_of(letters) == std::string::npos;
}

inline const std::string kSmall = "abcdefghijklmnopqrstuvwxyz";
inline const std::string kDigits = "0123456789";

[[nodiscard]] inline bool IsRef(const std::string& text) {
  return IsWritten(text, 64, kSmall + kDigits + "._:/-");
}
[[nodiscard]] inline bool IsCode(const std::string& text) {
  return IsWritten(text, 32, kSmall + kDigits + "_");
}
[[nodiscard]] inline bool IsToken(const std::string& text) {
  return IsWritten(text, 32, kSmall + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + kDigits + "._-");
}
[[nodiscard]] inline bool IsDigest(const std::string& text) {
  return text.size() == 64 && IsWritten(text, 64, kDigits + "abcdef");
}
/// Whether the composed form (NFC) holds is not looked at.
[[nodiscard]] inline bool IsLabel(const std::string& text) {
  if (text.empty() || text.size() > 80) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
    if (byte < 0x20 || byte == 0x7F || (byte == 0xC2 && next < 0xA0)) return false;
  }
  return true;
}

}  // namespace suanpan::opinion
