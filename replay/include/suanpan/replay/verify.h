#pragma once

// Recompute and compare: every state root and tree root that the writer stored from its live state,
// and its index of command keys, against a replay from the first entry; and the digest of each dry
// run by which a policy that reaches back was adopted, against a trial as of then.

#include <string>
#include <string_view>
#include <vector>

#include "suanpan/replay/replayer.h"

namespace suanpan::replay {

/// `what` of a difference that concerns no entry, but the index that is derived from them.
inline constexpr std::string_view kKeyIndexDiffers = "key index";
/// How `what` begins where a dry run differs: "dry run of POLICY version N at SEQ".
inline constexpr std::string_view kDryRunDiffers = "dry run of ";

/// One thing that is not as the writer recorded it.
struct ReplayDifference {
  Seq seq;
  /// "state root", "section accounts", "tree root", "checkpoint record", "log", kKeyIndexDiffers,
  /// or beginning with kDryRunDiffers
  std::string what;
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

/// Verifies one book, up to a position or time where the options say so, and then without the key
/// index; their stops are not used. A log that contradicts itself and a record that cannot be read
/// are differences too, not errors. Errors: I/O, and kCorruption where the log itself cannot be
/// read, so that there is nothing to compare.
[[nodiscard]] Result<ReplayVerification> VerifyBook(const store::EventReader& reader, BookNo book,
                                                    const ReplayOptions& options);

}  // namespace suanpan::replay
