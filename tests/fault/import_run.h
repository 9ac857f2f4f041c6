#pragma once

// The CSV import as `suanpan import csv` does it, in a process that may be ended at any point.

#include <map>
#include <optional>
#include <string>

#include "data_copy.h"
#include "killer.h"

namespace suanpan::fault {

/// Makes a place with a book that the file of csv_sample.h can go into.
void PrepareImport(const Place& place);

struct ImportRun {
  std::optional<KillPoint> kill;
  std::size_t batch = 6;         ///< commands under way before their answers are waited for
  std::int64_t later_us = 0;     ///< of the clock
  bool other_keys = false;       ///< planted: keys that another run does not make
  bool lies_about_sync = false;  ///< planted: nothing is synced from the first row on
  Guarded guarded = Guarded::kYes;
};

/// What a run left behind, besides the log.
struct RunResult {
  bool killed = false;
  std::string where;  ///< it was killed
  // Of a run that was not killed: requests to the file system, and those before the first row.
  std::uint64_t requests = 0;
  std::uint64_t opening = 0;
  /// What was answered before the process ended, by key: "SEQ LEAF".
  std::map<std::string, std::string> answers;
};
/// Runs the import in a process of its own. Stops the test where it neither ends well nor is
/// killed.
[[nodiscard]] RunResult RunImport(const Place& place, const ImportRun& run);

/// Opens the log of a place for appending at a clock so much later than that of a first run.
[[nodiscard]] Result<std::unique_ptr<engine::Ledger>> OpenForImport(
    const Place& place, std::unique_ptr<store::EventStore> store, std::int64_t later_us,
    Guarded guarded);

}  // namespace suanpan::fault
