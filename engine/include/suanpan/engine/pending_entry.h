#pragma once

#include <cstddef>
#include <memory>

#include "suanpan/base/bytes.h"
#include "suanpan/store/block.h"
#include "suanpan/store/keys.h"

namespace suanpan::engine {

/// An accepted entry on its way to the disk. Made by the deciding side, hashed by the committer;
/// immutable for readers once it is durable.
struct PendingEntry {
  Seq seq;
  ByteSpan bytes;  ///< aligned for DecodeEntry; theirs is the memory that this is in
  store::EntrySummary summary;
  NameId source;
  store::CommandKey key;
  Hash32 leaf;  ///< set by the committer before the entry is durable
};

/// Makes entries one behind the other in small pieces of memory, of which each goes when nobody has
/// any of its entries any more: allocating each entry and its bytes by themselves took a twentieth
/// of an append. Not synchronised; the entries may be let go of by any thread.
class PendingEntries {
 public:
  /// An entry with a copy of `bytes`, everything else empty.
  [[nodiscard]] std::shared_ptr<PendingEntry> Make(ByteSpan bytes);
  /// The same in memory of its own.
  [[nodiscard]] static std::shared_ptr<PendingEntry> MakeAlone(ByteSpan bytes);

 private:
  std::shared_ptr<std::byte[]> piece_;
  std::size_t used_ = 0;
};

}  // namespace suanpan::engine
