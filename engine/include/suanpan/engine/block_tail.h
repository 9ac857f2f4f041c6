#pragma once

// The small blocks at the end of a book's log. Somebody who waits for each answer leaves a block of
// few entries with every sync: its header is then larger than what it holds, and a replay reads
// rows instead of entries. What they hold is written again as one block, together with entries that
// are being written anyway (docs/decisions/0025).

#include <memory>
#include <span>
#include <vector>

#include "suanpan/engine/pending_entry.h"

namespace suanpan::engine {

/// What is kept of them: the entries, until there are enough for a block.
class BlockTail {
 public:
  /// Bodies below this are small.
  static constexpr std::size_t kSmallBytes = std::size_t{16} << 10U;
  /// Enough for a block that compresses nearly as well as the largest.
  static constexpr std::size_t kEnoughBytes = std::size_t{64} << 10U;

  /// Notes the log's next block: its entries and the size of its body.
  void Take(std::span<const std::shared_ptr<PendingEntry>> entries, std::size_t raw_bytes);
  void Clear();

  /// Whether the blocks are to be replaced by the next one, which begins with their entries.
  [[nodiscard]] bool enough() const {
    return bytes_ >= kEnoughBytes || entries_.size() >= store::kBlockEntriesMax / 2;
  }
  [[nodiscard]] std::span<const std::shared_ptr<PendingEntry>> entries() const { return entries_; }
  /// First sequences of the blocks, in order.
  [[nodiscard]] const std::vector<Seq>& firsts() const { return firsts_; }

 private:
  std::vector<std::shared_ptr<PendingEntry>> entries_;
  std::vector<Seq> firsts_;
  std::size_t bytes_ = 0;  ///< of entries
};

}  // namespace suanpan::engine
