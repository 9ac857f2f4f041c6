#include "suanpan/replay/statements.h"

#include <algorithm>

#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/donations.h"

namespace suanpan::replay {
namespace {

using rules::AccountClass;

/// Narrows sums to amounts and remembers whether one did not fit: a window may add up what the log
/// never held at once.
class Narrow {
 public:
  [[nodiscard]] Fen operator()(Wide value) {
    const std::optional<std::int64_t> narrow = NarrowWide(value);
    failed_ = failed_ || !narrow;
    return Fen{narrow.value_or(0)};
  }
  [[nodiscard]] Status Of(std::string_view what) const { return failed_ ? Failed(what) : Status{}; }
  [[nodiscard]] static Status Failed(std::string_view what) {
    return MakeError(StatusCode::kOutOfRange,
                     "{}: a sum leaves 64 bits in this window; choose another one", what);
  }

 private:
  bool failed_ = false;
};

}  // namespace

void VendorLedger::OnEvent(const EventContext& context) {
  const Date day = context.event.common.business_day;
  const bool after = window_.After(day);
  if (context.event.kind->number == schema::DonationAccrued::kKind) {
    const auto& accrual = context.event.As<schema::DonationAccrued>().fixed;
    Extra& extra = extras_[accrual.agreement];
    extra.cut = extra.cut || after;
    if (!after) extra.residue = accrual.residue;
  }
  if (after) return;
  accounts_.OnEvent(context);
  if (window_.Before(day)) return;
  if (context.event.kind->number == schema::SettlementClosed::kKind) {
    const auto& settlement = context.event.As<schema::SettlementClosed>().fixed;
    extras_[settlement.agreement].billed += settlement.due.wide();
  }
  if (context.event.kind->number != schema::EntryReversed::kKind) return;
  const auto& reversal = context.event.As<schema::EntryReversed>();
  if (reversal.fixed.kind != schema::SettlementClosed::kKind) return;
  for (const schema::UndoneLine& line : reversal.undo) {
    // What was billed is not accrued any more; turned it is again.
    if (line.key().account_class == AccountClass::kPledgeAccrued)
      extras_[line.owner].billed -= line.amount.wide();
  }
}

Status VendorLedger::FillDue(const rules::Agreement& agreement, const Extra& extra,
                             VendorStatement& line) const {
  const Turnover base = accounts_.Of({AccountClass::kBaseTotal, {}, agreement.name, {}});
  const Turnover due = accounts_.Of({AccountClass::kPledgeUndertaken, {}, agreement.name, {}});
  Narrow narrow;
  if (agreement.loss_policy == schema::LossPolicy::kResetPeriod) {
    line.due = narrow(-due.moved());
    if (!extra.cut) line.residue = extra.residue;
    return narrow.Of(line.agreement);
  }
  // Not what the accruals changed: that depends on the order of the log.
  const auto until = FiguresOfBase(agreement, base.closing());
  const auto before = FiguresOfBase(agreement, base.opening);
  if (!until || !before) return Narrow::Failed(line.agreement);
  line.due = narrow(until->due_total.wide() - before->due_total.wide());
  line.residue = until->residue;
  return narrow.Of(line.agreement);
}

Result<VendorStatement> VendorLedger::StatementOf(const rules::BookState& state,
                                                  const rules::Agreement& agreement) const {
  Narrow narrow;
  const auto turnover = [&](AccountClass account_class) {
    return accounts_.Of({account_class, {}, agreement.name, {}});
  };
  const auto moved = [&](AccountClass account_class) { return turnover(account_class).moved(); };
  VendorStatement line;
  line.agreement = state.names.TextOf(agreement.name);
  line.vendor = state.names.TextOf(agreement.vendor);
  line.fund = state.names.TextOf(state.funds[agreement.fund].name);
  line.basis = schema::kBasisWords[static_cast<std::size_t>(agreement.basis) - 1];
  line.rate = agreement.rate;
  line.base = narrow(moved(AccountClass::kBaseTotal));
  line.received = narrow(moved(AccountClass::kPledgeReceived));
  line.waived = narrow(moved(AccountClass::kPledgeWaived));
  line.advance = narrow(-turnover(AccountClass::kPledgeAdvance).closing());
  line.outstanding = narrow(turnover(AccountClass::kPledgeBilled).closing());
  line.sales = narrow(-moved(AccountClass::kBaseSales));
  line.refunds = narrow(moved(AccountClass::kBaseRefunds));
  line.costs = narrow(moved(AccountClass::kBaseCosts));
  line.standard_cost = narrow(moved(AccountClass::kBaseStandardCost));
  line.unpriced = narrow(moved(AccountClass::kBaseUnpriced));
  const auto found = extras_.find(agreement.name);
  const Extra extra = found == extras_.end() ? Extra{} : found->second;
  line.billed = narrow(extra.billed);
  SUANPAN_RETURN_IF_ERROR(FillDue(agreement, extra, line));
  SUANPAN_RETURN_IF_ERROR(narrow.Of(line.agreement));
  return line;
}

Result<std::vector<VendorStatement>> VendorLedger::Statements(const rules::BookState& state) const {
  std::vector<VendorStatement> statements;
  for (const rules::Agreement& agreement : state.agreements) {
    if (agreement.name.value() == 0) continue;  // its signing was taken back
    SUANPAN_ASSIGN_OR_RETURN(VendorStatement line, StatementOf(state, agreement));
    statements.push_back(std::move(line));
  }
  std::sort(
      statements.begin(), statements.end(),
      [](const VendorStatement& a, const VendorStatement& b) { return a.agreement < b.agreement; });
  return statements;
}

Result<std::vector<FundStatement>> FundStatements(const AccountWindow& accounts,
                                                  const rules::BookState& state) {
  std::vector<FundStatement> statements;
  Narrow narrow;
  for (const rules::Fund& fund : state.funds) {
    if (fund.name.value() == 0) continue;  // its opening was taken back
    FundStatement statement;
    statement.fund = state.names.TextOf(fund.name);
    Wide opening = 0;
    Wide closing = 0;
    Wide transfers = 0;
    for (const auto& [key, turnover] : accounts.accounts()) {
      if (key.owner != fund.name || !rules::IsNet(key.account_class)) continue;
      opening -= turnover.opening;
      closing -= turnover.closing();
      if (turnover.debit == 0 && turnover.credit == 0) continue;
      const Wide movement = turnover.debit - turnover.credit;
      if (key.account_class == AccountClass::kNetExpense) {
        Fen& spent = statement.spending[std::string{state.names.TextOf(key.detail)}];
        spent = narrow(spent.wide() + movement);
      } else if (key.account_class == AccountClass::kNetIncome) {
        Fen& income = statement.income[std::string{schema::kPotSourceWords[key.pot.source - 1U]}];
        income = narrow(income.wide() - movement);
      } else if (key.account_class == AccountClass::kNetOpening) {
        opening -= movement;  // brought in from before the book, whatever the day it was entered
      } else {
        transfers -= movement;
      }
    }
    statement.opening = narrow(opening);
    statement.closing = narrow(closing);
    statement.transfers = narrow(transfers);
    SUANPAN_RETURN_IF_ERROR(narrow.Of(statement.fund));
    statements.push_back(std::move(statement));
  }
  std::sort(statements.begin(), statements.end(),
            [](const FundStatement& a, const FundStatement& b) { return a.fund < b.fund; });
  return statements;
}

Result<std::vector<TrialBalanceLine>> TrialBalance(const AccountWindow& accounts,
                                                   const rules::BookState& state) {
  std::vector<TrialBalanceLine> lines;
  Narrow narrow;
  for (const auto& [key, turnover] : accounts.accounts()) {
    const auto units = [&narrow](Wide value) { return rules::AnyUnits{narrow(value).value()}; };
    lines.push_back({PathOf(key, state.names), UnitOf(key.account_class), units(turnover.opening),
                     units(turnover.debit), units(turnover.credit), units(turnover.closing())});
    SUANPAN_RETURN_IF_ERROR(narrow.Of(lines.back().account));
  }
  std::sort(lines.begin(), lines.end(), [](const TrialBalanceLine& a, const TrialBalanceLine& b) {
    return a.account < b.account;
  });
  return lines;
}

}  // namespace suanpan::replay
