#include "src/named/known/known_book.h"

#include <algorithm>

#include "src/named/known/earning.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {

using schema::DayClosed;
using schema::EntryReversed;
using schema::GrantReason;
using schema::PointsAwarded;
using schema::PointsGranted;
using schema::PolicyProposed;
using schema::RuleApplied;

void KnownBook::Take(Address at, const schema::Event& event) {
  newest_day = std::max(newest_day, event.common.business_day);
  parties.Take(event);
  policies.Take(at, event);
  services.Take(at, event, kinds);
  Count(at, event);
  lots.Take(at, event, kinds, policies);
  totals.Take(event);
  moves.Take(at, event, names);
  if (event.kind->number == DayClosed::kKind) {
    const auto& fact = event.As<DayClosed>().fixed;
    closing_day = fact.date;
    if (!schema::Has(fact.flags, DayClosed::kMore)) closed_day = fact.date;
    counted.ComeTo(newest_day);
  } else if (event.kind->number == EntryReversed::kKind) {
    TakeBack(event.As<EntryReversed>());
  }
}

void KnownBook::Count(Address at, const schema::Event& event) {
  if (event.kind->number == PointsGranted::kKind) {
    const auto& grant = event.As<PointsGranted>().fixed;
    if (static_cast<GrantReason>(grant.reason) != GrantReason::kService) return;
    const Address cause{at.seq(), static_cast<std::uint16_t>(event.common.cause - 1U)};
    const KnownService* service = services.CreditedAt(cause);
    if (service != nullptr) CountService(*service, grant.scheme, grant.counted.wide());
  } else if (event.kind->number == PointsAwarded::kKind) {
    const auto& award = event.As<PointsAwarded>().fixed;
    const Date day = event.common.business_day;
    counted.SeeDeed(day);
    const std::optional<DeedTerms> deed = DeedOf(*this, award.scheme, award.item, day);
    if (deed && deed->max_per_month != 0)
      counted.AddDeed(award.scheme, award.holder, award.item, MonthOf(day), award.counted);
  } else if (event.kind->number == RuleApplied::kKind) {
    CountAgain(event.As<RuleApplied>());
  }
}

void KnownBook::CountService(const KnownService& service, NameId scheme, Wide units) {
  for (const EarningTerms& terms : EarningOf(*this, service)) {
    if (terms.scheme == scheme) counted.Add(service, scheme, terms.item->cap, units);
  }
}

void KnownBook::CountAgain(const RuleApplied& fact) {
  const PolicyProposed* policy = policies.Version(fact.rule, fact.version);
  if (policy == nullptr) return;
  for (const schema::CaughtRow& row : fact.rows) {
    if (policy->type() == schema::PolicyType::kEarning) {
      const schema::EarningItem* item =
          Policies::ItemOf(policy->earning.items, &schema::EarningItem::service_kind, row.of);
      const schema::EarningCap cap = item == nullptr ? schema::EarningCap{} : item->cap;
      counted.Add(ServiceOf(row), policy->earning.scheme, cap, AddedBy(row));
    } else if (policy->type() == schema::PolicyType::kAwardItems) {
      const schema::AwardItem* item =
          Policies::ItemOf(policy->award_items.items, &schema::AwardItem::item, row.of);
      if (item == nullptr || item->max_per_month == 0) continue;
      counted.AddDeed(policy->award_items.scheme, row.holder, row.of, MonthOf(row.date),
                      AddedBy(row));
    }
  }
}

void KnownBook::TakeBack(const EntryReversed& fact) {
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds, arena);
  if (!events) return;
  const schema::Event& was = events->front().event;
  parties.TakeBack(was);
  const std::optional<TakenBack> back = Services::Reversed(fact, kinds);
  if (!back) return;
  for (std::size_t i = 0; i < back->grants.size(); ++i) {
    const PolicyProposed* policy = policies.Version(back->rules[i].policy, back->rules[i].version);
    if (policy != nullptr) CountBack(was, *back, i, *policy);
  }
}

void KnownBook::CountBack(const schema::Event& was, const TakenBack& back, std::size_t i,
                          const PolicyProposed& policy) {
  const PointsGranted::Fixed& grant = back.grants[i];
  if (was.kind->number != PointsAwarded::kKind) {
    const schema::EarningItem* item = Policies::ItemOf(
        policy.earning.items, &schema::EarningItem::service_kind, back.service.service_kind);
    const schema::EarningCap cap = item == nullptr ? schema::EarningCap{} : item->cap;
    return counted.Add(back.service, grant.scheme, cap, -grant.counted.wide());
  }
  const auto& award = was.As<PointsAwarded>().fixed;
  const schema::AwardItem* item =
      Policies::ItemOf(policy.award_items.items, &schema::AwardItem::item, award.item);
  if (item == nullptr || item->max_per_month == 0) return;  // it was in no limit
  const bool later = static_cast<GrantReason>(grant.reason) == GrantReason::kCatchUp;
  counted.TakeBackDeed(award.scheme, award.holder, award.item, MonthOf(was.common.business_day),
                       later ? grant.counted.wide() : Wide{award.counted});
}

}  // namespace suanpan::audit
