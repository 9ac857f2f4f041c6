#include "src/kinds/points/undo.h"

#include <algorithm>
#include <map>

#include "src/kinds/lapsing.h"
#include "src/kinds/points/grants.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::LotAgainst;
using schema::LotChange;
using schema::PointsAdjusted;
using schema::PointsExpired;
using schema::PointsGranted;
using schema::TakenLot;

/// Until when what comes back of a lot lasts.
Date RestoredUntil(const BookState& state, NameId scheme, const TakenLot& part, Date on) {
  const Date expires = EndOfReturned(state, scheme, part);
  if (expires.value() == 0 || expires >= on) return expires;
  const schema::PolicyProposed* policy = InForce(state, schema::PolicyType::kExpiry, scheme, on);
  const unsigned grace = policy == nullptr ? 0U : policy->expiry.restore_grace_days;
  return grace == 0 ? expires : AddDays(on, grace);
}

PointsAdjusted* Adjustment(DecideContext& context, const HolderKey& key,
                           schema::AdjustReason reason) {
  auto* adjusted = context.arena.One<PointsAdjusted>();
  adjusted->fixed.scheme = key.scheme;
  adjusted->fixed.holder = key.holder;
  adjusted->fixed.reason = static_cast<std::uint8_t>(reason);
  return adjusted;
}

LotChange ChangeOf(Address lot, Wide change, Date expires, LotAgainst against) {
  LotChange row;
  row.lot = lot;
  row.change = Points{static_cast<std::int64_t>(change)};
  row.expires = expires;
  row.against = static_cast<std::uint8_t>(against);
  return row;
}

/// A grant of the points that the carry leaves to those who stay counted.
void AddCarried(DecideContext& context, const Event& reversal, const CancelledGrant& cancelled,
                Wide claim, std::vector<Event>& derived) {
  auto* granted = context.arena.One<PointsGranted>();
  granted->fixed = cancelled.grant.fixed;
  granted->fixed.reason = static_cast<std::uint8_t>(schema::GrantReason::kCarry);
  granted->fixed.points = Points{static_cast<std::int64_t>(cancelled.difference)};
  granted->fixed.carry_total =
      Quantity{cancelled.grant.fixed.carry_total.value() - cancelled.grant.fixed.counted.value()};
  granted->fixed.counted = Quantity{};
  granted->fixed.offset =
      Points{static_cast<std::int64_t>(std::clamp<Wide>(claim, 0, cancelled.difference))};
  AddGranted(context, reversal, *granted, {}, derived);
}

}  // namespace

void AddOver(DecideContext& context, const Event& reversal, const HolderKey& key,
             std::span<const TakenLot> back, std::vector<Event>& derived) {
  // What came back too late to be used is gone again, in the same entry.
  const Date closed = context.state.calendar.get().closed;
  std::map<Date, std::vector<schema::ExpiredLot>> over;
  for (const Lot& lot : LotsOf(context.state, key)) {
    if (lot.quantity.value() <= 0 || !lot.EndsBefore(closed)) continue;
    if (std::ranges::find(back, lot.lot, &TakenLot::lot) == back.end()) continue;
    over[lot.expires].push_back({lot.lot, lot.quantity});
  }
  for (const auto& [day, lots] : over) {
    auto* expired = context.arena.One<PointsExpired>();
    expired->fixed.scheme = key.scheme;
    expired->fixed.holder = key.holder;
    expired->fixed.on = day;
    expired->lots = context.arena.Copy(std::span<const schema::ExpiredLot>{lots});
    derived.push_back(DerivedEvent(context, reversal, PointsExpired::kKind, expired));
  }
}

Status RestoreLots(BookState& state, const HolderKey& key, std::span<const TakenLot> taken,
                   Date on) {
  for (const TakenLot& part : taken) {
    Lot lot;
    lot.lot = part.lot;
    lot.person = part.person;
    lot.quantity = part.quantity;
    lot.earned = part.earned;
    lot.usable_from = part.usable_from;
    lot.expires = RestoredUntil(state, key.scheme, part, on);
    SUANPAN_RETURN_IF_ERROR(AddLot(state, key, lot));
  }
  return {};
}

void AddRestored(DecideContext& context, const Event& reversal, const HolderKey& key,
                 std::span<const TakenLot> taken, LotAgainst against, std::vector<Event>& derived) {
  if (taken.empty()) return;
  const Date on = reversal.common.business_day;
  std::vector<LotChange> rows;
  for (const TakenLot& part : taken) {
    rows.push_back(ChangeOf(part.lot, part.quantity.wide(),
                            RestoredUntil(context.state, key.scheme, part, on), against));
  }
  PointsAdjusted* adjusted = Adjustment(context, key, schema::AdjustReason::kRestore);
  adjusted->lots = context.arena.Copy(std::span<const LotChange>{rows});
  derived.push_back(DerivedEvent(context, reversal, PointsAdjusted::kKind, adjusted));
  AddOver(context, reversal, key, taken, derived);
}

Verdict TestRemembered(const BookState& state, const Undoing& undoing) {
  const Month swept = state.swept.get()[static_cast<std::size_t>(Lapsing::kExpiredLots)];
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != PointsGranted::kKind) continue;
    const auto& grant = copied.event.As<PointsGranted>().fixed;
    const bool remembered = grant.expires.value() == 0 || !HasLapsed(grant.expires, LastDay(swept));
    Wide known = grant.offset.wide();
    for (const Lot& part : PartsOfLot(state, {grant.scheme, grant.holder}, copied.at))
      known += part.quantity.wide() + part.expired.wide();
    if (remembered || known >= grant.points.wide()) continue;
    return Refuse(RefusalCode::reversal_forbidden, "of")
        .With("reason", "what was spent of its points and what expired is not known any more")
        .With("expired", ToText(grant.expires));
  }
  return std::nullopt;
}

void AddCancelled(DecideContext& context, const Event& reversal, const CancelledGrant& cancelled,
                  std::vector<Event>& derived) {
  const auto& grant = cancelled.grant.fixed;
  const HolderKey key{grant.scheme, grant.holder};
  Wide gone = grant.points.wide();  // spent, moved, or offset
  std::vector<LotChange> rows;
  for (const Lot& part : PartsOfLot(context.state, key, cancelled.at)) {
    const Wide live = part.quantity.wide();
    const Wide expired = part.expired.wide();
    gone -= live + expired;
    if (live != 0) rows.push_back(ChangeOf(part.lot, -live, part.expires, LotAgainst::kIssued));
    if (expired == 0) continue;
    rows.push_back(ChangeOf(part.lot, expired, part.expires, LotAgainst::kExpired));
    rows.push_back(ChangeOf(part.lot, -expired, part.expires, LotAgainst::kIssued));
  }
  const Wide claim = gone + std::max<Wide>(0, -cancelled.difference);
  if (!rows.empty() || claim != 0) {
    PointsAdjusted* adjusted = Adjustment(context, key, schema::AdjustReason::kReversal);
    adjusted->fixed.claim_change = Points{static_cast<std::int64_t>(claim)};
    adjusted->lots = context.arena.Copy(std::span<const LotChange>{rows});
    derived.push_back(DerivedEvent(context, reversal, PointsAdjusted::kKind, adjusted));
  }
  if (cancelled.difference > 0) {
    AddCarried(context, reversal, cancelled, ClaimOf(context.state, key).wide() + claim, derived);
  }
}

}  // namespace suanpan::rules
