#pragma once

// Logs written entry by entry below the ledger: in any grouping into blocks, and forged.

#include <optional>
#include <string>
#include <vector>

#include "suanpan/store/event_store.h"

namespace suanpan::test {

/// The bytes of all entries of a book.
[[nodiscard]] std::vector<std::string> EntriesOf(const store::EventReader& reader, BookNo book);

struct BlockPlan {
  std::size_t entries_max = 4096;  ///< in one block; a block also ends where it is full
  /// The block that ends the log, or contains this entry, states a root that is not the tree's.
  std::optional<Seq> wrong_root_at;
};

/// Commits the entries as a new book, one group a block. Blocks are valid but for what is planned;
/// what entries say is not looked at beyond what a block header needs.
void WriteBlocks(store::EventStore& store, const store::BookRow& book,
                 const std::vector<std::string>& entries, const BlockPlan& plan = {});

}  // namespace suanpan::test
