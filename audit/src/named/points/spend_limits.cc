#include "src/named/points/spend_limits.h"

#include <algorithm>
#include <set>

namespace suanpan::audit {
namespace {

using schema::RedemptionLine;
using schema::RedemptionMade;

constexpr unsigned kDaysBack = 400;

/// In what month of redemptions nobody knows any more what was counted up to a day.
bool IsForgotten(Date last, Month month) {
  return month.value() != 0 && FirstDay(month).value() > last.value() + kDaysBack;
}

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
  const schema::PolicyProposed* policy =
      book.policies.InForce(schema::PolicyType::kRedemption, scheme, day);
  const Month before = swept_;
  Forget(MonthOf(day));
  if (policy == nullptr) return found;
  if (const Wide most = policy->redemption.per_day_points.wide(); most != 0) {
    Wide& spent = points_[{scheme, fact.fixed.holder, day}];
    spent += fact.fixed.points.wide();
    if (const bool forgotten = IsForgotten(day, before); forgotten || spent > most)
      found.push_back({{}, most, spent, forgotten});
  }
  const Wide most = policy->redemption.per_beneficiary_month;
  if (most == 0) return found;
  std::set<NameId> persons;
  for (const RedemptionLine& line : fact.lines) {
    persons.insert(BeneficiaryOf(fact, line));
    pieces_[{scheme, BeneficiaryOf(fact, line), MonthOf(day)}] += line.quantity.wide();
  }
  const bool forgotten = IsForgotten(LastDay(MonthOf(day)), before);
  for (const NameId person : persons) {
    const Wide had = pieces_[{scheme, person, MonthOf(day)}];
    if (forgotten || had > most) found.push_back({person, most, had, forgotten});
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

void SpendLimits::Forget(Month month) {
  if (month <= swept_) return;
  swept_ = month;
  std::erase_if(points_, [month](const auto& cell) { return IsForgotten(cell.first.when, month); });
  std::erase_if(pieces_,
                [month](const auto& cell) { return IsForgotten(LastDay(cell.first.when), month); });
}

}  // namespace suanpan::audit
