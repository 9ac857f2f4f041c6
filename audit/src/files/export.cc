#include "suanpan/audit/export.h"

#include <algorithm>
#include <vector>

#include "src/files/own_files.h"
#include "src/files/signed_log.h"
#include "suanpan/audit/files.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tile_writer.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

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

Status WriteTiles(const store::EventReader& reader, const SignedHead& head, const fs::path& dir) {
  proof::TileWriter writer{[&dir](std::string_view path, ByteSpan bytes) {
    return WriteIfDifferent(dir / path, bytes, Sync::kNo);
  }};
  SUANPAN_RETURN_IF_ERROR(ForEachEntry(
      reader, head, [&writer](const engine::EntryLog::Entry& entry, engine::EntryLog&) {
        return writer.Append(entry.bytes, entry.leaf);
      }));
  return writer.Finish();
}

/// A book's head and the folder it goes to.
struct Job {
  SignedHead head;
  fs::path dir;
};

Result<Job> MakeJob(BookNo book, std::string_view note, TreeSize size, fs::path dir) {
  SUANPAN_ASSIGN_OR_RETURN(proof::Checkpoint checkpoint, proof::ReadCheckpoint(note));
  if (checkpoint.size != size) {
    return MakeError(StatusCode::kInvalidArgument, "the checkpoint is of size {}, not {}",
                     checkpoint.size.value(), size.value());
  }
  return Job{{book, note, std::move(checkpoint)}, std::move(dir)};
}

Status WriteBook(const store::EventReader& reader, const Job& job) {
  // Without its checkpoint a half-changed directory does not look complete.
  const fs::path head_file = job.dir / kCheckpointFile;
  const std::string_view note = job.head.note;
  std::string present;
  if (!ReadFile(head_file, note.size(), present).ok() || present != note) {
    std::error_code error;
    fs::remove(head_file, error);
  }
  SUANPAN_RETURN_IF_ERROR(WriteTiles(reader, job.head, job.dir));
  const TreeSize size = job.head.checkpoint.size;
  SUANPAN_RETURN_IF_ERROR(RemoveStaleTiles(job.dir, size));
  if (size.value() != 0) SUANPAN_RETURN_IF_ERROR(SyncFolder(job.dir));
  return WriteIfDifferent(head_file, AsBytes(note), Sync::kYes);
}

Status WriteSchemas(std::span<const schema::SchemaFile> schemas, const fs::path& dir) {
  SUANPAN_RETURN_IF_ERROR(RemoveStaleSchemas(dir));
  const fs::path folder = dir / kSchemaFolder;
  for (const schema::SchemaFile& schema : schemas) {
    const std::string name = ToHex(proof::Sha256(schema.compiled).bytes);
    SUANPAN_RETURN_IF_ERROR(
        WriteIfDifferent(folder / (name + ".bfbs"), schema.compiled, Sync::kYes));
    SUANPAN_RETURN_IF_ERROR(
        WriteIfDifferent(folder / (name + ".fbs"), AsBytes(schema.text), Sync::kYes));
  }
  return {};
}

/// Everything that can be refused, before the first byte is written.
Status CheckTargets(const store::EventReader& reader, const fs::path& dir,
                    const std::vector<Job>& jobs, bool folders) {
  SUANPAN_RETURN_IF_ERROR(CheckLayout(dir, folders));
  std::vector<BookTarget> targets;
  for (const Job& job : jobs) targets.push_back({job.dir, job.head.checkpoint.origin});
  SUANPAN_RETURN_IF_ERROR(folders ? CheckFolders(dir, targets) : CheckOneBook(targets.front()));
  for (const Job& job : jobs) SUANPAN_RETURN_IF_ERROR(CheckContinues(reader, job.head, job.dir));
  return {};
}

}  // namespace

bool HoldsBook(const fs::path& dir) {
  std::error_code error;
  return fs::exists(dir / kCheckpointFile, error) || fs::exists(dir / kTileFolder, error);
}

std::string BookFolder(std::string_view ref) {
  std::string folder{ref};
  std::ranges::replace(folder, '/', '~');
  const char first = ref.empty() ? '.' : ref.front();
  const bool plain = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
  const bool taken = folder == kCheckpointFile || folder == kTileFolder ||
                     folder == kSchemaFolder || folder.ends_with(kTemporarySuffix);
  return plain && !taken ? folder : "~" + folder;
}

bool MayBeFolderOf(std::string_view folder, std::string_view origin) {
  for (std::size_t at = 0; (at = origin.find('/', at)) != std::string_view::npos;) {
    if (BookFolder(origin.substr(++at)) == folder) return true;
  }
  return false;
}

Status ExportBook(const store::EventReader& reader, BookNo book, std::string_view checkpoint,
                  TreeSize size, const fs::path& dir) {
  SUANPAN_ASSIGN_OR_RETURN(const Job job, MakeJob(book, checkpoint, size, dir));
  SUANPAN_RETURN_IF_ERROR(CheckOneBook({job.dir, job.head.checkpoint.origin}));
  SUANPAN_RETURN_IF_ERROR(CheckContinues(reader, job.head, job.dir));
  return WriteBook(reader, job);
}

Status ExportDirectory(const store::EventReader& reader, std::span<const BookExport> books,
                       std::span<const schema::SchemaFile> schemas, const fs::path& dir,
                       bool always_in_folders) {
  const bool folders = always_in_folders || books.size() != 1;
  std::vector<Job> jobs;
  for (const BookExport& book : books) {
    fs::path target = folders ? dir / BookFolder(book.ref) : dir;
    SUANPAN_ASSIGN_OR_RETURN(
        Job job, MakeJob(book.number, book.checkpoint, book.size, std::move(target)), book.ref);
    jobs.push_back(std::move(job));
  }
  SUANPAN_RETURN_IF_ERROR(CheckTargets(reader, dir, jobs, folders));
  SUANPAN_RETURN_IF_ERROR(WriteSchemas(schemas, dir));
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    SUANPAN_RETURN_IF_ERROR(WriteBook(reader, jobs[i]), "exporting " + books[i].ref);
  }
  return {};
}

}  // namespace suanpan::audit
