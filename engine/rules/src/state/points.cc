#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddPending(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kPending);
  for (const auto* pair : state.pending.Sorted()) {
    const PendingService& service = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(service.person).Of(service.holder).Of(service.service_kind);
    value.Byte(static_cast<std::uint8_t>(service.minutes_class)).Byte(service.steps);
    value.Byte(service.quality)
        .Of(service.date)
        .Of(service.since)
        .Of(service.minutes)
        .Of(service.beneficiaries);
    value.Of(service.quantity).Of(service.order).Of(service.session).Of(service.attested);
    out.Leaf(key, value);
  }
}

Field& Put(Field& field, const CarryKey& key) {
  return field.Of(key.person).Of(key.scheme).Of(key.service_kind);
}

void AddCounted(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kCarry);
  for (const auto* pair : state.carry.Sorted()) {
    Field key = out.field();
    Put(key, pair->first);
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kUsedUnits);
  for (const auto* pair : state.used_units.Sorted()) {
    Field key = out.field();
    Put(key, pair->first.of).Byte(static_cast<std::uint8_t>(pair->first.span));
    key.Big(pair->first.which);
    Field value = out.field();
    value.Of(pair->second.units).Of(pair->second.last);
    out.Leaf(key, value);
  }
}

void AddLots(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kLots);
  for (const auto* pair : state.lots.Sorted()) {
    for (const Lot& lot : pair->second) {
      Field key = out.field();
      key.Of(pair->first.scheme).Of(pair->first.holder).Big(lot.lot.packed());
      key.Big(lot.expires.value());
      Field value = out.field();
      value.Of(lot.person).Of(lot.quantity).Of(lot.expired);
      value.Of(lot.earned).Of(lot.usable_from);
      out.Leaf(key, value);
    }
  }
}

void AddLimits(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAwards);
  for (const auto* pair : state.awards.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.scheme).Of(pair->first.holder).Of(pair->first.item);
    key.Big(pair->first.month.value());
    Field value = out.field();
    value.Little(pair->second);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kSpent);
  for (const auto* pair : state.spent.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.holder.scheme).Of(pair->first.holder.holder).Big(pair->first.day.value());
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kRedeemed);
  for (const auto* pair : state.redeemed.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.scheme).Of(pair->first.holder).Big(pair->first.month.value());
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddPoints(const BookState& state, Sections& out) {
  AddPending(state, out);
  AddCounted(state, out);
  AddLots(state, out);
  AddLimits(state, out);
}

}  // namespace suanpan::rules
