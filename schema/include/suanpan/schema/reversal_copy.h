#pragma once

// What a reversal carries along of the events that it takes back (docs/format-payloads.md, kind
// 63), for those who read a log without the engine's rules.

#include <optional>
#include <vector>

#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/corrections.h"

namespace suanpan::schema {

/// One of them: the payload, the kind, the business date, the actor and the rule that a derived
/// event was made by, and nothing else of the event.
struct CopiedEvent {
  Address at;
  Event event;
  bool kept = false;  ///< it is not taken back, but must be known
};

/// One of them as it lies in a copy: the payload is not decoded yet.
struct CopiedBytes {
  CopiedEvent head;
  ByteSpan payload;
  bool exact = false;  ///< its flag is 0 or 1, and zeros are zeros
};
/// Takes the first off the bytes of a copy. Nothing where they are no copy of a known kind.
[[nodiscard]] std::optional<CopiedBytes> TakeCopied(ByteSpan& left, const KindTable& kinds);

/// The fact that is reversed first, then what goes with it, then what is kept. Nothing where the
/// bytes are no copy. Everything lives in the arena.
[[nodiscard]] std::optional<std::vector<CopiedEvent>> ReadCopy(const EntryReversed& fact,
                                                               const KindTable& kinds,
                                                               Arena& arena);

}  // namespace suanpan::schema
