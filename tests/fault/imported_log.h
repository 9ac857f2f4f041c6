#pragma once

// What is to be found in a log after an import, and how it differs from that of another.

#include <map>
#include <string>
#include <vector>

#include "import_run.h"

namespace suanpan::fault {

struct ImportedLog {
  std::string error;                 ///< of opening it or the export; empty: none
  std::vector<std::string> leaves;   ///< of each entry, in hexadecimal
  std::vector<std::string> untimed;  ///< hashes of the entries without recorded_us
  std::map<std::string, int> rows;   ///< how often each row of the file stands in it
  std::string state;                 ///< root of the state, with all balances
  std::string verdict;               ///< of the audit of its export
};

/// Opens the log by a reader that looks at the guard, where there is one, and leaves it as it is:
/// no state and no verdict.
[[nodiscard]] ImportedLog ReadImported(const Place& place, Guarded guarded = Guarded::kYes);
/// Reads it, opens it for appending, signs its head, exports and verifies it.
[[nodiscard]] ImportedLog ExamineImported(const Place& place, std::int64_t later_us);

/// The first answer that the log does not bear out; empty: none.
[[nodiscard]] std::string Lost(const RunResult& run, const ImportedLog& log);
/// How the log of an import in several runs differs from `whole`, that of one run; empty: not at
/// all. `same_clock`: all runs recorded at the same time.
[[nodiscard]] std::string Different(const ImportedLog& log, const ImportedLog& whole,
                                    bool same_clock);

}  // namespace suanpan::fault
