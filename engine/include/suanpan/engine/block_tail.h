#pragma once

// The small blocks at the end of a book's log. Somebody who waits for each answer leaves a block of
// few entries with every sync: its header is then larger than what it holds, and a replay reads
// rows instead of entries. What they hold is written again as one block, together with entries that
// are being written anyway (docs/decisions/0025).

#include <string>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/store/block.h"

namespace suanpan::engine {

/// What is kept of them: copies of the entries' bytes, until there are enough for a block.
class BlockTail {
 public:
  /// Bodies below this are small: LZ4 looks back 64 KiB, and finds less in a smaller one.
  static constexpr std::size_t kSmallBytes = std::size_t{48} << 10U;
  /// Enough for a block. With a small one on top there is still room in it for new entries.
  static constexpr std::size_t kEnoughBytes = std::size_t{144} << 10U;
  static constexpr std::size_t kEnoughEntries = store::kBlockEntriesMax / 2;
  static constexpr std::size_t kSmallestEntry = 56;  ///< two heads
  static_assert(kEnoughEntries + kSmallBytes / kSmallestEntry < store::kBlockEntriesMax);
  static_assert(kEnoughBytes + kSmallBytes + 2 * store::kEntryBytesMax <= store::kBlockRawBytesMax);

  /// Notes an entry of the log's next block; `begins`: it is the first in it.
  void Add(Seq seq, ByteSpan entry, const store::EntrySummary& summary, bool begins);
  void Clear();

  /// Whether the blocks are to be replaced by the next one, which begins with their entries.
  [[nodiscard]] bool enough() const {
    return bytes_.size() >= kEnoughBytes || places_.size() >= kEnoughEntries;
  }
  /// Gives the entries to a builder that begins with the first of them.
  void FillInto(store::BlockBuilder& builder) const;
  /// First sequences of the blocks, in order.
  [[nodiscard]] const std::vector<Seq>& firsts() const { return firsts_; }

 private:
  struct Place {
    std::size_t size = 0;
    store::EntrySummary summary;
  };

  std::string bytes_;
  std::vector<Place> places_;  ///< one behind the other
  std::vector<Seq> firsts_;
};

}  // namespace suanpan::engine
