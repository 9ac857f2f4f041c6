#pragma once

// Batches made ahead on another thread: while one is applied the next are read, hashed and decoded.

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "src/entry_batch.h"

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
  std::mutex mutex_;
  std::condition_variable made_more_;
  std::condition_variable freed_more_;
  std::uint64_t made_ = 0;   ///< batches finished by the thread
  std::uint64_t taken_ = 0;  ///< batches handed out; those before the last of them are free again
  bool stopping_ = false;
  std::exception_ptr exception_;
  std::thread thread_;  ///< last member: starts when the others are there
};

}  // namespace suanpan::replay
