#include "suanpan/replay/statements.h"

#include <algorithm>

#include "suanpan/schema/kinds/donations.h"

namespace suanpan::replay {
namespace {

using rules::AccountClass;

Fen ToFen(Wide value) {
  const std::optional<std::int64_t> narrow = NarrowWide(value);
  SUANPAN_INVARIANT(narrow.has_value(), "a balance beyond 64 bits");
  return Fen{*narrow};
}

}  // namespace

void VendorLedger::OnEvent(const EventContext& context) {
  if (window_.After(context.event.common.business_day)) return;
  accounts_.OnEvent(context);
  if (context.event.kind->number == schema::DonationAccrued::kKind) {
    const auto& accrual = context.event.As<schema::DonationAccrued>().fixed;
    extras_[accrual.agreement].residue = accrual.residue;
  } else if (context.event.kind->number == schema::SettlementClosed::kKind) {
    const auto& settlement = context.event.As<schema::SettlementClosed>().fixed;
    extras_[settlement.agreement].billed += settlement.due.wide();
  }
}

std::vector<VendorStatement> VendorLedger::Statements(const rules::BookState& state) const {
  std::vector<VendorStatement> statements;
  for (const rules::Agreement& agreement : state.agreements) {
    const auto closing = [&](AccountClass account_class) {
      return accounts_.Of({account_class, {}, agreement.name, {}}).closing();
    };
    VendorStatement line;
    line.agreement = state.names.TextOf(agreement.name);
    line.vendor = state.names.TextOf(agreement.vendor);
    line.fund = state.names.TextOf(state.funds[agreement.fund].name);
    line.basis = schema::kBasisWords[static_cast<std::size_t>(agreement.basis) - 1];
    line.rate = agreement.rate;
    line.base = ToFen(closing(AccountClass::kBaseTotal));
    line.due = ToFen(-closing(AccountClass::kPledgeUndertaken));
    line.received = ToFen(closing(AccountClass::kPledgeReceived));
    line.waived = ToFen(closing(AccountClass::kPledgeWaived));
    line.advance = ToFen(-closing(AccountClass::kPledgeAdvance));
    line.outstanding = ToFen(closing(AccountClass::kPledgeBilled));
    line.sales = ToFen(-closing(AccountClass::kBaseSales));
    line.refunds = ToFen(closing(AccountClass::kBaseRefunds));
    line.costs = ToFen(closing(AccountClass::kBaseCosts));
    line.unpriced = ToFen(closing(AccountClass::kBaseUnpriced));
    if (const auto extra = extras_.find(agreement.name); extra != extras_.end()) {
      line.billed = ToFen(extra->second.billed);
      line.residue = extra->second.residue;
    }
    statements.push_back(std::move(line));
  }
  std::sort(
      statements.begin(), statements.end(),
      [](const VendorStatement& a, const VendorStatement& b) { return a.agreement < b.agreement; });
  return statements;
}

std::vector<FundStatement> FundStatements(const AccountWindow& accounts,
                                          const rules::BookState& state) {
  std::vector<FundStatement> statements;
  for (const rules::Fund& fund : state.funds) {
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
        spent = ToFen(spent.wide() + movement);
      } else if (key.account_class == AccountClass::kNetIncome) {
        Fen& income = statement.income[std::string{schema::kPotSourceWords[key.pot.source - 1U]}];
        income = ToFen(income.wide() - movement);
      } else if (key.account_class == AccountClass::kNetOpening) {
        opening -= movement;  // brought in from before the book, whatever the day it was entered
      } else {
        transfers -= movement;
      }
    }
    statement.opening = ToFen(opening);
    statement.closing = ToFen(closing);
    statement.transfers = ToFen(transfers);
    statements.push_back(std::move(statement));
  }
  std::sort(statements.begin(), statements.end(),
            [](const FundStatement& a, const FundStatement& b) { return a.fund < b.fund; });
  return statements;
}

std::vector<TrialBalanceLine> TrialBalance(const AccountWindow& accounts,
                                           const rules::BookState& state) {
  std::vector<TrialBalanceLine> lines;
  for (const auto& [key, turnover] : accounts.accounts()) {
    lines.push_back({PathOf(key, state.names), "fen", ToFen(turnover.opening),
                     ToFen(turnover.debit), ToFen(turnover.credit), ToFen(turnover.closing())});
  }
  std::sort(lines.begin(), lines.end(), [](const TrialBalanceLine& a, const TrialBalanceLine& b) {
    return a.account < b.account;
  });
  return lines;
}

}  // namespace suanpan::replay
