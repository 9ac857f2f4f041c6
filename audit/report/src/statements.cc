#include "suanpan/report/statements.h"

#include "src/document_parts.h"

namespace suanpan::report {
namespace {

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
  Document document = BeginDocument("vendor", head);
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
  Document document = BeginDocument("fund", head);
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
  Document document = BeginDocument("trial-balance", head);
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
