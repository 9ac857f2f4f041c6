#include "suanpan/rules/accounts.h"

#include <algorithm>

namespace suanpan::rules {

bool Accounts::Post(const AccountKey& key, AnyUnits amount, Seq seq) {
  if (amount.value() == 0) return true;
  const std::uint32_t* found = index_.Find(key);
  std::uint32_t index = 0;
  if (found != nullptr) {
    index = *found;
  } else {
    Account fresh;
    fresh.key = key;
    index = static_cast<std::uint32_t>(accounts_.PushBack(fresh));
    index_.Set(key, index);
    if (UnitOf(key.account_class) == UnitOfAccount::kPoints) schemes_.Set(key.owner, 1);
  }
  Account& account = accounts_.Edit(index);
  const bool debit = amount.value() > 0;
  AnyUnits& side = debit ? account.debit : account.credit;
  const std::optional<std::int64_t> turnover =
      NarrowWide(side.wide() + (debit ? amount.wide() : -amount.wide()));
  if (!turnover) return false;
  side = AnyUnits{*turnover};
  ++account.postings;
  account.last_seq = seq;
  if (!IsNet(key.account_class)) return true;
  for (const schema::Pot pot : {key.pot, schema::Pot{}}) {
    const AccountKey sum{AccountClass::kNetIncome, pot, key.owner, {}};
    nets_.Set(sum, NetOf(key.owner, pot) - amount.wide());
  }
  return true;
}

AnyUnits Accounts::BalanceOn(const AccountKey& key) const {
  const std::uint32_t* index = index_.Find(key);
  return index == nullptr ? AnyUnits{} : accounts_[*index].balance();
}

Wide Accounts::NetOf(NameId fund, schema::Pot pot) const {
  const Wide* sum = nets_.Find({AccountClass::kNetIncome, pot, fund, {}});
  return sum == nullptr ? 0 : *sum;
}

std::vector<NameId> Accounts::Schemes() const {
  std::vector<NameId> schemes = schemes_.KeysWhere([](NameId, std::uint8_t) { return true; });
  std::sort(schemes.begin(), schemes.end());
  return schemes;
}

void Accounts::Begin() {
  index_.Begin();
  accounts_.Begin();
  schemes_.Begin();
  nets_.Begin();
}
void Accounts::Commit() {
  index_.Commit();
  accounts_.Commit();
  schemes_.Commit();
  nets_.Commit();
}
void Accounts::Rollback() {
  index_.Rollback();
  accounts_.Rollback();
  schemes_.Rollback();
  nets_.Rollback();
}

}  // namespace suanpan::rules
