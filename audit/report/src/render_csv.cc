#include <fmt/format.h>

#include "suanpan/report/display_width.h"
#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
/// advises. Names that the ledger accepts can begin so only by '-'; a forged log may hold anything.
bool LooksLikeFormula(std::string_view text) {
  return !text.empty() && std::string_view{"=+-@"}.find(text.front()) != std::string_view::npos;
}

/// Control characters become escapes, so that a record is one line.
std::string Quoted(std::string_view text) {
  const std::string shown = (LooksLikeFormula(text) ? "'" : "") + TerminalText(text);
  if (shown.find_first_of(",\"") == std::string::npos) return shown;
  std::string quoted = "\"";
  for (const char c : shown) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// "lot=13.2 quantity=2 expires="
std::string PartsText(const std::vector<Part>& row) {
  std::string joined;
  for (const Part& part : row) {
    joined += (joined.empty() ? "" : " ") + part.name + "=";
    if (const auto* text = std::get_if<std::string>(&part.value)) joined += *text;
    if (const auto* counted = std::get_if<Counted>(&part.value))
      joined += fmt::format("{}", counted->units);
  }
  return joined;
}

/// What has names or rows of its own, separated by semicolons.
std::string JoinedText(const Cell& cell) {
  std::string joined;
  const auto add = [&joined](const std::string& text) {
    joined += (joined.empty() ? "" : ";") + text;
  };
  if (const auto* map = std::get_if<AmountMap>(&cell)) {
    for (const auto& [name, value] : *map) add(fmt::format("{}={}", name, value.value()));
  } else if (const auto* counts = std::get_if<CountedMap>(&cell)) {
    for (const auto& [name, value] : *counts) add(fmt::format("{}={}", name, value.units));
  } else if (const auto* parts = std::get_if<PartList>(&cell)) {
    for (const std::vector<Part>& row : *parts) add(PartsText(row));
  }
  return joined;
}

std::string CellText(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return Quoted(*text);
  if (const auto* amount = std::get_if<Fen>(&cell)) return fmt::format("{}", amount->value());
  if (const auto* total = std::get_if<Total>(&cell)) return fmt::format("{}", total->fen);
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return fmt::format("{}", *count);
  if (const auto* counted = std::get_if<Counted>(&cell)) return fmt::format("{}", counted->units);
  if (const auto* unit = std::get_if<UnitName>(&cell)) return Quoted(unit->name);
  return Quoted(JoinedText(cell));
}

}  // namespace

std::string RenderCsv(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.columns.size(); ++i) {
    out += (i == 0 ? "" : ",") + Quoted(document.columns[i].name);
  }
  // What the head says of the whole document, on every row: a table has no other place for it.
  std::string tail;
  for (const auto& [name, value] : document.head) {
    out += ',' + Quoted(name);
    tail += ',' + CellText(value);
  }
  out += '\n';
  for (const std::vector<Cell>& row : document.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + CellText(row[i]);
    out += tail + '\n';
  }
  return out;
}

}  // namespace suanpan::report
