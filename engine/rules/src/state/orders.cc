#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddOrdersAndCustody(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kOrders);
  for (const auto* pair : state.orders.Sorted()) {
    const Order& order = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(order.state)).Of(order.placed_on).Of(order.last_day);
    value.Of(order.server).Of(order.moved).Little(order.ratings);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kCustody);
  for (const auto* pair : state.custody.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.order.packed()).Token(pair->first.parcel);
    Field value = out.field();
    value.Of(pair->second.holder).Of(pair->second.passed);
    out.Leaf(key, value);
  }
}

void AddTimetable(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kSlots);
  for (const auto* pair : state.slots.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kSessions);
  for (const auto* pair : state.sessions.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(pair->second.held_on).Little(pair->second.attendances).Little(pair->second.services);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kAttended);
  for (const auto* pair : state.attended.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.session.packed()).Of(pair->first.person);
    Field value = out.field();
    value.Byte(pair->second);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddOrders(const BookState& state, Sections& out) {
  AddOrdersAndCustody(state, out);
  AddTimetable(state, out);
}

}  // namespace suanpan::rules
