#include "src/rocksdb/data_directory.h"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {
namespace {

namespace fs = std::filesystem;

Status IoError(std::string_view doing, const std::string& path, const std::error_code& error) {
  return MakeError(StatusCode::kIo, "{} {}: {}", doing, path, error.message());
}

/// RocksDB names its newest description of the database in this file; without it there is none.
fs::path Marker(const std::string& path) { return fs::path{path} / "CURRENT"; }

}  // namespace

Status CheckDataDirectory(const std::string& path) {
  std::error_code error;
  if (fs::exists(Marker(path), error)) return {};
  if (error && error != std::errc::not_a_directory) return IoError("looking at", path, error);
  return MakeError(StatusCode::kNotFound,
                   "{} is no data directory; name another one, or make this one with "
                   "'suanpan init'",
                   path);
}

Status PrepareDataDirectory(const std::string& path) {
  std::error_code error;
  if (fs::exists(Marker(path), error)) return {};
  fs::create_directories(path, error);
  if (error) return IoError("making directory", path, error);
  const bool empty = fs::is_empty(path, error);
  if (error) return IoError("looking at", path, error);
  if (empty) return {};
  return MakeError(StatusCode::kFailedPrecondition,
                   "{} has other files in it and is no data directory; name an empty or a new "
                   "directory",
                   path);
}

std::optional<std::string> DataDirectoryAround(const std::string& path) {
  std::error_code error;
  fs::path at = fs::weakly_canonical(fs::absolute(path, error), error);
  while (!error && at.has_relative_path()) {
    at = at.parent_path();
    if (fs::exists(Marker(at.string()), error)) return at.string();
  }
  return std::nullopt;
}

Result<std::unique_ptr<ScratchDirectory>> ScratchDirectory::Make() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) return IoError("finding", "the temporary directory", error);
  std::string path = (parent / "suanpan-reader-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) {
    return IoError("making directory", path, {errno, std::generic_category()});
  }
  return std::unique_ptr<ScratchDirectory>{new ScratchDirectory{std::move(path)}};
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code left_behind;  // nobody to tell, and harmless
  fs::remove_all(path_, left_behind);
}

}  // namespace suanpan::store
