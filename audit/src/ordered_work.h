#pragma once

// Work on numbered items, prepared on any thread and consumed in order on one: the result depends
// on no schedule. No exception ends a thread: it is thrown where the items are consumed.

#include <cstdint>
#include <exception>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "suanpan/base/mutex.h"

namespace suanpan::audit {

/// The hand-over between the threads that prepare items and the one that consumes them.
class OrderedHandOver {
 public:
  OrderedHandOver(std::uint64_t count, std::size_t ring) : count_(count), ready_(ring, false) {}

  /// The next item to prepare, once its slot is free; none when all are taken, or after Stop.
  [[nodiscard]] std::optional<std::uint64_t> Take() {
    const MutexLock lock{mutex_};
    while (!stopped_ && taken_ != count_ && taken_ >= consumed_ + ready_.size())
      changed_.Wait(mutex_);
    if (stopped_ || taken_ == count_) return std::nullopt;
    return taken_++;
  }

  void SetPrepared(std::uint64_t index) { Set(index, true); }

  /// False where it will never be prepared: the work was stopped.
  [[nodiscard]] bool AwaitPrepared(std::uint64_t index) {
    const MutexLock lock{mutex_};
    while (!stopped_ && !ready_[index % ready_.size()]) changed_.Wait(mutex_);
    return !stopped_;
  }

  /// Items are consumed in order, each once.
  void SetConsumed(std::uint64_t index) { Set(index, false); }

  /// Nothing is handed over any more. Keeps the first error.
  void Stop(std::exception_ptr error) noexcept {
    const MutexLock lock{mutex_};
    if (!error_) error_ = std::move(error);
    stopped_ = true;
    changed_.NotifyAll();
  }
  /// Throws what Stop was given. After all threads are joined.
  void Rethrow() {
    const MutexLock lock{mutex_};
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void Set(std::uint64_t index, bool ready) {
    const MutexLock lock{mutex_};
    ready_[index % ready_.size()] = ready;
    if (!ready) consumed_ = index + 1;
    changed_.NotifyAll();
  }

  Mutex mutex_;
  ConditionVariable changed_;
  const std::uint64_t count_;
  std::uint64_t taken_ SUANPAN_GUARDED_BY(mutex_) = 0;
  std::uint64_t consumed_ SUANPAN_GUARDED_BY(mutex_) = 0;
  std::vector<bool> ready_ SUANPAN_GUARDED_BY(mutex_);  ///< by slot
  bool stopped_ SUANPAN_GUARDED_BY(mutex_) = false;
  std::exception_ptr error_ SUANPAN_GUARDED_BY(mutex_);
};

/// Threads that are joined whatever happens.
class JoinedThreads {
 public:
  JoinedThreads() = default;
  JoinedThreads(const JoinedThreads&) = delete;
  JoinedThreads& operator=(const JoinedThreads&) = delete;
  ~JoinedThreads() {
    for (std::thread& thread : threads_) thread.join();
  }

  /// Starts `count` threads, or as many as the system grants; `work` must not throw.
  template <class Work>
  void Start(std::uint32_t count, const Work& work) {
    threads_.reserve(count);
    try {
      while (threads_.size() < count) threads_.emplace_back(work);
    } catch (const std::system_error&) {
      return;  // fewer do the same work, only later
    }
  }
  [[nodiscard]] bool empty() const { return threads_.empty(); }

 private:
  std::vector<std::thread> threads_;
};

template <class Slot, class Prepare, class Consume>
void RunHere(std::uint64_t count, Prepare& prepare, Consume& consume) {
  Slot slot;
  for (std::uint64_t index = 0; index < count; ++index) {
    prepare(slot, index);
    consume(slot, index);
  }
}

/// For index 0 .. count - 1: `prepare(slot, index)` on one of `threads - 1` workers (or here, for
/// one thread), then `consume(slot, index)` here, in order. Slots are reused; 2 * threads of them
/// bound the memory. `prepare` runs beside others and may touch only its slot. An exception of
/// either ends the work: all threads are joined, and it is thrown here.
template <class Slot, class Prepare, class Consume>
void RunOrdered(std::uint64_t count, std::uint32_t threads, Prepare prepare, Consume consume) {
  if (threads <= 1 || count <= 1) return RunHere<Slot>(count, prepare, consume);
  const std::size_t ring = std::size_t{2} * threads;
  std::vector<Slot> slots(ring);
  OrderedHandOver hand_over{count, ring};
  const auto work = [&]() noexcept {
    try {
      while (const std::optional<std::uint64_t> index = hand_over.Take()) {
        prepare(slots[*index % ring], *index);
        hand_over.SetPrepared(*index);
      }
    } catch (...) {
      hand_over.Stop(std::current_exception());
    }
  };
  {
    JoinedThreads workers;
    workers.Start(threads - 1, work);
    if (workers.empty()) return RunHere<Slot>(count, prepare, consume);
    try {
      for (std::uint64_t index = 0; index < count && hand_over.AwaitPrepared(index); ++index) {
        consume(slots[index % ring], index);
        hand_over.SetConsumed(index);
      }
    } catch (...) {
      hand_over.Stop(std::current_exception());
    }
  }
  hand_over.Rethrow();
}

}  // namespace suanpan::audit
