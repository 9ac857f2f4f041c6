#pragma once

// Keeps the blocks that a ledger commits, group by group: the log may have others later, since
// small ones are packed (docs/decisions/0025).

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/forwarding_store.h"

namespace suanpan::bench {

/// Blocks of each synced batch.
using BlockGroups = std::vector<std::vector<std::string>>;

class RecordingStore final : public test::ForwardingStore {
 public:
  /// `groups` must outlive the store.
  RecordingStore(std::shared_ptr<store::EventStore> inner, BlockGroups& groups)
      : ForwardingStore(std::move(inner)), groups_(groups) {}

  Status Commit(const store::CommitGroup& group) override {
    std::vector<std::string>& blocks = groups_.emplace_back();
    for (const store::StoredBlock& block : group.blocks) blocks.push_back(block.bytes);
    return ForwardingStore::Commit(group);
  }

 private:
  BlockGroups& groups_;
};

}  // namespace suanpan::bench
