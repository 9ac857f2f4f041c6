#pragma once

// A directory of a test's own.

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>

namespace suanpan::test {

/// Made empty in the system's temporary directory, removed with everything in it when destroyed.
/// Stops the process when it cannot be made: no test means anything then.
class TempDir {
 public:
  TempDir() : path_(std::filesystem::temp_directory_path() / "suanpan-test-XXXXXX") {
    std::string name = path_.string();
    if (::mkdtemp(name.data()) == nullptr) {
      std::perror(name.c_str());
      std::abort();
    }
    path_ = name;
  }
  ~TempDir() {
    std::error_code left_behind;
    std::filesystem::remove_all(path_, left_behind);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Path of `name` inside it.
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace suanpan::test
