#include "suanpan/rules/lots.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "suanpan/rules/book_state.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/rule.h"

namespace suanpan::rules {
namespace {

using schema::TakenLot;

bool Before(const Lot& a, const Lot& b) { return a.Order() < b.Order(); }

/// Puts a holder's lots in place of the ones before, and the days on which they end with them.
void SetLots(BookState& state, const HolderKey& key, std::vector<Lot> lots) {
  const auto ends = [](std::span<const Lot> of) {
    std::set<Date> days;
    for (const Lot& lot : of) {
      if (lot.quantity.value() > 0 && lot.expires.value() != 0) days.insert(lot.expires);
    }
    return days;
  };
  const std::set<Date> before = ends(LotsOf(state, key));
  const std::set<Date> after = ends(lots);
  for (const Date day : before) {
    if (!after.contains(day)) state.expiring.Erase({day, key.holder, key.scheme});
  }
  for (const Date day : after) {
    if (!before.contains(day)) state.expiring.Insert({day, key.holder, key.scheme});
  }
  if (lots.empty()) {
    state.lots.Erase(key);
  } else {
    state.lots.Set(key, lots);
  }
}

/// What a fact on a date may take of a lot.
Points UsableOf(const Lot& lot, Date date, LotUse use) {
  if (lot.EndsBefore(date) || lot.earned > date) return {};
  if (use == LotUse::kTake) return lot.quantity;
  if (use == LotUse::kRedeem && lot.usable_from > date) return {};
  return Points{lot.quantity.value() + lot.expired.value()};
}

}  // namespace

bool ExpiryOrder::operator()(const ExpiryKey& a, const ExpiryKey& b) const {
  if (a.expires != b.expires) return a.expires < b.expires;
  if (a.holder != b.holder) return names->TextOf(a.holder) < names->TextOf(b.holder);
  return a.scheme != b.scheme && names->TextOf(a.scheme) < names->TextOf(b.scheme);
}

std::span<const Lot> LotsOf(const BookState& state, const HolderKey& key) {
  const std::vector<Lot>* lots = state.lots.Find(key);
  return lots == nullptr ? std::span<const Lot>{} : std::span<const Lot>{*lots};
}

const Lot* FindLot(const BookState& state, const HolderKey& key, Address address, Date expires) {
  for (const Lot& lot : LotsOf(state, key)) {
    if (lot.lot == address && lot.expires == expires) return &lot;
  }
  return nullptr;
}

std::vector<Lot> PartsOfLot(const BookState& state, const HolderKey& key, Address address) {
  std::vector<Lot> parts;
  for (const Lot& lot : LotsOf(state, key)) {
    if (lot.lot == address) parts.push_back(lot);
  }
  return parts;
}

Points BalanceOf(const BookState& state, const HolderKey& key) {
  return state.accounts.BalanceOf<Points>(
      {AccountClass::kPointsHolder, {}, key.scheme, key.holder});
}

Points ClaimOf(const BookState& state, const HolderKey& key) {
  const AccountKey account{AccountClass::kPointsClaim, {}, key.scheme, key.holder};
  return Points{-state.accounts.BalanceOf<Points>(account).value()};
}

std::vector<TakenLot> ChooseLots(const BookState& state, const HolderKey& key, Wide wanted,
                                 Date date, LotUse use) {
  std::vector<TakenLot> chosen;
  for (const Lot& lot : LotsOf(state, key)) {
    if (wanted <= 0) break;
    const Wide part = std::min(wanted, UsableOf(lot, date, use).wide());
    if (part <= 0) continue;
    wanted -= part;
    chosen.push_back({lot.lot, Points{static_cast<std::int64_t>(part)}, lot.person, lot.earned,
                      lot.usable_from, lot.expires});
  }
  return chosen;
}

std::vector<TakenLot> ChooseMoved(const BookState& state, const HolderKey& key,
                                  std::span<const TakenLot> moved) {
  std::vector<TakenLot> chosen;
  const std::span<const Lot> all = LotsOf(state, key);
  std::vector<Lot> left{all.begin(), all.end()};  // what earlier rows leave
  for (const TakenLot& part : moved) {
    Wide wanted = part.quantity.wide();
    for (Lot& lot : left) {
      if (lot.lot != part.lot || EndsSooner(lot.expires, part.expires)) continue;
      const Wide quantity = std::min(wanted, lot.quantity.wide());
      if (quantity <= 0) continue;
      TakenLot row = part;
      row.quantity = Points{static_cast<std::int64_t>(quantity)};
      row.expires = lot.expires;
      chosen.push_back(row);
      lot.quantity = Points{lot.quantity.value() - row.quantity.value()};
      wanted -= quantity;
    }
  }
  return chosen;
}

Date EndOfReturned(const BookState& state, NameId scheme, const TakenLot& part) {
  const Date ends = ExpiryOf(state, scheme, part.earned);
  return EndsSooner(part.expires, ends) ? ends : part.expires;
}

bool SameLots(std::span<const TakenLot> a, std::span<const TakenLot> b) {
  return std::ranges::equal(a, b, [](const TakenLot& one, const TakenLot& other) {
    return std::memcmp(&one, &other, sizeof one) == 0;
  });
}

Wide SumOfLots(std::span<const TakenLot> lots) {
  Wide sum = 0;
  for (const TakenLot& lot : lots) sum += lot.quantity.wide();
  return sum;
}

Status AddLot(BookState& state, const HolderKey& key, const Lot& lot) {
  if (lot.quantity.value() == 0) return {};
  if (const Lot* known = FindLot(state, key, lot.lot, lot.expires); known != nullptr) {
    Lot changed = *known;  // a part of it comes back, or another part follows
    const std::optional<Points> sum = CheckedAdd(changed.quantity, lot.quantity);
    if (!sum) return OverflowError();
    changed.quantity = *sum;
    SetLot(state, key, changed);
    return {};
  }
  const std::span<const Lot> before = LotsOf(state, key);
  std::vector<Lot> lots{before.begin(), before.end()};
  lots.insert(std::upper_bound(lots.begin(), lots.end(), lot, Before), lot);
  SetLots(state, key, std::move(lots));
  return {};
}

Status TakeLots(BookState& state, const HolderKey& key, std::span<const TakenLot> taken) {
  for (const TakenLot& part : taken) {
    const Lot* lot = FindLot(state, key, part.lot, part.expires);
    if (lot == nullptr) return Contradiction("a lot is taken from that is not there");
    Lot changed = *lot;
    const Wide left = changed.quantity.wide() - part.quantity.wide();
    if (left < -changed.expired.wide()) {
      return Contradiction("more is taken of lot {} than it has", schema::ToText(part.lot));
    }
    changed.quantity = Points{static_cast<std::int64_t>(left)};
    SetLot(state, key, changed);
  }
  return {};
}

void SetLot(BookState& state, const HolderKey& key, const Lot& lot) {
  const std::span<const Lot> before = LotsOf(state, key);
  std::vector<Lot> lots{before.begin(), before.end()};
  std::erase_if(
      lots, [&](const Lot& other) { return other.lot == lot.lot && other.expires == lot.expires; });
  if (lot.quantity.value() != 0 || lot.expired.value() != 0) {
    lots.insert(std::upper_bound(lots.begin(), lots.end(), lot, Before), lot);
  }
  SetLots(state, key, std::move(lots));
}

void ForgetExpired(BookState& state, Date before) {
  const auto is_old = [before](const Lot& lot) {
    return lot.quantity.value() == 0 && lot.EndsBefore(before);
  };
  for (const HolderKey& key : state.lots.KeysWhere([&](const auto&, const std::vector<Lot>& lots) {
         return std::ranges::any_of(lots, is_old);
       })) {
    const std::span<const Lot> old = LotsOf(state, key);
    std::vector<Lot> kept{old.begin(), old.end()};
    std::erase_if(kept, is_old);
    SetLots(state, key, std::move(kept));
  }
}

}  // namespace suanpan::rules
