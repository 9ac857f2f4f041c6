#pragma once

// What service earns (events.md 4.2, 4.10).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// A policy under which a service earns, and its row for the service's kind.
struct Earns {
  std::string scheme;
  const Policy* policy = nullptr;
  Json item;
};
/// In the order of the schemes' names.
[[nodiscard]] std::vector<Earns> EarningsOf(const State& state, const Service& service);

/// One grant for each scheme, also of 0.
void EarnPoints(Deciding& d, const Service& service);

}  // namespace suanpan::opinion
