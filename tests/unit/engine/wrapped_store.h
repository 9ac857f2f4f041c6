#pragma once

// Stores for tests that stand before another one.

#include <condition_variable>
#include <memory>
#include <mutex>

#include "support/faulty_store.h"

namespace suanpan::engine::test {

using suanpan::test::ForwardingStore;

/// Where the committer of a GatedStore waits, and what becomes of its writes.
class Gate : public suanpan::test::StoreFaults {
 public:
  /// Commits wait until Open; entries handed in meanwhile become one group.
  void Close();
  void Open();
  void Pass();

  /// The nth commit from now on fails and writes nothing; 1 is the next.
  void FailCommit(std::uint64_t nth);
  /// A commit, mostly the next, is answered so; it was written all the same where `written`.
  void AnswerCommit(StatusCode code, bool written, std::uint64_t nth = 1);
  /// Every write of keys fails from now on.
  void FailKeys();

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool closed_ = false;
};

/// A store whose writes a test can hold back or make fail.
class GatedStore final : public suanpan::test::FaultyStore {
 public:
  GatedStore(std::shared_ptr<store::EventStore> inner, std::shared_ptr<Gate> gate)
      : FaultyStore(std::move(inner), gate), gate_(std::move(gate)) {}

  Status Commit(const store::CommitGroup& group) override;

 private:
  std::shared_ptr<Gate> gate_;
};

}  // namespace suanpan::engine::test
