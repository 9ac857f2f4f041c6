#include "src/kinds/orders/orders.h"

#include <algorithm>
#include <cstring>

#include "src/kinds/lapsing.h"
#include "src/kinds/points/grants.h"

namespace suanpan::rules {
namespace {

using schema::OrderMove;
using schema::OrderMoved;
using schema::OrderState;

constexpr unsigned kDaysWanted = 30;  ///< of an order without wanted_by

/// Whether an order may be moved by a fact; one expires by the close of a day alone.
bool MayMove(OrderState from, OrderMove to) {
  switch (to) {
    case OrderMove::kAccepted:
      return from == OrderState::kPlaced;
    case OrderMove::kDispatched:
      return from == OrderState::kAccepted;
    case OrderMove::kTaken:
      return from == OrderState::kDispatched;
    case OrderMove::kDeclined:
      return from == OrderState::kDispatched || from == OrderState::kTaken;
    case OrderMove::kCancelled:
    case OrderMove::kFailed:
      return from >= OrderState::kPlaced && from <= OrderState::kTaken;
    default:
      return false;
  }
}

/// Where an order stands once it was moved.
OrderState After(OrderMove to) {
  switch (to) {
    case OrderMove::kAccepted:
    case OrderMove::kDeclined:
      return OrderState::kAccepted;
    case OrderMove::kDispatched:
      return OrderState::kDispatched;
    case OrderMove::kTaken:
      return OrderState::kTaken;
    case OrderMove::kCancelled:
      return OrderState::kCancelled;
    case OrderMove::kFailed:
      return OrderState::kFailed;
    case OrderMove::kExpired:
      return OrderState::kExpired;
  }
  return {};
}

OrderMove MoveOf(const OrderMoved& fact) { return static_cast<OrderMove>(fact.fixed.to); }

/// Who is to serve once an order was moved.
NameId ServerAfter(const Order& order, const OrderMoved& fact) {
  if (MoveOf(fact) == OrderMove::kDeclined) return {};
  const bool names_one = MoveOf(fact) == OrderMove::kAccepted ||
                         MoveOf(fact) == OrderMove::kDispatched ||
                         MoveOf(fact) == OrderMove::kTaken;
  return names_one && fact.fixed.server.value() != 0 ? fact.fixed.server : order.server;
}

Verdict IllegalTransition(const Order* order, std::string_view field) {
  if (order == nullptr) {
    return Refuse(RefusalCode::illegal_transition, field)
        .With("reason",
              fmt::format("the order was taken back, or lies over {} days back", kOpenDays));
  }
  const auto state = static_cast<std::size_t>(order->state);
  return Refuse(RefusalCode::illegal_transition, field)
      .With("state", std::string{schema::kOrderStateWords[state - 1]});
}

/// What a stored move must not contradict, and a stated one is refused for.
Verdict TestMove(const Order* order, const OrderMoved& fact) {
  const OrderMove to = MoveOf(fact);
  if (order == nullptr || !MayMove(order->state, to)) return IllegalTransition(order, "to");
  const bool needs_team = to == OrderMove::kDispatched && fact.fixed.team.value() == 0;
  const bool needs_person = to == OrderMove::kTaken && order->server.value() == 0;
  if ((needs_team || needs_person) && fact.fixed.server.value() == 0)
    return Refuse(RefusalCode::server_missing, "server");
  return std::nullopt;
}

/// What a move says of the order before it.
void FillBefore(const Order& order, OrderMoved& fact) {
  fact.fixed.previous = order.moved;
  fact.fixed.was = static_cast<std::uint8_t>(order.state);
  fact.fixed.was_server = order.server;
}

/// Whether the close of a day made the move.
bool Expires(const Event& event, const OrderMoved& fact) {
  return OriginOf(event) == schema::Origin::kDerived && MoveOf(fact) == OrderMove::kExpired;
}

void DropOrder(BookState& state, Address at) {
  const Order* order = state.orders.Find(at);
  if (order == nullptr) return;
  state.due_orders.Erase({order->last_day, at});
  state.orders.Erase(at);
}

}  // namespace

bool HasLapsed(const Order& order, Date on) {
  return !IsWaiting(order.state) && HasLapsed(std::max(order.placed_on, order.last_day), on);
}

const Order* FindOrder(const BookState& state, Address at, Date on) {
  const Order* order = state.orders.Find(at);
  return order == nullptr || HasLapsed(*order, on) ? nullptr : order;
}

void SetOrder(BookState& state, Address at, const Order& order) {
  const DueOrder due{order.last_day, at};
  if (IsWaiting(order.state)) {
    state.due_orders.Insert(due);
  } else {
    state.due_orders.Erase(due);
  }
  state.orders.Set(at, order);
}

Verdict TestServed(const BookState& state, Address at, Date on) {
  if (at.none()) return std::nullopt;
  const Order* order = FindOrder(state, at, on);
  const bool taken = order != nullptr && order->state == OrderState::kTaken;
  return taken ? std::nullopt : IllegalTransition(order, "order");
}

void ShiftOrder(BookState& state, Address at, OrderState from, OrderState to) {
  const Order* found = state.orders.Find(at);
  if (found == nullptr || found->state != from) return;
  Order order = *found;
  order.state = to;
  SetOrder(state, at, order);
}

std::vector<Address> OverdueOrders(const BookState& state, Date date, std::size_t limit) {
  std::vector<Address> overdue;
  for (const DueOrder& due : state.due_orders) {
    if (due.last_day >= date) break;
    overdue.push_back(due.order);
  }
  const std::size_t first = std::min(limit, overdue.size());
  std::ranges::partial_sort(overdue, overdue.begin() + static_cast<std::ptrdiff_t>(first));
  overdue.resize(first);
  return overdue;
}

Event ExpiredOrder(DecideContext& context, const Event& day, Address at) {
  auto* moved = context.arena.One<OrderMoved>();
  moved->fixed.order = at;
  moved->fixed.to = static_cast<std::uint8_t>(OrderMove::kExpired);
  FillBefore(*context.state.orders.Find(at), *moved);
  return DerivedEvent(context, day, OrderMoved::kKind, moved);
}

Status OrderPlacedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  const Date on = event.common.business_day;
  DropLapsed(state, Lapsing::kOrders, on);
  Order order;
  order.state = OrderState::kPlaced;
  order.placed_on = on;
  order.last_day =
      fact.fixed.wanted_by.value() == 0 ? AddDays(on, kDaysWanted) : fact.fixed.wanted_by;
  SetOrder(state, at, order);
  return {};
}

Verdict OrderPlacedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Order* order = state.orders.Find(undoing.was.at);
  if (order == nullptr) return HasDependants("it is not there any more");
  if (order->state != OrderState::kPlaced || !order->moved.none())
    return HasDependants("what became of the order");
  const auto parcels = state.custody.KeysWhere(
      [&](const ParcelKey& key, const auto&) { return key.order == undoing.was.at; });
  return parcels.empty() ? Verdict{} : HasDependants("a parcel of the order");
}

Status OrderPlacedRule::Undo(BookState& state, const Undoing& undoing) {
  DropOrder(state, undoing.was.at);
  return {};
}

Verdict OrderMovedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal =
          MustName(context, fact.fixed.order, schema::OrderPlaced::kKind, "order", named)) {
    return refusal;
  }
  const Order* order = FindOrder(context.state, fact.fixed.order, event.common.business_day);
  if (Verdict refusal = TestMove(order, fact)) return refusal;
  FillBefore(*order, fact);
  return std::nullopt;
}

Status OrderMovedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  const Order* found = FindOrder(state, fact.fixed.order, event.common.business_day);
  const bool fits =
      Expires(event, fact) ? found != nullptr && IsWaiting(found->state) : !TestMove(found, fact);
  if (!fits) return Contradiction("an order is moved where it cannot go");
  OrderMoved expected = fact;
  FillBefore(*found, expected);
  if (std::memcmp(&expected.fixed, &fact.fixed, sizeof expected.fixed) != 0)
    return Contradiction("an order is moved from where it does not stand");
  Order order = *found;
  order.state = After(MoveOf(fact));
  order.server = ServerAfter(order, fact);
  order.moved = at;
  SetOrder(state, fact.fixed.order, order);
  return {};
}

Verdict OrderMovedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const Order* order = FindOrder(state, fact.fixed.order, undoing.on);
  if (order == nullptr) return HasDependants("its order is not there any more");
  const bool last = order->moved == undoing.was.at && order->state == After(MoveOf(fact)) &&
                    MayMove(static_cast<OrderState>(fact.fixed.was), MoveOf(fact));
  return last ? Verdict{} : HasDependants("what became of the order after it");
}

Status OrderMovedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  Order order = *state.orders.Find(fact.fixed.order);
  order.state = static_cast<OrderState>(fact.fixed.was);
  order.server = fact.fixed.was_server;
  order.moved = fact.fixed.previous;
  SetOrder(state, fact.fixed.order, order);
  return {};
}

}  // namespace suanpan::rules
