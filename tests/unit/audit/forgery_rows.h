#pragma once

// The table of forgeries: what is done to an export that verified, which test finds it, and how the
// visit ends. By the lists of formats.md section 8, item 3.

#include <functional>
#include <string>
#include <vector>

#include "visit.h"

namespace suanpan::audit {

struct Forgery {
  std::string what;
  std::function<void(Visit&)> forge;
  std::string check;  ///< the step and the test: "V4/root"
  Verdict verdict = Verdict::kFailed;
};

/// Files changed, cut, missing or too many.
[[nodiscard]] std::vector<Forgery> FileForgeries();
/// The checkpoint, its signatures, and what the auditor demands of them.
[[nodiscard]] std::vector<Forgery> CheckpointForgeries();
/// Other logs than the one of the earlier visit.
[[nodiscard]] std::vector<Forgery> OtherLogs();
/// Bytes of entries that say more or less than their fields, in a valid tree that is signed again.
[[nodiscard]] std::vector<Forgery> FormForgeries();
/// Entries whose figures and order contradict one another, in a valid tree that is signed again.
[[nodiscard]] std::vector<Forgery> EntryForgeries();

}  // namespace suanpan::audit
