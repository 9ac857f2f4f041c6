#include "suanpan/engine/block_tail.h"

namespace suanpan::engine {

void BlockTail::Take(std::span<const std::shared_ptr<PendingEntry>> entries,
                     std::size_t raw_bytes) {
  // Blocks that nobody replaced when there were enough of them stay as they are: those of a log
  // that is only read so far.
  if (raw_bytes >= kSmallBytes || enough()) Clear();
  if (raw_bytes >= kSmallBytes) return;
  firsts_.push_back(entries.front()->seq);
  for (const std::shared_ptr<PendingEntry>& entry : entries) {
    SUANPAN_INVARIANT(entries_.empty() || entry->seq == Next(entries_.back()->seq));
    bytes_ += entry->entry.size;
    entries_.push_back(entry);
  }
}

void BlockTail::Clear() { *this = {}; }

}  // namespace suanpan::engine
