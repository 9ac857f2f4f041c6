// Orders, parcels, ratings, sessions and slots that are taken back.

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/orders.h"
#include "support/opinion/reversals.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

/// However old it is, as long as nobody dropped it.
Order* AnyAgeOrder(State& state, const std::string& address) {
  for (Order& order : state.orders) {
    if (order.at == address) return &order;
  }
  return nullptr;
}

/// What a move made of its order.
std::string StateAfter(const Json& move) {
  return move.at("to") == "declined" ? "accepted" : move.at("to").get<std::string>();
}

Session* AnyAgeSession(State& state, const std::string& address) {
  for (Session& session : state.sessions) {
    if (session.at == address) return &session;
  }
  return nullptr;
}

}  // namespace

void UndoOrder(Deciding& d, Undoing& u) {
  const Order* order = AnyAgeOrder(d.state, u.was.at);
  if (order == nullptr || order->state != "placed" || !order->moved.empty()) RefuseDependants();
  const bool parcel = std::any_of(d.state.custody.begin(), d.state.custody.end(),
                                  [&](const auto& one) { return one.first.first == u.was.at; });
  if (parcel) RefuseDependants();
  std::erase_if(d.state.orders, [&](const Order& one) { return one.at == u.was.at; });
}

void UndoOrderMove(Deciding& d, Undoing& u) {
  Order* order = OrderAt(d, u.was.fact.at("order"));
  const bool last =
      order != nullptr && order->moved == u.was.at && order->state == StateAfter(u.was.fact);
  if (!last) RefuseDependants();
  order->state = u.was.computed.at("was");
  order->server = u.was.computed.value("was_server", "");
  order->moved = u.was.computed.value("previous", "");
}

void UndoCustody(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const auto parcel = d.state.custody.find({fact.at("order"), fact.at("parcel")});
  if (parcel == d.state.custody.end() || parcel->second.passed != u.was.at) RefuseDependants();
  if (u.was.computed.contains("previous")) {
    parcel->second = {fact.at("from"), u.was.computed.at("previous")};
  } else {
    d.state.custody.erase(parcel);
  }
}

void UndoAssessment(Deciding& d, Undoing& u) {
  if (!u.was.fact.contains("concerns")) return;
  Order* order = AnyAgeOrder(d.state, u.was.fact.at("concerns"));
  if (order != nullptr) --order->ratings;
}

void UndoSession(Deciding& d, Undoing& u) {
  const Session* session = AnyAgeSession(d.state, u.was.at);
  if (session == nullptr || session->attendances + session->services != 0) RefuseDependants();
  std::erase_if(d.state.sessions, [&](const Session& one) { return one.at == u.was.at; });
}

void UndoAttendance(Deciding& d, Undoing& u) {
  Session* session = AnyAgeSession(d.state, u.was.fact.at("session"));
  if (session == nullptr || IsOld(session->on, u.was.date)) return;  // nobody counted it
  --session->attendances;
  for (const Json& row : u.was.fact.at("rows")) session->roles.erase(row.at("person"));
}

void UndoSlot(Deciding& d, Undoing& u) {
  const std::size_t waiting =
      std::erase_if(d.state.slots, [&](const Slot& one) { return one.at == u.was.at; });
  if (waiting == 0) RefuseDependants();
}

void UndoSlotMark(Deciding& d, Undoing& u) {
  const Event& slot = *d.state.Find(u.was.fact.at("slot"));
  const bool waits = std::any_of(d.state.slots.begin(), d.state.slots.end(),
                                 [&](const Slot& one) { return one.at == slot.at; });
  if (waits || !d.state.Stands(slot.at)) RefuseDependants();
  const int offset = d.state.book->at("utc_offset_minutes");
  d.state.slots.push_back({slot.at, DateAt(slot.fact.at("from").at("s"), offset)});
}

void CheckUnrated(const Deciding& d, const Json& service) {
  if (!service.contains("order")) return;
  for (const Order& one : d.state.orders) {
    if (one.at == service.at("order") && one.ratings != 0) RefuseDependants();
  }
}

void MoveOrderBack(Deciding& d, const Json& service, const char* from, const char* to) {
  if (!service.contains("order")) return;
  Order* order = AnyAgeOrder(d.state, service.at("order"));
  if (order != nullptr && order->state == from) order->state = to;
}

}  // namespace suanpan::opinion
