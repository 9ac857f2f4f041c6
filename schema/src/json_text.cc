#include "suanpan/schema/json_text.h"

#include <utf8proc.h>

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

}  // namespace

void JsonText::Quote(std::string_view text) {
  out_.push_back('"');
  while (!text.empty()) {
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      text.remove_prefix(AppendBeyondAscii(text, out_));
      continue;
    }
    if (c == '"' || c == '\\') {
      out_.push_back('\\');
      out_.push_back(c);
    } else if (byte >= 0x20 && byte != 0x7f) {
      out_.push_back(c);
    } else {
      AppendUnit(byte, out_);
    }
    text.remove_prefix(1);
  }
  out_.push_back('"');
}

}  // namespace suanpan::schema
