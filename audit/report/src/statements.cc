#include "suanpan/report/statements.h"

#include <charconv>

#include "suanpan/base/bytes.h"

namespace suanpan::report {
namespace {

Cell Optional(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

/// A position is a number, a time is a text.
Cell KnownAt(const std::string& text) {
  std::uint64_t position = 0;
  const char* const end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, position);
  return error == std::errc{} && parsed == end ? Cell{position} : Optional(text);
}

Document Begin(std::string name, const ReportHead& head) {
  Document document;
  document.name = std::move(name);
  document.head = {{"book", head.book},
                   {"head_seq", head.head_seq.value()},
                   {"head_root", ToHex(head.head_root.bytes)},
                   {"from", Optional(head.from)},
                   {"date", Optional(head.date)},
                   {"known_at", KnownAt(head.known_at)},
                   {"state_root", ToHex(head.state_root.bytes)}};
  document.says_currency = true;
  return document;
}

/// Adds a row's amounts to the totals row, column by column; other cells stay empty.
void AddToTotals(std::vector<Cell>& totals, const std::vector<Cell>& row) {
  totals.resize(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (const auto* counted = std::get_if<Counted>(&row[i])) {
      const auto* before = std::get_if<Counted>(&totals[i]);
      totals[i] = Counted{(before == nullptr ? 0 : before->units) + counted->units};
    }
    const auto* amount = std::get_if<Fen>(&row[i]);
    if (amount == nullptr) continue;
    const auto* so_far = std::get_if<Total>(&totals[i]);
    totals[i] = Total{(so_far == nullptr ? 0 : so_far->fen) + amount->wide()};
  }
}

bool Passes(const std::string& wanted, const std::string& value) {
  return wanted.empty() || wanted == value;
}

std::vector<Column> VendorColumns() {
  return {{"agreement", "agreement"},
          {"vendor", "vendor"},
          {"fund", "fund"},
          {"basis", "basis"},
          {"rate_n", "n"},
          {"rate_m", "m"},
          {"sales_fen", "sales"},
          {"refunds_fen", "refunds"},
          {"costs_fen", "costs"},
          {"standard_cost_fen", "standard cost"},
          {"unpriced_fen", "unpriced"},
          {"base_fen", "base B"},
          {"due_fen", "due T"},
          {"residue", "residue"},
          {"billed_fen", "billed"},
          {"received_fen", "received"},
          {"waived_fen", "waived"},
          {"advance_fen", "advance"},
          {"outstanding_fen", "outstanding"}};
}

}  // namespace

Document VendorDocument(const ReportHead& head,
                        const std::vector<replay::VendorStatement>& statements,
                        const ReportFilter& filter) {
  Document document = Begin("vendor", head);
  document.columns = VendorColumns();
  document.empty_text = "no agreement";
  std::vector<Cell> totals;
  for (const replay::VendorStatement& line : statements) {
    if (!Passes(filter.vendor, line.vendor) || !Passes(filter.agreement, line.agreement) ||
        !Passes(filter.fund, line.fund)) {
      continue;
    }
    document.rows.push_back({line.agreement, line.vendor, line.fund, line.basis,
                             std::uint64_t{line.rate.n}, std::uint64_t{line.rate.m}, line.sales,
                             line.refunds, line.costs, line.standard_cost, line.unpriced, line.base,
                             line.due, line.residue ? Cell{std::uint64_t{*line.residue}} : Cell{},
                             line.billed, line.received, line.waived, line.advance,
                             line.outstanding});
    AddToTotals(totals, document.rows.back());
  }
  if (document.rows.size() > 1) {
    totals[0] = std::string{"total"};
    document.totals.push_back(std::move(totals));
  }
  return document;
}

Document FundDocument(const ReportHead& head, const std::vector<replay::FundStatement>& statements,
                      const ReportFilter& filter) {
  Document document = Begin("fund", head);
  document.columns = {{"fund", "fund"},
                      {"opening_fen", "opening"},
                      {"income_fen", "income"},
                      {"spending_fen", "spending"},
                      {"transfers_fen", "transfers"},
                      {"closing_fen", "closing"}};
  document.empty_text = "no fund";
  for (const replay::FundStatement& line : statements) {
    if (!Passes(filter.fund, line.fund)) continue;
    document.rows.push_back(
        {line.fund, line.opening, line.income, line.spending, line.transfers, line.closing});
  }
  return document;
}

Document TrialBalanceDocument(const ReportHead& head,
                              const std::vector<replay::TrialBalanceLine>& lines) {
  Document document = Begin("trial-balance", head);
  document.columns = {{"account", "account"}, {"unit", "unit"},     {"opening", "opening"},
                      {"debit", "debit"},     {"credit", "credit"}, {"closing", "closing"}};
  document.empty_text = "no posting";
  std::map<rules::UnitOfAccount, std::vector<Cell>> totals;
  for (const replay::TrialBalanceLine& line : lines) {
    const auto of = [&line](rules::AnyUnits amount) -> Cell {
      if (line.unit == rules::UnitOfAccount::kFen) return Fen{amount.value()};
      return Counted{amount.wide()};
    };
    document.rows.push_back({line.account, UnitName{std::string{ToText(line.unit)}},
                             of(line.opening), of(line.debit), of(line.credit), of(line.closing)});
    AddToTotals(totals[line.unit], document.rows.back());
  }
  for (auto& [unit, sums] : totals) {
    sums[0] = std::string{"total"};
    sums[1] = UnitName{std::string{ToText(unit)}};
    document.totals.push_back(std::move(sums));
  }
  return document;
}

}  // namespace suanpan::report
