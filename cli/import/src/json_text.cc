#include "json_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace suanpan::import {
namespace {

struct Utf8Lead {
  std::size_t size = 0;  // 0: not a lead byte
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xbf;
};

/// The second byte's range excludes overlong forms, surrogates and everything above U+10FFFF.
Utf8Lead LeadOf(unsigned char byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return {.size = 2};
  if (byte == 0xe0) return {.size = 3, .second_min = 0xa0};
  if (byte == 0xed) return {.size = 3, .second_max = 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {.size = 3};
  if (byte == 0xf0) return {.size = 4, .second_min = 0x90};
  if (byte == 0xf4) return {.size = 4, .second_max = 0x8f};
  if (byte >= 0xf1 && byte <= 0xf3) return {.size = 4};
  return {};
}

bool IsContinuation(unsigned char byte) { return byte >= 0x80 && byte <= 0xbf; }

void AppendEscape(std::string& out, char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(byte));
  }
}

bool NeedsEscape(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x20 || value == 0x7f || byte == '"' || byte == '\\';
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t plain_begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!NeedsEscape(text[i])) continue;
    out.append(text, plain_begin, i - plain_begin);
    AppendEscape(out, text[i]);
    plain_begin = i + 1;
  }
  out.append(text, plain_begin);
  out.push_back('"');
}

void AppendJsonInteger(std::string& out, std::int64_t value) {
  const fmt::format_int digits(value);
  out.append(digits.data(), digits.size());
}

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      ++i;
      continue;
    }
    const Utf8Lead lead = LeadOf(byte);
    if (lead.size == 0 || text.size() - i < lead.size) return false;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (second < lead.second_min || second > lead.second_max) return false;
    for (std::size_t k = 2; k < lead.size; ++k) {
      if (!IsContinuation(static_cast<unsigned char>(text[i + k]))) return false;
    }
    i += lead.size;
  }
  return true;
}

std::string Shown(std::string_view value) {
  constexpr std::size_t kShownBytesMax = 60;
  const bool cut = value.size() > kShownBytesMax;
  std::string_view kept = value.substr(0, kShownBytesMax);
  while (cut && !kept.empty() && IsContinuation(static_cast<unsigned char>(value[kept.size()]))) {
    kept.remove_suffix(1);
  }
  std::string out;
  if (IsUtf8(kept)) {
    AppendJsonString(out, kept);
  } else {
    out = fmt::format("(not UTF-8, {} bytes)", value.size());
  }
  return cut ? out + "..." : out;
}

}  // namespace suanpan::import
