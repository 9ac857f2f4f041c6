#pragma once

// Rule of kind 61: day.closed.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/days.h"

namespace suanpan::rules {

struct DayClosedRule {
  using Fact = schema::DayClosed;
  static constexpr bool kDerivedFromState = true;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
