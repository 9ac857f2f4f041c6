#pragma once

// Locks that clang can check: a field says which mutex guards it, a function which mutex it needs,
// and an access without the lock does not compile there (-Wthread-safety). With g++ the
// annotations are nothing.

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define SUANPAN_THREAD_ANNOTATION(annotation) __attribute__((annotation))
#else
#define SUANPAN_THREAD_ANNOTATION(annotation)
#endif

/// The field may be touched only while the mutex is held.
#define SUANPAN_GUARDED_BY(mutex) SUANPAN_THREAD_ANNOTATION(guarded_by(mutex))
/// The function may be called only while the mutex is held.
#define SUANPAN_REQUIRES(mutex) SUANPAN_THREAD_ANNOTATION(requires_capability(mutex))

namespace suanpan {

/// std::mutex as a capability.
class SUANPAN_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void Lock() SUANPAN_THREAD_ANNOTATION(acquire_capability()) {
    // What is done under a lock is mostly over sooner than this thread would be asleep.
    for (int i = 0; i < kTries; ++i) {
      if (mutex_.try_lock()) return;
      Pause();
    }
    mutex_.lock();
  }
  void Unlock() SUANPAN_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  static constexpr int kTries = 64;
  static void Pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }

  friend class ConditionVariable;
  std::mutex mutex_;
};

/// Holds a mutex for a scope.
class SUANPAN_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) SUANPAN_THREAD_ANNOTATION(acquire_capability(mutex))
      : mutex_(mutex) {
    mutex_.Lock();
  }
  ~MutexLock() SUANPAN_THREAD_ANNOTATION(release_capability()) { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

/// Waits while a mutex is held. Without a predicate on purpose: the checker does not see into
/// lambdas, so callers loop, `while (!ready_) changed_.Wait(mutex_)`.
class ConditionVariable {
 public:
  void Wait(Mutex& mutex) SUANPAN_REQUIRES(mutex) {
    std::unique_lock<std::mutex> held{mutex.mutex_, std::adopt_lock};
    condition_.wait(held);
    held.release();
  }
  /// False once the time has come. It may also return true for no reason, as Wait does.
  bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline)
      SUANPAN_REQUIRES(mutex) {
    std::unique_lock<std::mutex> held{mutex.mutex_, std::adopt_lock};
    const std::cv_status status = condition_.wait_until(held, deadline);
    held.release();
    return status == std::cv_status::no_timeout;
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace suanpan
