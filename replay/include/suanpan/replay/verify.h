#pragma once

// Recompute and compare: every state root and tree root that the writer stored from its live state,
// against a replay from the first entry.

#include <string>
#include <vector>

#include "suanpan/replay/replayer.h"

namespace suanpan::replay {

/// One thing that is not as the writer recorded it.
struct ReplayDifference {
  Seq seq;
  std::string what;  ///< "state root", "section accounts", "tree root", "checkpoint record", "log"
  std::string expected;
  std::string actual;
};

struct ReplayVerification {
  Seq head;
  std::uint64_t events = 0;
  std::size_t checkpoints = 0;  ///< compared
  engine::StateDigest state;    ///< at the head
  std::vector<ReplayDifference> differences;
};

/// Verifies one book, up to a position or time where the options say so; their stops are not used.
/// A log that cannot be replayed and a record that cannot be read are differences too, not errors;
/// errors are I/O.
[[nodiscard]] Result<ReplayVerification> VerifyBook(const store::EventReader& reader, BookNo book,
                                                    const ReplayOptions& options);

}  // namespace suanpan::replay
