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

/// What a draft must be whatever its date: its body, a name that is free or its own, and the number
/// that is next: bad_field, missing_field, unknown_ref, ref_taken, version_not_next.
[[nodiscard]] Verdict TestProposal(const BookState& state, const schema::PolicyProposed& policy);

/// Policies that may reach back: what they change can only be given, never taken.
[[nodiscard]] bool MayReachBack(schema::PolicyType type);

/// What the body of a policy must be beyond the form of its fields: bad_field, missing_field,
/// unknown_ref.
[[nodiscard]] Verdict TestBody(const BookState& state, const schema::PolicyProposed& policy);

}  // namespace suanpan::rules
