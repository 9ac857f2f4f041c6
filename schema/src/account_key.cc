#include "suanpan/schema/account_key.h"

#include <fmt/format.h>

#include <algorithm>

namespace suanpan::schema {
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

bool IsAccount(const AccountKey& key) {
  const auto* const found =
      std::ranges::find(kPaths, key.account_class, &NamedClass::account_class);
  if (found == std::end(kPaths)) return false;
  const auto shows = [found](std::string_view part) {
    return found->path.find(part) != std::string_view::npos;
  };
  return shows("{p}") != key.pot.none() && shows("{o}") == (key.owner.value() != 0) &&
         shows("{d}") == (key.detail.value() != 0);
}

}  // namespace suanpan::schema
