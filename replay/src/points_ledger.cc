#include "suanpan/replay/points_ledger.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "suanpan/rules/lots.h"
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

/// What is left of a lot and ends on one day.
struct Line {
  Address at;
  Wide quantity = 0;
  Wide remaining = 0;
  Date earned;
  Date expires;
};

}  // namespace

void PointsFigures::Add(const PointsFigures& more) {
  for (const SignedFigure& part : kFigures) this->*part.figure += more.*part.figure;
  opening += more.opening;
  closing += more.closing;
  owed += more.owed;
}

Wide PointsLedger::Lot::Remaining() const {
  Wide sum = 0;
  for (const auto& [expires, points] : remaining) sum += points;
  return sum;
}

void PointsLedger::Lot::Add(Date expires, Wide change) {
  remaining[expires] += change;
  quantity = std::max(quantity, Remaining());
}

void PointsLedger::Lot::Extend(Date expires) {
  Wide longer = 0;
  for (auto& [day, points] : remaining) {
    if (rules::EndsSooner(day, expires)) longer += std::exchange(points, 0);
  }
  remaining[expires] += longer;
}

void PointsLedger::OnEvent(const EventContext& context) {
  using namespace schema;  // the kinds
  const Date day = days_.Of(context.event);
  if (window_.After(day)) return;
  before_ = window_.Before(day);
  state_ = &context.state;
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
  holders_[key].lots[at] = {
      fact.fixed.points.wide(), fact.fixed.earned, {{fact.fixed.expires, live}}};
}

void PointsLedger::Expire(const schema::PointsExpired& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  for (const schema::ExpiredLot& part : fact.lots) {
    Book(key, &PointsFigures::expired, part.quantity.wide());
    holders_[key].lots[part.lot].Add(fact.fixed.on, -part.quantity.wide());
  }
}

void PointsLedger::Adjust(const schema::PointsAdjusted& fact) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const auto reason = static_cast<schema::AdjustReason>(fact.fixed.reason);
  const bool by_policy = IsByPolicy(reason);
  for (const schema::LotChange& row : fact.lots) {
    const Wide change = row.change.wide();
    Lot& lot = holders_[key].lots[row.lot];
    if (reason == schema::AdjustReason::kExtension) lot.Extend(row.expires);
    lot.Add(row.expires, change);
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
    holders_[key].lots[part.lot].Add(part.expires, -part.quantity.wide());
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
    lot.Add(part.expires, part.quantity.wide());
    lot.earned = part.earned;
  }
}

std::vector<schema::TakenLot> PointsLedger::RowsBack(const schema::PointsMoved& fact) const {
  std::vector<schema::TakenLot> rows;
  const rules::HolderKey now{fact.scheme, fact.from_book.value() != 0 ? fact.from : fact.to};
  const auto holder = holders_.find(now);
  std::map<std::pair<Address, Date>, Wide> used;  // by earlier rows
  for (schema::TakenLot row : fact.lots) {
    if (now.holder.value() == 0 || holder == holders_.end()) {
      row.expires = rules::EndOfReturned(*state_, fact.scheme, row);
      rows.push_back(row);
      continue;
    }
    Wide wanted = row.quantity.wide();
    const auto lot = holder->second.lots.find(row.lot);
    if (lot == holder->second.lots.end()) continue;
    const auto take = [&](Date expires, Wide left) {
      const Wide part = std::min(wanted, left - used[{row.lot, expires}]);
      if (part <= 0 || rules::EndsSooner(expires, row.expires)) return;
      rows.push_back(row);
      rows.back().expires = expires;
      rows.back().quantity = Points{static_cast<std::int64_t>(part)};
      used[{row.lot, expires}] += part;
      wanted -= part;
    };
    for (const auto& day : lot->second.remaining) {
      if (day.first.value() != 0) take(day.first, day.second);
    }
    const auto never = lot->second.remaining.find(Date{});
    if (never != lot->second.remaining.end()) take({}, never->second);
  }
  return rows;
}

void PointsLedger::Move(const schema::PointsMoved& fact, bool back) {
  const HolderKey from{fact.scheme, fact.from};
  const HolderKey to{fact.scheme, fact.to};
  const Wide points = back ? -fact.points.wide() : fact.points.wide();
  const std::vector<schema::TakenLot> rows =
      back ? RowsBack(fact) : std::vector<schema::TakenLot>{fact.lots.begin(), fact.lots.end()};
  const auto lots = [&](const HolderKey& key, bool come) {
    if (come != back) {
      AddRows(key, rows);
    } else {
      Take(key, rows);
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
  const auto order = [](const Line& line) {
    const unsigned ends = line.expires.value() == 0 ? 0x1'0000U : line.expires.value();
    return std::make_tuple(ends, line.earned, line.at);
  };
  for (const auto& [key, holder] : holders_) {
    std::vector<Line> lots;
    for (const auto& [at, lot] : holder.lots) {
      for (const auto& [expires, remaining] : lot.remaining) {
        if (remaining != 0) lots.push_back({at, lot.quantity, remaining, lot.earned, expires});
      }
    }
    std::ranges::sort(lots, {}, order);
    HouseholdStatement& statement = statements.emplace_back();
    statement.household = state.names.TextOf(key.holder);
    statement.scheme = state.names.TextOf(key.scheme);
    statement.figures = holder.figures;
    for (const Line& lot : lots)
      statement.lots.push_back({schema::ToText(lot.at), lot.quantity, lot.remaining, lot.expires});
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
      for (const auto& [expires, remaining] : lot.remaining) {
        if (remaining == 0) continue;
        const bool ends = expires.value() != 0;
        scheme.live[ends ? ToText(MonthOf(expires)) : "none"] += remaining;
      }
    }
  }
  std::vector<SchemeStatement> statements;
  for (auto& [name, scheme] : schemes) {
    std::erase_if(scheme.live, [](const auto& month) { return month.second == 0; });
    statements.push_back(std::move(scheme));
  }
  return statements;
}

}  // namespace suanpan::replay
