#pragma once

// Money of a fund, added up from its postings (events.md 2).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

[[nodiscard]] std::string FundPath(const std::string& fund);
[[nodiscard]] Wide FundBalance(const State& state, const std::string& fund);
[[nodiscard]] Wide PotBalance(const State& state, const std::string& fund, const std::string& pot);
[[nodiscard]] Wide BankShare(const State& state, const std::string& fund,
                             const std::string& account);

}  // namespace suanpan::opinion
