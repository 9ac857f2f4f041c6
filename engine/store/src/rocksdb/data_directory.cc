#include "src/rocksdb/data_directory.h"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "src/rocksdb/status.h"

namespace suanpan::store {
namespace {

namespace fs = std::filesystem;

Status IoError(std::string_view doing, const std::string& path, const std::error_code& error) {
  const std::string_view remedy = RemedyOfRefusal(error.message());
  return MakeError(StatusCode::kIo, "{} {}: {}{}{}", doing, path, error.message(),
                   remedy.empty() ? "" : ": ", remedy);
}

/// RocksDB names its newest description of the database in this file; without it there is none.
fs::path Marker(const std::string& path) { return fs::path{path} / "CURRENT"; }

constexpr std::string_view kDescription = "MANIFEST-";

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsNumbered(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && IsNumber(name.substr(prefix.size()));
}

/// What is left of a data directory that has no marker, by the names of RocksDB's files.
struct Remains {
  bool any = false;
  bool data = false;  ///< tables or write-ahead logs
};

Remains RemainsAt(const std::string& path) {
  Remains remains;
  std::error_code error;
  for (auto file = fs::directory_iterator{path, error}; !error && file != fs::directory_iterator{};
       file.increment(error)) {
    const fs::path name = file->path().filename();
    const bool numbered = IsNumber(name.stem().string());
    const bool is_table = numbered && name.extension() == ".sst";
    // Others may number their logs too, so that these tell nothing alone.
    remains.data = remains.data || is_table || (numbered && name.extension() == ".log");
    remains.any = remains.any || is_table || IsNumbered(name.string(), kDescription) ||
                  IsNumbered(name.string(), "OPTIONS-");
  }
  return remains;
}

Result<std::string> ReadMarker(const std::string& path) {
  constexpr std::size_t kBytesMax = 64;
  errno = 0;
  std::ifstream file{Marker(path), std::ios::binary};
  if (!file.is_open()) return IoError("reading", Marker(path), {errno, std::generic_category()});
  std::string text(kBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

Status Lost(const std::string& path, std::string_view what) {
  return MakeError(StatusCode::kCorruption,
                   "data directory {} is damaged: {}: restore a copy of it; `suanpan init` touches "
                   "no directory that has files",
                   path, what);
}

/// Whether the marker names a description that is there. A writer may put another in its place
/// meanwhile, and then the marker names that one.
Status CheckMarker(const std::string& path) {
  SUANPAN_ASSIGN_OR_RETURN(std::string text, ReadMarker(path));
  while (true) {
    const std::string name = text.substr(0, text.find('\n'));
    if (text != name + '\n' || !IsNumbered(name, kDescription)) {
      return Lost(path, "its file CURRENT is not as it was written");
    }
    std::error_code error;
    if (fs::exists(fs::path{path} / name, error)) return {};
    SUANPAN_ASSIGN_OR_RETURN(std::string now, ReadMarker(path));
    if (now == text) return Lost(path, fmt::format("its file {} is missing", name));
    text = std::move(now);
  }
}

}  // namespace

Status NotMadeToTheEnd(const std::string& path) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "data directory {} was not made to the end: if nothing was ever written to it, "
                   "remove it and its key directory, and make it again with `suanpan init`; else "
                   "it is damaged: restore a copy of it",
                   path);
}

Status LacksPart(const std::string& path, std::string_view what, bool has_books) {
  return has_books ? Lost(path, fmt::format("its {} is missing", what)) : NotMadeToTheEnd(path);
}

Status CheckDataDirectory(const std::string& path) {
  std::error_code error;
  if (fs::exists(Marker(path), error)) return CheckMarker(path);
  if (error == std::errc::too_many_symbolic_link_levels) {
    return MakeError(StatusCode::kIo, "{} is a link that leads nowhere; name another with --data",
                     path);
  }
  if (error && error != std::errc::not_a_directory) return IoError("looking at", path, error);
  const Remains remains = RemainsAt(path);
  if (remains.any) return LacksPart(path, "file CURRENT", remains.data);
  return MakeError(StatusCode::kNotFound,
                   "{} is no data directory; name another one, or make this one with "
                   "'suanpan init'",
                   path);
}

Status CheckRoom(const std::string& path) {
  constexpr std::uintmax_t kBytesMin = std::uintmax_t{1} << 20U;
  std::error_code error;
  const fs::space_info space = fs::space(path, error);
  if (error || space.available >= kBytesMin) return {};
  return MakeError(StatusCode::kIo,
                   "the disk of data directory {} has {} bytes left: make room on it, then run it "
                   "again",
                   path, space.available);
}

Status PrepareDataDirectory(const std::string& path) {
  Status there = CheckDataDirectory(path);
  if (there.code() != StatusCode::kNotFound) return there;
  std::error_code error;
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
    if (fs::exists(Marker(at.string()), error) || RemainsAt(at.string()).any) return at.string();
  }
  return std::nullopt;
}

Result<std::unique_ptr<ScratchDirectory>> ScratchDirectory::Make() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) {
    return MakeError(StatusCode::kIo,
                     "the temporary directory is not there: {}: name another one in $TMPDIR",
                     error.message());
  }
  std::string path = (parent / "suanpan-reader-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) {
    return MakeError(StatusCode::kIo, "making directory {}: {}: name another one in $TMPDIR", path,
                     std::generic_category().message(errno));
  }
  return std::unique_ptr<ScratchDirectory>{new ScratchDirectory{std::move(path)}};
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code left_behind;  // nobody to tell, and harmless
  fs::remove_all(path_, left_behind);
}

}  // namespace suanpan::store
