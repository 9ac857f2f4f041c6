#pragma once

// Rule of kind 57: points.moved.

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::rules {

struct PointsMovedRule {
  using Fact = schema::PointsMoved;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
