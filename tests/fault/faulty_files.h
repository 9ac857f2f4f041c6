#pragma once

// A file system below RocksDB that fails when it is told to, and that can forget what was not
// synced, as a machine does that loses power.

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace suanpan::fault {

/// What is asked of a file system.
enum class FileOp : std::uint8_t { kWrite, kSync, kRename, kSpace, kCreate };
inline constexpr std::size_t kFileOps = 5;

/// One request, before and after it is done.
struct FileRequest {
  FileOp op = FileOp::kWrite;
  std::string_view name;  ///< of the file or directory
  std::size_t bytes = 0;  ///< of a write
  /// Of a write: does its first bytes and no more, as a process that is ended in the middle.
  std::function<void(std::size_t)> write_prefix;
};

/// Sees every request that was not made to fail, on the thread that makes it.
class FileWatcher {
 public:
  virtual ~FileWatcher() = default;
  virtual void Before(const FileRequest& request) = 0;
  virtual void After(const FileRequest& request) = 0;
};

class FaultyFiles final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFiles"; }

  /// The nth request of this sort from now on fails with `error`, and every later one of it.
  void FailFrom(FileOp op, std::uint64_t nth, rocksdb::IOStatus error);
  /// The nth alone fails.
  void FailOnly(FileOp op, std::uint64_t nth, rocksdb::IOStatus error);
  void Heal();
  [[nodiscard]] std::uint64_t Count(FileOp op) const;

  /// Before the first request; `watcher` must outlive this.
  void WatchWith(FileWatcher* watcher) { watcher_ = watcher; }

  /// Syncs are said to be done and are not.
  void LieAboutSync();
  /// Takes back what was not synced: bytes at the end of files; and where their directory was not,
  /// files that were made and new names of files.
  void LosePower();
  /// What is not synced outlives the process that wrote it, and a later loss of power takes it back
  /// all the same: the one process keeps what it knows in a file, the next begins with it.
  void SaveSynced(const std::string& path);
  void LoadSynced(const std::string& path);

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
  /// Does what is asked, unless it is to fail.
  rocksdb::IOStatus Do(const FileRequest& request, const std::function<rocksdb::IOStatus()>& act);
  void Synced(const std::string& name, std::uint64_t size);
  void DirectorySynced();

 private:
  rocksdb::IOStatus Ask(FileOp op);
  rocksdb::IOStatus Made(const std::string& name, std::unique_ptr<rocksdb::FSWritableFile>* file);
  rocksdb::IOStatus Reopened(const std::string& name, std::uint64_t size,
                             std::unique_ptr<rocksdb::FSWritableFile>* file);

  void Renamed(const std::string& from, const std::string& to,
               const std::optional<std::string>& before);

  struct Plan {
    std::uint64_t asked = 0;
    std::uint64_t fails_from = 0;  ///< 0: never
    std::uint64_t fails_to = 0;
    rocksdb::IOStatus error;
  };
  FileWatcher* watcher_ = nullptr;
  mutable std::mutex mutex_;
  std::array<Plan, kFileOps> plans_;
  bool lies_ = false;
  std::map<std::string, std::uint64_t> synced_;  ///< bytes of each file written through us
  // Since their directory was synced:
  std::set<std::string> unlisted_;  ///< files that were made
  /// Names given to other files, and what had the name before.
  std::map<std::string, std::optional<std::string>> renamed_;
};

/// Faulty files, kept for the rest of this process, and what RocksDB opens them by.
struct FaultyDisk {
  FaultyFiles* files = nullptr;
  rocksdb::Env* env = nullptr;
};
[[nodiscard]] FaultyDisk MakeFaultyDisk();

}  // namespace suanpan::fault
