#include <iterator>
#include <utility>

#include "src/render/points_figures.h"
#include "suanpan/audit/render.h"
#include "suanpan/report/document.h"

namespace suanpan::audit {
namespace {

using report::Cell;
using report::Document;

enum Column : std::size_t {
  kOrigin,
  kRecord,
  kName,
  kResult,
  kSize,
  kRoot,
  kBalance,
  kBase,
  kDue,
  kResidue,
  kSeq,
  kExpected,
  kActual,
  kText,
  kFirstOfPoints  ///< the columns of kPointsFigures
};
constexpr std::size_t kColumns = kFirstOfPoints + std::size(kPointsFigures);

/// Rows of one kind have some of the columns; the others are empty.
class Rows {
 public:
  explicit Rows(Document& table) : table_(table) {}

  void Add(const std::string& origin, std::string_view record, std::string name,
           std::string_view result, std::vector<std::pair<std::size_t, Cell>> more) {
    std::vector<Cell> row(kColumns);
    row[kOrigin] = origin;
    row[kRecord] = std::string{record};
    row[kName] = std::move(name);
    row[kResult] = std::string{result};
    for (auto& [column, cell] : more) row[column] = std::move(cell);
    table_.rows.push_back(std::move(row));
  }
  void AddFindings(const std::string& origin, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      Cell seq;
      if (finding.seq != 0) seq = finding.seq;
      Add(origin, "finding", finding.check, ToText(finding.severity),
          {{kSeq, std::move(seq)},
           {kExpected, finding.expected},
           {kActual, finding.actual},
           {kText, finding.text}});
    }
  }

 private:
  Document& table_;
};

void AddBook(Rows& rows, const BookReport& book) {
  std::vector<std::pair<std::size_t, Cell>> head;
  if (book.has_head()) head = {{kSize, book.size}, {kRoot, ToHex(book.root.bytes)}};
  rows.Add(book.origin, "book", book.folder, ToText(book.verdict), std::move(head));
  for (const Step& step : book.steps) {
    rows.Add(book.origin, "step", std::string{step.step}, ToText(step.result), {});
  }
  for (const AgreementTotal& total : book.agreements) {
    rows.Add(book.origin, "agreement", total.agreement, {},
             {{kBase, total.base}, {kDue, total.due}, {kResidue, std::uint64_t{total.residue}}});
  }
  for (const FundTotal& fund : book.funds) {
    rows.Add(book.origin, "fund", fund.fund, {}, {{kBalance, fund.balance}});
  }
  for (const SchemeTotal& total : book.schemes) {
    std::vector<std::pair<std::size_t, Cell>> figures;
    for (const PointsFigure& figure : kPointsFigures) {
      figures.emplace_back(kFirstOfPoints + figures.size(),
                           report::Counted{(total.*figure.points).wide()});
    }
    rows.Add(book.origin, "scheme", total.scheme, {}, std::move(figures));
  }
  rows.AddFindings(book.origin, book.findings);
}

}  // namespace

std::string RenderCsv(const VerifyReport& report) {
  Document table;
  for (const std::string_view name :
       {"origin", "record", "name", "result", "size", "root", "balance_fen", "base_fen", "due_fen",
        "residue", "seq", "expected", "actual", "text"}) {
    table.columns.push_back({std::string{name}, {}});
  }
  for (const PointsFigure& figure : kPointsFigures)
    table.columns.push_back({std::string{figure.name}, {}});
  Rows rows{table};
  for (const BookReport& book : report.books) AddBook(rows, book);
  rows.AddFindings({}, report.findings);
  rows.Add({}, "verdict", {}, ToText(report.verdict), {});
  return report::RenderCsv(table);
}

}  // namespace suanpan::audit
