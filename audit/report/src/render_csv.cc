#include <fmt/format.h>

#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

std::string Quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string CellText(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return Quoted(*text);
  if (const auto* amount = std::get_if<Fen>(&cell)) return fmt::format("{}", amount->value());
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return fmt::format("{}", *count);
  std::string joined;
  if (const auto* map = std::get_if<AmountMap>(&cell)) {
    for (const auto& [name, value] : *map) {
      joined += fmt::format("{}{}={}", joined.empty() ? "" : ";", name, value.value());
    }
  }
  return Quoted(joined);
}

}  // namespace

std::string RenderCsv(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.columns.size(); ++i) {
    out += (i == 0 ? "" : ",") + Quoted(document.columns[i].name);
  }
  out += '\n';
  for (const std::vector<Cell>& row : document.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + CellText(row[i]);
    out += '\n';
  }
  return out;
}

}  // namespace suanpan::report
