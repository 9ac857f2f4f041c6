#include "src/named/known/earning.h"

#include <algorithm>

namespace suanpan::audit {

using schema::EarningBasis;
using schema::PartyType;
using schema::PolicyProposed;
using schema::PolicyType;

namespace {

constexpr std::string_view kOpeningItem = "opening";

Wide UnitsOf(const KnownService& service, std::uint8_t basis) {
  switch (static_cast<EarningBasis>(basis)) {
    case EarningBasis::kMinutes:
      return service.minutes;
    case EarningBasis::kSession:
      return 1;
    case EarningBasis::kBeneficiary:
      return service.beneficiaries;
    case EarningBasis::kQuantity:
      return service.quantity;
  }
  return 0;
}

bool IsFor(const PolicyProposed& policy, std::optional<PartyType> holder) {
  const bool household =
      static_cast<schema::HolderKind>(policy.earning.holder) == schema::HolderKind::kHousehold;
  return holder == (household ? PartyType::kHousehold : PartyType::kMember);
}

}  // namespace

std::vector<EarningTerms> EarningOf(const KnownBook& book, const KnownService& service) {
  std::vector<EarningTerms> terms;
  const std::optional<PartyType> holder = book.parties.TypeOf(service.holder);
  for (const NameId scheme : book.policies.SchemesOf(PolicyType::kEarning)) {
    const PolicyProposed* policy = book.policies.InForce(PolicyType::kEarning, scheme, service.day);
    if (policy == nullptr || !IsFor(*policy, holder)) continue;
    const schema::EarningItem* item = Policies::ItemOf(
        policy->earning.items, &schema::EarningItem::service_kind, service.service_kind);
    if (item != nullptr) terms.push_back({scheme, policy, item});
  }
  return terms;
}

Wide PointsFor(const schema::EarningItem& item, Wide units) {
  return item.rate.m == 0 ? 0 : FloorMulDiv(item.rate.n, units, item.rate.m);
}

Earned EarnedBy(const KnownBook& book, const KnownService& service, const EarningTerms& terms,
                Date counted_on) {
  const schema::EarningBody& policy = terms.policy->earning;
  const unsigned limit =
      policy.late_limit_days == 0 ? schema::kLateLimitDays : policy.late_limit_days;
  const bool late = counted_on.value() > service.day.value() + limit;
  const bool poor = service.quality != 0 && service.quality < terms.item->min_quality;
  Earned earned;
  earned.counted = late || poor ? 0 : UnitsOf(service, terms.item->basis);
  for (const CapSpan span : {CapSpan::kActivity, CapSpan::kDay, CapSpan::kMonth, CapSpan::kTotal}) {
    const Wide bound = BoundOf(terms.item->cap, span);
    if (bound == 0) continue;
    const Wide room = bound - book.counted.Of(service, terms.scheme, span);
    earned.counted = std::min(earned.counted, std::max<Wide>(room, 0));
  }
  const bool cumulative = static_cast<schema::EarningRounding>(terms.item->rounding) ==
                          schema::EarningRounding::kCumulative;
  const Wide before =
      cumulative ? book.counted.Total(CountedUnits::KeyOf(service, terms.scheme)) : 0;
  earned.points = PointsFor(*terms.item, before + earned.counted) - PointsFor(*terms.item, before);
  return earned;
}

KnownService ServiceOf(const schema::CaughtRow& row) {
  KnownService service;
  service.person = row.person;
  service.holder = row.holder;
  service.service_kind = row.of;
  service.day = row.date;
  service.session = row.session;
  return service;
}

bool IsOpeningItem(const KnownBook& book, NameId item) {
  return book.names.TextOf(item) == kOpeningItem;
}

std::optional<DeedTerms> DeedOf(const KnownBook& book, NameId scheme, NameId item, Date day) {
  const PolicyProposed* policy = book.policies.InForce(PolicyType::kAwardItems, scheme, day);
  if (policy == nullptr) return std::nullopt;
  if (IsOpeningItem(book, item))
    return DeedTerms{policy, policy->award_items.base_points.wide(), 0};
  const schema::AwardItem* listed =
      Policies::ItemOf(policy->award_items.items, &schema::AwardItem::item, item);
  if (listed == nullptr) return std::nullopt;
  return DeedTerms{policy, listed->points.wide(), listed->max_per_month};
}

std::uint8_t StepsNeeded(const KnownBook& book, const KnownService& service) {
  std::uint8_t needed = 0;
  for (const EarningTerms& terms : EarningOf(book, service))
    needed |= terms.policy->earning.attest_steps;
  return needed;
}

}  // namespace suanpan::audit
