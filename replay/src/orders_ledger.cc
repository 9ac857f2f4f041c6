#include "suanpan/replay/orders_ledger.h"

#include <algorithm>

#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::replay {

using schema::EntryReversed;
using schema::OrderMove;
using schema::OrderMoved;
using schema::OrderPlaced;
using schema::OrderState;
using schema::ServiceAttested;
using schema::ServiceRecorded;

namespace {

std::size_t IndexOf(OrderState state) { return static_cast<std::size_t>(state) - 1U; }

OrderState After(OrderMove move) {
  switch (move) {
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
  return OrderState::kAccepted;
}

struct AgeBucket {
  std::uint64_t last;
  const char* name;
};
constexpr AgeBucket kAges[] = {{7, "00-07"}, {30, "08-30"}, {90, "31-90"}, {~0ULL, "91-"}};

bool IsCredit(const ServiceAttested& fact) {
  return schema::Has(fact.fixed.flags, ServiceAttested::kCredited);
}

}  // namespace

void OrdersLedger::OnEvent(const EventContext& context) {
  const Date day = context.event.common.business_day;
  if (window_.After(day)) return;
  newest_ = std::max(newest_, day);
  const schema::Event& event = context.event;
  switch (event.kind->number) {
    case OrderPlaced::kKind:
      if (window_.Before(day)) return;
      orders_[context.at] = {event.As<OrderPlaced>().fixed.service_kind, day};
      return Reach(context.at, OrderState::kPlaced);
    case OrderMoved::kKind: {
      const auto& fact = event.As<OrderMoved>().fixed;
      return Reach(fact.order, After(static_cast<OrderMove>(fact.to)));
    }
    case ServiceRecorded::kKind: {
      const Address order = event.As<ServiceRecorded>().fixed.order;
      if (order.none()) return;
      services_[context.at] = order;
      return Reach(order, OrderState::kDone);
    }
    case ServiceAttested::kKind: {
      const auto& fact = event.As<ServiceAttested>();
      const auto service = services_.find(fact.fixed.service);
      if (service == services_.end() || !IsCredit(fact)) return;
      Reach(service->second, OrderState::kConfirmed);
      services_.erase(service);
      return;
    }
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;
  }
}

void OrdersLedger::Reach(Address at, OrderState state) {
  const auto order = orders_.find(at);
  if (order == orders_.end()) return;  // placed outside the window
  order->second.state = state;
  ++order->second.reached[IndexOf(state)];
}

void OrdersLedger::Return(Address at, OrderState to) {
  const auto order = orders_.find(at);
  if (order == orders_.end()) return;
  std::uint16_t& left = order->second.reached[IndexOf(order->second.state)];
  if (left != 0) --left;
  order->second.state = to;
}

void OrdersLedger::TakeBack(const EntryReversed& fact) {
  if (fact.fixed.kind == OrderPlaced::kKind) orders_.erase(fact.fixed.of);
  const bool moves = fact.fixed.kind == OrderMoved::kKind ||
                     fact.fixed.kind == ServiceRecorded::kKind ||
                     fact.fixed.kind == ServiceAttested::kKind;
  if (!moves) return;
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds_, arena);
  if (!events) return;
  for (const schema::CopiedEvent& copied : *events) {
    if (copied.event.kind->number == OrderMoved::kKind && !copied.kept) {
      const auto& moved = copied.event.As<OrderMoved>().fixed;
      Return(moved.order, static_cast<OrderState>(moved.was));
    } else if (copied.event.kind->number == ServiceRecorded::kKind) {
      const Address order = copied.event.As<ServiceRecorded>().fixed.order;
      const auto found = orders_.find(order);
      if (found != orders_.end() && found->second.state == OrderState::kConfirmed)
        Return(order, OrderState::kDone);
      if (copied.kept) {
        services_[copied.at] = order;
      } else {
        services_.erase(copied.at);
        Return(order, OrderState::kTaken);
      }
    }
  }
}

std::vector<OrdersStatement> OrdersLedger::Statements(const rules::BookState& state) const {
  const Date end = window_.to.value_or(newest_);
  std::map<std::string, OrdersStatement> kinds;
  for (const auto& [at, order] : orders_) {
    const std::string name{state.names.TextOf(order.service_kind)};
    OrdersStatement& line = kinds[name];
    line.service_kind = name;
    for (std::size_t i = 0; i < line.reached.size(); ++i) {
      if (order.reached[i] != 0) ++line.reached[i];
    }
    if (order.state >= OrderState::kConfirmed) continue;
    ++line.open;
    const auto days = static_cast<std::uint64_t>(end.value() - order.placed_on.value());
    line.oldest_days = std::max(line.oldest_days, days);
    const AgeBucket* bucket =
        std::ranges::find_if(kAges, [days](const AgeBucket& age) { return days <= age.last; });
    line.ages[bucket->name] += 1;
  }
  std::vector<OrdersStatement> statements;
  for (auto& [name, line] : kinds) statements.push_back(std::move(line));
  return statements;
}

}  // namespace suanpan::replay
