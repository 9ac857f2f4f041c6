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

}  // namespace

Result<CheckReport> RunChecksOnExport(const std::filesystem::path& dir, CheckRun run,
                                      const std::function<void(std::uint64_t)>& on_progress) {
  SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, CheckpointOf(dir));
  const std::uint64_t size = head.size.value();
  proof::Frontier tree;
  PreparedBundle bundle;
  for (std::uint64_t index = 0; index * proof::kTileWidth < size; ++index) {
    const proof::TileId tile{proof::kEntriesLevel, index,
                             proof::TileWidthAt(head.size, proof::kEntriesLevel, index)};
    PrepareBundle(dir, tile, rules::Catalogue::Standard().kinds(), bundle);
    if (!bundle.readable) {
      return Damaged(dir, bundle.findings.empty() ? std::string{"a file is damaged"}
                                                  : bundle.findings.front().text);
    }
    for (std::size_t i = 0; i < bundle.entries.size(); ++i) {
      tree.Append(bundle.leaves[i]);
      Status taken = run.Take(Seq{tree.size().value()}, bundle.entries[i].bytes);
      if (taken.code() == StatusCode::kCorruption) return Damaged(dir, taken.message());
      if (!taken.ok()) return taken;
    }
    if (on_progress != nullptr) on_progress(tree.size().value());
  }
  if (tree.Root() != head.root) {
    return MakeError(StatusCode::kCorruption,
                     "{}: the entries are not those of the checkpoint; `suanpan audit verify` says "
                     "where they differ",
                     dir.string());
  }
  CheckReport report = run.Finish();
  report.book = head.origin;
  report.head_seq = size;
  report.head_root = head.root;
  return report;
}

}  // namespace suanpan::audit
