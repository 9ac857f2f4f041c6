#include "suanpan/audit/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace suanpan::audit {
namespace {

/// An open file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  /// Closes now; false where the system reports a failed write only here.
  [[nodiscard]] bool Close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0;
  }

 private:
  int fd_;
};

Status SystemError() {
  const int error = errno;
  const StatusCode code =
      error == ENOENT || error == ENOTDIR ? StatusCode::kNotFound : StatusCode::kIo;
  return MakeError(code, "{}", std::generic_category().message(error));
}
Status SystemError(const std::filesystem::path& path) {
  return SystemError().WithContext(path.string());
}

Status NoRegularFile() { return MakeError(StatusCode::kCorruption, "it is not a regular file"); }
/// Why a file to be read was not opened.
Status OpenError(Links links) {
  if (errno == ELOOP && links == Links::kRefuse) {
    return MakeError(StatusCode::kCorruption, "it is a link, and links are not followed");
  }
  if (errno == ENXIO) return NoRegularFile();  // a socket
  return SystemError();
}

bool WriteAll(int fd, ByteSpan bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

/// What is in `bytes` before is not cleared first: a file after the other is read into the same
/// memory, and growing a string fills it with zeros.
Status ReadInto(const std::filesystem::path& path, std::size_t bytes_max, std::string& bytes,
                Links links) {
  // Without O_NONBLOCK a named pipe in the place of a file would wait for somebody to write it.
  const int no_follow = links == Links::kRefuse ? O_NOFOLLOW : 0;
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | no_follow)};
  if (file.get() < 0) return OpenError(links);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return SystemError();
  if (!S_ISREG(info.st_mode)) return NoRegularFile();
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > bytes_max) {
    return MakeError(StatusCode::kCorruption, "it has {} bytes, more than the {} it may have", size,
                     bytes_max);
  }
  bytes.resize(static_cast<std::size_t>(size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError();
    if (got == 0) break;  // grew shorter while it was read
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return {};
}

}  // namespace

Status ReadFile(const std::filesystem::path& path, std::size_t bytes_max, std::string& bytes,
                Links links) {
  Status read = ReadInto(path, bytes_max, bytes, links);
  if (!read.ok()) bytes.clear();
  return read;
}

Status ReplaceFile(const std::filesystem::path& path, ByteSpan bytes, Sync sync) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) {
    return MakeError(StatusCode::kIo, "{}: {}", path.parent_path().string(), error.message());
  }
  std::filesystem::path temporary = path;
  temporary += kTemporarySuffix;
  // A new file, never one that stands there: it may be a link to somebody else's.
  ::unlink(temporary.c_str());
  {
    Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)};
    if (file.get() < 0 || !WriteAll(file.get(), bytes) ||
        (sync == Sync::kYes && ::fsync(file.get()) != 0) || !file.Close()) {
      Status failed = SystemError(temporary);
      ::unlink(temporary.c_str());
      return failed;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return SystemError(path);
  return {};
}

Status WriteIfDifferent(const std::filesystem::path& path, ByteSpan bytes, Sync sync) {
  std::string present;
  const Status read = ReadFile(path, bytes.size(), present);
  if (read.ok() && std::ranges::equal(AsBytes(present), bytes)) return {};
  return ReplaceFile(path, bytes, sync);
}

Status SyncFolder(const std::filesystem::path& folder) {
  Descriptor file{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (file.get() < 0 || ::syncfs(file.get()) != 0) return SystemError(folder);
  return {};
}

}  // namespace suanpan::audit
