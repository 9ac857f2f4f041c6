#include "src/files/signed_log.h"

#include <algorithm>
#include <optional>

#include "src/files/own_files.h"
#include "suanpan/proof/note.h"

namespace suanpan::audit {
namespace {

/// Whether some key signed both as the log itself; a witness has a name of its own.
bool SameLogKey(const proof::Note& one, const proof::Note& other, const std::string& origin) {
  return std::ranges::any_of(one.signatures, [&](const proof::NoteSignature& mine) {
    return mine.name == origin &&
           std::ranges::any_of(other.signatures, [&](const proof::NoteSignature& theirs) {
             return theirs.name == mine.name && theirs.key_id == mine.key_id;
           });
  });
}

/// Whether the log has every entry under a head that somebody signed.
bool HasAllOf(const store::EventReader& reader, BookNo book, const proof::Checkpoint& checkpoint) {
  const auto pass = [](const engine::EntryLog::Entry&, engine::EntryLog&) { return Status{}; };
  return ForEachEntry(reader, {book, {}, checkpoint}, pass).ok();
}

/// The root that the log has at the size of an earlier head.
Result<Hash32> RootAt(const store::EventReader& reader, const SignedHead& head, TreeSize earlier) {
  Hash32 root = proof::Frontier{}.Root();
  SUANPAN_RETURN_IF_ERROR(ForEachEntry(
      reader, head, [&](const engine::EntryLog::Entry&, engine::EntryLog& log) -> Status {
        if (log.size() == earlier) root = log.tree().Root();
        return {};
      }));
  return root;
}

}  // namespace

Status ForEachEntry(const store::EventReader& reader, const SignedHead& head,
                    const EntryVisitor& visit) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, head.book));
  const TreeSize size = head.checkpoint.size;
  while (log.size() < size) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) {
      return MakeError(StatusCode::kNotFound,
                       "the log has {} entries, the checkpoint is of size {}", log.size().value(),
                       size.value());
    }
    SUANPAN_RETURN_IF_ERROR(visit(*entry, log));
  }
  if (log.tree().Root() == head.checkpoint.root) return {};
  return MakeError(StatusCode::kCorruption,
                   "the log's root at size {} is not the one of the checkpoint", size.value());
}

Status CheckContinues(const store::EventReader& reader, const SignedHead& head,
                      const std::filesystem::path& dir) {
  const std::optional<HeadInFolder> found = HeadIn(dir);
  if (!found || found->file == head.note) return {};
  const proof::Checkpoint& earlier = found->checkpoint;
  const proof::Checkpoint& now = head.checkpoint;
  const auto refused = [&](std::string_view why) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} holds an earlier export of {}, signed at {} entries, which this log, "
                     "signed at {}, does not continue: {}; keep that export, it shows what was "
                     "signed, and export into another directory",
                     dir.string(), earlier.origin, earlier.size.value(), now.size.value(), why);
  };
  SUANPAN_ASSIGN_OR_RETURN(const proof::Note note, proof::ParseNote(head.note));
  if (earlier.origin != now.origin) return refused("this log is " + now.origin);
  if (!SameLogKey(found->note, note, now.origin)) return refused("another key signed it");
  if (earlier.size > now.size && HasAllOf(reader, head.book, earlier)) {
    return MakeError(
        StatusCode::kFailedPrecondition,
        "{} holds an export of {} at {} entries, and this one would end at {}: the log "
        "has them all, so sign its head with `suanpan checkpoint` and export again",
        dir.string(), earlier.origin, earlier.size.value(), now.size.value());
  }
  if (earlier.size > now.size) return refused("this log is shorter, or has other entries");
  SUANPAN_ASSIGN_OR_RETURN(const Hash32 root, RootAt(reader, head, earlier.size));
  if (root != earlier.root) return refused("its entries up to there are others");
  return {};
}

}  // namespace suanpan::audit
