#pragma once

// Fund balances summed from what came, went and was counted, money and goods, and that no bank
// share and no pot, less what is tied in its advances and goods, was ever negative in recorded
// order. Includes nothing of the engine's rules.

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/advances.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

class FundTotals {
 public:
  struct Share {
    NameId fund;
    NameId account;
    friend auto operator<=>(const Share&, const Share&) = default;
  };
  struct Debt {
    NameId fund;
    NameId party;
    friend auto operator<=>(const Debt&, const Debt&) = default;
  };
  struct PotKey {
    NameId fund;
    schema::Pot pot;
    friend auto operator<=>(const PotKey&, const PotKey&) = default;
  };

  /// Both must outlive it.
  FundTotals(const schema::NameReader& names, Findings& findings)
      : names_(names), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  /// Event `at` takes an event back.
  void TakeBack(Address at, const Undone& undone);
  /// Balances by name: the sum of the fund's pots, which is that of its bank shares and of what is
  /// tied, less its debts. A balance that no amount can hold is a finding and has no total.
  [[nodiscard]] std::vector<FundTotal> Finish();

  [[nodiscard]] const std::map<Share, Wide>& shares() const { return shares_; }
  [[nodiscard]] const std::map<PotKey, Wide>& pots() const { return pots_; }
  /// Of a pot, in advances and goods.
  [[nodiscard]] const std::map<PotKey, Wide>& tied() const { return tied_; }
  [[nodiscard]] const std::map<Debt, Wide>& debts() const { return debts_; }

 private:
  struct Advance {
    PotKey pot;
    Wide open = 0;
  };
  struct AddressHash {
    std::size_t operator()(Address address) const {
      return std::hash<std::uint64_t>{}(address.packed());
    }
  };

  void Receive(Address at, const schema::FundsReceived& fact);
  void Pay(Address at, const schema::MoneyPaid& fact);
  void Settle(Address at, const schema::AdvanceSettled& fact);
  void TakeIn(Address at, const schema::GoodsReceived& fact);
  /// What rewards cost the funds; `sign` is -1 where it is taken back.
  void Redeem(Address at, const schema::RedemptionMade& fact, int sign);
  void TakeBackPayment(Address at, const Undone& undone);
  void TakeBackSettling(Address at, const schema::AdvanceSettled& fact);
  void CheckFund(Address at, NameId fund);
  void MoveBank(Address at, NameId fund, NameId account, Wide amount);
  /// Changes a pot's balance and what of it is tied.
  void MovePot(Address at, const PotKey& pot, Wide balance, Wide tied);

  const schema::NameReader& names_;
  Findings& findings_;
  std::set<NameId> funds_;
  std::map<Share, Wide> shares_;
  std::map<PotKey, Wide> pots_;
  std::map<NameId, Wide> balances_;  ///< of funds: what their pots add up to
  std::map<PotKey, Wide> tied_;
  std::map<Debt, Wide> debts_;
  std::unordered_map<Address, Advance, AddressHash> advances_;  ///< open ones
};

}  // namespace suanpan::audit
