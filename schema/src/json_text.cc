#include "suanpan/schema/json_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstring>

#include "suanpan/schema/visible.h"

namespace suanpan::schema {
namespace {

void AppendUnit(unsigned unit, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", unit);
}

/// Appends the first character of a text that begins with a byte beyond ASCII; its bytes.
std::size_t AppendBeyondAscii(std::string_view text, std::string& out) {
  utf8proc_int32_t code_point = -1;
  const utf8proc_ssize_t used =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  if (used <= 0) {  // only in a forged log: JSON cannot carry it
    AppendUnit(0xfffd, out);
    return 1;
  }
  const auto point = static_cast<unsigned>(code_point);
  if (IsVisible(code_point)) {
    out.append(text.substr(0, static_cast<std::size_t>(used)));
  } else if (point < 0x10000) {
    AppendUnit(point, out);
  } else {
    AppendUnit(0xd7c0 + (point >> 10U), out);
    AppendUnit(0xdc00 + (point & 0x3ffU), out);
  }
  return static_cast<std::size_t>(used);
}

/// Appends the first character of a text, which JSON does not carry as it is or which is no ASCII;
/// its bytes.
std::size_t AppendEscaped(std::string_view text, std::string& out) {
  const char c = text.front();
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return AppendBeyondAscii(text, out);
  if (c == '"' || c == '\\') {
    out.push_back('\\');
    out.push_back(c);
  } else {
    AppendUnit(byte, out);
  }
  return 1;
}

constexpr std::uint64_t Eight(std::uint8_t byte) { return 0x0101'0101'0101'0101ULL * byte; }
constexpr std::uint64_t kHighBits = Eight(0x80);

/// Not 0 where one of the eight bytes is 0. May name bytes after that one, never others.
constexpr std::uint64_t AnyZero(std::uint64_t bytes) { return (bytes - Eight(1)) & ~bytes; }

/// Whether all of eight bytes are ASCII that JSON carries as it is.
bool AllPlain(std::uint64_t bytes) {
  const std::uint64_t below_space = (bytes - Eight(' ')) & ~bytes;
  return ((bytes | below_space | AnyZero(bytes ^ Eight('"')) | AnyZero(bytes ^ Eight('\\')) |
           AnyZero(bytes ^ Eight(0x7f))) &
          kHighBits) == 0;
}

bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
}

/// Copies what JSON carries as it is off the front of a text, which is shortened by it, as far as
/// there is room.
char* TakePlain(std::string_view& text, char* to, std::size_t room) {
  const char* from = text.data();
  const char* const end = from + std::min(text.size(), room);
  for (std::uint64_t bytes = 0; end - from >= 8; from += 8, to += 8) {
    std::memcpy(&bytes, from, sizeof bytes);
    if (!AllPlain(bytes)) break;
    std::memcpy(to, &bytes, sizeof bytes);
  }
  while (from != end && IsPlain(*from)) *to++ = *from++;
  text.remove_prefix(static_cast<std::size_t>(from - text.data()));
  return to;
}

}  // namespace

void JsonText::Quote(std::string_view text, std::string_view behind) {
  // Put together here, since most are short and each piece would cost a call.
  constexpr std::size_t kTogether = 120;
  char piece[kTogether + 8];
  char* to = piece;
  if (comma_) *to++ = ',';
  *to++ = '"';
  for (to = TakePlain(text, to, kTogether); !text.empty(); to = TakePlain(text, piece, kTogether)) {
    out_.append(piece, to);
    if (!IsPlain(text.front())) text.remove_prefix(AppendEscaped(text, out_));
  }
  *to++ = '"';
  to = std::copy(behind.begin(), behind.end(), to);
  out_.append(piece, to);
}

}  // namespace suanpan::schema
