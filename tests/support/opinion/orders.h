#pragma once

// Orders, as far as service asks of them (events.md 4.4).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// The order of an order.placed, or null where it was so long ago that it is gone.
[[nodiscard]] Order* OrderAt(const Deciding& d, const std::string& address);

/// Whether nobody took it yet.
[[nodiscard]] bool IsWaiting(const Order& order);

}  // namespace suanpan::opinion
