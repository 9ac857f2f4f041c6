#pragma once

// The program itself on a place, in a process of its own that may be cut anywhere.

#include <optional>
#include <string>
#include <vector>

#include "data_copy.h"
#include "guard_cut.h"
#include "killer.h"

namespace suanpan::fault {

/// Makes a place as `suanpan init` does, with the key of test_ledger.h.
void MakeProgramPlace(const Place& place);

/// Where a run ends before its time, and what is planted in it.
struct ProgramCut {
  std::optional<KillPoint> kill;  ///< at a request to the file system
  std::uint64_t store_write = 0;  ///< this write to the store fails, and every later; 0: none
  int guard_write = 0;            ///< ends at this write of the guard; 0: none
  GuardCut guard_cut = GuardCut::kBefore;
  bool power_lost_at_end = false;  ///< when all is done and closed
  bool lies_about_sync = false;    ///< planted: syncs do nothing once the store is open
  bool watermark_first = false;    ///< planted: the watermark of keys is written before them
};

struct ProgramRun {
  bool cut = false;   ///< it was, at the place that was named
  std::string where;  ///< of a kill
  int code = 0;       ///< where it was not killed
  std::string output;
  std::string errors;
};
[[nodiscard]] ProgramRun RunProgramOn(const Place& place, const std::vector<std::string>& arguments,
                                      const ProgramCut& cut = {});

}  // namespace suanpan::fault
