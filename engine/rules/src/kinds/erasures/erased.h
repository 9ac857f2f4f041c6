#pragma once

// Kind 11, and what it does to all others: names that are used no more.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/erasures.h"

namespace suanpan::rules {

struct SubjectErasedRule {
  using Fact = schema::SubjectErased;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// Whether a fact names somebody who was erased, but for corrections and for what settles what was
/// open then: subject_erased on the field.
[[nodiscard]] Verdict TestErased(const BookState& state, const Event& fact);

}  // namespace suanpan::rules
