#pragma once

// The committer: one thread that takes what has been decided, for all books and callers, hashes and
// frames it and writes one synced batch (architecture.md section 9). Answers are released at the
// durable head, never earlier.
//
//   stage    | what a crash there leaves
//   ---------|------------------------------------------------------------------------------
//   decided  | nothing: no answer was given
//   queued   | nothing
//   written  | the whole group or nothing of it; a repeat of the command's key tells which
//   guarded  | the whole group; opening a log without it is an alarm (guard.h)
//   durable  | the entry, for ever; the key index may lack it and is completed on opening
//
// A failed write stops everything (fail-stop): the outcome is unknown until the log is opened
// again.

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "suanpan/base/mutex.h"
#include "suanpan/engine/block_tail.h"
#include "suanpan/engine/guard.h"
#include "suanpan/engine/pending_entry.h"
#include "suanpan/proof/tile_stack.h"
#include "suanpan/store/event_store.h"

namespace suanpan::engine {

/// What the committer keeps of one book. Created by the deciding side before the first entry is
/// queued; afterwards the committer's alone, but for the two heads, which its mutex guards.
struct CommitBook {
  BookNo number;
  std::string ref;
  bool exists = false;  ///< the store has the book's row
  proof::Frontier tree;
  proof::TileStack tiles;
  BlockTail tail;
  Seq durable;  ///< head that readers and answers may see
  Seq indexed;  ///< keys of entries up to here are in the key index
};

/// Head of a book at some moment, taken in queue order.
struct HeadMark {
  TreeSize size;
  Hash32 root;
  bool done = false;
};

struct CommitterOptions {
  std::size_t group_bytes_max = std::size_t{8} << 20U;   ///< of entries in one batch
  std::size_t queue_bytes_max = std::size_t{64} << 20U;  ///< Enqueue waits above it
};

class Committer {
 public:
  /// `store` and `guard` (null: none) must outlive the committer.
  Committer(store::EventStore& store, Guard* guard, CommitterOptions options);
  /// Writes what is queued, then stops.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  /// Queues an entry; entries of one book in order. Waits while the queue is full. After a failure
  /// it does nothing.
  void Enqueue(CommitBook& book, std::shared_ptr<PendingEntry> entry);
  /// Waits until `seq` of the book is durable; the failure that stopped the committer otherwise.
  [[nodiscard]] Status WaitDurable(const CommitBook& book, Seq seq);
  /// The head after everything of the book that is queued before this call, once that is durable.
  [[nodiscard]] Result<HeadMark> MarkHead(CommitBook& book);

  [[nodiscard]] Seq DurableHead(const CommitBook& book) const;
  [[nodiscard]] Seq IndexedHead(const CommitBook& book) const;
  /// Ok while it works.
  [[nodiscard]] Status failure() const;

 private:
  struct Item {
    CommitBook* book = nullptr;
    std::shared_ptr<PendingEntry> entry;  ///< null: a mark
    HeadMark* mark = nullptr;
  };

  /// What is still to be done of a group that is on disk: who is answered, and up to where.
  struct Written {
    std::map<CommitBook*, Seq> heads;
    std::vector<HeadMark*> marks;
    std::size_t items = 0;
  };

  void Run();
  /// One group from queue to disk; false when there is nothing more to do.
  [[nodiscard]] Result<bool> CommitNext();
  [[nodiscard]] std::deque<Item> TakeGroup();
  /// Waits for those whose entries have just become durable to hand in their next ones.
  void AwaitReturning() SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status WriteGroup(std::deque<Item>& items);
  /// Keys go to `unwritten_`, the rest is returned.
  [[nodiscard]] Written WhatRemains(const std::deque<Item>& items);
  void Publish(const Written& written);
  /// Writes the keys where there are enough of them, or nothing else to do.
  [[nodiscard]] Status WriteKeysInTime();
  [[nodiscard]] Status WriteKeys();

  store::EventStore& store_;
  Guard* guard_;
  CommitterOptions options_;
  mutable Mutex mutex_;
  ConditionVariable work_;
  ConditionVariable done_;
  std::deque<Item> queue_ SUANPAN_GUARDED_BY(mutex_);
  std::size_t queue_bytes_ SUANPAN_GUARDED_BY(mutex_) = 0;
  Status failure_ SUANPAN_GUARDED_BY(mutex_);
  std::atomic<bool> failed_ = false;  ///< asked for each command, so without the lock
  bool stopping_ SUANPAN_GUARDED_BY(mutex_) = false;
  std::size_t waiting_ SUANPAN_GUARDED_BY(mutex_) = 0;    ///< callers in WaitDurable
  std::size_t returning_ SUANPAN_GUARDED_BY(mutex_) = 0;  ///< of them, answered by the last group
  bool mark_queued_ SUANPAN_GUARDED_BY(mutex_) = false;   ///< somebody holds everybody up
  std::size_t wanted_ SUANPAN_GUARDED_BY(mutex_) = 1;     ///< queued items worth waking up for
  // The thread's own.
  std::chrono::steady_clock::duration last_write_{};
  /// Keys of durable entries that the index does not have yet; empty for a book with none.
  std::map<CommitBook*, std::vector<store::KeyBinding>> unwritten_;
  std::size_t unwritten_keys_ = 0;
  std::thread thread_;
};

}  // namespace suanpan::engine
