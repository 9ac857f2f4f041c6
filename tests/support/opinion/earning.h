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

/// Units of a service by a row of a policy, before caps; none where it came late or was poor.
[[nodiscard]] std::int64_t UnitsBefore(const Service& service, const Policy& policy,
                                       const Json& item, const std::string& attested_on);
/// Within what caps but the total limit: the name of the cap, and what is counted there.
[[nodiscard]] std::vector<std::pair<std::string, Count>> LimitedSpans(const State& state,
                                                                      const Service& service,
                                                                      const Earns& earns);
[[nodiscard]] Wide PointsFor(const Json& item, Wide before, Wide counted,
                             Fault fault = Fault::kNone);
/// Units counted of a person for a kind of service in a scheme.
[[nodiscard]] Wide CarryOf(const State& state, const Service& service, const std::string& scheme);

/// One grant for each scheme, also of 0.
void EarnPoints(Deciding& d, const Service& service);

/// What a grant counted of a service is counted no more, by the version that made it.
void UncountService(State& state, const Service& service, const Event& grant);
/// Points that those who stay counted are entitled to beyond their grants, once the grants of the
/// service in one scheme are cancelled and their units are out: one more, one less or as many.
[[nodiscard]] Wide CarryDifference(const State& state, const Service& service,
                                   const std::vector<const Event*>& grants);

}  // namespace suanpan::opinion
