#pragma once

// Vendor and fund statements and the trial balance, as values. How they look is suanpan::report's.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"

namespace suanpan::replay {

/// One agreement of one vendor over the window, which by default is all of the log: what moved
/// within it, so that sales - refunds - costs - standard_cost - unpriced = base in every window and
/// windows add up. Advance, outstanding and residue are those at its end.
struct VendorStatement {
  std::string agreement;
  std::string vendor;
  std::string fund;
  std::string basis;
  schema::Rate rate;
  Fen base;  ///< B
  Fen due;   ///< T up to the end less T before the window, each that of the B of those dates
  /// What the floor left of all up to the end. None under reset_period where accruals lie after the
  /// window: a true-up may concern several periods, so that B alone does not tell T; the due is
  /// then what the accruals of the window changed.
  std::optional<std::uint32_t> residue;
  Fen billed;  ///< settled
  Fen received;
  Fen waived;
  Fen advance;
  Fen outstanding;  ///< billed and unpaid
  Fen sales;
  Fen refunds;
  Fen costs;          ///< recorded costs
  Fen standard_cost;  ///< taken from the agreed margin
  Fen unpriced;       ///< sold, cost not yet known
};

/// One fund over the window: opening + income - spending + transfers = closing. Income and spending
/// list what moved within it.
struct FundStatement {
  std::string fund;
  Fen opening;
  std::map<std::string, Fen> income;    ///< by source of the pot
  std::map<std::string, Fen> spending;  ///< by purpose
  Fen transfers;
  Fen closing;
};

struct TrialBalanceLine {
  std::string account;
  rules::UnitOfAccount unit{};
  rules::AnyUnits opening;
  rules::AnyUnits debit;
  rules::AnyUnits credit;
  rules::AnyUnits closing;
};

/// Collects what the vendor statement needs beyond accounts: settled dues, and whether all accruals
/// are shown.
class VendorLedger final : public Projection {
 public:
  explicit VendorLedger(DateWindow window) : window_(window), accounts_(window) {}

  void OnEvent(const EventContext& context) override;
  /// One line per agreement, by name. kOutOfRange: a sum that no amount can show. `state` is the
  /// replay's.
  [[nodiscard]] Result<std::vector<VendorStatement>> Statements(
      const rules::BookState& state) const;

 private:
  struct Extra {
    Wide billed = 0;
    std::uint32_t residue = 0;  ///< of the last accrual that is shown
    bool cut = false;           ///< an accrual lies after the window
  };
  /// Fills due and residue.
  [[nodiscard]] Status FillDue(const rules::Agreement& agreement, const Extra& extra,
                               VendorStatement& line) const;
  [[nodiscard]] Result<VendorStatement> StatementOf(const rules::BookState& state,
                                                    const rules::Agreement& agreement) const;

  DateWindow window_;
  AccountWindow accounts_;
  std::map<NameId, Extra> extras_;
};

/// kOutOfRange: within the window a sum leaves 64 bits, though no balance of the log does.
[[nodiscard]] Result<std::vector<FundStatement>> FundStatements(const AccountWindow& accounts,
                                                                const rules::BookState& state);
/// Sorted by account path.
[[nodiscard]] Result<std::vector<TrialBalanceLine>> TrialBalance(const AccountWindow& accounts,
                                                                 const rules::BookState& state);

}  // namespace suanpan::replay
