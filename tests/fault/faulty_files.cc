#include "faulty_files.h"

#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

namespace suanpan::fault {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

std::optional<std::string> ContentOf(const std::string& name) {
  std::ifstream in{name, std::ios::binary};
  if (!in.good()) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

void PutBack(const std::string& name, const std::optional<std::string>& content) {
  std::error_code gone;
  std::filesystem::remove(name, gone);
  if (content) std::ofstream{name, std::ios::binary} << *content;
}

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(FaultyFiles& files, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), files_(files), name_(std::move(name)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    return Write(data, options, debug, [&] { return target()->Append(data, options, debug); });
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* debug) override {
    return Write(data, options, debug,
                 [&] { return target()->Append(data, options, info, debug); });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return files_.Do({FileOp::kSync, name_}, [&] {
      IOStatus status = target()->Sync(options, debug);
      std::error_code none;
      if (status.ok()) files_.Synced(name_, std::filesystem::file_size(name_, none));
      return status;
    });
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
    return files_.Do({FileOp::kSpace, name_},
                     [&] { return target()->Allocate(offset, length, options, debug); });
  }

 private:
  IOStatus Write(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug,
                 const std::function<IOStatus()>& append) {
    const auto write_prefix = [&](std::size_t bytes) {
      // The process ends with it: nobody is told whether it was done.
      target()->Append(rocksdb::Slice{data.data(), bytes}, options, debug).PermitUncheckedError();
    };
    return files_.Do({FileOp::kWrite, name_, data.size(), write_prefix}, append);
  }

  FaultyFiles& files_;
  std::string name_;
};

class FaultyDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(FaultyFiles& files, std::string name,
                  std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), files_(files), name_(std::move(name)) {}
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync([&] { return FSDirectoryWrapper::Fsync(options, debug); });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    return Sync([&] { return FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how); });
  }

 private:
  IOStatus Sync(const std::function<IOStatus()>& sync) {
    return files_.Do({FileOp::kSync, name_}, [&] {
      IOStatus status = sync();
      if (status.ok()) files_.DirectorySynced();
      return status;
    });
  }
  FaultyFiles& files_;
  std::string name_;
};

}  // namespace

void FaultyFiles::FailFrom(FileOp op, std::uint64_t nth, IOStatus error) {
  const std::lock_guard<std::mutex> lock{mutex_};
  Plan& plan = plans_[static_cast<std::size_t>(op)];
  plan.fails_from = plan.asked + nth;
  plan.fails_to = std::numeric_limits<std::uint64_t>::max();
  plan.error = std::move(error);
}

void FaultyFiles::FailOnly(FileOp op, std::uint64_t nth, IOStatus error) {
  FailFrom(op, nth, std::move(error));
  const std::lock_guard<std::mutex> lock{mutex_};
  Plan& plan = plans_[static_cast<std::size_t>(op)];
  plan.fails_to = plan.fails_from;
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
  const bool fails =
      plan.fails_from != 0 && plan.asked >= plan.fails_from && plan.asked <= plan.fails_to;
  return fails ? plan.error : IOStatus::OK();
}

IOStatus FaultyFiles::Do(const FileRequest& request, const std::function<IOStatus()>& act) {
  IOStatus status = Ask(request.op);
  if (!status.ok()) return status;
  if (watcher_ != nullptr) watcher_->Before(request);
  status = act();
  if (watcher_ != nullptr) watcher_->After(request);
  return status;
}

void FaultyFiles::LieAboutSync() {
  const std::lock_guard<std::mutex> lock{mutex_};
  lies_ = true;
}

void FaultyFiles::Synced(const std::string& name, std::uint64_t size) {
  const std::lock_guard<std::mutex> lock{mutex_};
  if (!lies_) synced_[name] = size;
}

void FaultyFiles::DirectorySynced() {
  const std::lock_guard<std::mutex> lock{mutex_};
  if (lies_) return;
  unlisted_.clear();
  renamed_.clear();
}

void FaultyFiles::LosePower() {
  const std::lock_guard<std::mutex> lock{mutex_};
  for (const auto& [name, size] : synced_) {
    std::error_code gone;
    if (unlisted_.contains(name)) {
      std::filesystem::remove(name, gone);
    } else if (std::filesystem::exists(name, gone) &&
               std::filesystem::file_size(name, gone) > size) {
      std::filesystem::resize_file(name, size, gone);
    }
  }
  for (const auto& [name, before] : renamed_) PutBack(name, before);
}

void FaultyFiles::SaveSynced(const std::string& path) {
  const std::lock_guard<std::mutex> lock{mutex_};
  nlohmann::json renamed = nlohmann::json::object();
  for (const auto& [name, before] : renamed_) {
    renamed[name] = before ? nlohmann::json(*before) : nlohmann::json();
  }
  std::ofstream{path} << nlohmann::json{
      {"synced", synced_}, {"unlisted", unlisted_}, {"renamed", renamed}};
}

void FaultyFiles::LoadSynced(const std::string& path) {
  const std::lock_guard<std::mutex> lock{mutex_};
  const std::optional<std::string> text = ContentOf(path);
  if (!text) return;
  const auto saved = nlohmann::json::parse(*text);
  saved.at("synced").get_to(synced_);
  saved.at("unlisted").get_to(unlisted_);
  for (const auto& [name, before] : saved.at("renamed").items()) {
    renamed_[name] = before.is_null() ? std::nullopt : std::optional{before.get<std::string>()};
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

/// A file that is written to again keeps what was synced of it; where nobody knows, all of it was.
IOStatus FaultyFiles::Reopened(const std::string& name, std::uint64_t size,
                               std::unique_ptr<rocksdb::FSWritableFile>* file) {
  {
    const std::lock_guard<std::mutex> lock{mutex_};
    synced_.try_emplace(name, size);
  }
  *file = std::make_unique<FaultyFile>(*this, name, std::move(*file));
  return IOStatus::OK();
}

IOStatus FaultyFiles::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* debug) {
  IOStatus status = Do({FileOp::kCreate, name},
                       [&] { return target()->NewWritableFile(name, options, file, debug); });
  return status.ok() ? Made(name, file) : status;
}

IOStatus FaultyFiles::ReopenWritableFile(const std::string& name,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* debug) {
  std::error_code none;
  const bool there = std::filesystem::exists(name, none);
  const std::uint64_t size = there ? std::filesystem::file_size(name, none) : 0;
  IOStatus status = Do({FileOp::kCreate, name},
                       [&] { return target()->ReopenWritableFile(name, options, file, debug); });
  if (!status.ok()) return status;
  return there ? Reopened(name, size, file) : Made(name, file);
}

IOStatus FaultyFiles::ReuseWritableFile(const std::string& name, const std::string& old_name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSWritableFile>* file,
                                        IODebugContext* debug) {
  IOStatus status = Do({FileOp::kCreate, name}, [&] {
    return target()->ReuseWritableFile(name, old_name, options, file, debug);
  });
  return status.ok() ? Made(name, file) : status;
}

IOStatus FaultyFiles::NewDirectory(const std::string& name, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* debug) {
  IOStatus status = target()->NewDirectory(name, options, directory, debug);
  if (status.ok())
    *directory = std::make_unique<FaultyDirectory>(*this, name, std::move(*directory));
  return status;
}

IOStatus FaultyFiles::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* debug) {
  return Do({FileOp::kRename, to}, [&] {
    const std::optional<std::string> before = ContentOf(to);
    IOStatus status = target()->RenameFile(from, to, options, debug);
    if (status.ok()) Renamed(from, to, before);
    return status;
  });
}

void FaultyFiles::Renamed(const std::string& from, const std::string& to,
                          const std::optional<std::string>& before) {
  const std::lock_guard<std::mutex> lock{mutex_};
  renamed_.try_emplace(to, before);
  const auto moved = synced_.find(from);
  if (moved != synced_.end()) {
    synced_[to] = moved->second;
    synced_.erase(moved);
  }
  unlisted_.erase(from);
}

IOStatus FaultyFiles::DeleteFile(const std::string& name, const IOOptions& options,
                                 IODebugContext* debug) {
  IOStatus status = target()->DeleteFile(name, options, debug);
  const std::lock_guard<std::mutex> lock{mutex_};
  if (status.ok()) {
    synced_.erase(name);
    unlisted_.erase(name);
    renamed_.erase(name);
  }
  return status;
}

FaultyDisk MakeFaultyDisk() {
  auto* const files = new FaultyFiles;
  return {files, rocksdb::NewCompositeEnv(std::shared_ptr<rocksdb::FileSystem>{files}).release()};
}

}  // namespace suanpan::fault
