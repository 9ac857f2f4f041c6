#pragma once

// The JSON of accepted entries and of answers.

#include <string>

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// Computed fields as JSON has them: amounts are strings.
[[nodiscard]] Json Shown(const Json& computed);

/// A fact as it was stated, with addresses for "#n" and what was computed.
[[nodiscard]] Json FactEvent(const Json& stated, const Deciding& d);
/// `stated`: the fact that it follows from, at a line of the entry.
[[nodiscard]] Json DerivedEvent(const Json& stated, const Deciding& d, const Derived& derived,
                                int cause_line);

/// The events of a committed answer.
[[nodiscard]] Json CommittedEvents(const Json& entry, std::uint64_t seq);

[[nodiscard]] Json RefusedAnswer(const Refusal& refusal, std::uint64_t head);

}  // namespace suanpan::opinion
