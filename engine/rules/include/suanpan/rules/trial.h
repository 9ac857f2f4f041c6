#pragma once

// A trial of a policy that reaches back, outside the log (events.md 4.7): what its job would find
// and grant, had it been adopted after the head.

#include <variant>
#include <vector>

#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::rules {

/// A part of a lot that would end on another day.
struct TrialLot {
  Address lot;
  NameId holder;
  NameId person;
  Date earned;
  Date old_expires;  ///< 0: never
  Date new_expires;
  Points points;    ///< of it, live or booked as expired
  Points regained;  ///< booked as expired, and there again
};

struct PolicyTrial {
  std::vector<schema::CaughtRow> rows;  ///< services or deeds, in the order of the log
  std::vector<TrialLot> lots;           ///< in the order of the log, then of the holders' names
};

/// `proposed` has names of the state. The state has the version and what its job counted
/// afterwards, and is of no further use. Refused as the proposal would be, but for its date.
[[nodiscard]] std::variant<PolicyTrial, schema::Refusal> TryPolicy(
    const Catalogue& catalogue, BookState& state, OldEvents& past,
    const schema::PolicyProposed& proposed);

}  // namespace suanpan::rules
