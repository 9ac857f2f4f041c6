#include "src/files/bundle.h"
#include "suanpan/audit/check.h"
#include "suanpan/audit/export.h"
#include "suanpan/audit/files.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/tree.h"
#include "suanpan/rules/catalogue.h"

namespace suanpan::audit {
namespace {

Result<proof::Checkpoint> CheckpointOf(const std::filesystem::path& dir) {
  std::string note;
  const Status read = ReadFile(dir / kCheckpointFile, proof::kNoteBytesMax, note);
  if (!read.ok()) {
    return MakeError(StatusCode::kNotFound,
                     "{} has no checkpoint that can be read ({}); name the export, or of an export "
                     "of several books the folder, of one book",
                     dir.string(), read.message());
  }
  return proof::ReadCheckpoint(note);
}

/// What is wrong with an entry or a file of an export is a matter of `audit verify`.
Status Damaged(const std::filesystem::path& dir, std::string_view what) {
  return MakeError(
      StatusCode::kCorruption,
      "{}: the export is damaged or forged, and `suanpan audit verify` tells where: {}",
      dir.string(), what);
}

/// Gives all entries of an export of one book to a function; its checkpoint.
Result<proof::Checkpoint> ReadExport(const std::filesystem::path& dir,
                                     const CheckRun::TakeEntry& take,
                                     const std::function<void(std::uint64_t)>& on_progress) {
  SUANPAN_ASSIGN_OR_RETURN(proof::Checkpoint head, CheckpointOf(dir));
  proof::Frontier tree;
  PreparedBundle bundle;
  for (std::uint64_t index = 0; index * proof::kTileWidth < head.size.value(); ++index) {
    const proof::TileId tile{proof::kEntriesLevel, index,
                             proof::TileWidthAt(head.size, proof::kEntriesLevel, index)};
    PrepareBundle(dir, tile, rules::Catalogue::Standard().kinds(), bundle);
    if (!bundle.readable) {
      return Damaged(dir, bundle.findings.empty() ? std::string{"a file is damaged"}
                                                  : bundle.findings.front().text);
    }
    for (std::size_t i = 0; i < bundle.entries.size(); ++i) {
      tree.Append(bundle.leaves[i]);
      Status taken = take(Seq{tree.size().value()}, bundle.entries[i].bytes);
      if (taken.code() == StatusCode::kCorruption) return Damaged(dir, taken.message());
      if (!taken.ok()) return taken;
    }
    if (on_progress != nullptr) on_progress(tree.size().value());
  }
  if (tree.Root() == head.root) return head;
  return MakeError(StatusCode::kCorruption,
                   "{}: the entries are not those of the checkpoint; `suanpan audit verify` says "
                   "where they differ",
                   dir.string());
}

}  // namespace

Result<CheckReport> RunChecksOnExport(const std::filesystem::path& dir, CheckRun run,
                                      const std::function<void(std::uint64_t)>& on_progress) {
  const auto take = [&run](Seq seq, ByteSpan bytes) { return run.Take(seq, bytes); };
  SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, ReadExport(dir, take, on_progress));
  std::error_code error;
  const std::filesystem::path own = std::filesystem::canonical(dir, error);
  const auto read = [&own](std::string_view other,
                           const CheckRun::TakeEntry& take_other) -> Result<bool> {
    // Beside it only where it is the folder of a book: what lies beside an export of one is no part
    // of it.
    const std::filesystem::path beside = own.parent_path() / BookFolder(other);
    std::error_code missing;
    const bool is_there = std::filesystem::exists(own.parent_path() / kSchemaFolder, missing) &&
                          std::filesystem::exists(beside / kCheckpointFile, missing);
    if (!is_there) return false;
    SUANPAN_ASSIGN_OR_RETURN([[maybe_unused]] const proof::Checkpoint there,
                             ReadExport(beside, take_other, nullptr));
    return true;
  };
  SUANPAN_RETURN_IF_ERROR(run.Compare(own.filename().string(), read));
  CheckReport report = run.Finish();
  report.book = head.origin;
  report.head_seq = head.size.value();
  report.head_root = head.root;
  return report;
}

}  // namespace suanpan::audit
