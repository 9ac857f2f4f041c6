#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "suanpan/base/mutex.h"

namespace suanpan::cli {

/// One line on stderr, rewritten in place, for work longer than a second: rate, done, of, time
/// left. Only on a terminal and not with --quiet. Thread-safe.
class Progress {
 public:
  Progress(std::string what, std::string unit, std::optional<std::uint64_t> total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Add(std::uint64_t more);
  void Set(std::uint64_t done);

 private:
  void Show();

  std::string what_;
  std::string unit_;
  std::optional<std::uint64_t> total_;
  bool enabled_;
  std::atomic<std::uint64_t> done_{0};
  Mutex mutex_;
  bool shown_ SUANPAN_GUARDED_BY(mutex_) = false;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_ SUANPAN_GUARDED_BY(mutex_);
};

}  // namespace suanpan::cli
