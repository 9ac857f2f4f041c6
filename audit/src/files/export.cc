#include "suanpan/audit/export.h"

#include <algorithm>
#include <vector>

#include "suanpan/audit/files.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tile_writer.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

/// Removes what an interrupted export or one of another size left below tile/.
Status RemoveForeign(const fs::path& dir, TreeSize size) {
  std::error_code error;
  std::vector<fs::path> gone;
  for (fs::recursive_directory_iterator at{dir / kTileFolder, error}, end; !error && at != end;
       at.increment(error)) {
    if (at->is_directory(error)) continue;
    const std::string name = at->path().lexically_relative(dir).generic_string();
    const std::optional<proof::TileId> tile = proof::ParseTilePath(name);
    if (!tile || proof::TileWidthAt(size, tile->level, tile->index) != tile->width) {
      gone.push_back(at->path());
    }
  }
  for (const fs::path& path : gone) {
    if (!fs::remove(path, error) && error) {
      return MakeError(StatusCode::kIo, "{}: {}", path.string(), error.message());
    }
    // A folder of partial files that is empty now.
    if (path.parent_path().extension() == ".p") fs::remove(path.parent_path(), error);
  }
  return {};
}

/// Removes what an interrupted export left in a folder whose files have no names of their own.
Status RemoveTemporary(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> gone;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == kTemporarySuffix) gone.push_back(at->path());
  }
  for (const fs::path& path : gone) {
    if (!fs::remove(path, error) && error) {
      return MakeError(StatusCode::kIo, "{}: {}", path.string(), error.message());
    }
  }
  return {};
}

/// Files of somebody else's do not go out with an export.
Status CheckForeign(const fs::path& dir) {
  std::error_code error;
  for (fs::directory_iterator at{dir, error}, end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name == kCheckpointFile || name == kTileFolder || name == kSchemaFolder ||
        at->path().extension() == kTemporarySuffix || HoldsBook(at->path())) {
      continue;
    }
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} has {} in it, which is no part of an export; name an empty or a new "
                     "directory, or that of an earlier export",
                     dir.string(), name);
  }
  return {};
}

/// A directory holds one book, or books in folders: both at once could never be verified.
Status CheckLayout(const fs::path& dir, bool folders) {
  if (folders && HoldsBook(dir)) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} holds the export of one book, and this one has a folder for each book; "
                     "export into an empty directory, or remove {}/checkpoint and {}/tile first",
                     dir.string(), dir.string(), dir.string());
  }
  std::error_code error;
  for (fs::directory_iterator at{dir, error}, end; !folders && !error && at != end;
       at.increment(error)) {
    if (!HoldsBook(at->path())) continue;
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} has a folder for each book, {} among them, and this export is of one book "
                     "without a folder; export into an empty directory",
                     dir.string(), at->path().filename().string());
  }
  return {};
}

Status WriteTiles(const store::EventReader& reader, BookNo book,
                  const proof::Checkpoint& checkpoint, const fs::path& dir) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, book));
  proof::TileWriter writer{[&dir](std::string_view path, ByteSpan bytes) {
    return WriteIfDifferent(dir / path, bytes, Sync::kNo);
  }};
  while (writer.size() < checkpoint.size) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) {
      return MakeError(StatusCode::kNotFound,
                       "the log has {} entries, the checkpoint is of size {}",
                       writer.size().value(), checkpoint.size.value());
    }
    SUANPAN_RETURN_IF_ERROR(writer.Append(entry->bytes, entry->leaf));
  }
  if (writer.Root() != checkpoint.root) {
    return MakeError(StatusCode::kCorruption,
                     "the log's root at size {} is not the one of the checkpoint",
                     checkpoint.size.value());
  }
  return writer.Finish();
}

}  // namespace

bool HoldsBook(const fs::path& dir) {
  std::error_code error;
  return fs::exists(dir / kCheckpointFile, error) || fs::exists(dir / kTileFolder, error);
}

std::string BookFolder(std::string_view ref) {
  std::string folder{ref};
  std::ranges::replace(folder, '/', '~');
  return folder;
}

Status ExportBook(const store::EventReader& reader, BookNo book, std::string_view checkpoint,
                  TreeSize size, const fs::path& dir) {
  SUANPAN_ASSIGN_OR_RETURN(const proof::Note note, proof::ParseNote(checkpoint));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, proof::ParseCheckpoint(note.text));
  if (head.size != size) {
    return MakeError(StatusCode::kInvalidArgument, "the checkpoint is of size {}, not {}",
                     head.size.value(), size.value());
  }
  // Without its checkpoint a half-changed directory does not look complete.
  const fs::path head_file = dir / kCheckpointFile;
  std::string present;
  if (!ReadFile(head_file, checkpoint.size(), present).ok() || present != checkpoint) {
    std::error_code error;
    fs::remove(head_file, error);
  }
  SUANPAN_RETURN_IF_ERROR(WriteTiles(reader, book, head, dir));
  SUANPAN_RETURN_IF_ERROR(RemoveForeign(dir, size));
  SUANPAN_RETURN_IF_ERROR(RemoveTemporary(dir));
  if (size.value() != 0) SUANPAN_RETURN_IF_ERROR(SyncFolder(dir));
  return WriteIfDifferent(head_file, AsBytes(checkpoint), Sync::kYes);
}

Status ExportDirectory(const store::EventReader& reader, std::span<const BookExport> books,
                       std::span<const schema::SchemaFile> schemas, const fs::path& dir,
                       bool always_in_folders) {
  const bool folders = always_in_folders || books.size() != 1;
  SUANPAN_RETURN_IF_ERROR(CheckLayout(dir, folders));
  SUANPAN_RETURN_IF_ERROR(CheckForeign(dir));
  SUANPAN_RETURN_IF_ERROR(RemoveTemporary(dir / kSchemaFolder));
  for (const schema::SchemaFile& schema : schemas) {
    const std::string name = ToHex(proof::Sha256(schema.compiled).bytes);
    const fs::path folder = dir / kSchemaFolder;
    SUANPAN_RETURN_IF_ERROR(
        WriteIfDifferent(folder / (name + ".bfbs"), schema.compiled, Sync::kYes));
    SUANPAN_RETURN_IF_ERROR(
        WriteIfDifferent(folder / (name + ".fbs"), AsBytes(schema.text), Sync::kYes));
  }
  for (const BookExport& book : books) {
    const fs::path target = folders ? dir / BookFolder(book.ref) : dir;
    SUANPAN_RETURN_IF_ERROR(ExportBook(reader, book.number, book.checkpoint, book.size, target),
                            "exporting " + book.ref);
  }
  return {};
}

}  // namespace suanpan::audit
