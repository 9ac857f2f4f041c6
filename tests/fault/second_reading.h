#pragma once

// A second reading of the file of csv_sample.h: the commands that docs/import.md says it becomes,
// told to the second opinion. Shares no code with the import.

#include <string>

#include "support/opinion/book.h"

namespace suanpan::fault {

/// What a ledger must have after the opening and the import of `csv`, all at the clock `now_us`,
/// with the keys of the file `keyed_by`: the same, or that which `csv` is a wrong reading of.
[[nodiscard]] opinion::Ledger SecondReading(const std::string& csv, const std::string& keyed_by,
                                            std::int64_t now_us);

}  // namespace suanpan::fault
