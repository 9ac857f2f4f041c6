#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "suanpan/audit/render.h"

namespace suanpan::audit {
namespace {

/// "1,234.56": yuan with separators.
std::string Yuan(Fen amount) {
  const Wide wide = amount.wide();
  const auto fen = static_cast<std::uint64_t>(wide < 0 ? -wide : wide);
  std::string whole = fmt::format("{}", fen / 100);
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, 1, ',');
  return fmt::format("{}{}.{:02}", wide < 0 ? "-" : "", whole, fen % 100);
}

using Row = std::vector<std::string>;

/// Columns padded to their widest cell, the first one left-aligned. Names are ASCII.
void AppendTable(std::string& out, const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == 0) {
        fmt::format_to(std::back_inserter(out), "  {:<{}}", row[i], widths[i]);
      } else {
        fmt::format_to(std::back_inserter(out), "  {:>{}}", row[i], widths[i]);
      }
    }
    out.push_back('\n');
  }
}

void AppendFinding(std::string& out, const Finding& finding) {
  fmt::format_to(std::back_inserter(out), "  {} {}", ToText(finding.severity), finding.check);
  if (finding.seq != 0) fmt::format_to(std::back_inserter(out), " entry {}", finding.seq);
  fmt::format_to(std::back_inserter(out), ": {}\n", finding.text);
  if (!finding.expected.empty()) out += "      expected " + finding.expected + "\n";
  if (!finding.actual.empty()) out += "      found    " + finding.actual + "\n";
}

void AppendBook(std::string& out, const BookReport& book) {
  const std::string name = !book.origin.empty() ? book.origin : book.folder;
  fmt::format_to(std::back_inserter(out), "{}: {}\n  {} entries, {} events, {} commands, root {}\n",
                 name.empty() ? "no checkpoint" : name, ToText(book.verdict), book.size,
                 book.events, book.commands, ToHex(book.root.bytes));
  std::vector<Row> steps;
  for (const Step& step : book.steps) {
    steps.push_back({std::string{step.step}, std::string{ToText(step.result)}});
  }
  AppendTable(out, steps);
  if (!book.agreements.empty()) {
    std::vector<Row> rows = {{"agreement", "base", "due", "residue"}};
    for (const AgreementTotal& total : book.agreements) {
      rows.push_back(
          {total.agreement, Yuan(total.base), Yuan(total.due), std::to_string(total.residue)});
    }
    AppendTable(out, rows);
  }
  if (!book.funds.empty()) {
    std::vector<Row> rows = {{"fund", "balance"}};
    for (const FundTotal& fund : book.funds) rows.push_back({fund.fund, Yuan(fund.balance)});
    AppendTable(out, rows);
  }
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
