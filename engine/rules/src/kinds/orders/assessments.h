#pragma once

// Rule of kind 51: assessment.recorded.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/assessments.h"

namespace suanpan::rules {

struct AssessmentRecordedRule {
  using Fact = schema::AssessmentRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Status Undo(BookState& state, const Undoing& undoing);
};

}  // namespace suanpan::rules
