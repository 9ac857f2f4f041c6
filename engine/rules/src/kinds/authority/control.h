#pragma once

// Policies of control: who may record a kind of fact. Tested for all kinds in one place.

#include "suanpan/rules/rule.h"

namespace suanpan::rules {

/// A policy of control in force on the fact's date lets only who has a role record its kind:
/// role_missing on `actor`.
[[nodiscard]] Verdict TestControl(const BookState& state, const Rule& rule,
                                  const schema::Event& fact);

/// Whether a refusal of the kind's rule is told before those of authority (events.md 1.3): what is
/// wrong with the request itself and with the names in it.
[[nodiscard]] bool IsBeforeAuthority(const schema::Refusal& refusal);

}  // namespace suanpan::rules
