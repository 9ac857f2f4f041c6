#include "suanpan/replay/points_ledger.h"

#include <algorithm>
#include <tuple>

#include "suanpan/schema/reversal_copy.h"

namespace suanpan::replay {

using rules::AccountClass;
using rules::HolderKey;

namespace {

struct SignedFigure {
  Wide PointsFigures::*figure;
  int sign;  ///< in the balance
};
constexpr SignedFigure kFigures[] = {
    {&PointsFigures::granted, 1},   {&PointsFigures::redeemed, -1},  {&PointsFigures::expired, -1},
    {&PointsFigures::deducted, -1}, {&PointsFigures::forfeited, -1}, {&PointsFigures::donated, -1},
    {&PointsFigures::moved_in, 1},  {&PointsFigures::moved_out, -1}, {&PointsFigures::received, 1},
    {&PointsFigures::given, -1},    {&PointsFigures::adjusted, 1},   {&PointsFigures::claims, 1}};

int SignOf(Wide PointsFigures::*figure) {
  return std::ranges::find(kFigures, figure, &SignedFigure::figure)->sign;
}

/// What a later policy did, and nothing that it corrects.
bool IsByPolicy(schema::AdjustReason reason) {
  return reason == schema::AdjustReason::kCatchUp || reason == schema::AdjustReason::kExtension;
}

}  // namespace

void PointsFigures::Add(const PointsFigures& more) {
  for (const SignedFigure& part : kFigures) this->*part.figure += more.*part.figure;
  opening += more.opening;
  closing += more.closing;
  owed += more.owed;
}

void PointsLedger::OnEvent(const EventContext& context) {
  using namespace schema;  // the kinds
  const Date day = context.event.common.business_day;
  if (window_.After(day)) return;
  before_ = window_.Before(day);
  switch (context.event.kind->number) {
    case PointsGranted::kKind:
      return Grant(context.at, context.event.As<PointsGranted>());
    case PointsExpired::kKind:
      return Expire(context.event.As<PointsExpired>());
    case PointsAdjusted::kKind:
      return Adjust(context.event.As<PointsAdjusted>());
    case PointsDeducted::kKind:
      return Deduct(context.event.As<PointsDeducted>());
    case PointsMoved::kKind:
      return Move(context.event.As<PointsMoved>(), false);
    case RedemptionMade::kKind:
      return Redeem(context.event.As<RedemptionMade>());
    case EntryReversed::kKind:
      return TakeBack(context.event.As<EntryReversed>());
    default:
      return;  // no other kind moves points
  }
}

void PointsLedger::Book(const HolderKey& key, Wide PointsFigures::*figure, Wide amount) {
  PointsFigures& figures = holders_[key].figures;
  const Wide change = SignOf(figure) * amount;
  figures.closing += change;
  if (figure == &PointsFigures::claims) figures.owed += amount;
  if (before_) {
    figures.opening += change;
  } else {
    figures.*figure += amount;
  }
}

void PointsLedger::Grant(Address at, const schema::PointsGranted& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  Book(key, &PointsFigures::granted, fact.fixed.points.wide());
  Book(key, &PointsFigures::claims, -fact.fixed.offset.wide());
  const Wide live = fact.fixed.points.wide() - fact.fixed.offset.wide();
  if (live == 0) return;
  holders_[key].lots[at] = {fact.fixed.points.wide(), live, fact.fixed.earned, fact.fixed.expires};
}

void PointsLedger::Expire(const schema::PointsExpired& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  for (const schema::ExpiredLot& part : fact.lots) {
    Book(key, &PointsFigures::expired, part.quantity.wide());
    holders_[key].lots[part.lot].remaining -= part.quantity.wide();
  }
}

void PointsLedger::Adjust(const schema::PointsAdjusted& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const bool by_policy = IsByPolicy(static_cast<schema::AdjustReason>(fact.fixed.reason));
  for (const schema::LotChange& row : fact.lots) {
    const Wide change = row.change.wide();
    Lot& lot = holders_[key].lots[row.lot];
    lot.remaining += change;
    lot.quantity = std::max(lot.quantity, lot.remaining);
    lot.expires = row.expires;
    const auto against = static_cast<schema::LotAgainst>(row.against);
    if (by_policy) {
      Book(key, &PointsFigures::adjusted, change);
    } else if (against == schema::LotAgainst::kIssued) {
      Book(key, &PointsFigures::granted, change);
    } else if (against == schema::LotAgainst::kRedeemed) {
      Book(key, &PointsFigures::redeemed, -change);
    } else if (against == schema::LotAgainst::kExpired) {
      Book(key, &PointsFigures::expired, -change);
    } else {
      Book(key, &PointsFigures::deducted, -change);
    }
  }
  // What was spent of a grant that goes is owed: the grant goes all the same.
  Book(key, &PointsFigures::granted, -fact.fixed.claim_change.wide());
  Book(key, &PointsFigures::claims, fact.fixed.claim_change.wide());
}

void PointsLedger::Take(const HolderKey& key, std::span<const schema::TakenLot> lots) {
  for (const schema::TakenLot& part : lots)
    holders_[key].lots[part.lot].remaining -= part.quantity.wide();
}

void PointsLedger::Deduct(const schema::PointsDeducted& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  Book(key, &PointsFigures::deducted, fact.fixed.points.wide());
  Book(key, &PointsFigures::claims, fact.fixed.claim.wide());
  Take(key, fact.lots);
}

void PointsLedger::AddRows(const HolderKey& key, std::span<const schema::TakenLot> rows) {
  for (const schema::TakenLot& part : rows) {
    Lot& lot = holders_[key].lots[part.lot];  // a part of it may have come before
    lot.remaining += part.quantity.wide();
    lot.quantity = std::max(lot.quantity, lot.remaining);
    lot.earned = part.earned;
    lot.expires = part.expires;
  }
}

void PointsLedger::Move(const schema::PointsMoved& fact, bool back) {
  const HolderKey from{fact.scheme, fact.from};
  const HolderKey to{fact.scheme, fact.to};
  const Wide points = back ? -fact.points.wide() : fact.points.wide();
  const auto lots = [&](const HolderKey& key, bool come) {
    if (come != back) {
      AddRows(key, fact.lots);
    } else {
      Take(key, fact.lots);
    }
  };
  lots(from, fact.from_book.value() != 0);
  if (fact.from_book.value() != 0) return Book(from, &PointsFigures::moved_in, points);
  if (fact.to.value() != 0) {
    Book(from, &PointsFigures::given, points);
    Book(to, &PointsFigures::received, points);
    lots(to, true);
  } else if (fact.to_book.value() != 0) {
    Book(from, &PointsFigures::moved_out, points);
  } else if (static_cast<schema::MoveReason>(fact.reason) == schema::MoveReason::kDonate) {
    Book(from, &PointsFigures::donated, points);
  } else {
    Book(from, &PointsFigures::forfeited, points);
  }
}

void PointsLedger::Redeem(const schema::RedemptionMade& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  Book(key, &PointsFigures::redeemed, fact.fixed.points.wide());
  Take(key, fact.lots);
}

void PointsLedger::TakeBack(const schema::EntryReversed& fact) {
  if (fact.fixed.kind == schema::PointsMoved::kKind) {
    Arena arena;
    const auto events = schema::ReadCopy(fact, kinds_, arena);
    if (events && events->front().event.kind->number == schema::PointsMoved::kKind)
      Move(events->front().event.As<schema::PointsMoved>(), true);
    return;
  }
  // Lots that come back and grants that go follow it as events of their own. What is left is a
  // deduction that was owed: it is owed no more.
  for (const schema::UndoneLine& line : fact.undo) {
    if (line.key().account_class != AccountClass::kPointsClaim) continue;
    const HolderKey key{line.owner, line.detail};
    Book(key, &PointsFigures::claims, -line.amount.wide());
    Book(key, &PointsFigures::deducted, -line.amount.wide());
  }
}

std::vector<HouseholdStatement> PointsLedger::Households(const rules::BookState& state) const {
  std::vector<HouseholdStatement> statements;
  const auto order = [](const auto& lot) {
    const unsigned ends = lot.second.expires.value() == 0 ? 0x1'0000U : lot.second.expires.value();
    return std::make_tuple(ends, lot.second.earned, lot.first);
  };
  for (const auto& [key, holder] : holders_) {
    std::vector<std::pair<Address, Lot>> lots;
    for (const auto& [at, lot] : holder.lots) {
      if (lot.remaining != 0) lots.emplace_back(at, lot);
    }
    std::ranges::sort(lots, {}, order);
    HouseholdStatement& statement = statements.emplace_back();
    statement.household = state.names.TextOf(key.holder);
    statement.scheme = state.names.TextOf(key.scheme);
    statement.figures = holder.figures;
    for (const auto& [at, lot] : lots)
      statement.lots.push_back({schema::ToText(at), lot.quantity, lot.remaining, lot.expires});
  }
  std::ranges::sort(statements, {}, [](const HouseholdStatement& line) {
    return std::tie(line.household, line.scheme);
  });
  return statements;
}

std::vector<SchemeStatement> PointsLedger::Schemes(const rules::BookState& state) const {
  std::map<std::string, SchemeStatement> schemes;
  for (const auto& [key, holder] : holders_) {
    const std::string name{state.names.TextOf(key.scheme)};
    SchemeStatement& scheme = schemes[name];
    scheme.scheme = name;
    scheme.figures.Add(holder.figures);
    for (const auto& [at, lot] : holder.lots) {
      if (lot.remaining == 0) continue;
      const bool ends = lot.expires.value() != 0;
      scheme.live[ends ? ToText(MonthOf(lot.expires)) : "none"] += lot.remaining;
    }
  }
  std::vector<SchemeStatement> statements;
  for (auto& [name, scheme] : schemes) statements.push_back(std::move(scheme));
  return statements;
}

}  // namespace suanpan::replay
