#include "src/kinds/points/lots.h"

#include "src/kinds/points/grants.h"

namespace suanpan::rules {
namespace {

using schema::ExpiredLot;
using schema::LotAgainst;
using schema::LotChange;
using schema::PointsAdjusted;

AccountClass OtherSide(LotAgainst against) {
  switch (against) {
    case LotAgainst::kIssued:
      return AccountClass::kPointsIssued;
    case LotAgainst::kRedeemed:
      return AccountClass::kPointsRedeemed;
    case LotAgainst::kExpired:
      return AccountClass::kPointsExpired;
    case LotAgainst::kDeducted:
      return AccountClass::kPointsDeducted;
  }
  return AccountClass::kPointsIssued;
}

/// What was booked as expired is there again, for the redemption before it.
Status TakeBack(BookState& state, const HolderKey& key, const LotChange& change) {
  const Lot* lot = FindLot(state, key, change.lot, change.expires);
  if (lot == nullptr || lot->quantity.wide() + change.change.wide() != 0 ||
      change.change > lot->expired) {
    return Contradiction("a late redemption takes back what had not expired");
  }
  Lot changed = *lot;
  changed.quantity = Points{};
  changed.expired = Points{lot->expired.value() - change.change.value()};
  SetLot(state, key, changed);
  return {};
}

/// A row of a reversed grant.
Status Change(BookState& state, const HolderKey& key, const LotChange& change) {
  const Lot* lot = FindLot(state, key, change.lot, change.expires);
  if (lot == nullptr) return Contradiction("a lot is adjusted that is not there");
  Lot changed = *lot;
  const std::optional<Points> quantity = CheckedAdd(lot->quantity, change.change);
  if (!quantity) return OverflowError();
  changed.quantity = *quantity;
  if (static_cast<LotAgainst>(change.against) == LotAgainst::kExpired)
    changed.expired = Points{lot->expired.value() - change.change.value()};
  if (changed.quantity.value() < 0 || changed.expired.value() < 0)
    return Contradiction("more is adjusted than the lot has");
  SetLot(state, key, changed);
  return {};
}

/// All parts of a grant that end sooner last longer; what was booked as expired of them comes back,
/// or none of it does.
Status Extend(BookState& state, const HolderKey& key, const LotChange& change) {
  Wide back = change.change.wide();
  bool found = false;
  for (const Lot& part : PartsOfLot(state, key, change.lot)) {
    if (!EndsSooner(part.expires, change.expires)) continue;
    Lot longer = part;
    Lot rest = part;
    rest.quantity = {};
    longer.expired = {};
    longer.expires = change.expires;
    if (change.change.value() != 0) {
      const std::optional<Points> quantity = CheckedAdd(part.quantity, part.expired);
      if (!quantity) return OverflowError();
      longer.quantity = *quantity;
      rest.expired = {};
      back -= part.expired.wide();
    }
    found = found || longer.quantity.value() > 0;
    SetLot(state, key, rest);
    SUANPAN_RETURN_IF_ERROR(AddLot(state, key, longer));
  }
  if (!found || back != 0) return Contradiction("a lot lasts longer that is not there");
  return {};
}

Status ChangeFor(schema::AdjustReason reason, BookState& state, const HolderKey& key,
                 const LotChange& change) {
  if (reason == schema::AdjustReason::kLate) return TakeBack(state, key, change);
  if (reason == schema::AdjustReason::kExtension) return Extend(state, key, change);
  return Change(state, key, change);
}

}  // namespace

void PointsGrantedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId scheme = fact.fixed.scheme;
  sink.PostSum(HolderAccount(scheme, fact.fixed.holder),
               fact.fixed.points.wide() - fact.fixed.offset.wide());
  sink.PostSum(PointsAccount(AccountClass::kPointsIssued, scheme), -fact.fixed.points.wide());
  sink.Post(ClaimAccount(scheme, fact.fixed.holder), fact.fixed.offset);
}

Status PointsGrantedRule::Apply(BookState& state, Address at, const Event&, const Fact& fact) {
  if (fact.fixed.offset > fact.fixed.points)
    return Contradiction("a claim takes more than the grant has");
  if (static_cast<schema::GrantReason>(fact.fixed.reason) == schema::GrantReason::kService) {
    const std::optional<Crediting>& crediting = state.crediting.get();
    if (!crediting) return Contradiction("points for a service that nobody attested");
    for (const EarningRule& rule : EarningRulesOf(state, crediting->of)) {
      if (rule.policy->earning.scheme != fact.fixed.scheme) continue;
      if (!AddCount(state, *crediting, rule, fact.fixed.counted)) return OverflowError();
    }
  }
  Lot lot;
  lot.lot = at;
  lot.person = fact.fixed.person;
  lot.quantity = Points{fact.fixed.points.value() - fact.fixed.offset.value()};
  lot.earned = fact.fixed.earned;
  lot.usable_from = fact.fixed.usable_from;
  lot.expires = fact.fixed.expires;
  return AddLot(state, {fact.fixed.scheme, fact.fixed.holder}, lot);
}

void PointsExpiredRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const Wide sum = SumOf(fact.lots, &ExpiredLot::quantity);
  sink.PostSum(PointsAccount(AccountClass::kPointsExpired, fact.fixed.scheme), sum);
  sink.PostSum(HolderAccount(fact.fixed.scheme, fact.fixed.holder), -sum);
}

Status PointsExpiredRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  for (const ExpiredLot& part : fact.lots) {
    const Lot* lot = FindLot(state, key, part.lot, fact.fixed.on);
    if (lot == nullptr || lot->quantity != part.quantity)
      return Contradiction("a lot expires that is not there, or not then");
    Lot changed = *lot;
    const std::optional<Points> expired = CheckedAdd(lot->expired, part.quantity);
    if (!expired) return OverflowError();
    changed.quantity = Points{};
    changed.expired = *expired;
    SetLot(state, key, changed);
  }
  return {};
}

void PointsAdjustedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId scheme = fact.fixed.scheme;
  for (const LotChange& change : fact.lots) {
    sink.Post(HolderAccount(scheme, fact.fixed.holder), change.change);
    sink.PostSum(PointsAccount(OtherSide(static_cast<LotAgainst>(change.against)), scheme),
                 -change.change.wide());
  }
  sink.PostSum(ClaimAccount(scheme, fact.fixed.holder), -fact.fixed.claim_change.wide());
  sink.Post(PointsAccount(AccountClass::kPointsIssued, scheme), fact.fixed.claim_change);
}

Status PointsAdjustedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const auto reason = static_cast<schema::AdjustReason>(fact.fixed.reason);
  if (reason == schema::AdjustReason::kRestore) return {};  // the reversal put them back
  for (const LotChange& change : fact.lots) {
    SUANPAN_RETURN_IF_ERROR(ChangeFor(reason, state, key, change));
  }
  return {};
}

}  // namespace suanpan::rules
