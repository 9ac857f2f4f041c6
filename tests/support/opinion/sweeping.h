#pragma once

// What is kept for a while only: each list is looked through once a month of business dates, by the
// fact that adds to it.

#include <string>

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// Whether something that began on one date is gone by another, swept away or not.
[[nodiscard]] bool IsOld(const std::string& began, const std::string& date);

/// Whether counts of a day or a month that ended on a date are dropped in the month of another.
[[nodiscard]] bool CountIsOld(const std::string& ended, const std::string& date);

/// Whether a list must be swept now: the first time in a month later than any before.
[[nodiscard]] bool MustSweep(Deciding& d, const std::string& list);

/// From when something of a date waits, or counts, in a list that is swept: entered late, from the
/// month in which the list was swept last.
[[nodiscard]] std::string WaitsFrom(const State& state, const std::string& list,
                                    const std::string& date);

}  // namespace suanpan::opinion
