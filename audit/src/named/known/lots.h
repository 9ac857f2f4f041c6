#pragma once

// The lots of every holder, as the log says that they came and went.

#include <map>
#include <span>
#include <vector>

#include "src/points/points_totals.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

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

  void Take(Address at, const schema::Event& event, const schema::KindTable& kinds);

  /// In the order of spending: what ends first, then what was earned first, then the log's order.
  [[nodiscard]] std::span<const KnownLot> Of(const HolderKey& key) const;
  [[nodiscard]] const KnownLot* Find(const HolderKey& key, Address lot) const;
  /// The first lots of a holder that make up `wanted`, with what is taken of each in `left`; fewer
  /// where there are not enough.
  [[nodiscard]] std::vector<KnownLot> Choose(const HolderKey& key, Wide wanted, Date day,
                                             LotUse use) const;
  [[nodiscard]] const std::map<HolderKey, std::vector<KnownLot>>& all() const { return lots_; }
  /// Points that end on each day, where there are any.
  [[nodiscard]] const std::map<Date, Wide>& ending() const { return ending_; }

 private:
  void Put(const HolderKey& key, const KnownLot& lot);
  void Change(const HolderKey& key, Address lot, Wide left, Wide expired);
  void TakeRows(const HolderKey& key, std::span<const schema::TakenLot> rows);
  void Adjust(const schema::PointsAdjusted& fact);
  void Extend(const HolderKey& key, Address lot, Date expires);
  void Move(const schema::PointsMoved& fact);
  void AddRows(const HolderKey& key, std::span<const schema::TakenLot> rows);
  /// Remembers what a lot was that comes back in the event after a reversal; what had moved goes
  /// back at once.
  void TakeBack(const schema::EntryReversed& fact, Date day, const schema::KindTable& kinds);
  void Forget(Date day);

  std::map<HolderKey, std::vector<KnownLot>> lots_;
  std::map<Date, Wide> ending_;
  std::map<Address, schema::TakenLot> coming_back_;
  Month swept_;
};

}  // namespace suanpan::audit
