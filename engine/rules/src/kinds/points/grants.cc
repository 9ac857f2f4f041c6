#include "src/kinds/points/grants.h"

#include <algorithm>

#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"

namespace suanpan::rules {
namespace {

using schema::EarningBasis;
using schema::HolderKind;
using schema::PolicyProposed;
using schema::PolicyType;

std::optional<HolderKind> HolderKindOf(const BookState& state, NameId holder) {
  const std::optional<schema::PartyType> type = PartyTypeOf(state, holder);
  if (type == schema::PartyType::kHousehold) return HolderKind::kHousehold;
  if (type == schema::PartyType::kMember) return HolderKind::kMember;
  return std::nullopt;
}

Wide UnitsOf(const PendingService& service, EarningBasis basis) {
  switch (basis) {
    case EarningBasis::kMinutes:
      return service.minutes.wide();
    case EarningBasis::kSession:
      return 1;
    case EarningBasis::kBeneficiary:
      return service.beneficiaries.wide();
    case EarningBasis::kQuantity:
      return service.quantity.wide();
  }
  return 0;
}

CarryKey CarryOf(const PendingService& service, const EarningRule& rule) {
  return {service.person, rule.policy->earning.scheme, service.service_kind};
}

/// Whether quality or delay keep a service from counting; its minutes stay.
bool CountsNothing(const Crediting& crediting, const EarningRule& rule) {
  const std::uint16_t limit = rule.policy->earning.late_limit_days;
  const unsigned days = limit == 0 ? schema::kLateLimitDays : limit;
  const bool late = crediting.counted_on.value() > crediting.of.date.value() + days;
  const bool poor = crediting.of.quality != 0 && crediting.of.quality < rule.item->min_quality;
  return late || poor;
}

}  // namespace

std::array<CapSpan, 3> SpansOf(Date date, Address session, const schema::EarningCap& cap) {
  return {CapSpan{cap.activity, SpanKind::kActivity, session.packed()},
          CapSpan{cap.day, SpanKind::kDay, date.value()},
          CapSpan{cap.month, SpanKind::kMonth, MonthOf(date).value()}};
}

Wide UnitsOf(const Crediting& crediting, const EarningRule& rule) {
  if (CountsNothing(crediting, rule)) return 0;
  return UnitsOf(crediting.of, static_cast<EarningBasis>(rule.item->basis));
}

std::optional<Points> PointsOf(const schema::EarningItem& item, Quantity before, Wide units) {
  const auto floor = [&item](Wide c) { return FloorMulDiv(item.rate.n, c, item.rate.m); };
  const bool cumulative =
      static_cast<schema::EarningRounding>(item.rounding) == schema::EarningRounding::kCumulative;
  const Wide points =
      cumulative ? floor(before.wide() + units) - floor(before.wide()) : floor(units);
  if (!NarrowWide(points) || !NarrowWide(before.wide() + units)) return std::nullopt;
  return Points{static_cast<std::int64_t>(points)};
}

bool EarnsIn(const BookState& state, NameId holder, const schema::EarningBody& policy) {
  return HolderKindOf(state, holder) == static_cast<HolderKind>(policy.holder);
}

std::vector<EarningRule> EarningRulesOf(const BookState& state, const PendingService& service) {
  std::vector<EarningRule> rules;
  const std::optional<HolderKind> kind = HolderKindOf(state, service.holder);
  if (!kind) return rules;
  for (const NameId scheme : state.schemes) {
    const PolicyProposed* policy = InForce(state, PolicyType::kEarning, scheme, service.date);
    if (policy == nullptr || static_cast<HolderKind>(policy->earning.holder) != *kind) continue;
    const schema::EarningItem* item =
        FindItem(policy->earning.items, &schema::EarningItem::service_kind, service.service_kind);
    if (item != nullptr) rules.push_back({policy, item});
  }
  std::ranges::sort(rules, {}, [&](const EarningRule& rule) {
    return state.names.TextOf(rule.policy->earning.scheme);
  });
  return rules;
}

std::optional<Count> CountService(const BookState& state, const Crediting& crediting,
                                  const EarningRule& rule) {
  const schema::EarningItem& item = *rule.item;
  const CarryKey carry = CarryOf(crediting.of, rule);
  const Quantity* counted = state.carry.Find(carry);
  Count count;
  if (counted != nullptr) count.before = *counted;
  Wide units = UnitsOf(crediting, rule);
  for (const CapSpan& span : SpansOf(crediting.of.date, crediting.of.session, item.cap)) {
    if (span.cap.value() == 0) continue;
    const UsedUnits* used =
        span.Adds() ? state.used_units.Find({carry, span.span, span.which}) : nullptr;
    units = std::min(units, span.cap.wide() - (used == nullptr ? 0 : used->units.wide()));
  }
  if (item.cap.total.value() != 0)
    units = std::min(units, item.cap.total.wide() - count.before.wide());
  units = std::max<Wide>(units, 0);
  const std::optional<Points> points = PointsOf(item, count.before, units);
  if (!points) return std::nullopt;
  count.units = Quantity{static_cast<std::int64_t>(units)};
  count.points = *points;
  return count;
}

bool AddCount(BookState& state, const Crediting& crediting, const EarningRule& rule,
              Quantity units) {
  const CarryKey carry = CarryOf(crediting.of, rule);
  const Quantity* before = state.carry.Find(carry);
  const std::optional<Quantity> total = CheckedAdd(before == nullptr ? Quantity{} : *before, units);
  if (!total) return false;
  state.carry.Set(carry, *total);
  for (const CapSpan& span : SpansOf(crediting.of.date, crediting.of.session, rule.item->cap)) {
    if (!span.Adds()) continue;
    const UsedKey key{carry, span.span, span.which};
    const UsedUnits* used = state.used_units.Find(key);
    // A cell that was forgotten since, or was never counted in, has nothing to give back.
    if (used == nullptr && units.value() < 0) continue;
    UsedUnits changed = used == nullptr ? UsedUnits{} : *used;
    std::optional<Quantity> sum = CheckedAdd(changed.units, units);
    if (!sum) return false;
    if (sum->value() < 0) sum = Quantity{};
    state.used_units.Set(key, {*sum, std::max(changed.last, crediting.of.date)});
  }
  return true;
}

Event DerivedEvent(const DecideContext& context, const Event& fact, std::uint16_t kind,
                   const void* payload) {
  Event event;
  event.kind = context.kinds.ByNumber(kind);
  event.payload = payload;
  event.common.occurred = fact.common.occurred;
  event.common.business_day = fact.common.business_day;
  event.common.period = fact.common.period;
  event.common.cause = static_cast<std::uint16_t>(context.at.line() + 1);
  return event;
}

void AddGrant(DecideContext& context, const Event& fact, const Grant& grant,
              std::vector<Event>& derived) {
  AddGrantOwing(context, fact, grant, ClaimOf(context.state, grant.holder), derived);
}

void AddGrantOwing(DecideContext& context, const Event& fact, const Grant& grant, Points owed,
                   std::vector<Event>& derived) {
  auto* granted = context.arena.One<schema::PointsGranted>();
  auto& fixed = granted->fixed;
  fixed.scheme = grant.holder.scheme;
  fixed.holder = grant.holder.holder;
  fixed.person = grant.person;
  fixed.reason = static_cast<std::uint8_t>(grant.reason);
  fixed.points = grant.points;
  fixed.counted = grant.counted;
  fixed.carry_total = grant.carry_total;
  fixed.offset = std::clamp(owed, Points{}, grant.points);
  fixed.earned = grant.earned;
  fixed.usable_from = grant.usable_from;
  fixed.expires = ExpiryOf(context.state, grant.holder.scheme, grant.earned);
  AddGranted(context, fact, *granted, grant.rule, derived);
}

void AddGranted(DecideContext& context, const Event& fact, const schema::PointsGranted& granted,
                schema::RuleRef rule, std::vector<Event>& derived) {
  const auto& fixed = granted.fixed;
  Event event = DerivedEvent(context, fact, schema::PointsGranted::kKind, &granted);
  event.common.rule = rule;
  const std::size_t line = context.at.line() + 1U + derived.size();
  derived.push_back(event);
  const Points live{fixed.points.value() - fixed.offset.value()};
  const bool over =
      fixed.expires.value() != 0 && fixed.expires < context.state.calendar.get().closed;
  if (live.value() == 0 || !over) return;
  auto* expired = context.arena.One<schema::PointsExpired>();
  expired->fixed.scheme = fixed.scheme;
  expired->fixed.holder = fixed.holder;
  expired->fixed.on = fixed.expires;
  const std::span<schema::ExpiredLot> lots = context.arena.Make<schema::ExpiredLot>(1);
  lots[0] = {Address{context.at.seq(), static_cast<std::uint16_t>(line)}, live};
  expired->lots = lots;
  derived.push_back(DerivedEvent(context, fact, schema::PointsExpired::kKind, expired));
}

}  // namespace suanpan::rules
