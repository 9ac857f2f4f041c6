#include <fmt/format.h>

#include <algorithm>

#include "suanpan/report/display_width.h"
#include "suanpan/report/document.h"

namespace suanpan::report {
namespace {

/// "lot 13.2, quantity 2": what is nothing is left out.
std::string PartsText(const std::vector<Part>& row) {
  std::string line;
  for (const Part& part : row) {
    std::string value;
    if (const auto* text = std::get_if<std::string>(&part.value)) value = TerminalText(*text);
    if (const auto* counted = std::get_if<Counted>(&part.value))
      value = FormatUnits(counted->units);
    if (!value.empty()) line += (line.empty() ? "" : ", ") + part.name + " " + value;
  }
  return line;
}

/// A cell takes as many lines as it has amounts.
std::vector<std::string> LinesOf(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return {TerminalText(*text)};
  if (const auto* amount = std::get_if<Fen>(&cell)) return {FormatYuan(amount->wide())};
  if (const auto* total = std::get_if<Total>(&cell)) return {FormatYuan(total->fen)};
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return {FormatCount(*count)};
  if (const auto* counted = std::get_if<Counted>(&cell)) return {FormatUnits(counted->units)};
  if (const auto* unit = std::get_if<UnitName>(&cell)) {
    return {unit->name == "fen" ? "yuan" : TerminalText(unit->name)};
  }
  std::vector<std::string> lines;
  if (const auto* map = std::get_if<AmountMap>(&cell)) {
    for (const auto& [name, value] : *map)
      lines.push_back(fmt::format("{} {}", TerminalText(name), FormatYuan(value.wide())));
  } else if (const auto* counts = std::get_if<CountedMap>(&cell)) {
    for (const auto& [name, value] : *counts)
      lines.push_back(fmt::format("{} {}", TerminalText(name), FormatUnits(value.units)));
  } else if (const auto* parts = std::get_if<PartList>(&cell)) {
    for (const std::vector<Part>& row : *parts) lines.push_back(PartsText(row));
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

bool IsNumber(const Cell& cell) {
  return std::holds_alternative<Fen>(cell) || std::holds_alternative<std::uint64_t>(cell) ||
         std::holds_alternative<Total>(cell) || std::holds_alternative<Counted>(cell);
}

class TextTable {
 public:
  explicit TextTable(const Document& document) : document_(document) {
    widths_.resize(document.columns.size());
    numbers_.resize(document.columns.size());
    shown_.resize(document.columns.size());
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      widths_[i] = DisplayWidth(document.columns[i].title);
      shown_[i] = document.columns[i].shown_when_empty && !document.columns[i].below;
    }
    Measure(document.rows);
    Measure(document.totals);
  }

  [[nodiscard]] std::string Render() {
    std::vector<std::string> titles;
    for (const Column& column : document_.columns) titles.push_back(column.title);
    AddLine(titles);
    AddRule();
    for (const std::vector<Cell>& row : document_.rows) AddRow(row);
    if (!document_.totals.empty()) AddRule();
    for (const std::vector<Cell>& row : document_.totals) AddRow(row);
    return std::move(out_);
  }

 private:
  void Measure(const std::vector<std::vector<Cell>>& rows) {
    for (const std::vector<Cell>& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (document_.columns[i].below) continue;
        numbers_[i] = numbers_[i] || IsNumber(row[i]);
        shown_[i] = shown_[i] || !std::holds_alternative<std::monostate>(row[i]);
        for (const std::string& line : LinesOf(row[i]))
          widths_[i] = std::max(widths_[i], DisplayWidth(line));
      }
    }
  }
  void AddLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!shown_[i]) continue;
      if (!line.empty()) line += "  ";
      line += numbers_[i] ? PadLeft(cells[i], widths_[i]) : PadRight(cells[i], widths_[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + '\n';
  }
  void AddRule() {
    std::vector<std::string> dashes;
    for (const std::size_t width : widths_) dashes.emplace_back(width, '-');
    AddLine(dashes);
  }
  void AddRow(const std::vector<Cell>& row) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(LinesOf(row[i]));
      if (shown_[i]) height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::vector<std::string> parts;
      for (const std::vector<std::string>& cell : cells) {
        parts.push_back(line < cell.size() ? cell[line] : std::string{});
      }
      AddLine(parts);
    }
    AddBelow(row);
  }
  void AddBelow(const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!document_.columns[i].below) continue;
      for (const std::string& line : LinesOf(row[i])) {
        if (!line.empty()) out_ += fmt::format("    {}: {}\n", document_.columns[i].title, line);
      }
    }
  }

  const Document& document_;
  std::vector<std::size_t> widths_;
  std::vector<bool> numbers_;
  std::vector<bool> shown_;
  std::string out_;
};

}  // namespace

std::string RenderText(const Document& document) {
  std::string out;
  for (const auto& [name, cell] : document.head) {
    if (std::holds_alternative<std::monostate>(cell)) continue;
    std::string title = name;
    std::ranges::replace(title, '_', ' ');
    out += fmt::format("{}: {}\n", title, fmt::join(LinesOf(cell), ", "));
  }
  if (!document.as_of.empty())
    out += fmt::format("as of: {}, the last business date\n", document.as_of);
  if (document.says_currency) out += "amounts: yuan\n";
  if (!document.head.empty()) out += '\n';
  if (document.rows.empty()) {
    return out + (document.empty_text.empty() ? "nothing to show" : document.empty_text) + '\n';
  }
  return out + TextTable{document}.Render();
}

}  // namespace suanpan::report
