#include "src/points/compare_points.h"

#include <map>

#include "src/totals/wide_text.h"

namespace suanpan::audit {
namespace {

using rules::AccountClass;
using rules::AccountKey;

/// Balances of accounts, debit +. Those of other books are one account a scheme.
using Balances = std::map<AccountKey, Wide>;

AccountKey Of(AccountClass account_class, NameId scheme, NameId holder = {}) {
  return {account_class, {}, scheme, holder};
}

Balances FromFacts(const PointsTotals& totals) {
  Balances sums;
  for (const auto& [name, scheme] : totals.schemes()) {
    sums[Of(AccountClass::kPointsIssued, name)] = -scheme.granted;
    sums[Of(AccountClass::kPointsRedeemed, name)] = scheme.redeemed;
    sums[Of(AccountClass::kPointsExpired, name)] = scheme.expired;
    sums[Of(AccountClass::kPointsDeducted, name)] = scheme.deducted;
    sums[Of(AccountClass::kPointsForfeited, name)] = scheme.forfeited;
    sums[Of(AccountClass::kPointsDonated, name)] = scheme.donated;
    sums[Of(AccountClass::kPointsTransit, name)] = -scheme.moved;
  }
  for (const auto& [key, holding] : totals.holders()) {
    sums[Of(AccountClass::kPointsHolder, key.scheme, key.holder)] = holding.balance;
    sums[Of(AccountClass::kPointsClaim, key.scheme, key.holder)] = -holding.owed;
  }
  return sums;
}

Balances FromReplay(const rules::BookState& state) {
  Balances sums;
  for (const rules::Account& account : state.accounts.all()) {
    AccountKey key = account.key;
    if (UnitOf(key.account_class) != rules::UnitOfAccount::kPoints) continue;
    if (key.account_class == AccountClass::kPointsTransit) key.detail = {};
    sums[key] += account.balance().wide();
  }
  return sums;
}

}  // namespace

void ComparePoints(const PointsTotals& totals, const rules::BookState& state, Findings& findings) {
  Balances facts = FromFacts(totals);
  Balances replayed = FromReplay(state);
  for (const auto& [key, sum] : facts) replayed.try_emplace(key, 0);
  for (const auto& [key, balance] : replayed) {
    const auto found = facts.find(key);
    const Wide sum = found == facts.end() ? 0 : found->second;
    if (sum == balance) continue;
    findings.Fail(kV7, "points_balance", 0,
                  PathOf(key, state.names) + " differs from the replayed account", WideText(sum),
                  WideText(balance));
  }
}

}  // namespace suanpan::audit
