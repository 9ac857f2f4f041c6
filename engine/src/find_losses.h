#pragma once

// The two halves of restore.h share what was found.

#include <memory>
#include <vector>

#include "src/restore_plan.h"
#include "suanpan/schema/kinds/log.h"

namespace suanpan::engine {

struct OpenedGuard {
  GuardFile file = GuardFile::kThere;
  std::unique_ptr<Guard> guard;  ///< null: none that can be read
  bool older = false;            ///< by FindInBooks: it does not know a head that the data has
};
/// guard_foreign and kIo are errors.
[[nodiscard]] Result<OpenedGuard> OpenGuardFile(const GuardPlace& place, Guard::Mode mode);

/// What is lost of a book, and its line of the plan.
struct FoundLoss {
  BookLoss loss;
  PlannedLoss plan;
  /// Its own data says of entries that are not there: while it does, no book can be appended to.
  bool leftovers = false;
};
[[nodiscard]] Result<std::vector<FoundLoss>> FindInBooks(store::EventReader& reader,
                                                         OpenedGuard& opened);

}  // namespace suanpan::engine
