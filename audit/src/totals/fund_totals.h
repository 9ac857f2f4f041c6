#pragma once

// Fund balances summed from receipts and payments alone, and that no pot and no bank share was ever
// negative in recorded order. Includes nothing of the engine's rules.

#include <map>
#include <set>
#include <vector>

#include "src/findings.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

class FundTotals {
 public:
  struct Share {
    NameId fund;
    NameId account;
    friend auto operator<=>(const Share&, const Share&) = default;
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
  /// Balances by name: the sum of the fund's pots, which is the sum of its bank shares. A balance
  /// that no amount can hold is a finding and has no total.
  [[nodiscard]] std::vector<FundTotal> Finish();

  [[nodiscard]] const std::map<Share, Wide>& shares() const { return shares_; }
  [[nodiscard]] const std::map<PotKey, Wide>& pots() const { return pots_; }

 private:
  void Pay(Address at, const schema::MoneyPaid& fact);
  void Move(Address at, NameId fund, NameId account, schema::Pot pot, Wide amount);

  const schema::NameReader& names_;
  Findings& findings_;
  std::set<NameId> funds_;
  std::map<Share, Wide> shares_;
  std::map<PotKey, Wide> pots_;
};

}  // namespace suanpan::audit
