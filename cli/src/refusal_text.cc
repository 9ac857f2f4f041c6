#include "src/refusal_text.h"

#include <fmt/format.h>

namespace suanpan::cli {

std::string TextOf(schema::RefusalCode code) {
  return fmt::format("{} ({})", schema::ToText(code), schema::NumberOf(code));
}

std::string TextOf(const schema::Refusal& refusal) {
  std::string text = TextOf(refusal.code);
  if (!refusal.field.empty()) text += " " + refusal.field;
  for (const schema::Refusal::Detail& detail : refusal.detail)
    text += fmt::format(", {} {}", detail.name, detail.value);
  return text;
}

}  // namespace suanpan::cli
