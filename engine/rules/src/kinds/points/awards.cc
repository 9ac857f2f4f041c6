#include "src/kinds/points/awards.h"

#include <algorithm>

#include "src/kinds/lapsing.h"
#include "src/kinds/points/grants.h"
#include "src/kinds/points/lots.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"

namespace suanpan::rules {
namespace {

using schema::AwardItem;
using schema::PointsAwarded;
using schema::PointsDeducted;
using schema::PolicyProposed;
using schema::PolicyType;
using schema::TakenLot;

bool IsOpening(const BookState& state, const PointsAwarded& fact) {
  return state.names.TextOf(fact.fixed.item) == kOpeningItem;
}

/// A listed deed and the policy that lists it.
struct Listed {
  const PolicyProposed* policy = nullptr;
  const AwardItem* item = nullptr;
};
Listed FindListed(const BookState& state, NameId scheme, NameId item, Date date) {
  Listed listed;
  listed.policy = InForce(state, PolicyType::kAwardItems, scheme, date);
  if (listed.policy != nullptr)
    listed.item = FindItem(listed.policy->award_items.items, &AwardItem::item, item);
  return listed;
}

Refusal PolicyMissing(const BookState& state, NameId scheme, NameId item, bool there) {
  const char* field = there ? "item" : "scheme";
  return Refuse(RefusalCode::policy_missing, field)
      .With(field, std::string{state.names.TextOf(there ? item : scheme)})
      .With("policy_type", "award_items");
}

Verdict TestPerson(const BookState& state, const PointsAwarded& fact, Date date) {
  const NameId person = fact.fixed.person;
  if (person.value() == 0 || BelongsTo(state, person, fact.fixed.holder, date)) return std::nullopt;
  return Refuse(RefusalCode::not_member, "person")
      .With("person", std::string{state.names.TextOf(person)});
}

/// Points of one time, and how often it counts of what is stated.
struct Award {
  const PolicyProposed* policy = nullptr;
  Points each;
  std::int64_t times = 0;
  bool capped = false;
};
std::optional<Award> AwardOf(const BookState& state, const PointsAwarded& fact, Date date) {
  const Listed listed = FindListed(state, fact.fixed.scheme, fact.fixed.item, date);
  if (listed.policy == nullptr) return std::nullopt;
  if (IsOpening(state, fact)) {
    const Points base = listed.policy->award_items.base_points;
    if (base.value() == 0) return std::nullopt;
    return Award{listed.policy, base, fact.fixed.times, false};
  }
  if (listed.item == nullptr || listed.item->points.value() < 0) return std::nullopt;
  Award award{listed.policy, listed.item->points, fact.fixed.times,
              listed.item->max_per_month != 0};
  if (award.capped) {
    const std::uint32_t* used =
        state.awards.Find({fact.fixed.scheme, fact.fixed.holder, fact.fixed.item, MonthOf(date)});
    const std::int64_t left =
        listed.item->max_per_month - (used == nullptr ? 0 : std::int64_t{*used});
    const bool forgotten = IsForgotten(state, Lapsing::kAwards, LastDay(MonthOf(date)));
    award.times = forgotten ? 0 : std::clamp<std::int64_t>(left, 0, award.times);
  }
  return award;
}

/// What a deduction comes to: lots first, then a claim as far as the policy's floor lets it, given
/// what the holder owed before.
struct Deduction {
  std::vector<TakenLot> lots;
  Points points;
  Points claim;
};
std::optional<Deduction> DeductionOf(const BookState& state, const PointsDeducted& fact,
                                     const AwardItem& item, Date date, Wide owed) {
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const Wide wanted = -item.points.wide() * fact.fixed.times;
  Deduction deduction;
  deduction.lots = ChooseLots(state, key, wanted, date, LotUse::kTake);
  if (deduction.lots.size() > schema::kLotsMax) deduction.lots.resize(schema::kLotsMax);
  const Wide taken = SumOfLots(deduction.lots);
  const PolicyProposed* earning = InForce(state, PolicyType::kEarning, key.scheme, date);
  const Wide floor = earning == nullptr ? 0 : earning->earning.negative_floor.wide();
  const Wide room = std::max<Wide>(0, floor - owed);
  const Wide claim = std::min(room, wanted - taken);
  if (!NarrowWide(taken + claim)) return std::nullopt;
  deduction.claim = Points{static_cast<std::int64_t>(claim)};
  deduction.points = Points{static_cast<std::int64_t>(taken + claim)};
  return deduction;
}

}  // namespace

Verdict TestOpen(const BookState& state, NameId holder, Date date, std::string_view field) {
  if (!IsClosed(state, holder, date)) return std::nullopt;
  return Refuse(RefusalCode::already_closed, field)
      .With("on", ToText(state.closed.Find(holder)->on));
}

Verdict MustHold(const BookState& state, NameId holder, Date date, std::string_view field) {
  const std::optional<schema::PartyType> type = PartyTypeOf(state, holder);
  if (type != schema::PartyType::kHousehold && type != schema::PartyType::kMember) {
    return Refuse(RefusalCode::unknown_ref, field)
        .With("ref", std::string{state.names.TextOf(holder)});
  }
  return TestOpen(state, holder, date, field);
}

bool BelongsTo(const BookState& state, NameId person, NameId holder, Date date) {
  return person == holder || MembershipOf(state, person, holder, date).has_value();
}

Verdict PointsAwardedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const Date date = event.common.business_day;
  const bool opening = IsOpening(state, fact);
  if (opening && fact.fixed.times != 1) return Refuse(RefusalCode::bad_field, "times");
  if (Verdict refusal = MustHold(state, fact.fixed.holder, date, "holder")) return refusal;
  if (!AwardOf(state, fact, date)) {
    const Listed listed = FindListed(state, fact.fixed.scheme, fact.fixed.item, date);
    return PolicyMissing(state, fact.fixed.scheme, fact.fixed.item, listed.policy != nullptr);
  }
  if (Verdict refusal = TestPerson(state, fact, date)) return refusal;
  fact.fixed.counted = static_cast<std::uint16_t>(AwardOf(state, fact, date)->times);
  if (!opening) return std::nullopt;
  if (event.common.approval.none()) return Refuse(RefusalCode::opening_needs_approval, "approval");
  return TestApproval(state, Approving::Of(event, OpeningOf(fact.fixed.holder)),
                      event.common.approval, "approval");
}

Verdict PointsAwardedRule::Derive(DecideContext& context, const Event& event,
                                  std::vector<Event>& derived) {
  const auto& fact = event.As<Fact>();
  const Date date = event.common.business_day;
  const std::optional<Award> award = AwardOf(context.state, fact, date);
  if (!award) return std::nullopt;
  const std::optional<std::int64_t> points = NarrowWide(award->each.wide() * fact.fixed.counted);
  if (!points) return Refuse(RefusalCode::amount_overflow);
  Grant grant;
  grant.holder = {fact.fixed.scheme, fact.fixed.holder};
  grant.person = fact.fixed.person.value() == 0 ? fact.fixed.holder : fact.fixed.person;
  grant.points = Points{*points};
  grant.counted = Quantity{fact.fixed.counted};
  grant.earned = date;
  grant.usable_from = date;
  grant.reason = schema::GrantReason::kItem;
  grant.rule = {award->policy->policy, award->policy->version};
  AddGrant(context, event, grant, derived);
  return std::nullopt;
}

Status PointsAwardedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  const Date date = event.common.business_day;
  if (MustHold(state, fact.fixed.holder, date, "holder") || TestPerson(state, fact, date))
    return Contradiction("points for who holds none");
  const std::optional<Award> award = AwardOf(state, fact, date);
  if (!award) return Contradiction("points for a deed that no policy lists");
  if (award->times != fact.fixed.counted)
    return Contradiction("a deed counts more or less often than its policy lets it");
  DropLapsed(state, Lapsing::kAwards, date);
  if (award->capped && fact.fixed.counted != 0) {
    const AwardKey key{fact.fixed.scheme, fact.fixed.holder, fact.fixed.item, MonthOf(date)};
    const std::uint32_t* used = state.awards.Find(key);
    state.awards.Set(key, (used == nullptr ? 0 : *used) + fact.fixed.counted);
  }
  if (!IsOpening(state, fact)) return {};
  return UseApproval(state, Approving::Of(event, OpeningOf(fact.fixed.holder)),
                     event.common.approval);
}

Verdict PointsDeductedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const Date date = event.common.business_day;
  if (Verdict refusal = MustHold(state, fact.fixed.holder, date, "holder")) return refusal;
  const Listed listed = FindListed(state, fact.fixed.scheme, fact.fixed.item, date);
  if (listed.item == nullptr || listed.item->points.value() > 0)
    return PolicyMissing(state, fact.fixed.scheme, fact.fixed.item, listed.policy != nullptr);
  if (event.common.evidence.empty()) return Refuse(RefusalCode::evidence_missing, "evidence");
  const Wide owed = ClaimOf(state, {fact.fixed.scheme, fact.fixed.holder}).wide();
  const std::optional<Deduction> deduction = DeductionOf(state, fact, *listed.item, date, owed);
  if (!deduction) return Refuse(RefusalCode::amount_overflow);
  fact.fixed.points = deduction->points;
  fact.fixed.claim = deduction->claim;
  fact.lots = context.arena.Copy(std::span<const TakenLot>{deduction->lots});
  return std::nullopt;
}

void PointsDeductedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId scheme = fact.fixed.scheme;
  sink.Post(PointsAccount(AccountClass::kPointsDeducted, scheme), fact.fixed.points);
  sink.PostSum(HolderAccount(scheme, fact.fixed.holder),
               fact.fixed.claim.wide() - fact.fixed.points.wide());
  sink.PostSum(ClaimAccount(scheme, fact.fixed.holder), -fact.fixed.claim.wide());
}

Status PointsDeductedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  const Date date = event.common.business_day;
  if (MustHold(state, fact.fixed.holder, date, "holder"))
    return Contradiction("points are taken from who holds none");
  const Listed listed = FindListed(state, fact.fixed.scheme, fact.fixed.item, date);
  if (listed.item == nullptr || listed.item->points.value() > 0 || event.common.evidence.empty())
    return Contradiction("points are taken for a deed that no policy lists, or without evidence");
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  // Its postings are in the state already, so the claim is among what the holder owes.
  const Wide owed = ClaimOf(state, key).wide() - fact.fixed.claim.wide();
  const std::optional<Deduction> deduction = DeductionOf(state, fact, *listed.item, date, owed);
  if (!deduction || deduction->points != fact.fixed.points ||
      deduction->claim != fact.fixed.claim || !SameLots(deduction->lots, fact.lots)) {
    return Contradiction("a deduction takes other lots than the rule");
  }
  return TakeLots(state, key, fact.lots);
}

}  // namespace suanpan::rules
