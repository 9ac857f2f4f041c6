#pragma once

// Rule of kind 57: points.moved.

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::rules {

struct PointsMovedRule {
  using Fact = schema::PointsMoved;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
