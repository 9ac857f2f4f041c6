#pragma once

// Lots of points (events.md 4.2): what a holder has, in the order in which it is spent. A debit is
// bound to the lots it took, so a balance is the sum of lots and nothing else.

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::rules {

class BookState;

/// A household or member of an alliance in one scheme.
struct HolderKey {
  NameId scheme;
  NameId holder;
  friend auto operator<=>(const HolderKey&, const HolderKey&) = default;
};
struct HolderKeyHash {
  std::size_t operator()(const HolderKey& key) const {
    return std::hash<std::uint64_t>{}(std::uint64_t{key.scheme.value()} << 32U |
                                      key.holder.value());
  }
};

/// What a holder has of one grant with one last day. Parts of a grant that end on different days
/// are lots of their own, so that what happens to the end of one leaves the others alone. Kept
/// while it has points; and once expired, as long as a late redemption may still ask for it.
struct Lot {
  Address lot;
  NameId person;    ///< who earned it; 0: nobody in particular
  Points quantity;  ///< below 0 only inside an entry, until a late redemption is made good
  Points expired;   ///< of it, booked as expired
  Date earned;
  Date usable_from;
  Date expires;  ///< last day on which it can be used, or could be; 0: never ends

  [[nodiscard]] bool EndsBefore(Date date) const { return expires.value() != 0 && expires < date; }
  /// The order of spending: what ends first, then what was earned first, then the log's order.
  [[nodiscard]] auto Order() const {
    const std::uint32_t ends = expires.value() == 0 ? 0x1'0000U : expires.value();
    return std::make_tuple(ends, earned, lot);
  }
};

/// What a holder redeemed on one day.
struct SpentKey {
  HolderKey holder;
  Date day;
  friend auto operator<=>(const SpentKey&, const SpentKey&) = default;
};
struct SpentKeyHash {
  std::size_t operator()(const SpentKey& key) const {
    return HolderKeyHash{}(key.holder) ^ std::hash<std::uint32_t>{}(key.day.value() * 0x9e37'79b9U);
  }
};

/// A holder has a lot with points that ends on a day.
struct ExpiryKey {
  Date expires;
  NameId holder;
  NameId scheme;
};
/// By day, then the holder's name as bytes, then the scheme's.
struct ExpiryOrder {
  const schema::NameTable* names = nullptr;
  bool operator()(const ExpiryKey& a, const ExpiryKey& b) const;
};

/// In order of spending; empty where there are none.
[[nodiscard]] std::span<const Lot> LotsOf(const BookState& state, const HolderKey& key);
/// The part of a grant that ends on a day.
[[nodiscard]] const Lot* FindLot(const BookState& state, const HolderKey& key, Address lot,
                                 Date expires);
/// All parts of a grant that a holder has, the first to end first.
[[nodiscard]] std::vector<Lot> PartsOfLot(const BookState& state, const HolderKey& key,
                                          Address lot);
/// Sum of the lots with points.
[[nodiscard]] Points BalanceOf(const BookState& state, const HolderKey& key);
/// What the holder owes in the scheme.
[[nodiscard]] Points ClaimOf(const BookState& state, const HolderKey& key);

/// Which lots a fact may take.
enum class LotUse : std::uint8_t {
  kRedeem,  ///< usable on the date; also what was booked as expired after it
  kTake,    ///< earned by the date and not over, usable yet or not
  kHold,    ///< likewise; also what was booked as expired after it
};
/// The first lots of a holder that make up `wanted`, or as much as there is.
[[nodiscard]] std::vector<schema::TakenLot> ChooseLots(const BookState& state, const HolderKey& key,
                                                       Wide wanted, Date date, LotUse use);
/// What a holder has now of points that came in rows: each with the day on which it ends by now,
/// which a policy may have moved back since. Less than came where some has gone since.
[[nodiscard]] std::vector<schema::TakenLot> ChooseMoved(const BookState& state,
                                                        const HolderKey& key,
                                                        std::span<const schema::TakenLot> moved);
/// Whether one last day comes before another; 0 comes after all.
[[nodiscard]] inline bool EndsSooner(Date a, Date b) {
  return a.value() != 0 && (b.value() == 0 || a < b);
}
/// The last day of points that come back to a holder: the one that they went with, or the one that
/// the policy gives such points by now, whichever is later.
[[nodiscard]] Date EndOfReturned(const BookState& state, NameId scheme,
                                 const schema::TakenLot& part);
[[nodiscard]] bool SameLots(std::span<const schema::TakenLot> a,
                            std::span<const schema::TakenLot> b);
[[nodiscard]] Wide SumOfLots(std::span<const schema::TakenLot> lots);

/// A new lot, or more of one that ends on the same day. One without points is none.
[[nodiscard]] Status AddLot(BookState& state, const HolderKey& key, const Lot& lot);
/// Takes from lots what a fact says; one that is not there as it is told: a contradiction.
[[nodiscard]] Status TakeLots(BookState& state, const HolderKey& key,
                              std::span<const schema::TakenLot> taken);
/// Replaces a lot, or removes it where nothing is left of it.
void SetLot(BookState& state, const HolderKey& key, const Lot& lot);
/// Forgets what expired before a day.
void ForgetExpired(BookState& state, Date before);

}  // namespace suanpan::rules
