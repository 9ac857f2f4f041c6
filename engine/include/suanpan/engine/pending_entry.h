#pragma once

#include <memory>

#include "suanpan/engine/entry_log.h"
#include "suanpan/store/block.h"
#include "suanpan/store/keys.h"

namespace suanpan::engine {

/// An accepted entry on its way to the disk. Made by the deciding side, hashed by the committer;
/// immutable for readers once it is durable.
struct PendingEntry {
  Seq seq;
  EntryBytes entry;
  store::EntrySummary summary;
  NameId source;
  store::CommandKey key;
  Hash32 leaf;  ///< set by the committer before the entry is durable
};

}  // namespace suanpan::engine
