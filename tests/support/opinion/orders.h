#pragma once

// Orders, as far as service and days ask of them (events.md 4.4).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// The order of an order.placed, or null where it was so long ago that it is gone.
[[nodiscard]] Order* OrderAt(const Deciding& d, const std::string& address);

/// The day until which it waits.
[[nodiscard]] std::string LastDayOf(const Order& order);

/// What an order.moved tells of it as it was before: was, previous, was_server.
[[nodiscard]] Json BeforeMove(const Order& order);

/// Whether nobody took it yet.
[[nodiscard]] bool IsWaiting(const Order& order);

}  // namespace suanpan::opinion
