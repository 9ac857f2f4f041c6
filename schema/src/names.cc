#include "suanpan/schema/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "suanpan/schema/entry_format.h"

namespace suanpan::schema {
namespace {

constexpr bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

constexpr bool IsRefPunctuation(char c) {
  return c == '.' || c == ':' || c == '/' || c == '-' || c == '_';
}

template <class Allowed>
bool AllOf(std::string_view text, std::size_t max, Allowed allowed) {
  return !text.empty() && text.size() <= max && std::all_of(text.begin(), text.end(), allowed);
}

/// Names are tested for each fact that has them: a table instead of seven comparisons a byte.
constexpr std::array<bool, 256> kRefBytes = [] {
  std::array<bool, 256> allowed{};
  for (unsigned byte = 0; byte < 128; ++byte) {
    const char c = static_cast<char>(byte);
    allowed[byte] = IsLowerOrDigit(c) || IsRefPunctuation(c);
  }
  return allowed;
}();

const utf8proc_uint8_t* Utf8(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool HasControlOrInvalid(std::string_view text) {
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  const utf8proc_uint8_t* at = Utf8(text);
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(at, left, &code_point);
    if (used <= 0) return true;
    const utf8proc_category_t category = utf8proc_category(code_point);
    if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CS ||
        category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP) {
      return true;
    }
    at += used;
    left -= used;
  }
  return false;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

bool IsRef(std::string_view text) {
  if (text.empty() || text.size() > kNameBytesMax) return false;
  bool all = true;
  for (const char c : text) all &= kRefBytes[static_cast<unsigned char>(c)];
  return all;
}

bool IsCode(std::string_view text) {
  return AllOf(text, kCodeBytesMax, [](char c) { return IsLowerOrDigit(c) || c == '_'; });
}

bool IsName(std::string_view text) { return IsRef(text); }

bool Obeys(std::string_view text, Grammar grammar) {
  return grammar == Grammar::kRef ? IsRef(text) : IsCode(text);
}

bool IsToken(std::string_view text) {
  return AllOf(text, kTokenBytesMax, [](char c) {
    return IsLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
  });
}

bool IsLabel(std::string_view text) {
  if (text.empty() || text.size() > kLabelBytesMax) return false;
  if (IsAscii(text)) return true;
  if (HasControlOrInvalid(text)) return false;
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(Utf8(text), static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return false;
  const std::string_view normal{reinterpret_cast<const char*>(composed),
                                static_cast<std::size_t>(size)};
  const bool same = normal == text;
  std::free(composed);
  return same;
}

}  // namespace suanpan::schema
