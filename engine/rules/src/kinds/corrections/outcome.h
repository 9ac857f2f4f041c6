#pragma once

// What a reversal comes to: what it posts, and the base entry that it makes. Worked out from the
// state before it, when it is decided and when it is applied.

#include <vector>

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/corrections.h"

namespace suanpan::rules {

struct Outcome {
  std::vector<schema::UndoneLine> undo;
  std::optional<BaseUndone> base;
  Fen entry;  ///< of the base, where there is one
};

/// Why it cannot be taken back: what stands on it, no cover, an overflow.
[[nodiscard]] Verdict WorkOut(DecideContext& context, const Rule& rule, const Event& reversal,
                              const Undoing& undoing, Outcome& outcome);

/// The most money that a fact posted to one account.
[[nodiscard]] Fen MoneyIn(const Catalogue& catalogue, const BookState& state, const Event& fact);

}  // namespace suanpan::rules
