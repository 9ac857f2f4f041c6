#pragma once

// Rules of kinds 12, 13: policy.proposed, policy.adopted.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::rules {

struct PolicyProposedRule {
  using Fact = schema::PolicyProposed;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PolicyAdoptedRule {
  using Fact = schema::PolicyAdopted;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// What the body of a policy must be beyond the form of its fields: bad_field, missing_field,
/// unknown_ref.
[[nodiscard]] Verdict TestBody(const BookState& state, const schema::PolicyProposed& policy);

}  // namespace suanpan::rules
