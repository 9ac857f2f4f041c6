#pragma once

// What a reversal takes back, as its copy has it (docs/format-payloads.md, kind 63). The reader is
// the audit's own: it shares no line with the engine's rules.

#include <optional>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/corrections.h"

namespace suanpan::audit {

/// One event of a copy. Of what all events have, its actor, day and month are known.
struct Undone {
  Address at;
  schema::Event event;
  bool kept = false;  ///< stays as it is; the reversal only needs to know it
};

/// The events of a copy, the reversed fact first; they view its bytes and the arena. Nothing where
/// the bytes are no copy.
[[nodiscard]] std::optional<std::vector<Undone>> ReadCopy(const schema::KindTable& kinds,
                                                          const schema::EntryReversed& reversal,
                                                          Arena& arena);

}  // namespace suanpan::audit
