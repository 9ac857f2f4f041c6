#pragma once

// A file system below RocksDB that fails when it is told to, and that can forget what was not
// synced, as a machine does that loses power.

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace suanpan::fault {

/// What is asked of a file system.
enum class FileOp : std::uint8_t { kWrite, kSync, kRename, kSpace, kCreate };
inline constexpr std::size_t kFileOps = 5;

class FaultyFiles final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFiles"; }

  /// The nth request of this sort from now on fails with `error`, and every later one of it.
  void FailFrom(FileOp op, std::uint64_t nth, rocksdb::IOStatus error);
  void Heal();
  [[nodiscard]] std::uint64_t Count(FileOp op) const;

  /// Syncs are said to be done and are not.
  void LieAboutSync() { lies_ = true; }
  /// Takes back what was not synced: bytes at the end of files, and files whose directory was not.
  void LosePower();

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

  // Called by the files.
  rocksdb::IOStatus Ask(FileOp op);
  void Synced(const std::string& name, std::uint64_t size);
  void DirectorySynced();

 private:
  rocksdb::IOStatus Made(const std::string& name, std::unique_ptr<rocksdb::FSWritableFile>* file);

  struct Plan {
    std::uint64_t asked = 0;
    std::uint64_t fails_from = 0;  ///< 0: never
    rocksdb::IOStatus error;
  };
  mutable std::mutex mutex_;
  std::array<Plan, kFileOps> plans_;
  bool lies_ = false;
  std::map<std::string, std::uint64_t> synced_;  ///< bytes of each file written through us
  std::set<std::string> unlisted_;               ///< made since their directory was synced
};

}  // namespace suanpan::fault
