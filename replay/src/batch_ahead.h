#pragma once

// Batches made ahead on another thread: while one is applied the next are read, hashed and decoded.

#include <array>
#include <exception>
#include <thread>

#include "src/entry_batch.h"
#include "suanpan/base/mutex.h"

namespace suanpan::replay {

/// Hands over the batches of one BatchReader in order, few at a time, so that memory is bounded.
/// One thread takes.
class BatchAhead {
 public:
  /// Starts the thread. `reader` is the thread's until this object is destroyed, which may be at
  /// any time: the thread then stops after the batch it is at.
  explicit BatchAhead(BatchReader& reader);
  ~BatchAhead();
  BatchAhead(const BatchAhead&) = delete;
  BatchAhead& operator=(const BatchAhead&) = delete;

  /// The next batch, valid until the next call. Not called after the last one. Throws what the
  /// reader threw.
  [[nodiscard]] const EntryBatch& Take();

 private:
  void Run();
  void Make();
  [[nodiscard]] EntryBatch* WaitForRoom();

  static constexpr std::uint64_t kBatches = 4;

  BatchReader& reader_;
  std::array<EntryBatch, kBatches> ring_;
  Mutex mutex_;
  ConditionVariable made_more_;
  ConditionVariable freed_more_;
  /// Batches finished by the thread.
  std::uint64_t made_ SUANPAN_GUARDED_BY(mutex_) = 0;
  /// Batches handed out; those before the last of them are free again.
  std::uint64_t taken_ SUANPAN_GUARDED_BY(mutex_) = 0;
  bool stopping_ SUANPAN_GUARDED_BY(mutex_) = false;
  std::exception_ptr exception_ SUANPAN_GUARDED_BY(mutex_);
  std::thread thread_;  ///< last member: starts when the others are there
};

}  // namespace suanpan::replay
