#pragma once

// Work on numbered items, prepared on any thread and consumed in order on one: the result depends
// on no schedule.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace suanpan::audit {

/// The hand-over between the threads that prepare items and the one that consumes them.
class OrderedHandOver {
 public:
  OrderedHandOver(std::uint64_t count, std::size_t ring) : count_(count), ready_(ring, false) {}

  /// The next item to prepare, once its slot is free; none when all are taken.
  [[nodiscard]] std::optional<std::uint64_t> Take() {
    std::unique_lock<std::mutex> lock{mutex_};
    changed_.wait(lock, [&] { return taken_ == count_ || taken_ < consumed_ + ready_.size(); });
    if (taken_ == count_) return std::nullopt;
    return taken_++;
  }

  void SetPrepared(std::uint64_t index) { Set(index, true); }

  void AwaitPrepared(std::uint64_t index) {
    std::unique_lock<std::mutex> lock{mutex_};
    changed_.wait(lock, [&] { return ready_[index % ready_.size()]; });
  }

  /// Items are consumed in order, each once.
  void SetConsumed(std::uint64_t index) { Set(index, false); }

 private:
  void Set(std::uint64_t index, bool ready) {
    const std::lock_guard<std::mutex> lock{mutex_};
    ready_[index % ready_.size()] = ready;
    if (!ready) consumed_ = index + 1;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t count_;
  std::uint64_t taken_ = 0;
  std::uint64_t consumed_ = 0;
  std::vector<bool> ready_;  ///< by slot
};

/// For index 0 .. count - 1: `prepare(slot, index)` on one of `threads - 1` workers (or here, for
/// one thread), then `consume(slot, index)` here, in order. Slots are reused; 2 * threads of them
/// bound the memory. `prepare` runs beside others and may touch only its slot.
template <class Slot, class Prepare, class Consume>
void RunOrdered(std::uint64_t count, std::uint32_t threads, Prepare prepare, Consume consume) {
  if (threads <= 1 || count <= 1) {
    Slot slot;
    for (std::uint64_t index = 0; index < count; ++index) {
      prepare(slot, index);
      consume(slot, index);
    }
    return;
  }
  const std::size_t ring = std::size_t{2} * threads;
  std::vector<Slot> slots(ring);
  OrderedHandOver hand_over{count, ring};
  const auto work = [&] {
    while (const std::optional<std::uint64_t> index = hand_over.Take()) {
      prepare(slots[*index % ring], *index);
      hand_over.SetPrepared(*index);
    }
  };
  std::vector<std::thread> workers;
  for (std::uint32_t i = 1; i < threads; ++i) workers.emplace_back(work);
  for (std::uint64_t index = 0; index < count; ++index) {
    hand_over.AwaitPrepared(index);
    consume(slots[index % ring], index);
    hand_over.SetConsumed(index);
  }
  for (std::thread& worker : workers) worker.join();
}

}  // namespace suanpan::audit
