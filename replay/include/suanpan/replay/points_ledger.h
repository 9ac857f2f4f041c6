#pragma once

// Points of every holder in every scheme within a window of business dates, and the lots that they
// have at its end: the projection behind the reports `points` and `household`.

#include <map>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::replay {

/// What moved within a window: opening + granted - redeemed - expired - deducted - forfeited -
/// donated + moved_in - moved_out + received - given + adjusted + claims = closing. A correction
/// lowers the figure that it corrects; only what is more, or lasts longer, by a later policy stands
/// by itself.
struct PointsFigures {
  Wide opening = 0;
  Wide granted = 0;
  Wide redeemed = 0;
  Wide expired = 0;
  Wide deducted = 0;
  Wide forfeited = 0;
  Wide donated = 0;
  Wide moved_in = 0;   ///< from other books
  Wide moved_out = 0;  ///< to other books
  Wide received = 0;   ///< from other holders
  Wide given = 0;      ///< to other holders
  Wide adjusted = 0;   ///< lasts longer by a policy that was adopted later
  Wide claims = 0;     ///< owed more, or below 0 less, than before the window
  Wide closing = 0;
  Wide owed = 0;  ///< at the end

  void Add(const PointsFigures& more);
  /// To and from anybody else.
  [[nodiscard]] Wide transferred() const { return received - given + moved_in - moved_out; }
};

struct LotLine {
  std::string lot;    ///< address
  Wide quantity = 0;  ///< the most that this holder ever had of it
  Wide remaining = 0;
  Date expires;  ///< 0: never
};

/// One holder in one scheme.
struct HouseholdStatement {
  std::string household;
  std::string scheme;
  PointsFigures figures;
  std::vector<LotLine> lots;  ///< with points left, in the order of spending
};

/// One scheme; between its own holders nothing moves.
struct SchemeStatement {
  std::string scheme;
  PointsFigures figures;
  std::map<std::string, Wide> live;  ///< points left, by the month of their last day, or "none"
};

/// Memory: lots, also those that are spent, because they may come back.
class PointsLedger final : public Projection {
 public:
  explicit PointsLedger(DateWindow window,
                        const rules::Catalogue& catalogue = rules::Catalogue::Standard())
      : window_(window), kinds_(catalogue.kinds()) {}

  void OnEvent(const EventContext& context) override;

  /// By holder, then scheme.
  [[nodiscard]] std::vector<HouseholdStatement> Households(const rules::BookState& state) const;
  /// By name.
  [[nodiscard]] std::vector<SchemeStatement> Schemes(const rules::BookState& state) const;

 private:
  struct Lot {
    Wide quantity = 0;
    Date earned;
    std::map<Date, Wide> remaining;  ///< by last day
    [[nodiscard]] Wide Remaining() const;
    void Add(Date expires, Wide change);
    /// What ends sooner ends then.
    void Extend(Date expires);
  };
  struct Holder {
    PointsFigures figures;
    std::map<Address, Lot> lots;
  };

  /// Adds to a figure, or to the opening where the event lies before the window.
  void Book(const rules::HolderKey& key, Wide PointsFigures::*figure, Wide amount);
  void Grant(Address at, const schema::PointsGranted& fact);
  void Expire(const schema::PointsExpired& fact);
  void Adjust(const schema::PointsAdjusted& fact);
  void Deduct(const schema::PointsDeducted& fact);
  /// `back`: what moved goes back.
  void Move(const schema::PointsMoved& fact, bool back);
  void Redeem(const schema::RedemptionMade& fact);
  void TakeBack(const schema::EntryReversed& fact);
  /// The rows of a move that goes back, with the days on which the points end by now.
  [[nodiscard]] std::vector<schema::TakenLot> RowsBack(const schema::PointsMoved& fact) const;
  void Take(const rules::HolderKey& key, std::span<const schema::TakenLot> lots);
  void AddRows(const rules::HolderKey& key, std::span<const schema::TakenLot> rows);

  DateWindow window_;
  const schema::KindTable& kinds_;
  CountingDays days_;
  const rules::BookState* state_ = nullptr;  ///< at the event at hand
  bool before_ = false;                      ///< the event at hand lies before the window
  std::map<rules::HolderKey, Holder> holders_;
};

}  // namespace suanpan::replay
