#include "suanpan/rules/accounts.h"

#include <fmt/format.h>

#include <algorithm>

namespace suanpan::rules {
namespace {

std::string Segment(std::string_view name) {
  std::string segment{name};
  std::replace(segment.begin(), segment.end(), '/', '~');
  return segment;
}

/// Paths by class: {o} is the owner, {d} the detail, {p} the pot.
struct NamedClass {
  AccountClass account_class;
  std::string_view path;
};

constexpr NamedClass kPaths[] = {
    {AccountClass::kBank, "fund/{o}/bank/{d}"},
    {AccountClass::kAdvance, "fund/{o}/advance/{d}"},
    {AccountClass::kReceivable, "fund/{o}/receivable/{d}"},
    {AccountClass::kStock, "fund/{o}/stock/{d}"},
    {AccountClass::kAsset, "fund/{o}/asset/{d}"},
    {AccountClass::kPayable, "fund/{o}/payable/{d}"},
    {AccountClass::kNetOpening, "fund/{o}/net/{p}/opening"},
    {AccountClass::kNetIncome, "fund/{o}/net/{p}/income"},
    {AccountClass::kNetExpense, "fund/{o}/net/{p}/expense/{d}"},
    {AccountClass::kNetTransfer, "fund/{o}/net/{p}/transfer"},
    {AccountClass::kNetRelease, "fund/{o}/net/{p}/release"},
    {AccountClass::kBaseSales, "base/{o}/sales"},
    {AccountClass::kBaseRefunds, "base/{o}/refunds"},
    {AccountClass::kBaseCosts, "base/{o}/costs"},
    {AccountClass::kBaseStandardCost, "base/{o}/standard_cost"},
    {AccountClass::kBaseUnpriced, "base/{o}/unpriced"},
    {AccountClass::kBaseTotal, "base/{o}/total"},
    {AccountClass::kPledgeUndertaken, "pledge/{o}/undertaken"},
    {AccountClass::kPledgeAccrued, "pledge/{o}/accrued"},
    {AccountClass::kPledgeBilled, "pledge/{o}/billed"},
    {AccountClass::kPledgeReceived, "pledge/{o}/received"},
    {AccountClass::kPledgeAdvance, "pledge/{o}/advance"},
    {AccountClass::kPledgeWaived, "pledge/{o}/waived"},
    {AccountClass::kPointsHolder, "points/{o}/holder/{d}"},
    {AccountClass::kPointsClaim, "points/{o}/claim/{d}"},
    {AccountClass::kPointsIssued, "points/{o}/issued"},
    {AccountClass::kPointsRedeemed, "points/{o}/redeemed"},
    {AccountClass::kPointsExpired, "points/{o}/expired"},
    {AccountClass::kPointsDeducted, "points/{o}/deducted"},
    {AccountClass::kPointsForfeited, "points/{o}/forfeited"},
    {AccountClass::kPointsDonated, "points/{o}/donated"},
    {AccountClass::kPointsTransit, "points/{o}/transit/{d}"},
    {AccountClass::kMinutesService, "minutes/{o}/service"},
    {AccountClass::kMinutesDuty, "minutes/{o}/duty"},
    {AccountClass::kMinutesTraining, "minutes/{o}/training"},
    {AccountClass::kMinutesOpening, "minutes/{o}/opening"},
    {AccountClass::kServedService, "minutes/served/service"},
    {AccountClass::kServedDuty, "minutes/served/duty"},
    {AccountClass::kServedTraining, "minutes/served/training"},
    {AccountClass::kServedOpening, "minutes/served/opening"},
    {AccountClass::kPlacesCapacity, "places/{o}/capacity"},
    {AccountClass::kPlacesFree, "places/{o}/free"},
    {AccountClass::kPlacesHeld, "places/{o}/held"},
    {AccountClass::kPlacesUsed, "places/{o}/used"},
    {AccountClass::kPlacesNoShow, "places/{o}/no_show"},
    {AccountClass::kPiecesIn, "pieces/{o}/{d}/in"},
    {AccountClass::kPiecesOnHand, "pieces/{o}/{d}/on_hand"},
    {AccountClass::kPiecesUsed, "pieces/{o}/{d}/out/used"},
    {AccountClass::kPiecesGiven, "pieces/{o}/{d}/out/given"},
    {AccountClass::kPiecesWaste, "pieces/{o}/{d}/out/waste"},
    {AccountClass::kPiecesDisposed, "pieces/{o}/{d}/out/disposed"},
    {AccountClass::kPiecesSoldOff, "pieces/{o}/{d}/out/sold_off"},
    {AccountClass::kPiecesRedeemed, "pieces/{o}/{d}/out/redeemed"},
    {AccountClass::kPiecesMissing, "pieces/{o}/{d}/out/count_difference"},
};

std::string_view PatternOf(AccountClass account_class) {
  for (const NamedClass& named : kPaths) {
    if (named.account_class == account_class) return named.path;
  }
  return "unknown/{o}/{d}";
}

}  // namespace

std::string PathOf(const AccountKey& key, const schema::NameReader& names) {
  return fmt::format(
      fmt::runtime(PatternOf(key.account_class)), fmt::arg("o", Segment(names.TextOf(key.owner))),
      fmt::arg("d", Segment(names.TextOf(key.detail))), fmt::arg("p", ToText(key.pot)));
}

std::string_view ToText(UnitOfAccount unit) {
  constexpr std::string_view kWords[] = {"fen", "points", "minutes", "places", "pieces"};
  return kWords[static_cast<std::size_t>(unit) - 1];
}

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
  std::vector<NameId> schemes = schemes_.KeysWhere([](std::uint8_t) { return true; });
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
