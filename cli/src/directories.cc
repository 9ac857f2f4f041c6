#include "src/directories.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace suanpan::cli {
namespace fs = std::filesystem;

std::string KeyDirectory(const std::string& data_dir, const std::string& stated) {
  if (!stated.empty()) return stated;
  if (const char* env = std::getenv("SUANPAN_KEYS"); env != nullptr && *env != '\0') return env;
  fs::path path = fs::path{data_dir}.lexically_normal();
  if (path.filename().empty()) path = path.parent_path();  // a trailing slash
  // ".", ".." and links have no name of their own to stand beside.
  std::error_code error;
  const bool named = path.filename() != "." && path.filename() != ".." &&
                     !fs::is_symlink(fs::symlink_status(path, error));
  if (!named) {
    const fs::path real = fs::canonical(path, error);
    if (!error) path = real;
  }
  return path.string() + ".keys";
}

std::string LogKeyPath(const std::string& key_dir) {
  return (fs::path{key_dir} / "log.key").string();
}

std::string GuardPath(const std::string& key_dir) { return (fs::path{key_dir} / "guard").string(); }

bool IsInside(const std::string& inner, const std::string& outer) {
  std::error_code error;
  const fs::path in = fs::weakly_canonical(fs::absolute(inner, error), error);
  const fs::path out = fs::weakly_canonical(fs::absolute(outer, error), error);
  const fs::path relative = in.lexically_relative(out);
  return !relative.empty() && *relative.begin() != "..";
}

Result<std::string> ReadWholeFile(const std::string& path, std::size_t bytes_max) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const StatusCode code = errno == ENOENT ? StatusCode::kNotFound : StatusCode::kIo;
    return MakeError(code, "{}: {}", path, std::strerror(errno));
  }
  std::string text;
  char buffer[16 * 1024];
  ssize_t got = 0;
  while ((got = ::read(file, buffer, sizeof buffer)) > 0 && text.size() <= bytes_max) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  const int error = errno;
  ::close(file);
  if (got < 0) return MakeError(StatusCode::kIo, "{}: {}", path, std::strerror(error));
  if (text.size() > bytes_max) {
    return MakeError(StatusCode::kInvalidArgument, "{}: larger than {} bytes", path, bytes_max);
  }
  return text;
}

Status WriteSecretFile(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    const StatusCode code = errno == EEXIST ? StatusCode::kFailedPrecondition : StatusCode::kIo;
    return MakeError(code, "{}: {}", path, std::strerror(errno));
  }
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool synced = written && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!synced) return MakeError(StatusCode::kIo, "{}: {}", path, std::strerror(error));
  return {};
}

}  // namespace suanpan::cli
