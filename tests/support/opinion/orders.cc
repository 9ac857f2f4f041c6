// Orders (events.md 3.5, 4.4).

#include "support/opinion/orders.h"

#include "support/opinion/sweeping.h"

namespace suanpan::opinion {

Order* OrderAt(const Deciding& d, const std::string& address) {
  for (Order& order : d.state.orders) {
    if (order.at == address && !IsOld(order.placed_on, d.date)) return &order;
  }
  return nullptr;
}

}  // namespace suanpan::opinion
