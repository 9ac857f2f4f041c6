#pragma once

// A key that is bound already: the same facts are a repeat, any others a conflict.

#include "support/opinion/command.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {

/// The facts of an accepted command in normal form, with their addresses.
struct Bound {
  std::uint64_t seq = 0;
  std::vector<Json> facts;
  Facts addresses;
  Json answer;  ///< the committed one
};

/// Refuses with key_conflict where the command says anything else than what was bound.
void CheckSame(const Command& command, const Bound& bound);

}  // namespace suanpan::opinion
