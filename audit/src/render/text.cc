#include <fmt/format.h>

#include <iterator>

#include "src/render/points_figures.h"
#include "suanpan/audit/render.h"
#include "suanpan/report/display_width.h"
#include "suanpan/report/document.h"

namespace suanpan::audit {
namespace {

using report::Cell;
using report::Document;

std::string Text(std::string_view view) { return std::string{view}; }

/// The table, two columns in.
void AppendTable(std::string& out, const Document& table) {
  if (table.rows.empty()) return;
  const std::string text = report::RenderText(table);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    out += "  " + text.substr(at, end - at);
    at = end;
  }
}

Document StepTable(const BookReport& book) {
  Document table{.columns = {{"step", "step"}, {"result", "result"}}};
  for (const Step& step : book.steps) {
    table.rows.push_back({Text(step.step), Text(ToText(step.result))});
  }
  return table;
}

Document AgreementTable(const BookReport& book) {
  Document table{.columns = {{"agreement", "agreement"},
                             {"base_fen", "base"},
                             {"due_fen", "due"},
                             {"residue", "residue"}}};
  for (const AgreementTotal& total : book.agreements) {
    table.rows.push_back({total.agreement, total.base, total.due, std::uint64_t{total.residue}});
  }
  return table;
}

Document FundTable(const BookReport& book) {
  Document table{.columns = {{"fund", "fund"}, {"balance_fen", "balance"}}};
  for (const FundTotal& fund : book.funds) table.rows.push_back({fund.fund, fund.balance});
  return table;
}

Document SchemeTable(const BookReport& book) {
  Document table{.columns = {{"scheme", "scheme"}}};
  for (const PointsFigure& figure : kPointsFigures)
    table.columns.push_back({Text(figure.name), Text(figure.name)});
  for (const SchemeTotal& total : book.schemes) {
    std::vector<Cell> row{total.scheme};
    for (const PointsFigure& figure : kPointsFigures)
      row.push_back(report::Counted{(total.*figure.points).wide()});
    table.rows.push_back(std::move(row));
  }
  return table;
}

void AppendFinding(std::string& out, const Finding& finding) {
  fmt::format_to(std::back_inserter(out), "  {} {}", ToText(finding.severity), finding.check);
  if (finding.seq != 0) fmt::format_to(std::back_inserter(out), " entry {}", finding.seq);
  // Names in it may come from a forged log or from a file beside it.
  const auto shown = [](const std::string& text) { return report::TerminalText(text); };
  fmt::format_to(std::back_inserter(out), ": {}\n", shown(finding.text));
  if (!finding.expected.empty()) out += "      expected " + shown(finding.expected) + "\n";
  if (!finding.actual.empty()) out += "      found    " + shown(finding.actual) + "\n";
}

void AppendBook(std::string& out, const BookReport& book) {
  const std::string name = book.has_head() ? book.origin : book.folder;
  fmt::format_to(std::back_inserter(out), "{}: {}\n",
                 name.empty() ? "the export" : report::TerminalText(name), ToText(book.verdict));
  if (book.has_head()) {
    fmt::format_to(std::back_inserter(out), "  {} entries, {} events, {} commands, root {}\n",
                   book.size, book.events, book.commands, ToHex(book.root.bytes));
  } else {
    out += "  no head: its checkpoint could not be read\n";
  }
  AppendTable(out, StepTable(book));
  AppendTable(out, AgreementTable(book));
  AppendTable(out, FundTable(book));
  AppendTable(out, SchemeTable(book));
  for (const Finding& finding : book.findings) AppendFinding(out, finding);
  if (book.findings_more != 0) {
    fmt::format_to(std::back_inserter(out), "  and {} more findings\n", book.findings_more);
  }
}

}  // namespace

std::string RenderText(const VerifyReport& report) {
  std::string out;
  for (const BookReport& book : report.books) AppendBook(out, book);
  for (const Finding& finding : report.findings) AppendFinding(out, finding);
  fmt::format_to(std::back_inserter(out), "verdict: {}\n", ToText(report.verdict));
  return out;
}

}  // namespace suanpan::audit
