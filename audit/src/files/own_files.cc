#include "src/files/own_files.h"

#include <algorithm>
#include <functional>

#include "suanpan/audit/files.h"
#include "suanpan/base/bytes.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/tile.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

Status Refused(const fs::path& dir, std::string_view name, std::string_view why) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "{} has {} in it, {}; name an empty or a new directory, or that of an earlier "
                   "export",
                   dir.string(), name, why);
}

Status Foreign(const fs::path& dir, std::string_view name) {
  return Refused(dir, name, "which is no part of an export");
}

struct Entry {
  std::string name;
  bool is_folder = false;
};

/// The files and folders below `dir`, by name, so that a refusal always names the same one. Links
/// are not followed: they and whatever is neither file nor folder are refused as of `dir`.
Result<std::vector<Entry>> List(const fs::path& dir, const std::string& below = {}) {
  std::vector<Entry> entries;
  const fs::path folder = below.empty() ? dir : dir / below;
  std::error_code error;
  if (fs::symlink_status(folder, error).type() == fs::file_type::not_found) return entries;
  fs::directory_iterator at{folder, error};
  for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const std::string shown = below.empty() ? name : below + "/" + name;
    const fs::file_type type = at->symlink_status(error).type();
    if (error) break;
    if (type == fs::file_type::symlink) {
      return Refused(dir, shown, "which is a symbolic link, and an export is written through none");
    }
    if (type != fs::file_type::regular && type != fs::file_type::directory) {
      return Foreign(dir, shown);
    }
    entries.push_back({name, type == fs::file_type::directory});
  }
  if (error) return MakeError(StatusCode::kIo, "{}: {}", folder.string(), error.message());
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

/// The name without the suffix of a temporary file, or nothing where it has none.
std::optional<std::string_view> TemporaryOf(std::string_view name) {
  if (!name.ends_with(kTemporarySuffix)) return std::nullopt;
  return name.substr(0, name.size() - kTemporarySuffix.size());
}

/// Whether a folder leads to tiles: some tile's path goes on from here.
bool LeadsToTiles(const std::string& folder) {
  return folder == kTileFolder || folder == "tile/entries" ||
         proof::ParseTilePath(folder + (folder.ends_with(".p") ? "/1" : "/000")).has_value();
}

/// A file below tile/ as an export names them; no tile for a temporary one.
using TileVisitor =
    std::function<void(const std::string& name, const std::optional<proof::TileId>& tile)>;

/// Visits the files below a folder of `dir`. Depth is bounded by that of a tile's path.
Status ForEachTileFile(const fs::path& dir, const std::string& folder, const TileVisitor& visit) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<Entry> entries, List(dir, folder));
  for (const Entry& entry : entries) {
    const std::string name = folder + "/" + entry.name;
    if (entry.is_folder) {
      if (!LeadsToTiles(name)) return Foreign(dir, name);
      SUANPAN_RETURN_IF_ERROR(ForEachTileFile(dir, name, visit));
      continue;
    }
    const std::optional<std::string_view> temporary = TemporaryOf(name);
    const std::optional<proof::TileId> tile = proof::ParseTilePath(temporary.value_or(name));
    if (!tile) return Foreign(dir, name);
    visit(name, temporary ? std::nullopt : tile);
  }
  return {};
}

/// "<64 hexadecimal digits>.bfbs" or ".fbs".
bool IsSchemaName(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot != 2 * sizeof(Hash32)) return false;
  const std::string_view digest = name.substr(0, dot);
  return (name.substr(dot) == ".bfbs" || name.substr(dot) == ".fbs") &&
         digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status CheckSchemas(const fs::path& dir) {
  const std::string folder{kSchemaFolder};
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<Entry> entries, List(dir, folder));
  for (const Entry& entry : entries) {
    const std::string_view name = TemporaryOf(entry.name).value_or(entry.name);
    if (entry.is_folder || !IsSchemaName(name)) return Foreign(dir, folder + "/" + entry.name);
  }
  return {};
}

/// Other software names files "checkpoint" too, and another book's export is not ours to replace.
Status CheckOrigin(const BookTarget& book) {
  const std::optional<HeadInFolder> found = HeadIn(book.dir);
  if (!found) return Foreign(book.dir, kCheckpointFile);
  const std::string& origin = found->checkpoint.origin;
  if (origin == book.origin) return {};
  return Refused(book.dir, kCheckpointFile,
                 "which is that of " + origin + ", not of " + book.origin);
}

enum class Schemas : bool { kNone, kHere };

Status CheckBook(const BookTarget& book, Schemas schemas) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<Entry> entries, List(book.dir));
  for (const auto& [name, is_folder] : entries) {
    if (is_folder && name == kTileFolder) {
      SUANPAN_RETURN_IF_ERROR(ForEachTileFile(book.dir, name, [](const auto&, const auto&) {}));
    } else if (is_folder && name == kSchemaFolder && schemas == Schemas::kHere) {
      SUANPAN_RETURN_IF_ERROR(CheckSchemas(book.dir));
    } else if (!is_folder && name == kCheckpointFile) {
      SUANPAN_RETURN_IF_ERROR(CheckOrigin(book));
    } else if (is_folder || TemporaryOf(name) != kCheckpointFile) {
      return Foreign(book.dir, name);
    }
  }
  return {};
}

Status Remove(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) return MakeError(StatusCode::kIo, "{}: {}", path.string(), error.message());
  return {};
}

}  // namespace

std::optional<HeadInFolder> HeadIn(const fs::path& dir) {
  std::string file;
  if (!ReadFile(dir / kCheckpointFile, proof::kNoteBytesMax, file).ok()) return std::nullopt;
  Result<proof::Note> note = proof::ParseNote(file);
  if (!note.ok()) return std::nullopt;
  Result<proof::Checkpoint> checkpoint = proof::ParseCheckpoint(note->text);
  if (!checkpoint.ok()) return std::nullopt;
  return HeadInFolder{std::move(file), std::move(*note), std::move(*checkpoint)};
}

Status CheckOneBook(const BookTarget& book) { return CheckBook(book, Schemas::kHere); }

Status CheckFolders(const fs::path& dir, const std::vector<BookTarget>& books) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<Entry> entries, List(dir));
  for (const Entry& entry : entries) {
    if (!entry.is_folder) return Foreign(dir, entry.name);
    if (entry.name == kSchemaFolder) {
      SUANPAN_RETURN_IF_ERROR(CheckSchemas(dir));
      continue;
    }
    const fs::path path = dir / entry.name;
    const auto same = [&path](const BookTarget& book) { return book.dir == path; };
    if (const auto book = std::ranges::find_if(books, same); book != books.end()) {
      SUANPAN_RETURN_IF_ERROR(CheckBook(*book, Schemas::kNone));
      continue;
    }
    // A book that is not exported this time: left alone, and part of the export all the same.
    const std::optional<HeadInFolder> head = HeadIn(path);
    if (!head || !MayBeFolderOf(entry.name, head->checkpoint.origin)) {
      return Foreign(dir, entry.name);
    }
  }
  return {};
}

Status RemoveStaleTiles(const fs::path& dir, TreeSize size) {
  std::vector<fs::path> stale;
  const TileVisitor look = [&](const std::string& name, const std::optional<proof::TileId>& tile) {
    if (tile && proof::TileWidthAt(size, tile->level, tile->index) == tile->width) return;
    stale.push_back(dir / name);
  };
  SUANPAN_RETURN_IF_ERROR(ForEachTileFile(dir, std::string{kTileFolder}, look));
  for (const fs::path& path : stale) {
    SUANPAN_RETURN_IF_ERROR(Remove(path));
    // A folder of partial files goes with its last one; it stays where it is not empty.
    std::error_code not_empty;
    if (path.parent_path().extension() == ".p") fs::remove(path.parent_path(), not_empty);
  }
  return Remove(dir / (std::string{kCheckpointFile} + std::string{kTemporarySuffix}));
}

Status RemoveStaleSchemas(const fs::path& dir) {
  SUANPAN_RETURN_IF_ERROR(CheckSchemas(dir));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<Entry> entries, List(dir, std::string{kSchemaFolder}));
  for (const Entry& entry : entries) {
    if (!TemporaryOf(entry.name)) continue;
    SUANPAN_RETURN_IF_ERROR(Remove(dir / kSchemaFolder / entry.name));
  }
  return {};
}

}  // namespace suanpan::audit
