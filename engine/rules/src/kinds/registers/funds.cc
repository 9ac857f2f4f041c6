#include <fmt/format.h>

#include <algorithm>

#include "src/kinds/registers/registers.h"

namespace suanpan::rules {

Verdict FundOpenedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (Verdict refusal = MustBeFree(context.state, fact.fund, "fund")) return refusal;
  for (std::size_t i = 1; i < fact.bank_accounts.size(); ++i) {
    const auto before = fact.bank_accounts.first(i);
    if (std::find(before.begin(), before.end(), fact.bank_accounts[i]) == before.end()) continue;
    return Refuse(RefusalCode::bad_field, fmt::format("bank_accounts[{}]", i))
        .With("reason", "named twice");
  }
  return std::nullopt;
}

Status FundOpenedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.fund, Role::kFund, state.funds.size()));
  Fund fund;
  fund.name = fact.fund;
  fund.host = fact.host;
  fund.committee = fact.committee;
  fund.bank_accounts.assign(fact.bank_accounts.begin(), fact.bank_accounts.end());
  fund.default_pot = fact.default_pot;
  fund.restriction_class = static_cast<schema::PotClass>(fact.restriction.restriction_class);
  fund.purposes.assign(fact.restriction.purposes.begin(), fact.restriction.purposes.end());
  fund.places.assign(fact.restriction.places.begin(), fact.restriction.places.end());
  fund.matters.assign(fact.restriction.matters.begin(), fact.restriction.matters.end());
  fund.until = fact.restriction.until;
  state.funds.PushBack(std::move(fund));
  return {};
}

}  // namespace suanpan::rules
