#include "src/points/points_totals.h"

#include <algorithm>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::AccountClass;

void PointsTotals::Take(const schema::Event& event) {
  using namespace schema;  // the kinds
  switch (event.kind->number) {
    case PointsGranted::kKind:
      return Grant(event.As<PointsGranted>());
    case PointsExpired::kKind:
      return Expire(event.As<PointsExpired>());
    case PointsAdjusted::kKind:
      return Adjust(event.As<PointsAdjusted>());
    case PointsDeducted::kKind:
      return Deduct(event.As<PointsDeducted>());
    case PointsMoved::kKind:
      return Move(event.As<PointsMoved>());
    case RedemptionMade::kKind:
      return Redeem(event.As<RedemptionMade>());
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;  // no other kind moves points
  }
}

void PointsTotals::Grant(const schema::PointsGranted& fact) {
  const Wide points = fact.fixed.points.wide();
  const Wide offset = fact.fixed.offset.wide();
  schemes_[fact.fixed.scheme].granted += points;
  Holding& holding = HoldingOf(fact.fixed.scheme, fact.fixed.holder);
  holding.balance += points - offset;
  holding.owed -= offset;
}

void PointsTotals::Expire(const schema::PointsExpired& fact) {
  Wide sum = 0;
  for (const schema::ExpiredLot& lot : fact.lots) sum += lot.quantity.wide();
  schemes_[fact.fixed.scheme].expired += sum;
  HoldingOf(fact.fixed.scheme, fact.fixed.holder).balance -= sum;
}

void PointsTotals::Adjust(const schema::PointsAdjusted& fact) {
  Scheme& scheme = schemes_[fact.fixed.scheme];
  Holding& holding = HoldingOf(fact.fixed.scheme, fact.fixed.holder);
  for (const schema::LotChange& row : fact.lots) {
    const Wide change = row.change.wide();
    holding.balance += change;
    switch (static_cast<schema::LotAgainst>(row.against)) {
      case schema::LotAgainst::kIssued:
        scheme.granted += change;
        break;
      case schema::LotAgainst::kRedeemed:
        scheme.redeemed -= change;
        break;
      case schema::LotAgainst::kExpired:
        scheme.expired -= change;
        break;
      case schema::LotAgainst::kDeducted:
        scheme.deducted -= change;
        break;
    }
  }
  // What was spent of a grant that goes is owed: the grant goes all the same.
  holding.owed += fact.fixed.claim_change.wide();
  scheme.granted -= fact.fixed.claim_change.wide();
}

void PointsTotals::Deduct(const schema::PointsDeducted& fact) {
  schemes_[fact.fixed.scheme].deducted += fact.fixed.points.wide();
  Holding& holding = HoldingOf(fact.fixed.scheme, fact.fixed.holder);
  holding.balance -= fact.fixed.points.wide() - fact.fixed.claim.wide();
  holding.owed += fact.fixed.claim.wide();
}

void PointsTotals::Move(const schema::PointsMoved& fact) {
  const Wide points = fact.points.wide();
  Scheme& scheme = schemes_[fact.scheme];
  Holding& from = HoldingOf(fact.scheme, fact.from);
  if (fact.from_book.value() != 0) {
    from.balance += points;
    scheme.moved += points;
    return;
  }
  from.balance -= points;
  if (fact.to.value() != 0) {
    HoldingOf(fact.scheme, fact.to).balance += points;
  } else if (fact.to_book.value() != 0) {
    scheme.moved -= points;
  } else if (static_cast<schema::MoveReason>(fact.reason) == schema::MoveReason::kDonate) {
    scheme.donated += points;
  } else {
    scheme.forfeited += points;
  }
}

void PointsTotals::Redeem(const schema::RedemptionMade& fact) {
  schemes_[fact.fixed.scheme].redeemed += fact.fixed.points.wide();
  HoldingOf(fact.fixed.scheme, fact.fixed.holder).balance -= fact.fixed.points.wide();
}

void PointsTotals::TakeBack(const schema::EntryReversed& fact) {
  for (const schema::UndoneLine& line : fact.undo) {
    const schema::AccountKey key = line.key();
    if (UnitOf(key.account_class) != schema::UnitOfAccount::kPoints) continue;
    const Wide amount = line.amount.wide();
    Scheme& scheme = schemes_[key.owner];
    switch (key.account_class) {
      case AccountClass::kPointsHolder:
        HoldingOf(key.owner, key.detail).balance += amount;
        break;
      case AccountClass::kPointsClaim:
        HoldingOf(key.owner, key.detail).owed -= amount;
        break;
      case AccountClass::kPointsIssued:
        scheme.granted -= amount;
        break;
      case AccountClass::kPointsRedeemed:
        scheme.redeemed += amount;
        break;
      case AccountClass::kPointsExpired:
        scheme.expired += amount;
        break;
      case AccountClass::kPointsDeducted:
        scheme.deducted += amount;
        break;
      case AccountClass::kPointsForfeited:
        scheme.forfeited += amount;
        break;
      case AccountClass::kPointsDonated:
        scheme.donated += amount;
        break;
      default:  // transit
        scheme.moved -= amount;
        break;
    }
  }
}

std::vector<SchemeTotal> PointsTotals::Finish(const schema::NameReader& names,
                                              Findings& findings) const {
  std::vector<SchemeTotal> totals;
  for (const auto& [name, scheme] : schemes_) {
    Wide outstanding = 0;
    Wide owed = 0;
    for (auto at = holders_.lower_bound({name, {}}); at != holders_.end(); ++at) {
      if (at->first.scheme != name) break;
      outstanding += at->second.balance;
      owed += at->second.owed;
    }
    SchemeTotal total;
    total.scheme = names.TextOf(name);
    bool fits = true;
    const auto fill = [&](Points& figure, Wide sum) {
      const std::optional<std::int64_t> narrow = NarrowWide(sum);
      fits = fits && narrow;
      figure = Points{narrow.value_or(0)};
    };
    fill(total.granted, scheme.granted);
    fill(total.redeemed, scheme.redeemed);
    fill(total.expired, scheme.expired);
    fill(total.deducted, scheme.deducted);
    fill(total.forfeited, scheme.forfeited);
    fill(total.donated, scheme.donated);
    fill(total.moved, scheme.moved);
    fill(total.owed, owed);
    fill(total.outstanding, outstanding);
    if (fits) {
      totals.push_back(std::move(total));
    } else {
      findings.Fail(kV7, "overflow", 0, "the points of " + total.scheme + " leave 64 bits",
                    "amounts of 64 bits", WideText(scheme.granted));
    }
  }
  std::ranges::sort(totals, {}, &SchemeTotal::scheme);
  return totals;
}

}  // namespace suanpan::audit
