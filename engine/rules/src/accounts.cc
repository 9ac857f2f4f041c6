#include "suanpan/rules/accounts.h"

#include <algorithm>

namespace suanpan::rules {

bool Accounts::Post(const AccountKey& key, AnyUnits amount, Seq seq) {
  if (amount.value() == 0) return true;
  const std::uint32_t index = index_.Number(PackedAccountKey{key});
  if (index == accounts_.size()) Open(key);
  Account& account = accounts_.Edit(index);
  const bool debit = amount.value() > 0;
  AnyUnits& side = debit ? account.debit : account.credit;
  std::int64_t turnover = 0;
  if (debit ? __builtin_add_overflow(side.value(), amount.value(), &turnover)
            : __builtin_sub_overflow(side.value(), amount.value(), &turnover)) {
    return false;
  }
  side = AnyUnits{turnover};
  ++account.postings;
  account.last_seq = seq;
  if (!IsNet(key.account_class)) return true;
  for (const std::uint32_t sum : {net_sums_[index].pot, net_sums_[index].fund})
    nets_.Edit(sum) -= amount.wide();
  return true;
}

void Accounts::Open(const AccountKey& key) {
  Account fresh;
  fresh.key = key;
  NetSums sums;
  if (IsNet(key.account_class)) sums = {NetSumOf(key.owner, key.pot), NetSumOf(key.owner, {})};
  accounts_.PushBack(fresh);
  net_sums_.PushBack(sums);
  if (UnitOf(key.account_class) == UnitOfAccount::kPoints) schemes_.Set(key.owner, 1);
}

std::uint32_t Accounts::NetSumOf(NameId fund, schema::Pot pot) {
  const std::uint32_t number =
      net_index_.Number(PackedAccountKey{{AccountClass::kNetIncome, pot, fund, {}}});
  if (number == nets_.size()) nets_.PushBack(0);
  return number;
}

AnyUnits Accounts::BalanceOn(const AccountKey& key) const {
  const std::optional<std::uint32_t> index = index_.Find(PackedAccountKey{key});
  return !index ? AnyUnits{} : accounts_[*index].balance();
}

Wide Accounts::NetOf(NameId fund, schema::Pot pot) const {
  const std::optional<std::uint32_t> sum =
      net_index_.Find(PackedAccountKey{{AccountClass::kNetIncome, pot, fund, {}}});
  return sum ? nets_[*sum] : 0;
}

std::vector<NameId> Accounts::Schemes() const {
  std::vector<NameId> schemes = schemes_.KeysWhere([](NameId, std::uint8_t) { return true; });
  std::sort(schemes.begin(), schemes.end());
  return schemes;
}

void Accounts::Begin() {
  index_.Begin();
  accounts_.Begin();
  net_sums_.Begin();
  schemes_.Begin();
  net_index_.Begin();
  nets_.Begin();
}
void Accounts::Commit() {
  index_.Commit();
  accounts_.Commit();
  net_sums_.Commit();
  schemes_.Commit();
  net_index_.Commit();
  nets_.Commit();
}
void Accounts::Rollback() {
  index_.Rollback();
  accounts_.Rollback();
  net_sums_.Rollback();
  schemes_.Rollback();
  net_index_.Rollback();
  nets_.Rollback();
}

}  // namespace suanpan::rules
