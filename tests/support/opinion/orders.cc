// order.placed, order.moved, custody.passed, assessment.recorded (events.md 3.5, 4.4).

#include "support/opinion/orders.h"

#include <algorithm>
#include <set>

#include "support/opinion/calendar.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

constexpr int kDaysWanted = 30;

/// Followed no longer; what waits is followed until it ends.
bool IsGone(const Order& order, const std::string& date) {
  return !IsWaiting(order) && IsOld(std::max(order.placed_on, LastDayOf(order)), date);
}

}  // namespace

Order* OrderAt(const Deciding& d, const std::string& address) {
  for (Order& order : d.state.orders) {
    if (order.at == address && !IsGone(order, d.date)) return &order;
  }
  return nullptr;
}

std::string LastDayOf(const Order& order) {
  return order.fact.value("wanted_by", AddDays(order.placed_on, kDaysWanted));
}

Json BeforeMove(const Order& order) {
  Json before = {{"was", order.state}};
  if (!order.moved.empty()) before["previous"] = order.moved;
  if (!order.server.empty()) before["was_server"] = order.server;
  return before;
}

bool IsWaiting(const Order& order) {
  return order.state == "placed" || order.state == "accepted" || order.state == "dispatched";
}

void PlaceOrder(Deciding& d) {
  if (MustSweep(d, "orders")) {
    std::set<std::string> gone;
    for (const Order& order : d.state.orders) {
      if (IsGone(order, d.date)) gone.insert(order.at);
    }
    std::erase_if(d.state.orders, [&](const Order& one) { return gone.contains(one.at); });
    std::erase_if(d.state.custody, [&](const auto& one) { return gone.contains(one.first.first); });
  }
  d.state.orders.push_back({d.at, d.date, d.fact});
}

namespace {

/// What an order may become, by what it is.
bool MayMove(const std::string& from, const std::string& to) {
  const std::map<std::string, std::set<std::string>> ways = {
      {"placed", {"accepted", "cancelled", "failed"}},
      {"accepted", {"dispatched", "cancelled", "failed"}},
      {"dispatched", {"taken", "declined", "cancelled", "failed"}},
      {"taken", {"declined", "cancelled", "failed"}}};
  return ways.contains(from) && ways.at(from).contains(to);
}

}  // namespace

void MoveOrder(Deciding& d) {
  (void)d.state.Named(d.Text("order"), "order", "order.placed");
  const std::string to = d.Text("to");
  Order* order = OrderAt(d, d.Text("order"));
  if (order == nullptr || !MayMove(order->state, to)) Refuse("illegal_transition", "to");
  const bool stated = d.fact.contains("server");
  if (to == "dispatched" && !stated && !d.fact.contains("team")) {
    Refuse("server_missing", "server");
  }
  if (to == "taken" && !stated && order->server.empty()) Refuse("server_missing", "server");
  d.computed.update(BeforeMove(*order));
  order->moved = d.at;
  order->state = to == "declined" ? "accepted" : to;
  if (to == "declined") order->server.clear();
  const bool serves = to == "accepted" || to == "dispatched" || to == "taken";
  if (serves && stated) order->server = d.Text("server");
}

void PassCustody(Deciding& d) {
  const Event& placed = d.state.Named(d.Text("order"), "order", "order.placed");
  if (!d.state.Stands(placed.at)) Refuse("unknown_address", "order");
  if (OrderAt(d, placed.at) == nullptr) return;
  const std::pair<std::string, std::string> parcel = {placed.at, d.Text("parcel")};
  const auto holder = d.state.custody.find(parcel);
  if (holder != d.state.custody.end()) {
    if (holder->second.holder != d.Text("from")) Refuse("custody_broken", "from");
    d.computed["previous"] = holder->second.passed;
  }
  d.state.custody[parcel] = {d.Text("to"), d.at};
}

void RecordAssessment(Deciding& d) {
  const Event* concerns = nullptr;
  if (d.fact.contains("concerns")) concerns = &d.state.Named(d.Text("concerns"), "concerns");
  const std::int64_t scores = Checked(SumOf(d.fact.at("answers"), "score"), "answers");
  if (d.fact.value("total", scores) != scores) Refuse("total_mismatch", "total");
  if (concerns == nullptr || concerns->kind != "order.placed") return;
  Order* order = OrderAt(d, concerns->at);
  const bool done = order != nullptr && (order->state == "done" || order->state == "confirmed");
  if (!done) Refuse("illegal_transition", "concerns");
  ++order->ratings;
}

}  // namespace suanpan::opinion
