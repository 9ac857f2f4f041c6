#pragma once

// The lots of every holder, as the log says that they came and went.

#include <map>
#include <span>
#include <vector>

#include "src/named/known/policies.h"
#include "src/points/points_totals.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

/// Parts of a grant that end on different days are lots of their own.
struct KnownLot {
  Address lot;
  NameId person;
  Wide left = 0;     ///< below 0: more was taken than there was
  Wide expired = 0;  ///< booked as such, and may be asked for by a late redemption
  Date earned;
  Date usable_from;
  Date expires;  ///< last day; 0: never

  [[nodiscard]] bool EndsBefore(Date day) const { return expires.value() != 0 && expires < day; }
};

/// What a fact wants of a lot.
enum class LotUse : std::uint8_t {
  kRedeem,  ///< usable on the day; what was booked as expired after it, too
  kTake     ///< not over on the day, usable yet or not
};

/// Memory: lots with points, and expired ones for 400 days, as the books keep them.
class Lots {
 public:
  using HolderKey = PointsTotals::HolderKey;

  void Take(Address at, const schema::Event& event, const schema::KindTable& kinds,
            const Policies& policies);

  /// In the order of spending: what ends first, then what was earned first, then the log's order.
  [[nodiscard]] std::span<const KnownLot> Of(const HolderKey& key) const;
  /// The part of a grant that ends on a day.
  [[nodiscard]] const KnownLot* Find(const HolderKey& key, Address lot, Date expires) const;
  /// The same where something is left of it; else another part of which something is, to complain
  /// of.
  [[nodiscard]] const KnownLot* EndingOn(const HolderKey& key, Address lot, Date expires) const;
  /// The first lots of a holder that make up `wanted`, with what is taken of each in `left`; fewer
  /// where there are not enough.
  [[nodiscard]] std::vector<KnownLot> Choose(const HolderKey& key, Wide wanted, Date day,
                                             LotUse use) const;
  [[nodiscard]] const std::map<HolderKey, std::vector<KnownLot>>& all() const { return lots_; }
  /// Points that end on each day, where there are any.
  [[nodiscard]] const std::map<Date, Wide>& ending() const { return ending_; }

 private:
  void Put(const HolderKey& key, const KnownLot& lot);
  void Change(const HolderKey& key, Address lot, Date expires, Wide left, Wide expired);
  void TakeRows(const HolderKey& key, std::span<const schema::TakenLot> rows);
  void Expire(const schema::PointsExpired& fact);
  void Adjust(const schema::PointsAdjusted& fact);
  void Restore(const HolderKey& key, const schema::LotChange& row);
  /// What ends sooner ends then; where points come back, all that was booked as expired of it does.
  void Extend(const HolderKey& key, const schema::LotChange& row);
  void Move(const schema::PointsMoved& fact);
  void AddRows(const HolderKey& key, std::span<const schema::TakenLot> rows);
  /// Remembers what a lot was that comes back in the event after a reversal; what had moved goes
  /// back at once.
  void TakeBack(const schema::EntryReversed& fact, Date day, const schema::KindTable& kinds);
  void MoveBack(const schema::PointsMoved& moved);
  /// What became of points that moved: rows with the days on which they end by now.
  [[nodiscard]] std::vector<schema::TakenLot> Moved(const HolderKey& key,
                                                    std::span<const schema::TakenLot> rows) const;
  void Forget(Date day);

  std::map<HolderKey, std::vector<KnownLot>> lots_;
  std::map<Date, Wide> ending_;
  std::map<Address, schema::TakenLot> coming_back_;
  Month swept_;
  const Policies* policies_ = nullptr;  ///< as of the event at hand
};

/// Whether one last day comes before another; 0 comes after all.
[[nodiscard]] inline bool EndsSooner(Date a, Date b) {
  return a.value() != 0 && (b.value() == 0 || a < b);
}
/// The last day that the policy in force gives points of a scheme that are earned on a day.
[[nodiscard]] Date LastDayBy(const Policies& policies, NameId scheme, Date earned);
/// Of points that come back: the day that they went with, or the policy's by now where it is later.
[[nodiscard]] Date EndOfReturned(const Policies& policies, NameId scheme,
                                 const schema::TakenLot& row);

}  // namespace suanpan::audit
