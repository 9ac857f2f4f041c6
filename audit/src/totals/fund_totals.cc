#include "src/totals/fund_totals.h"

#include <algorithm>
#include <string>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

void FundTotals::Take(Address at, const schema::Event& event) {
  if (event.kind->number == schema::FundOpened::kKind) {
    funds_.insert(event.As<schema::FundOpened>().fund);
  } else if (event.kind->number == schema::FundsReceived::kKind) {
    // A supplier's refund lowers the pot's expense and a donation raises its income: either way
    // the pot has more.
    const auto& fixed = event.As<schema::FundsReceived>().fixed;
    Move(at, fixed.fund, fixed.account, fixed.pot, fixed.amount.wide());
  } else if (event.kind->number == schema::MoneyPaid::kKind) {
    Pay(at, event.As<schema::MoneyPaid>());
  }
}

void FundTotals::Pay(Address at, const schema::MoneyPaid& fact) {
  constexpr auto kExpense = static_cast<std::uint8_t>(schema::SpendUse::kExpense);
  if (fact.fixed.use != kExpense) {
    findings_.Doubt(
        kV7, "unknown_use", at.seq().value(),
        "a payment of a use that this version of suanpan does not know; use a newer one");
  }
  Move(at, fact.fixed.fund, fact.fixed.account, fact.fixed.pot, -fact.fixed.amount.wide());
}

void FundTotals::Move(Address at, NameId fund, NameId account, schema::Pot pot, Wide amount) {
  if (!funds_.contains(fund)) {
    findings_.Fail(kV7, "unknown_fund", at.seq().value(),
                   std::string{names_.TextOf(fund)} + " is no fund of this book");
  }
  Wide& share = shares_[{fund, account}];
  share += amount;
  if (share < 0 && amount < 0) {
    findings_.Fail(kV6, "negative_bank", at.seq().value(),
                   fmt::format("the share of {} in {} is overdrawn", names_.TextOf(fund),
                               names_.TextOf(account)),
                   "0 or more", WideText(share));
  }
  Wide& balance = pots_[{fund, pot}];
  balance += amount;
  if (balance < 0 && amount < 0) {
    findings_.Fail(
        kV6, "negative_pot", at.seq().value(),
        fmt::format("pot {} of {} is overdrawn", schema::ToText(pot), names_.TextOf(fund)),
        "0 or more", WideText(balance));
  }
}

std::vector<FundTotal> FundTotals::Finish() {
  std::vector<FundTotal> totals;
  for (const NameId fund : funds_) {
    Wide sum = 0;
    for (auto pot = pots_.lower_bound({fund, {}}); pot != pots_.end() && pot->first.fund == fund;
         ++pot) {
      sum += pot->second;
    }
    const std::string name{names_.TextOf(fund)};
    if (const std::optional<std::int64_t> fen = NarrowWide(sum)) {
      totals.push_back({name, Fen{*fen}});
    } else {
      findings_.Fail(kV7, "overflow", 0, "the balance of " + name + " leaves 64 bits",
                     "an amount of 64 bits", WideText(sum));
    }
  }
  std::ranges::sort(totals, {}, &FundTotal::fund);
  return totals;
}

}  // namespace suanpan::audit
