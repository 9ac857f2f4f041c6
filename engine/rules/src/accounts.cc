#include "suanpan/rules/accounts.h"

#include <fmt/format.h>

namespace suanpan::rules {
namespace {

std::string Segment(std::string_view name) {
  std::string segment{name};
  std::replace(segment.begin(), segment.end(), '/', '~');
  return segment;
}

struct NamedClass {
  AccountClass account_class;
  std::string_view leaf;
};

constexpr NamedClass kLeaves[] = {
    {AccountClass::kBank, "bank"},
    {AccountClass::kAdvance, "advance"},
    {AccountClass::kReceivable, "receivable"},
    {AccountClass::kStock, "stock"},
    {AccountClass::kAsset, "asset"},
    {AccountClass::kPayable, "payable"},
    {AccountClass::kNetOpening, "opening"},
    {AccountClass::kNetIncome, "income"},
    {AccountClass::kNetExpense, "expense"},
    {AccountClass::kNetTransfer, "transfer"},
    {AccountClass::kNetRelease, "release"},
    {AccountClass::kBaseSales, "sales"},
    {AccountClass::kBaseRefunds, "refunds"},
    {AccountClass::kBaseCosts, "costs"},
    {AccountClass::kBaseStandardCost, "standard_cost"},
    {AccountClass::kBaseUnpriced, "unpriced"},
    {AccountClass::kBaseTotal, "total"},
    {AccountClass::kPledgeUndertaken, "undertaken"},
    {AccountClass::kPledgeAccrued, "accrued"},
    {AccountClass::kPledgeBilled, "billed"},
    {AccountClass::kPledgeReceived, "received"},
    {AccountClass::kPledgeAdvance, "advance"},
    {AccountClass::kPledgeWaived, "waived"},
};

std::string_view LeafOf(AccountClass account_class) {
  for (const NamedClass& named : kLeaves) {
    if (named.account_class == account_class) return named.leaf;
  }
  return "unknown";
}

}  // namespace

std::string PathOf(const AccountKey& key, const schema::NameReader& names) {
  const std::string owner = Segment(names.TextOf(key.owner));
  const std::string_view leaf = LeafOf(key.account_class);
  if (key.account_class >= AccountClass::kPledgeUndertaken)
    return fmt::format("pledge/{}/{}", owner, leaf);
  if (key.account_class >= AccountClass::kBaseSales) return fmt::format("base/{}/{}", owner, leaf);
  if (!IsNet(key.account_class)) {
    return fmt::format("fund/{}/{}/{}", owner, leaf, Segment(names.TextOf(key.detail)));
  }
  std::string path = fmt::format("fund/{}/net/{}/{}", owner, ToText(key.pot), leaf);
  if (key.account_class == AccountClass::kNetExpense) {
    path += '/';
    path += Segment(names.TextOf(key.detail));
  }
  return path;
}

bool Accounts::Post(const AccountKey& key, Fen amount, Seq seq) {
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
  }
  Account& account = accounts_.Edit(index);
  const bool debit = amount.value() > 0;
  Fen& side = debit ? account.debit : account.credit;
  const std::optional<std::int64_t> turnover =
      NarrowWide(side.wide() + (debit ? amount.wide() : -amount.wide()));
  if (!turnover) return false;
  side = Fen{*turnover};
  ++account.postings;
  account.last_seq = seq;
  return true;
}

Fen Accounts::BalanceOf(const AccountKey& key) const {
  const std::uint32_t* index = index_.Find(key);
  return index == nullptr ? Fen{} : accounts_[*index].balance();
}

void Accounts::Begin() {
  index_.Begin();
  accounts_.Begin();
}
void Accounts::Commit() {
  index_.Commit();
  accounts_.Commit();
}
void Accounts::Rollback() {
  index_.Rollback();
  accounts_.Rollback();
}

}  // namespace suanpan::rules
