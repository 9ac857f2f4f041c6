#pragma once

// Points summed from what was granted, spent, taken, moved and corrected: per scheme and per
// holder. Includes nothing of the engine's rules.

#include <map>
#include <vector>

#include "src/findings.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/names.h"

namespace suanpan::audit {

/// Memory: holders and schemes.
class PointsTotals {
 public:
  struct HolderKey {
    NameId scheme;
    NameId holder;
    friend auto operator<=>(const HolderKey&, const HolderKey&) = default;
  };
  /// What a holder has and owes.
  struct Holding {
    Wide balance = 0;
    Wide owed = 0;
  };
  /// Corrections lower the figure that they correct: what was granted, redeemed or has expired is
  /// what remains of it.
  struct Scheme {
    Wide granted = 0;
    Wide redeemed = 0;
    Wide expired = 0;
    Wide deducted = 0;
    Wide forfeited = 0;
    Wide donated = 0;
    Wide moved = 0;  ///< in from other books, less out to them
  };

  void Take(const schema::Event& event);
  /// By name. A figure that no amount can hold is a finding, and its scheme has no total.
  [[nodiscard]] std::vector<SchemeTotal> Finish(const schema::NameReader& names,
                                                Findings& findings) const;

  [[nodiscard]] const std::map<HolderKey, Holding>& holders() const { return holders_; }
  [[nodiscard]] const std::map<NameId, Scheme>& schemes() const { return schemes_; }

 private:
  void Grant(const schema::PointsGranted& fact);
  void Expire(const schema::PointsExpired& fact);
  void Adjust(const schema::PointsAdjusted& fact);
  void Deduct(const schema::PointsDeducted& fact);
  void Move(const schema::PointsMoved& fact);
  void Redeem(const schema::RedemptionMade& fact);
  /// What a reversal itself turns. Lots that come back, and grants that go, follow it as events of
  /// their own.
  void TakeBack(const schema::EntryReversed& fact);

  [[nodiscard]] Holding& HoldingOf(NameId scheme, NameId holder) {
    return holders_[{scheme, holder}];
  }

  std::map<HolderKey, Holding> holders_;
  std::map<NameId, Scheme> schemes_;
};

}  // namespace suanpan::audit
