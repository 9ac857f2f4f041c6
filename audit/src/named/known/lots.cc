#include "src/named/known/lots.h"

#include <algorithm>
#include <tuple>

#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {

using schema::TakenLot;

namespace {

constexpr unsigned kExpiredDays = 400;  ///< how long the books keep what has expired

auto OrderOf(const KnownLot& lot) {
  const unsigned ends = lot.expires.value() == 0 ? 0x1'0000U : lot.expires.value();
  return std::make_tuple(ends, lot.earned, lot.lot);
}

/// Whether it is the part of a grant that ends on a day.
struct IsPart {
  Address lot;
  Date expires;
  bool operator()(const KnownLot& of) const { return of.lot == lot && of.expires == expires; }
};

KnownLot FromRow(const TakenLot& row) {
  KnownLot lot;
  lot.lot = row.lot;
  lot.person = row.person;
  lot.left = row.quantity.wide();
  lot.earned = row.earned;
  lot.usable_from = row.usable_from;
  lot.expires = row.expires;
  return lot;
}

Wide UsableOf(const KnownLot& lot, Date day, LotUse use) {
  if (lot.EndsBefore(day)) return 0;
  if (lot.earned > day) return 0;
  if (use == LotUse::kTake) return lot.left;
  return lot.usable_from > day ? 0 : lot.left + lot.expired;
}

}  // namespace

std::span<const KnownLot> Lots::Of(const HolderKey& key) const {
  const auto found = lots_.find(key);
  return found == lots_.end() ? std::span<const KnownLot>{}
                              : std::span<const KnownLot>{found->second};
}

const KnownLot* Lots::Find(const HolderKey& key, Address lot, Date expires) const {
  const std::span<const KnownLot> lots = Of(key);
  const auto found = std::ranges::find_if(lots, IsPart{lot, expires});
  return found == lots.end() ? nullptr : &*found;
}

const KnownLot* Lots::EndingOn(const HolderKey& key, Address lot, Date expires) const {
  const KnownLot* part = Find(key, lot, expires);
  if (part != nullptr && part->left > 0) return part;
  for (const KnownLot& other : Of(key)) {
    if (other.lot == lot && other.left > 0) return &other;
  }
  return part;
}

std::vector<KnownLot> Lots::Choose(const HolderKey& key, Wide wanted, Date day, LotUse use) const {
  std::vector<KnownLot> chosen;
  for (const KnownLot& lot : Of(key)) {
    if (wanted <= 0) break;
    const Wide part = std::min(wanted, UsableOf(lot, day, use));
    if (part <= 0) continue;
    chosen.push_back(lot);
    chosen.back().left = part;
    wanted -= part;
  }
  return chosen;
}

void Lots::Put(const HolderKey& key, const KnownLot& lot) {
  std::vector<KnownLot>& lots = lots_[key];
  const auto count = [this](const KnownLot& of, int sign) {
    if (of.expires.value() == 0 || of.left == 0) return;
    Wide& sum = ending_[of.expires];
    sum += sign * of.left;
    if (sum == 0) ending_.erase(of.expires);
  };
  const auto known = std::ranges::find_if(lots, IsPart{lot.lot, lot.expires});
  if (known != lots.end()) {
    count(*known, -1);
    lots.erase(known);
  }
  if (lot.left != 0 || lot.expired != 0) {
    lots.insert(std::ranges::upper_bound(lots, OrderOf(lot), {}, OrderOf), lot);
    count(lot, 1);
  }
  if (lots.empty()) lots_.erase(key);
}

void Lots::Change(const HolderKey& key, Address lot, Date expires, Wide left, Wide expired) {
  const KnownLot* known = Find(key, lot, expires);
  KnownLot changed;
  if (known != nullptr) changed = *known;
  changed.lot = lot;
  changed.expires = expires;
  changed.left += left;
  changed.expired = std::max<Wide>(0, changed.expired + expired);
  Put(key, changed);
}

void Lots::TakeRows(const HolderKey& key, std::span<const TakenLot> rows) {
  for (const TakenLot& row : rows) {
    if (Find(key, row.lot, row.expires) != nullptr) {
      Change(key, row.lot, row.expires, -row.quantity.wide(), 0);
      continue;
    }
    KnownLot taken = FromRow(row);  // of a lot that is not there
    taken.left = -taken.left;
    Put(key, taken);
  }
}

void Lots::Take(Address at, const schema::Event& event, const schema::KindTable& kinds,
                const Policies& policies) {
  using namespace schema;  // the kinds
  policies_ = &policies;
  switch (event.kind->number) {
    case PointsGranted::kKind: {
      const auto& fact = event.As<PointsGranted>().fixed;
      Put({fact.scheme, fact.holder}, {at, fact.person, fact.points.wide() - fact.offset.wide(), 0,
                                       fact.earned, fact.usable_from, fact.expires});
      return;
    }
    case PointsExpired::kKind:
      return Expire(event.As<PointsExpired>());
    case PointsAdjusted::kKind:
      return Adjust(event.As<PointsAdjusted>());
    case PointsDeducted::kKind: {
      const auto& fact = event.As<PointsDeducted>();
      return TakeRows({fact.fixed.scheme, fact.fixed.holder}, fact.lots);
    }
    case RedemptionMade::kKind: {
      const auto& fact = event.As<RedemptionMade>();
      return TakeRows({fact.fixed.scheme, fact.fixed.holder}, fact.lots);
    }
    case PointsMoved::kKind:
      return Move(event.As<PointsMoved>());
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>(), event.common.business_day, kinds);
    case DayClosed::kKind:
      return Forget(event.common.business_day);
    default:
      return;
  }
}

void Lots::Expire(const schema::PointsExpired& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  for (const schema::ExpiredLot& row : fact.lots) {
    const KnownLot* lot = EndingOn(key, row.lot, fact.fixed.on);
    const Date ends = lot == nullptr ? fact.fixed.on : lot->expires;
    Change(key, row.lot, ends, -row.quantity.wide(), row.quantity.wide());
  }
}

void Lots::Adjust(const schema::PointsAdjusted& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const auto reason = static_cast<schema::AdjustReason>(fact.fixed.reason);
  for (const schema::LotChange& row : fact.lots) {
    const Wide change = row.change.wide();
    const bool expired =
        static_cast<schema::LotAgainst>(row.against) == schema::LotAgainst::kExpired;
    if (reason == schema::AdjustReason::kRestore) {
      Restore(key, row);
    } else if (reason == schema::AdjustReason::kExtension) {
      Extend(key, row);
    } else {
      Change(key, row.lot, row.expires, change, expired ? -change : 0);
    }
  }
}

void Lots::Restore(const HolderKey& key, const schema::LotChange& row) {
  const KnownLot* known = Find(key, row.lot, row.expires);
  KnownLot lot;
  const auto was = coming_back_.find(row.lot);
  if (was != coming_back_.end()) lot = FromRow(was->second);
  if (known != nullptr) lot = *known;
  lot.lot = row.lot;
  lot.left = (known == nullptr ? 0 : known->left) + row.change.wide();
  lot.expires = row.expires;
  Put(key, lot);
}

void Lots::Extend(const HolderKey& key, const schema::LotChange& row) {
  const std::span<const KnownLot> all = Of(key);
  const std::vector<KnownLot> before{all.begin(), all.end()};
  Wide back = row.change.wide();
  for (const KnownLot& part : before) {
    if (part.lot != row.lot || !EndsSooner(part.expires, row.expires)) continue;
    const Wide regained = row.change.value() == 0 ? Wide{0} : part.expired;
    Change(key, part.lot, part.expires, -part.left, -regained);
    KnownLot longer = part;
    longer.expires = row.expires;
    longer.expired = 0;
    longer.left += regained;
    if (const KnownLot* there = Find(key, part.lot, row.expires); there != nullptr) {
      longer.left += there->left;
      longer.expired = there->expired;
    }
    back -= regained;
    Put(key, longer);
  }
  // What the row says beyond that is believed, too: p-lots and p-expiry complain of it.
  if (back != 0) Change(key, row.lot, row.expires, back, 0);
}

void Lots::AddRows(const HolderKey& key, std::span<const TakenLot> rows) {
  for (const TakenLot& row : rows) {
    const KnownLot* known = Find(key, row.lot, row.expires);
    KnownLot lot = known == nullptr ? FromRow(row) : *known;
    if (known != nullptr) lot.left += row.quantity.wide();
    Put(key, lot);
  }
}

void Lots::Move(const schema::PointsMoved& fact) {
  const HolderKey from{fact.scheme, fact.from};
  if (fact.from_book.value() != 0) return AddRows(from, fact.lots);
  TakeRows(from, fact.lots);
  if (fact.to.value() != 0) AddRows({fact.scheme, fact.to}, fact.lots);
}

void Lots::TakeBack(const schema::EntryReversed& fact, Date day, const schema::KindTable& kinds) {
  coming_back_.clear();
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds, arena);
  if (!events) return;
  std::span<const TakenLot> rows;
  if (events->front().event.kind->number == schema::RedemptionMade::kKind)
    rows = events->front().event.As<schema::RedemptionMade>().lots;
  if (events->front().event.kind->number == schema::PointsDeducted::kKind) {
    const auto& deducted = events->front().event.As<schema::PointsDeducted>();
    rows = deducted.lots;
    TakenLot paid;  // what later points paid of its claim: as if earned on this day
    paid.lot = events->front().at;
    paid.person =
        deducted.fixed.person.value() == 0 ? deducted.fixed.holder : deducted.fixed.person;
    paid.earned = day;
    paid.usable_from = day;
    coming_back_[paid.lot] = paid;
  }
  for (const TakenLot& row : rows) coming_back_[row.lot] = row;
  if (events->front().event.kind->number != schema::PointsMoved::kKind) return;
  MoveBack(events->front().event.As<schema::PointsMoved>());
}

void Lots::MoveBack(const schema::PointsMoved& moved) {
  const HolderKey from{moved.scheme, moved.from};
  if (moved.from_book.value() != 0) return TakeRows(from, Moved(from, moved.lots));
  std::vector<TakenLot> rows{moved.lots.begin(), moved.lots.end()};
  if (moved.to.value() != 0) {
    const HolderKey to{moved.scheme, moved.to};
    rows = Moved(to, moved.lots);
    TakeRows(to, rows);
  } else {
    for (TakenLot& row : rows) row.expires = EndOfReturned(*policies_, moved.scheme, row);
  }
  AddRows(from, rows);
}

std::vector<TakenLot> Lots::Moved(const HolderKey& key, std::span<const TakenLot> rows) const {
  std::vector<TakenLot> moved;
  std::map<std::pair<Address, Date>, Wide> used;  // by earlier rows
  for (const TakenLot& row : rows) {
    Wide wanted = row.quantity.wide();
    for (const KnownLot& lot : Of(key)) {
      if (lot.lot != row.lot || EndsSooner(lot.expires, row.expires)) continue;
      const Wide part = std::min(wanted, lot.left - used[{lot.lot, lot.expires}]);
      if (part <= 0) continue;
      moved.push_back(row);
      moved.back().quantity = Points{static_cast<std::int64_t>(part)};
      moved.back().expires = lot.expires;
      used[{lot.lot, lot.expires}] += part;
      wanted -= part;
    }
    if (wanted <= 0) continue;
    moved.push_back(row);  // it is not there: p-lots complains of what is left
    moved.back().quantity = Points{static_cast<std::int64_t>(wanted)};
  }
  return moved;
}

Date LastDayBy(const Policies& policies, NameId scheme, Date earned) {
  const schema::PolicyProposed* policy =
      policies.InForce(schema::PolicyType::kExpiry, scheme, earned);
  if (policy == nullptr) return {};
  const unsigned n = policy->expiry.n;
  switch (static_cast<schema::ExpiryRule>(policy->expiry.rule)) {
    case schema::ExpiryRule::kNone:
      return {};
    case schema::ExpiryRule::kMonths:
      return AddMonths(earned, n).value_or(Date{});
    case schema::ExpiryRule::kEndOfYear: {
      const auto last =
          ParseDate(std::to_string(YearOf(MonthOf(earned)) + static_cast<int>(n)) + "-12-31");
      return last.value_or(Date{});
    }
  }
  return {};
}

Date EndOfReturned(const Policies& policies, NameId scheme, const TakenLot& row) {
  const Date ends = LastDayBy(policies, scheme, row.earned);
  return EndsSooner(row.expires, ends) ? ends : row.expires;
}

void Lots::Forget(Date day) {
  if (MonthOf(day) <= swept_ || day.value() <= kExpiredDays) return;
  swept_ = MonthOf(day);
  const Date before{static_cast<std::uint16_t>(day.value() - kExpiredDays)};
  for (auto& [key, lots] : lots_) {
    std::erase_if(
        lots, [before](const KnownLot& lot) { return lot.left == 0 && lot.EndsBefore(before); });
  }
  std::erase_if(lots_, [](const auto& holder) { return holder.second.empty(); });
}

}  // namespace suanpan::audit
