#include "suanpan/schema/json_text.h"

namespace suanpan::schema {

void JsonText::Quote(std::string_view text) {
  out_.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\' && byte != 0x7f) {
      out_.push_back(c);
    } else if (c == '"' || c == '\\') {
      out_.push_back('\\');
      out_.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(byte));
    }
  }
  out_.push_back('"');
}

}  // namespace suanpan::schema
