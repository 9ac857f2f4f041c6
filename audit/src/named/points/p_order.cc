// p-order: an order goes from state to state as it may and ends once; what nobody took by its last
// day expires when a day after that is closed; orders that are open for long, and those that were
// dispatched by whoever serves, are shown.

#include <map>

#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::DayClosed;
using schema::EntryReversed;
using schema::OrderMove;
using schema::OrderMoved;
using schema::OrderPlaced;
using schema::OrderState;
using schema::ServiceAttested;
using schema::ServiceRecorded;

constexpr unsigned kDaysWanted = 30;     ///< of an order that names no last day
constexpr unsigned kDaysFollowed = 400;  ///< from its last day, or while it waits
constexpr int kDaysLong = 30;

std::string StateText(OrderState state) {
  const std::size_t index = static_cast<std::size_t>(state) - 1U;
  return index < std::size(schema::kOrderStateWords) ? std::string{schema::kOrderStateWords[index]}
                                                     : std::string{"none"};
}

bool IsWaiting(OrderState state) {
  return state == OrderState::kPlaced || state == OrderState::kAccepted ||
         state == OrderState::kDispatched;
}

bool IsEnd(OrderState state) { return state > OrderState::kDone; }

/// Where a move leads from a state; nothing where it may not be made.
std::optional<OrderState> After(OrderState from, OrderMove move) {
  const auto only = [&](OrderState wanted, OrderState to) {
    return from == wanted ? std::optional{to} : std::nullopt;
  };
  switch (move) {
    case OrderMove::kAccepted:
      return only(OrderState::kPlaced, OrderState::kAccepted);
    case OrderMove::kDispatched:
      return only(OrderState::kAccepted, OrderState::kDispatched);
    case OrderMove::kTaken:
      return only(OrderState::kDispatched, OrderState::kTaken);
    case OrderMove::kDeclined:
      return from == OrderState::kTaken ? std::optional{OrderState::kAccepted}
                                        : only(OrderState::kDispatched, OrderState::kAccepted);
    case OrderMove::kCancelled:
      return from <= OrderState::kTaken ? std::optional{OrderState::kCancelled} : std::nullopt;
    case OrderMove::kFailed:
      return from <= OrderState::kTaken ? std::optional{OrderState::kFailed} : std::nullopt;
    case OrderMove::kExpired:
      return IsWaiting(from) ? std::optional{OrderState::kExpired} : std::nullopt;
  }
  return std::nullopt;
}

class Orders final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void EndEntry(Seq seq) override;
  void Finish() override;

 private:
  struct Order {
    OrderState state = OrderState::kPlaced;
    Date placed_on;
    Date last_day;
    NameId server;
    NameId dispatcher;  ///< who dispatched it last
  };

  void Place(Address at, const OrderPlaced::Fixed& fact, Date day);
  /// The books forget when an order is placed in a later month: a move may be taken back until
  /// then.
  void ForgetBefore(Date day);
  void Move(Address at, const schema::Event& event);
  void CompareServer(Address at, OrderMove move, NameId actor, Order& order);
  void Serve(Address at, Address order, OrderState from, OrderState to);
  void TakeBack(const EntryReversed& fact);
  void Set(Address order, OrderState state);

  std::map<Address, Order> orders_;  ///< ended ones too, as long as they are followed
  Address closing_;                  ///< of the day.closed at hand
  Month swept_;
};

void Orders::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case OrderPlaced::kKind:
      return Place(at, event.As<OrderPlaced>().fixed, event.common.business_day);
    case OrderMoved::kKind:
      return Move(at, event);
    case ServiceRecorded::kKind:
      return Serve(at, event.As<ServiceRecorded>().fixed.order, OrderState::kTaken,
                   OrderState::kDone);
    case ServiceAttested::kKind: {
      const auto& fact = event.As<ServiceAttested>();
      const KnownService* service = book().services.Find(fact.fixed.service);
      if (service == nullptr || !schema::Has(fact.fixed.flags, ServiceAttested::kCredited)) return;
      return Serve(at, service->order, OrderState::kDone, OrderState::kConfirmed);
    }
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    case DayClosed::kKind:
      closing_ = at;
      return;
    default:
      return;
  }
}

void Orders::Place(Address at, const OrderPlaced::Fixed& fact, Date day) {
  LookAt();
  const Date wanted = fact.wanted_by.value() == 0 ? AddDays(day, kDaysWanted) : fact.wanted_by;
  ForgetBefore(day);
  orders_[at] = {OrderState::kPlaced, day, wanted, {}, {}};
}

void Orders::ForgetBefore(Date day) {
  if (MonthOf(day) <= swept_) return;
  swept_ = MonthOf(day);
  std::erase_if(orders_, [day](const auto& order) {
    const Date since = std::max(order.second.placed_on, order.second.last_day);
    return !IsWaiting(order.second.state) && AddDays(since, kDaysFollowed) < day;
  });
}

void Orders::Move(Address at, const schema::Event& event) {
  LookAt();
  const auto& fact = event.As<OrderMoved>().fixed;
  const auto found = orders_.find(fact.order);
  if (found == orders_.end()) {
    return Fail(at, schema::ToText(fact.order) + " is no order, or one that is long past");
  }
  Order& order = found->second;
  const auto move = static_cast<OrderMove>(fact.to);
  const std::optional<OrderState> after = After(order.state, move);
  const bool derived = event.common.cause != 0;
  if (!after || derived != (move == OrderMove::kExpired)) {
    const std::size_t word = fact.to - 1U;
    return Fail(at, fmt::format("order {} is moved where it cannot go", schema::ToText(fact.order)),
                "a move from " + StateText(order.state),
                word < std::size(schema::kOrderMoveWords)
                    ? std::string{schema::kOrderMoveWords[word]}
                    : std::string{"none"});
  }
  if (static_cast<OrderState>(fact.was) != order.state)
    Fail(at, "the move tells another state before it", StateText(order.state),
         StateText(static_cast<OrderState>(fact.was)));
  order.state = *after;
  if (move == OrderMove::kDeclined) order.server = {};
  const bool names_one =
      move == OrderMove::kAccepted || move == OrderMove::kDispatched || move == OrderMove::kTaken;
  if (names_one && fact.server.value() != 0) order.server = fact.server;
  CompareServer(at, move, event.common.actor, order);
}

void Orders::CompareServer(Address at, OrderMove move, NameId actor, Order& order) {
  if (move == OrderMove::kDispatched) {
    order.dispatcher = actor;
    if (order.server != actor) return;
    order.dispatcher = {};  // it is said once
    Note(at, NameOf(actor) + " dispatches an order to themselves");
  } else if (move == OrderMove::kTaken && order.dispatcher.value() != 0 &&
             order.server == order.dispatcher) {
    Note(at, NameOf(order.server) + " serves an order that they dispatched");
  }
}

void Orders::Serve(Address at, Address order, OrderState from, OrderState to) {
  if (order.none()) return;
  const auto found = orders_.find(order);
  if (found == orders_.end()) return;  // long past
  if (found->second.state == from) {
    found->second.state = to;
  } else {
    Fail(at, fmt::format("order {} is served where it stands", schema::ToText(order)),
         StateText(from), StateText(found->second.state));
  }
}

void Orders::Set(Address order, OrderState state) {
  const auto found = orders_.find(order);
  if (found != orders_.end()) found->second.state = state;
}

void Orders::TakeBack(const EntryReversed& fact) {
  if (fact.fixed.kind == OrderPlaced::kKind) orders_.erase(fact.fixed.of);
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  const schema::CopiedEvent& was = events->front();
  if (was.event.kind->number == OrderMoved::kKind) {
    const auto& moved = was.event.As<OrderMoved>().fixed;
    Set(moved.order, static_cast<OrderState>(moved.was));
    const auto found = orders_.find(moved.order);
    if (found != orders_.end()) found->second.server = moved.was_server;
  } else if (was.event.kind->number == ServiceRecorded::kKind) {
    Set(was.event.As<ServiceRecorded>().fixed.order, OrderState::kTaken);
  } else if (was.event.kind->number == ServiceAttested::kKind &&
             schema::Has(was.event.As<ServiceAttested>().fixed.flags, ServiceAttested::kCredited)) {
    for (const schema::CopiedEvent& copied : *events) {
      if (copied.event.kind->number == ServiceRecorded::kKind)
        Set(copied.event.As<ServiceRecorded>().fixed.order, OrderState::kDone);
    }
  }
}

void Orders::EndEntry(Seq /*seq*/) {
  if (closing_.none()) return;
  const Address closing = std::exchange(closing_, Address{});
  if (book().closing_day != book().closed_day) return;  // more pages follow
  for (const auto& [at, order] : orders_) {
    const bool placed_later = at > closing;  // in the same entry
    if (placed_later || !IsWaiting(order.state) || order.last_day >= book().closed_day) continue;
    Fail(closing,
         fmt::format("the day is closed, and order {} that nobody took by {} does not expire",
                     schema::ToText(at), ToText(order.last_day)));
  }
}

void Orders::Finish() {
  for (const auto& [at, order] : orders_) {
    const int days = book().newest_day.value() - order.placed_on.value();
    if (IsEnd(order.state) || days <= kDaysLong) continue;
    Note(at, fmt::format("the order is open and stands at {}", StateText(order.state)),
         fmt::format("an end within {} days", kDaysLong), fmt::format("{} days", days));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeOrders(const KnownBook& book) {
  return std::make_unique<Orders>(book);
}

}  // namespace suanpan::audit
