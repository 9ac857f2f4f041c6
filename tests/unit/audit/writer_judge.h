#pragma once

// The second opinion on a forged log: would a writer that keeps all rules have written these very
// bytes? Every entry is turned back into the command that its caller could have stated, decided
// again by the rules in the state of the entries before it, and compared byte by byte. Where all
// are equal the log is an honest one, of a world in which that is what was told.

#include <string>
#include <vector>

#include "suanpan/rules/decide.h"

namespace suanpan::audit {

/// Empty where a writer would have written these entries, else the first entry that none would have
/// written and why.
[[nodiscard]] std::string WhyNoWriterWroteThis(const std::vector<std::string>& entries,
                                               const rules::SchemaStamp& stamp);

}  // namespace suanpan::audit
