#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace suanpan::bench {

/// True in the suite's smoke test: the smallest input, one round.
[[nodiscard]] bool Smoke();

/// True in `./dev bench --quick`: inputs of a size that is done in seconds.
[[nodiscard]] bool Quick();

/// A directory below the current one, removed with everything in it when destroyed. Not the
/// system's temporary directory: that may be memory, on which a sync costs nothing.
class BenchDirectory {
 public:
  BenchDirectory();
  ~BenchDirectory();
  BenchDirectory(const BenchDirectory&) = delete;
  BenchDirectory& operator=(const BenchDirectory&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace suanpan::bench
