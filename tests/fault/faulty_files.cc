#include "faulty_files.h"

#include <filesystem>

namespace suanpan::fault {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(FaultyFiles& files, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), files_(files), name_(std::move(name)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    IOStatus status = files_.Ask(FileOp::kWrite);
    return status.ok() ? target()->Append(data, options, debug) : status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* debug) override {
    IOStatus status = files_.Ask(FileOp::kWrite);
    return status.ok() ? target()->Append(data, options, info, debug) : status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    IOStatus status = files_.Ask(FileOp::kSync);
    if (status.ok()) status = target()->Sync(options, debug);
    if (status.ok()) files_.Synced(name_, target()->GetFileSize(options, debug));
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  // Space is asked for by the base's PrepareWrite, which calls Allocate of its own object.
  void SetPreallocationBlockSize(std::size_t size) override {
    FSWritableFile::SetPreallocationBlockSize(size);
  }
  void PrepareWrite(std::size_t offset, std::size_t length, const IOOptions& options,
                    IODebugContext* debug) override {
    FSWritableFile::PrepareWrite(offset, length, options, debug);
  }
  IOStatus Allocate(std::uint64_t offset, std::uint64_t length, const IOOptions& options,
                    IODebugContext* debug) override {
    IOStatus status = files_.Ask(FileOp::kSpace);
    return status.ok() ? target()->Allocate(offset, length, options, debug) : status;
  }

 private:
  FaultyFiles& files_;
  std::string name_;
};

class FaultyDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(FaultyFiles& files, std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), files_(files) {}
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return After(FSDirectoryWrapper::Fsync(options, debug));
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    return After(FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how));
  }

 private:
  IOStatus After(IOStatus done) {
    IOStatus status = files_.Ask(FileOp::kSync);
    if (!status.ok()) return status;
    if (done.ok()) files_.DirectorySynced();
    return done;
  }
  FaultyFiles& files_;
};

}  // namespace

void FaultyFiles::FailFrom(FileOp op, std::uint64_t nth, IOStatus error) {
  const std::lock_guard<std::mutex> lock{mutex_};
  Plan& plan = plans_[static_cast<std::size_t>(op)];
  plan.fails_from = plan.asked + nth;
  plan.error = std::move(error);
}

void FaultyFiles::Heal() {
  const std::lock_guard<std::mutex> lock{mutex_};
  for (Plan& plan : plans_) plan.fails_from = 0;
}

std::uint64_t FaultyFiles::Count(FileOp op) const {
  const std::lock_guard<std::mutex> lock{mutex_};
  return plans_[static_cast<std::size_t>(op)].asked;
}

IOStatus FaultyFiles::Ask(FileOp op) {
  const std::lock_guard<std::mutex> lock{mutex_};
  Plan& plan = plans_[static_cast<std::size_t>(op)];
  ++plan.asked;
  return plan.fails_from != 0 && plan.asked >= plan.fails_from ? plan.error : IOStatus::OK();
}

void FaultyFiles::Synced(const std::string& name, std::uint64_t size) {
  const std::lock_guard<std::mutex> lock{mutex_};
  if (!lies_) synced_[name] = size;
}

void FaultyFiles::DirectorySynced() {
  const std::lock_guard<std::mutex> lock{mutex_};
  if (!lies_) unlisted_.clear();
}

void FaultyFiles::LosePower() {
  const std::lock_guard<std::mutex> lock{mutex_};
  for (const auto& [name, size] : synced_) {
    std::error_code gone;
    if (unlisted_.contains(name)) {
      std::filesystem::remove(name, gone);
    } else if (std::filesystem::exists(name, gone)) {
      std::filesystem::resize_file(name, size, gone);
    }
  }
}

IOStatus FaultyFiles::Made(const std::string& name,
                           std::unique_ptr<rocksdb::FSWritableFile>* file) {
  {
    const std::lock_guard<std::mutex> lock{mutex_};
    synced_[name] = 0;
    unlisted_.insert(name);
  }
  *file = std::make_unique<FaultyFile>(*this, name, std::move(*file));
  return IOStatus::OK();
}

IOStatus FaultyFiles::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* debug) {
  IOStatus status = Ask(FileOp::kCreate);
  if (status.ok()) status = target()->NewWritableFile(name, options, file, debug);
  return status.ok() ? Made(name, file) : status;
}

IOStatus FaultyFiles::ReopenWritableFile(const std::string& name,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* debug) {
  IOStatus status = Ask(FileOp::kCreate);
  if (status.ok()) status = target()->ReopenWritableFile(name, options, file, debug);
  return status.ok() ? Made(name, file) : status;
}

IOStatus FaultyFiles::ReuseWritableFile(const std::string& name, const std::string& old_name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSWritableFile>* file,
                                        IODebugContext* debug) {
  IOStatus status = Ask(FileOp::kCreate);
  if (status.ok()) status = target()->ReuseWritableFile(name, old_name, options, file, debug);
  return status.ok() ? Made(name, file) : status;
}

IOStatus FaultyFiles::NewDirectory(const std::string& name, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* debug) {
  IOStatus status = target()->NewDirectory(name, options, directory, debug);
  if (status.ok()) *directory = std::make_unique<FaultyDirectory>(*this, std::move(*directory));
  return status;
}

IOStatus FaultyFiles::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* debug) {
  IOStatus status = Ask(FileOp::kRename);
  if (status.ok()) status = target()->RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  // What is lost of a rename that was not synced is the old name again; RocksDB syncs the
  // directory after each that matters, and the new name is kept here.
  const std::lock_guard<std::mutex> lock{mutex_};
  const auto moved = synced_.find(from);
  if (moved != synced_.end()) {
    synced_[to] = moved->second;
    synced_.erase(moved);
  }
  unlisted_.erase(from);
  return status;
}

IOStatus FaultyFiles::DeleteFile(const std::string& name, const IOOptions& options,
                                 IODebugContext* debug) {
  IOStatus status = target()->DeleteFile(name, options, debug);
  const std::lock_guard<std::mutex> lock{mutex_};
  if (status.ok()) {
    synced_.erase(name);
    unlisted_.erase(name);
  }
  return status;
}

}  // namespace suanpan::fault
