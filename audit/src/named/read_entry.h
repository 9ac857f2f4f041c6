#pragma once

// One entry after the other of a log, with the names that they introduce.

#include <fmt/format.h>

#include "suanpan/base/arena.h"
#include "suanpan/base/bytes.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::audit {

/// The next entry, whose events live in the arena until it is reset. kCorruption,
/// kFailedPrecondition: it is none of this program's format.
[[nodiscard]] Result<schema::EntryView> ReadEntry(Seq seq, ByteSpan bytes,
                                                  const schema::KindTable& kinds,
                                                  schema::NameTable& names, Arena& arena);

}  // namespace suanpan::audit
