#pragma once

// Places of offers (events.md 2, 3.6).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// "capacity", "free", "held", "used", "no_show" of an offer.
[[nodiscard]] Wide PlacesIn(const State& state, const std::string& offer, const char* part);
void MovePlaces(State& state, const std::string& offer, const char* part, Wide places);

/// Places that somebody holds or used of an offer.
[[nodiscard]] Wide PlacesOf(const State& state, const std::string& beneficiary,
                            const std::string& offer);

}  // namespace suanpan::opinion
