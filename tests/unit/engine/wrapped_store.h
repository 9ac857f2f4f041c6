#pragma once

// Stores for tests that stand before another one.

#include <condition_variable>
#include <memory>
#include <mutex>

#include "support/forwarding_store.h"

namespace suanpan::engine::test {

using suanpan::test::ForwardingStore;

/// Where the committer of a GatedStore waits, and what becomes of its writes.
class Gate {
 public:
  /// Commits wait until Open; entries handed in meanwhile become one group.
  void Close();
  void Open();
  /// The nth commit from now on fails and writes nothing; 1 is the next.
  void FailCommit(std::uint64_t nth);
  /// Every write of keys fails from now on.
  void FailKeys();

  Status PassCommit();
  Status PassKeys();

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool closed_ = false;
  bool keys_fail_ = false;
  std::uint64_t fails_in_ = 0;  ///< 0: never
};

/// A store whose writes a test can hold back or make fail.
class GatedStore final : public ForwardingStore {
 public:
  GatedStore(std::shared_ptr<store::EventStore> inner, std::shared_ptr<Gate> gate)
      : ForwardingStore(std::move(inner)), gate_(std::move(gate)) {}

  Status Commit(const store::CommitGroup& group) override;
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override;

 private:
  std::shared_ptr<Gate> gate_;
};

}  // namespace suanpan::engine::test
