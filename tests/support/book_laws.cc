#include "support/book_laws.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::test {
namespace {

using rules::AccountClass;
using rules::BookState;

std::string Of(Wide wide) {
  const std::optional<std::int64_t> narrow = NarrowWide(wide);
  return narrow ? std::to_string(*narrow) : "out of bounds";
}

std::string_view Of(const BookState& state, NameId name) {
  return name == NameId{} ? "-" : state.names.TextOf(name);
}

/// The first account of a group that sums to zero: of a fund, an agreement's base, its pledge, a
/// scheme, an offer, an item of an owner, a class of minutes.
rules::AccountKey GroupOf(const rules::AccountKey& key) {
  const AccountClass of = key.account_class;
  if (rules::IsStatutory(of)) return {AccountClass::kBank, {}, key.owner, {}};
  if (of < AccountClass::kPledgeUndertaken) return {AccountClass::kBaseSales, {}, key.owner, {}};
  if (of < AccountClass::kPointsHolder) return {AccountClass::kPledgeUndertaken, {}, key.owner, {}};
  if (of < AccountClass::kMinutesService) return {AccountClass::kPointsHolder, {}, key.owner, {}};
  if (of < AccountClass::kPlacesCapacity) {
    const auto number = static_cast<std::uint8_t>(of);
    const auto served = static_cast<std::uint8_t>(AccountClass::kServedService);
    return {number >= served ? of : static_cast<AccountClass>(number + 4U), {}, {}, {}};
  }
  if (of < AccountClass::kPiecesIn) return {AccountClass::kPlacesCapacity, {}, key.owner, {}};
  return {AccountClass::kPiecesIn, {}, key.owner, key.detail};
}

std::string Unbalanced(const BookState& state) {
  std::map<rules::AccountKey, Wide> sums;
  for (const rules::Account& account : state.accounts.all())
    sums[GroupOf(account.key)] += account.balance().wide();
  for (const auto& [group, sum] : sums) {
    if (sum != 0)
      return fmt::format("{} and what belongs to it sum to {}", PathOf(group, state.names),
                         Of(sum));
  }
  return {};
}

/// The side that an account may have a balance on: 1 debit, -1 credit, 0 both.
int SideOf(const BookState& state, const rules::AccountKey& key) {
  switch (key.account_class) {
    case AccountClass::kPayable:
    case AccountClass::kPointsClaim:
    case AccountClass::kPointsIssued:
    case AccountClass::kServedService:
    case AccountClass::kServedDuty:
    case AccountClass::kServedTraining:
    case AccountClass::kServedOpening:
    case AccountClass::kPlacesCapacity:
    case AccountClass::kPiecesIn:
      return -1;
    case AccountClass::kPointsTransit:
      return 0;
    case AccountClass::kPiecesOnHand:  // a vendor's own are memo, and may be missing
      return state.IndexOf(key.owner, rules::Role::kFund) ? 1 : 0;
    default:
      return key.account_class >= AccountClass::kNetOpening &&
                     key.account_class < AccountClass::kPointsHolder
                 ? 0
                 : 1;
  }
}

std::string OnWrongSide(const BookState& state) {
  for (const rules::Account& account : state.accounts.all()) {
    const std::int64_t balance = account.balance().value();
    const int side = SideOf(state, account.key);
    if ((side > 0 && balance < 0) || (side < 0 && balance > 0))
      return fmt::format("{} is {}", PathOf(account.key, state.names), balance);
  }
  return {};
}

/// A pot less what is tied in its advances and goods.
std::string Overdrawn(const BookState& state) {
  for (const rules::Account& account : state.accounts.all()) {
    if (!rules::IsNet(account.key.account_class)) continue;
    const std::uint32_t fund = *state.IndexOf(account.key.owner, rules::Role::kFund);
    const Wide* tied = state.tied.Find({fund, account.key.pot});
    const Wide free = state.PotBalance(fund, account.key.pot) - (tied == nullptr ? 0 : *tied);
    if (free < 0) return fmt::format("{} has {} free", PathOf(account.key, state.names), Of(free));
  }
  return {};
}

std::string LotsAgainstBalances(const BookState& state) {
  std::map<rules::AccountKey, Wide> rest;
  for (const rules::Account& account : state.accounts.all()) {
    if (account.key.account_class == AccountClass::kPointsHolder)
      rest[account.key] = account.balance().wide();
  }
  for (const auto* pair : state.lots.Sorted()) {
    for (const rules::Lot& lot : pair->second) {
      if (lot.quantity.value() < 0 || lot.expired.value() < 0)
        return fmt::format("lot {} of {} is below 0", schema::ToText(lot.lot),
                           Of(state, pair->first.holder));
      rest[{AccountClass::kPointsHolder, {}, pair->first.scheme, pair->first.holder}] -=
          lot.quantity.wide();
    }
  }
  for (const auto& [key, difference] : rest) {
    if (difference != 0)
      return fmt::format("{} is {} more than its lots", PathOf(key, state.names), Of(difference));
  }
  return {};
}

/// Issued = held + redeemed + expired + deducted + forfeited + donated + transit - claims, with
/// what is held told by the lots.
std::string IssuedAndGone(const BookState& state) {
  std::map<NameId, Wide> rest;
  for (const rules::Account& account : state.accounts.all()) {
    const AccountClass of = account.key.account_class;
    if (of <= AccountClass::kPointsHolder || of > AccountClass::kPointsTransit) continue;
    rest[account.key.owner] += account.balance().wide();
  }
  for (const auto* pair : state.lots.Sorted()) {
    for (const rules::Lot& lot : pair->second) rest[pair->first.scheme] += lot.quantity.wide();
  }
  for (const auto& [scheme, sum] : rest) {
    if (sum != 0)
      return fmt::format("of scheme {} {} points were never issued", Of(state, scheme), Of(sum));
  }
  return {};
}

std::string HeldPlaces(const BookState& state) {
  std::map<NameId, Wide> rest;
  for (const rules::Account& account : state.accounts.all()) {
    if (account.key.account_class == AccountClass::kPlacesHeld)
      rest[account.key.owner] += account.balance().wide();
  }
  for (const auto* pair : state.held_places.Sorted()) {
    if (pair->second.left.value() <= 0) return "a line holds no place";
    rest[state.offers[pair->second.offer].name] -= pair->second.left.wide();
  }
  for (const auto& [offer, difference] : rest) {
    if (difference != 0)
      return fmt::format("offer {} holds {} places more than its lines", Of(state, offer),
                         Of(difference));
  }
  return {};
}

/// The last piece takes all of the value.
std::string ValueOfNothing(const BookState& state) {
  for (const rules::Account& account : state.accounts.all()) {
    const AccountClass of = account.key.account_class;
    if (of != AccountClass::kStock && of != AccountClass::kAsset) continue;
    const Quantity pieces = state.accounts.BalanceOf<Quantity>(
        {AccountClass::kPiecesOnHand, {}, account.key.owner, account.key.detail});
    if (pieces.value() == 0 && account.balance().value() != 0)
      return fmt::format("{} has a value and no pieces", PathOf(account.key, state.names));
  }
  return {};
}

}  // namespace

std::string BrokenLaw(const BookState& state) {
  for (const auto law : {Unbalanced, OnWrongSide, Overdrawn, LotsAgainstBalances, IssuedAndGone,
                         HeldPlaces, ValueOfNothing}) {
    if (std::string broken = law(state); !broken.empty()) return broken;
  }
  return {};
}

void LotTrail::Take(NameId scheme, NameId holder, std::span<const schema::TakenLot> lots) {
  for (const schema::TakenLot& lot : lots) left_[{scheme, holder, lot.lot}] -= lot.quantity.wide();
}

std::string LotTrail::Expire(const schema::PointsExpired& expired) {
  for (const schema::ExpiredLot& lot : expired.lots) {
    Wide& left = left_[{expired.fixed.scheme, expired.fixed.holder, lot.lot}];
    if (lot.quantity.wide() > left) {
      return fmt::format("{} points of lot {} expire, of which {} are left", lot.quantity.value(),
                         schema::ToText(lot.lot), Of(left));
    }
    left -= lot.quantity.wide();
  }
  return {};
}

void LotTrail::Move(Address at, const schema::PointsMoved& moved) {
  Changes& changes = moves_[at];
  if (moved.from_book.value() != 0) {
    changes.emplace_back(Key{moved.scheme, moved.from, at}, moved.points.wide());
  } else {
    for (const schema::TakenLot& lot : moved.lots) {
      changes.emplace_back(Key{moved.scheme, moved.from, lot.lot}, -lot.quantity.wide());
      if (moved.to.value() != 0)
        changes.emplace_back(Key{moved.scheme, moved.to, lot.lot}, lot.quantity.wide());
    }
  }
  for (const auto& [key, change] : changes) left_[key] += change;
}

void LotTrail::MoveBack(Address at) {
  for (const auto& [key, change] : moves_[at]) left_[key] -= change;
}

void LotTrail::Adjust(const schema::PointsAdjusted& adjusted) {
  for (const schema::LotChange& change : adjusted.lots)
    left_[{adjusted.fixed.scheme, adjusted.fixed.holder, change.lot}] += change.change.wide();
}

std::string LotTrail::FollowEvent(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case schema::PointsGranted::kKind: {
      const auto& granted = event.As<schema::PointsGranted>().fixed;
      left_[{granted.scheme, granted.holder, at}] += granted.points.wide() - granted.offset.wide();
      return {};
    }
    case schema::PointsDeducted::kKind: {
      const auto& deducted = event.As<schema::PointsDeducted>();
      Take(deducted.fixed.scheme, deducted.fixed.holder, deducted.lots);
      return {};
    }
    case schema::RedemptionMade::kKind: {
      const auto& made = event.As<schema::RedemptionMade>();
      Take(made.fixed.scheme, made.fixed.holder, made.lots);
      return {};
    }
    case schema::PointsMoved::kKind:
      Move(at, event.As<schema::PointsMoved>());
      return {};
    case schema::EntryReversed::kKind:
      MoveBack(event.As<schema::EntryReversed>().fixed.of);
      return {};
    case schema::PointsAdjusted::kKind:
      Adjust(event.As<schema::PointsAdjusted>());
      return {};
    case schema::PointsExpired::kKind:
      return Expire(event.As<schema::PointsExpired>());
    default:
      return {};
  }
}

std::string LotTrail::Follow(Seq seq, const schema::EntryView& entry) {
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    if (std::string broken = FollowEvent(at, entry.events[line]); !broken.empty()) return broken;
  }
  for (const auto& [key, left] : left_) {
    if (left < 0)
      return "more is taken of lot " + schema::ToText(std::get<2>(key)) + " than it had";
  }
  std::erase_if(left_, [](const auto& one) { return one.second == 0; });
  return {};
}

std::string LotTrail::Compare(const BookState& state) const {
  std::map<Key, Wide> lots;
  for (const auto* pair : state.lots.Sorted()) {
    for (const rules::Lot& lot : pair->second) {
      if (lot.quantity.value() != 0)
        lots[{pair->first.scheme, pair->first.holder, lot.lot}] += lot.quantity.wide();
    }
  }
  std::map<Key, Wide> all = lots;
  all.insert(left_.begin(), left_.end());
  for (const auto& one : all) {
    const Key& key = one.first;
    const auto in = [&key](const std::map<Key, Wide>& of) {
      const auto found = of.find(key);
      return found == of.end() ? Wide{0} : found->second;
    };
    if (in(lots) == in(left_)) continue;
    return fmt::format("lot {} of {} has {}, and {} by the events",
                       schema::ToText(std::get<2>(key)), Of(state, std::get<1>(key)), Of(in(lots)),
                       Of(in(left_)));
  }
  return {};
}

std::string MinutesTrail::Follow(const BookState& state, const schema::EntryView& entry) {
  const bool reverses = std::ranges::any_of(entry.events, [](const schema::Event& event) {
    return event.kind->number == schema::EntryReversed::kKind;
  });
  for (const rules::Account& account : state.accounts.all()) {
    const AccountClass of = account.key.account_class;
    if (of < AccountClass::kMinutesService || of > AccountClass::kMinutesOpening) continue;
    std::int64_t& before = minutes_[account.key];
    if (account.balance().value() < before && !reverses)
      return fmt::format("{} fell from {}", PathOf(account.key, state.names), before);
    before = account.balance().value();
  }
  return {};
}

}  // namespace suanpan::test
