#pragma once

// Rule of kind 14: rule.applied.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/catch_up.h"

namespace suanpan::rules {

struct RuleAppliedRule {
  using Fact = schema::RuleApplied;
  static constexpr bool kDerivedFromState = true;
  static constexpr bool kReadsPast = true;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
