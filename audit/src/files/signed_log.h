#pragma once

// The log under a signed head: its entries, and whether it goes on from an earlier export. Whoever
// exports over an earlier export throws that one away, and with it a head that others may hold the
// log to; so the log has to continue it, as V3 will ask.

#include <filesystem>
#include <functional>
#include <string_view>

#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/checkpoint.h"

namespace suanpan::audit {

/// A book's signed head.
struct SignedHead {
  BookNo book;
  std::string_view note;
  proof::Checkpoint checkpoint;
};

/// Takes an entry and the log, whose tree is up to and with it.
using EntryVisitor =
    std::function<Status(const engine::EntryLog::Entry& entry, engine::EntryLog& log)>;

/// Visits the entries under the head, in order. kNotFound where the log ends before, kCorruption
/// where it is damaged or its root there is another; an error of `visit` ends the walk.
[[nodiscard]] Status ForEachEntry(const store::EventReader& reader, const SignedHead& head,
                                  const EntryVisitor& visit);

/// ok where `dir` has no checkpoint, or one that the log continues: at its size the log has its
/// root, and a key of the same name and id has signed both. Else kFailedPrecondition with both
/// sizes and the remedy, which is to sign again where only the new head is older. Reads the log up
/// to the new head, unless the checkpoint is that very one, so that a log that cannot be exported
/// (errors as of ForEachEntry) costs nobody the export that is there. Writes nothing.
[[nodiscard]] Status CheckContinues(const store::EventReader& reader, const SignedHead& head,
                                    const std::filesystem::path& dir);

}  // namespace suanpan::audit
