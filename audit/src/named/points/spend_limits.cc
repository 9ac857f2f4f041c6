#include "src/named/points/spend_limits.h"

#include <algorithm>
#include <set>

namespace suanpan::audit {
namespace {

using schema::RedemptionLine;
using schema::RedemptionMade;

constexpr unsigned kDaysBack = 400;

bool IsForgotten(Date last, Date newest) { return newest.value() > last.value() + kDaysBack; }

/// One that was never counted is not missed.
template <class Cells, class Key>
void TakeOut(Cells& cells, const Key& key, Wide amount) {
  const auto found = cells.find(key);
  if (found == cells.end()) return;
  found->second -= amount;
  if (found->second <= 0) cells.erase(found);
}

}  // namespace

std::vector<SpendLimits::Excess> SpendLimits::Take(const KnownBook& book,
                                                   const RedemptionMade& fact, Date day) {
  std::vector<Excess> found;
  const NameId scheme = fact.fixed.scheme;
  const Date newest = std::max(book.newest_day, day);
  Forget(newest);
  const schema::PolicyProposed* policy =
      book.policies.InForce(schema::PolicyType::kRedemption, scheme, day);
  if (policy == nullptr) return found;
  // What the books have forgotten nobody can hold against a late redemption.
  const Wide of_points = policy->redemption.per_day_points.wide();
  if (of_points != 0 && !IsForgotten(day, newest)) {
    Wide& spent = points_[{scheme, fact.fixed.holder, day}];
    spent += fact.fixed.points.wide();
    if (spent > of_points) found.push_back({{}, of_points, spent});
  }
  const Wide of_pieces = policy->redemption.per_beneficiary_month;
  if (of_pieces == 0 || IsForgotten(LastDay(MonthOf(day)), newest)) return found;
  std::set<NameId> persons;
  for (const RedemptionLine& line : fact.lines) {
    persons.insert(BeneficiaryOf(fact, line));
    pieces_[{scheme, BeneficiaryOf(fact, line), MonthOf(day)}] += line.quantity.wide();
  }
  for (const NameId person : persons) {
    const Wide had = pieces_[{scheme, person, MonthOf(day)}];
    if (had > of_pieces) found.push_back({person, of_pieces, had});
  }
  return found;
}

void SpendLimits::TakeBack(const RedemptionMade& fact, Date day) {
  TakeOut(points_, Cell<Date>{fact.fixed.scheme, fact.fixed.holder, day}, fact.fixed.points.wide());
  for (const RedemptionLine& line : fact.lines) {
    TakeOut(pieces_, Cell<Month>{fact.fixed.scheme, BeneficiaryOf(fact, line), MonthOf(day)},
            line.quantity.wide());
  }
}

void SpendLimits::Forget(Date newest) {
  if (MonthOf(newest) <= swept_) return;
  swept_ = MonthOf(newest);
  std::erase_if(points_,
                [newest](const auto& cell) { return IsForgotten(cell.first.when, newest); });
  std::erase_if(pieces_, [newest](const auto& cell) {
    return IsForgotten(LastDay(cell.first.when), newest);
  });
}

}  // namespace suanpan::audit
