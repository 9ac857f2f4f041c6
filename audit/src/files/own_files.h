#pragma once

// What an export may find where it is to be written: its own files of an earlier time, nothing
// else. All of it is looked at before the first byte is written, so that a refusal has touched
// nothing. A file is an export's own by its exact name, never by an extension or by where it lies.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/audit/export.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/note.h"

namespace suanpan::audit {

/// The checkpoint of a book's folder, whoever signed it.
struct HeadInFolder {
  std::string file;
  proof::Note note;
  proof::Checkpoint checkpoint;
};
/// Nothing where there is none, or a file of that name which is no checkpoint.
[[nodiscard]] std::optional<HeadInFolder> HeadIn(const std::filesystem::path& dir);

/// Where a book goes, and whose checkpoint may stand there.
struct BookTarget {
  std::filesystem::path dir;
  std::string origin;
};

/// kFailedPrecondition, with the file's name and the remedy, where the directory of an export holds
/// anything but checkpoints, tiles, schemas and temporary files of earlier exports of the same
/// books, or a symbolic link: nothing is ever written through one. A missing directory is empty.
/// One book in `dir` itself, or each in its folder below it. Whether the log goes on from what was
/// exported earlier is asked in signed_log.h.
[[nodiscard]] Status CheckOneBook(const BookTarget& book);
[[nodiscard]] Status CheckFolders(const std::filesystem::path& dir,
                                  const std::vector<BookTarget>& books);

/// Removes, of these files: tiles that a tree of this size does not have, and temporary files in a
/// book's folder. Everything is looked at again, and what is not an export's stays and stops it.
[[nodiscard]] Status RemoveStaleTiles(const std::filesystem::path& dir, TreeSize size);
/// Removes the temporary files of DIR/schemas.
[[nodiscard]] Status RemoveStaleSchemas(const std::filesystem::path& dir);

}  // namespace suanpan::audit
