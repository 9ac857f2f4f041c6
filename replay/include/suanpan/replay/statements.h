#pragma once

// Vendor and fund statements and the trial balance, as values. How they look is suanpan::report's.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"

namespace suanpan::replay {

/// One agreement of one vendor, at the end of the window.
struct VendorStatement {
  std::string agreement;
  std::string vendor;
  std::string fund;
  std::string basis;
  schema::Rate rate;
  Fen base;  ///< B
  Fen due;   ///< T, all ever accrued
  /// N * B - M * T; none where the window cuts off accruals that the log has among those it shows,
  /// so that T is not the floor of these B.
  std::optional<std::uint32_t> residue;
  Fen billed;  ///< all ever settled
  Fen received;
  Fen waived;
  Fen advance;
  Fen outstanding;  ///< billed and unpaid
  Fen sales;
  Fen refunds;
  Fen costs;     ///< recorded costs
  Fen unpriced;  ///< sold, cost not yet known
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
  std::string unit;
  Fen opening;
  Fen debit;
  Fen credit;
  Fen closing;
};

/// Collects what the vendor statement needs beyond accounts: settled dues and the last residue.
class VendorLedger final : public Projection {
 public:
  explicit VendorLedger(DateWindow window)
      : window_(window), accounts_({std::nullopt, window.to}) {}

  void OnEvent(const EventContext& context) override;
  /// One line per agreement, by name. kOutOfRange: a sum that no amount can show. `state` is the
  /// replay's.
  [[nodiscard]] Result<std::vector<VendorStatement>> Statements(
      const rules::BookState& state) const;

 private:
  struct Extra {
    Wide billed = 0;
    std::uint32_t residue = 0;  ///< of the last accrual
    bool cut = false;           ///< an accrual lies after the window
  };
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
