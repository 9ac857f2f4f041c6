#pragma once

// Work on numbered items, prepared on any thread and consumed in order on one: the result depends
// on no schedule.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace suanpan::audit {

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
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t taken = 0;
  std::uint64_t consumed = 0;
  std::vector<bool> ready(ring, false);
  const auto work = [&] {
    std::unique_lock<std::mutex> lock{mutex};
    while (true) {
      changed.wait(lock, [&] { return taken == count || taken < consumed + ring; });
      if (taken == count) return;
      const std::uint64_t index = taken++;
      lock.unlock();
      prepare(slots[index % ring], index);
      lock.lock();
      ready[index % ring] = true;
      changed.notify_all();
    }
  };
  std::vector<std::thread> workers;
  for (std::uint32_t i = 1; i < threads; ++i) workers.emplace_back(work);
  for (std::uint64_t index = 0; index < count; ++index) {
    {
      std::unique_lock<std::mutex> lock{mutex};
      changed.wait(lock, [&] { return ready[index % ring]; });
    }
    consume(slots[index % ring], index);
    const std::lock_guard<std::mutex> lock{mutex};
    ready[index % ring] = false;
    ++consumed;
    changed.notify_all();
  }
  for (std::thread& worker : workers) worker.join();
}

}  // namespace suanpan::audit
