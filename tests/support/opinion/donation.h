#pragma once

// B, T and residue of an agreement (events.md 4.1), each added up from the list of base entries.

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

inline const std::string kAllMonths = "9999-12";

[[nodiscard]] bool IsStandard(const Json& agreement);
[[nodiscard]] bool IsTruedUp(const State& state, const std::string& agreement,
                             const std::string& month);

/// B, T over the months up to one, inclusive.
[[nodiscard]] Wide BaseOf(const State& state, const std::string& agreement,
                          const std::string& through = kAllMonths);
[[nodiscard]] Wide DueOf(const State& state, const std::string& agreement,
                         const std::string& through = kAllMonths);
[[nodiscard]] Wide ResidueOf(const State& state, const std::string& agreement);

[[nodiscard]] std::int64_t HighOf(const State& state, const std::string& agreement);
[[nodiscard]] Wide SettledOf(const State& state, const std::string& agreement);
[[nodiscard]] Wide OpenOf(const State& state, const std::string& agreement);
[[nodiscard]] Wide AdvanceOf(const State& state, const std::string& agreement);

/// Adds entries to the base of an agreement: B grows by the result, and an accrual follows. Without
/// a reason it is that of a fact, which may replace another.
[[nodiscard]] Wide MoveBase(Deciding& d, const std::string& agreement, const std::string& month,
                            const std::vector<BaseEntry>& entries, std::string reason = {});
/// The accrual, by B and T as they were before.
void Accrue(Deciding& d, const std::string& agreement, const std::string& month, Wide base_before,
            Wide due_before, const std::string& reason);

/// Pays open bills, oldest first, of these months or of all; tells what of which, and the rest.
struct Allocation {
  std::vector<std::pair<std::string, std::int64_t>> paid;  ///< month and amount
  std::int64_t rest = 0;
};
[[nodiscard]] Allocation PayBills(State& state, const std::string& agreement, std::int64_t amount,
                                  const std::optional<Json>& months = {});

}  // namespace suanpan::opinion
