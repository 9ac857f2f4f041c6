#pragma once

// The points that the facts come to, beside the accounts of the replay.

#include "src/findings.h"
#include "src/points/points_totals.h"
#include "suanpan/rules/book_state.h"

namespace suanpan::audit {

/// A finding for every account of points that the two do not agree on.
void ComparePoints(const PointsTotals& totals, const rules::BookState& state, Findings& findings);

}  // namespace suanpan::audit
