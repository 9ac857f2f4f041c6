#pragma once

// Money of a fund, added up from its postings (events.md 2).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

[[nodiscard]] std::string FundPath(const std::string& fund);
[[nodiscard]] Wide FundBalance(const State& state, const std::string& fund);
[[nodiscard]] Wide PotBalance(const State& state, const std::string& fund, const std::string& pot);
/// The balance of a pot less what lies in its open advances, stock and assets.
[[nodiscard]] Wide Available(const State& state, const std::string& fund, const std::string& pot);
[[nodiscard]] Wide BankShare(const State& state, const std::string& fund,
                             const std::string& account);

/// Money of a pot that is to be spent for something.
struct Spending {
  std::string fund;
  std::string pot;
  std::string purpose;
  std::string place;
  std::string field = "purpose";  ///< that is wrong where it may not
};
/// purpose_outside_restriction, where `irregular` does not set it aside.
void CheckRestriction(const Deciding& d, const Spending& spending);

/// fund_short where less is available than needed.
void CheckCover(const std::string& fund, Wide available, Wide needed, const std::string& field);

}  // namespace suanpan::opinion
