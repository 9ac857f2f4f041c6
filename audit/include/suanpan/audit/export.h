#pragma once

// Writing an export: the files with which anybody can verify a book without this program
// (docs/format.md). One book:
//
//   DIR/checkpoint  DIR/tile/<level>/...  DIR/tile/entries/...  DIR/schemas/<sha256>.{bfbs,fbs}
//
// Several: each in a folder of its own (BookFolder), and DIR/schemas once.
//
// Nothing of somebody else's is written over, written through or deleted: a directory that holds
// more than files of earlier exports of the same books is refused before anything is written, and
// so is an earlier export that the log does not continue: it shows what was signed.
//
// Every file is written under a temporary name and then renamed, the checkpoint last, so that an
// interrupted export never looks complete. An export may be repeated into the same directory when
// the book has grown: files with the same bytes are left alone.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/event_store.h"

namespace suanpan::audit {

/// A book and the signed checkpoint it is exported at.
struct BookExport {
  std::string ref;
  BookNo number;
  std::string checkpoint;  ///< the signed note
  TreeSize size;           ///< of that checkpoint
};

/// Exports one book into `dir`. kFailedPrecondition, and nothing is touched, where `dir` holds what
/// an export of this book did not write, or an export of it at a head that the log does not
/// continue: signed by another key, at a larger size, or at another root. kNotFound where the log
/// has fewer entries than `size`; kCorruption where its root at that size is not the checkpoint's,
/// or the log is damaged: no checkpoint is written then. kIo as the file system says. Memory is
/// bounded by a block and a bundle.
[[nodiscard]] Status ExportBook(const store::EventReader& reader, BookNo book,
                                std::string_view checkpoint, TreeSize size,
                                const std::filesystem::path& dir);

/// Exports books and the schema files. One book goes to `dir` itself unless `always_in_folders`.
/// kFailedPrecondition with the name of the file, and nothing is touched, where `dir` holds an
/// export of the other layout (the two together would never verify), another book's, one that the
/// log does not continue, a symbolic link or anything else that is no part of an export. Files of
/// an interrupted export or of an earlier size are removed.
[[nodiscard]] Status ExportDirectory(const store::EventReader& reader,
                                     std::span<const BookExport> books,
                                     std::span<const schema::SchemaFile> schemas,
                                     const std::filesystem::path& dir,
                                     bool always_in_folders = false);

// Names inside an export.
inline constexpr std::string_view kCheckpointFile = "checkpoint";
inline constexpr std::string_view kTileFolder = "tile";
inline constexpr std::string_view kSchemaFolder = "schemas";

/// Whether a folder has a book of an export in it, whole or not.
[[nodiscard]] bool HoldsBook(const std::filesystem::path& dir);

/// A book's folder, by its ref: `/` is `~`, so that "city/station-7" is "city~station-7". A ref
/// that begins with anything but a letter or digit (`..` does), or whose folder would have a name
/// that an export needs for itself (`checkpoint`, `tile`, `schemas`, `*.tmp`), has one `~` more in
/// front: "~..", "~tile". A ref has no `~`, so that two refs never share a folder.
[[nodiscard]] std::string BookFolder(std::string_view ref);

/// Whether a folder is named after the book of an origin `NAME/book`, wherever NAME ends: both may
/// have `/` in them.
[[nodiscard]] bool MayBeFolderOf(std::string_view folder, std::string_view origin);

}  // namespace suanpan::audit
