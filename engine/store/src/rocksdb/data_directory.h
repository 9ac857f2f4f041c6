#pragma once

// Where a data directory is, before RocksDB sees it.

#include <memory>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {

/// Before a writer opens: kIo where the disk is full or nearly so. RocksDB would begin, and may
/// then end the process by an assertion of its own instead of an error.
Status CheckRoom(const std::string& path);

/// Makes an empty directory at `path`, with its parents, or takes the empty one that is there.
/// kFailedPrecondition when other files are there.
Status PrepareDataDirectory(const std::string& path);

/// kFailedPrecondition: `suanpan init` was ended before anything could be written to it.
Status NotMadeToTheEnd(const std::string& path);

/// A directory in the system's temporary directory, removed with its files when destroyed. One is
/// left behind by a process that was killed.
class ScratchDirectory {
 public:
  static Result<std::unique_ptr<ScratchDirectory>> Make();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit ScratchDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace suanpan::store
