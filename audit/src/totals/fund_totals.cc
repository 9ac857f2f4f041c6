#include "src/totals/fund_totals.h"

#include <algorithm>
#include <string>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

void FundTotals::Take(Address at, const schema::Event& event) {
  using namespace schema;  // the kinds
  switch (event.kind->number) {
    case FundOpened::kKind:
      funds_.insert(event.As<FundOpened>().fund);
      return;
    case FundsReceived::kKind:
      return Receive(at, event.As<FundsReceived>());
    case MoneyPaid::kKind:
      return Pay(at, event.As<MoneyPaid>());
    case AdvanceSettled::kKind:
      return Settle(at, event.As<AdvanceSettled>());
    case GoodsReceived::kKind:
      return TakeIn(at, event.As<GoodsReceived>());
    case GoodsIssued::kKind: {
      const auto& issued = event.As<GoodsIssued>();
      return MovePot(at, {issued.owner, issued.from_pot}, -issued.value.wide(),
                     -issued.value.wide());
    }
    case GoodsCounted::kKind: {
      const auto& counted = event.As<GoodsCounted>();
      const Wide change =
          counted.difference.value() < 0 ? -counted.value.wide() : counted.value.wide();
      return MovePot(at, {counted.owner, counted.of_pot}, change, change);
    }
    case RedemptionMade::kKind:
      return Redeem(at, event.As<RedemptionMade>(), 1);
    default:
      return;  // no other kind moves a fund's money or goods
  }
}

void FundTotals::Receive(Address at, const schema::FundsReceived& fact) {
  // A supplier's refund lowers the pot's expense and a donation raises its income: either way the
  // pot has more.
  const Wide amount = fact.fixed.amount.wide();
  CheckFund(at, fact.fixed.fund);
  MoveBank(at, fact.fixed.fund, fact.fixed.account, amount);
  MovePot(at, {fact.fixed.fund, fact.fixed.pot}, amount, 0);
}

void FundTotals::Pay(Address at, const schema::MoneyPaid& fact) {
  const Wide amount = fact.fixed.amount.wide();
  const PotKey pot{fact.fixed.fund, fact.fixed.pot};
  CheckFund(at, fact.fixed.fund);
  MoveBank(at, fact.fixed.fund, fact.fixed.account, -amount);
  switch (static_cast<schema::SpendUse>(fact.fixed.use)) {
    case schema::SpendUse::kPayable:
      debts_[{fact.fixed.fund, fact.fixed.payee}] -= amount;
      return;
    case schema::SpendUse::kAdvance:
      advances_.emplace(at, Advance{pot, amount});
      return MovePot(at, pot, 0, amount);
    case schema::SpendUse::kExpense:
      break;
    default:
      findings_.Doubt(
          kV7, "unknown_use", at.seq().value(),
          "a payment of a use that this version of suanpan does not know; use a newer one");
  }
  MovePot(at, pot, -amount, 0);
}

void FundTotals::Settle(Address at, const schema::AdvanceSettled& fact) {
  const auto advance = advances_.find(fact.fixed.advance);
  if (advance == advances_.end()) return;  // found in the replay
  const PotKey pot = advance->second.pot;
  const Wide total = fact.fixed.spent.wide() + fact.fixed.returned.wide();
  advance->second.open -= total;
  if (advance->second.open <= 0) advances_.erase(advance);
  if (fact.fixed.returned.value() != 0) {
    MoveBank(at, pot.fund, fact.fixed.account, fact.fixed.returned.wide());
  }
  MovePot(at, pot, -fact.fixed.spent.wide(), -total);
}

void FundTotals::TakeIn(Address at, const schema::GoodsReceived& fact) {
  if (fact.to_pot.none()) return;  // a vendor's own
  const Wide value = fact.value.wide();
  const bool gift = fact.funding == static_cast<std::uint8_t>(schema::Funding::kGift);
  CheckFund(at, fact.owner);
  if (!gift) debts_[{fact.owner, fact.from}] += value;
  MovePot(at, {fact.owner, fact.to_pot}, gift ? value : 0, value);
}

void FundTotals::Redeem(Address at, const schema::RedemptionMade& fact, int sign) {
  constexpr auto kStock = static_cast<std::uint8_t>(schema::Supply::kStock);
  for (const schema::RedemptionLine& line : fact.lines) {
    if (line.fund.value() == 0) continue;  // nobody pays
    const Wide cost = sign * line.cost.wide();
    const bool stock = line.supply == kStock;
    if (!stock) debts_[{line.fund, line.source}] += cost;
    MovePot(at, {line.fund, line.pot}, -cost, stock ? -cost : 0);
  }
}

void FundTotals::TakeBack(Address at, const Undone& undone) {
  using namespace schema;  // the kinds
  const Event& event = undone.event;
  switch (event.kind->number) {
    case FundOpened::kKind:
      funds_.erase(event.As<FundOpened>().fund);
      return;
    case FundsReceived::kKind: {
      const FundsReceived::Fixed& fact = event.As<FundsReceived>().fixed;
      MoveBank(at, fact.fund, fact.account, -fact.amount.wide());
      return MovePot(at, {fact.fund, fact.pot}, -fact.amount.wide(), 0);
    }
    case MoneyPaid::kKind:
      return TakeBackPayment(at, undone);
    case AdvanceSettled::kKind:
      return TakeBackSettling(at, event.As<AdvanceSettled>());
    case GoodsReceived::kKind: {
      const auto& fact = event.As<GoodsReceived>();
      if (fact.to_pot.none()) return;  // a vendor's own
      const bool gift = fact.funding == static_cast<std::uint8_t>(Funding::kGift);
      if (!gift) debts_[{fact.owner, fact.from}] -= fact.value.wide();
      return MovePot(at, {fact.owner, fact.to_pot}, gift ? -fact.value.wide() : Wide{0},
                     -fact.value.wide());
    }
    case GoodsIssued::kKind: {
      const auto& fact = event.As<GoodsIssued>();
      return MovePot(at, {fact.owner, fact.from_pot}, fact.value.wide(), fact.value.wide());
    }
    case GoodsCounted::kKind: {
      const auto& fact = event.As<GoodsCounted>();
      const Wide back = fact.difference.value() < 0 ? fact.value.wide() : -fact.value.wide();
      return MovePot(at, {fact.owner, fact.of_pot}, back, back);
    }
    case RedemptionMade::kKind:
      return Redeem(at, event.As<RedemptionMade>(), -1);
    default:
      return;  // no other kind moves a fund's money or goods
  }
}

void FundTotals::TakeBackPayment(Address at, const Undone& undone) {
  const schema::MoneyPaid::Fixed& fact = undone.event.As<schema::MoneyPaid>().fixed;
  const Wide amount = fact.amount.wide();
  const PotKey pot{fact.fund, fact.pot};
  MoveBank(at, fact.fund, fact.account, amount);
  if (fact.use == static_cast<std::uint8_t>(schema::SpendUse::kPayable)) {
    debts_[{fact.fund, fact.payee}] += amount;
  } else if (fact.use == static_cast<std::uint8_t>(schema::SpendUse::kAdvance)) {
    advances_.erase(undone.at);
    MovePot(at, pot, 0, -amount);
  } else {
    MovePot(at, pot, amount, 0);
  }
}

void FundTotals::TakeBackSettling(Address at, const schema::AdvanceSettled& fact) {
  const PotKey pot{fact.fixed.fund, fact.fixed.pot};
  const Wide total = fact.fixed.spent.wide() + fact.fixed.returned.wide();
  advances_.try_emplace(fact.fixed.advance, Advance{pot, 0}).first->second.open += total;
  if (fact.fixed.returned.value() != 0)
    MoveBank(at, pot.fund, fact.fixed.account, -fact.fixed.returned.wide());
  MovePot(at, pot, fact.fixed.spent.wide(), total);
}

void FundTotals::CheckFund(Address at, NameId fund) {
  if (funds_.contains(fund)) return;
  findings_.Fail(kV7, "unknown_fund", at.seq().value(),
                 std::string{names_.TextOf(fund)} + " is no fund of this book");
}

void FundTotals::MoveBank(Address at, NameId fund, NameId account, Wide amount) {
  Wide& share = shares_[{fund, account}];
  share += amount;
  if (share >= 0 || amount >= 0) return;
  findings_.Fail(kV6, "negative_bank", at.seq().value(),
                 fmt::format("the share of {} in {} is overdrawn", names_.TextOf(fund),
                             names_.TextOf(account)),
                 "0 or more", WideText(share));
}

void FundTotals::MovePot(Address at, const PotKey& pot, Wide balance, Wide tied) {
  if (balance == 0 && tied == 0) return;
  Wide& fund = balances_[pot.fund];
  const bool fitted = NarrowWide(fund).has_value();
  fund += balance;
  if (fitted && !NarrowWide(fund)) {
    findings_.Fail(kV7, "overflow", at.seq().value(),
                   fmt::format("the balance of {} leaves 64 bits", names_.TextOf(pot.fund)),
                   "an amount of 64 bits", WideText(fund));
  }
  Wide& sum = pots_[pot];
  Wide& held = tied_[pot];
  sum += balance;
  held += tied;
  if (sum - held >= 0 || balance - tied >= 0) return;
  findings_.Fail(
      kV6, "negative_pot", at.seq().value(),
      fmt::format("pot {} of {} is overdrawn", schema::ToText(pot.pot), names_.TextOf(pot.fund)),
      "0 or more", WideText(sum - held));
}

std::vector<FundTotal> FundTotals::Finish() {
  std::vector<FundTotal> totals;
  for (const NameId fund : funds_) {
    const std::string name{names_.TextOf(fund)};
    const std::optional<std::int64_t> fen = NarrowWide(balances_[fund]);
    if (fen) totals.push_back({name, Fen{*fen}});  // else it is a finding already
  }
  std::ranges::sort(totals, {}, &FundTotal::fund);
  return totals;
}

}  // namespace suanpan::audit
