#include "suanpan/replay/statements.h"

#include <algorithm>

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
  [[nodiscard]] Status Of(std::string_view what) const {
    if (!failed_) return {};
    return MakeError(StatusCode::kOutOfRange,
                     "{}: a sum leaves 64 bits in this window; choose another one", what);
  }

 private:
  bool failed_ = false;
};

/// The residue of what the window shows: the last accrual's, unless the window left accruals out;
/// then the remainder of its own sums, where T is their floor.
std::optional<std::uint32_t> ResidueOf(const rules::Agreement& agreement, Fen base, Fen due,
                                       std::uint32_t last, bool cut) {
  if (!cut) return last;
  if (agreement.loss_policy == schema::LossPolicy::kResetPeriod) return std::nullopt;
  const Wide rest = agreement.rate.n * base.wide() - agreement.rate.m * due.wide();
  if (rest < 0 || rest >= agreement.rate.m) return std::nullopt;
  return static_cast<std::uint32_t>(rest);
}

}  // namespace

void VendorLedger::OnEvent(const EventContext& context) {
  const bool after = window_.After(context.event.common.business_day);
  if (context.event.kind->number == schema::DonationAccrued::kKind) {
    const auto& accrual = context.event.As<schema::DonationAccrued>().fixed;
    Extra& extra = extras_[accrual.agreement];
    extra.cut = extra.cut || after;
    if (!after) extra.residue = accrual.residue;
  }
  if (after) return;
  accounts_.OnEvent(context);
  if (context.event.kind->number == schema::SettlementClosed::kKind) {
    const auto& settlement = context.event.As<schema::SettlementClosed>().fixed;
    extras_[settlement.agreement].billed += settlement.due.wide();
  }
}

Result<std::vector<VendorStatement>> VendorLedger::Statements(const rules::BookState& state) const {
  std::vector<VendorStatement> statements;
  Narrow narrow;
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
    line.base = narrow(closing(AccountClass::kBaseTotal));
    line.due = narrow(-closing(AccountClass::kPledgeUndertaken));
    line.received = narrow(closing(AccountClass::kPledgeReceived));
    line.waived = narrow(closing(AccountClass::kPledgeWaived));
    line.advance = narrow(-closing(AccountClass::kPledgeAdvance));
    line.outstanding = narrow(closing(AccountClass::kPledgeBilled));
    line.sales = narrow(-closing(AccountClass::kBaseSales));
    line.refunds = narrow(closing(AccountClass::kBaseRefunds));
    line.costs = narrow(closing(AccountClass::kBaseCosts));
    line.unpriced = narrow(closing(AccountClass::kBaseUnpriced));
    const auto found = extras_.find(agreement.name);
    const Extra extra = found == extras_.end() ? Extra{} : found->second;
    line.billed = narrow(extra.billed);
    line.residue = ResidueOf(agreement, line.base, line.due, extra.residue, extra.cut);
    SUANPAN_RETURN_IF_ERROR(narrow.Of(line.agreement));
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
    lines.push_back({PathOf(key, state.names), "fen", narrow(turnover.opening),
                     narrow(turnover.debit), narrow(turnover.credit), narrow(turnover.closing())});
    SUANPAN_RETURN_IF_ERROR(narrow.Of(lines.back().account));
  }
  std::sort(lines.begin(), lines.end(), [](const TrialBalanceLine& a, const TrialBalanceLine& b) {
    return a.account < b.account;
  });
  return lines;
}

}  // namespace suanpan::replay
