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
  /// The next commit is answered so; it was written all the same where `written`.
  void AnswerNext(StatusCode code, bool written);
  /// Every write of keys fails from now on.
  void FailKeys();

  Status PassCommit();
  /// What the store's own answer becomes, once.
  Status AnswerOf(Status status);
  /// Whether the next commit is to reach the store.
  bool Reaches();
  Status PassKeys();

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool closed_ = false;
  bool keys_fail_ = false;
  std::uint64_t fails_in_ = 0;  ///< 0: never
  StatusCode answer_ = StatusCode::kOk;
  bool written_ = true;
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
