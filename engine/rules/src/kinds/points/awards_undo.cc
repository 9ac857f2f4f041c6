// What reversals do to awards and deductions (events.md 4.5, 4.10).

#include <algorithm>

#include "src/kinds/catch_up/page.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/points/undo.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

/// Whether the version that a grant was made by counts the deed towards a limit of the month.
bool IsLimited(const BookState& state, const CopiedEvent& grant, NameId item) {
  const schema::PolicyProposed* policy = VersionOf(state, grant.event.common.rule);
  if (policy == nullptr || policy->type() != schema::PolicyType::kAwardItems) return false;
  const schema::AwardItem* listed =
      FindItem(policy->award_items.items, &schema::AwardItem::item, item);
  return listed != nullptr && listed->max_per_month != 0;
}

/// What an award and what followed from it put into the count of the month.
Wide CountedOf(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<schema::PointsAwarded>().fixed;
  Wide counted = 0;
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != schema::PointsGranted::kKind) continue;
    if (!IsLimited(state, copied, fact.item)) continue;
    const auto& grant = copied.event.As<schema::PointsGranted>().fixed;
    const bool later =
        static_cast<schema::GrantReason>(grant.reason) == schema::GrantReason::kCatchUp;
    counted += later ? grant.counted.wide() : Wide{fact.counted};
  }
  return counted;
}

}  // namespace

Verdict PointsAwardedRule::Cascade(DecideContext& context, const CopiedEvent& was, const Event&,
                                   std::vector<Address>& more, std::vector<Address>&) {
  AddCaughtUp(context, schema::PolicyType::kAwardItems, was.at, more);
  return std::nullopt;
}

Verdict PointsAwardedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  return TestRemembered(state, undoing);
}

Status PointsAwardedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>().fixed;
  const AwardKey key{fact.scheme, fact.holder, fact.item,
                     MonthOf(undoing.was.event.common.business_day)};
  const std::uint32_t* used = state.awards.Find(key);
  if (used == nullptr) return {};  // no bound then, or forgotten since
  const Wide counted = CountedOf(state, undoing);
  if (counted == 0) return {};
  if (*used <= counted) {
    state.awards.Erase(key);
  } else {
    state.awards.Set(key, *used - static_cast<std::uint32_t>(counted));
  }
  return {};
}

Verdict PointsAwardedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                      const Undoing& undoing, std::vector<Event>& derived) {
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != schema::PointsGranted::kKind) continue;
    AddCancelled(context, reversal, {copied.at, copied.event.As<schema::PointsGranted>(), 0},
                 derived);
  }
  return std::nullopt;
}

namespace {

/// What later points paid of a deduction's claim comes back as one lot, named by the deduction.
/// Whose points they were is not known any more, so they count as earned on the day that gives them
/// back.
std::vector<schema::TakenLot> PaidBack(const BookState& state, const Undoing& undoing,
                                       Wide quantity) {
  if (quantity <= 0) return {};
  const auto& fact = undoing.was.event.As<schema::PointsDeducted>().fixed;
  schema::TakenLot lot;
  lot.lot = undoing.was.at;
  lot.quantity = Points{static_cast<std::int64_t>(quantity)};
  lot.person = fact.person.value() == 0 ? fact.holder : fact.person;
  lot.earned = undoing.on;
  lot.usable_from = undoing.on;
  lot.expires = ExpiryOf(state, fact.scheme, undoing.on);
  return {lot};
}

/// How much of the claim is not owed any more. Known before the reversal posts; afterwards its lot
/// says it.
Wide PaidOff(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<schema::PointsDeducted>().fixed;
  return std::max<Wide>(0, fact.claim.wide() - ClaimOf(state, {fact.scheme, fact.holder}).wide());
}

}  // namespace

Status PointsDeductedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  SUANPAN_RETURN_IF_ERROR(RestoreLots(state, key, fact.lots, undoing.on));
  return RestoreLots(state, key, PaidBack(state, undoing, PaidOff(state, undoing)), undoing.on);
}

Verdict PointsDeductedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                       const Undoing& undoing, std::vector<Event>& derived) {
  const auto& fact = undoing.was.event.As<Fact>();
  const BookState& state = context.state;
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  AddRestored(context, reversal, key, fact.lots, schema::LotAgainst::kDeducted, derived);
  const bool undone = state.reversed.Find(undoing.was.at) != nullptr;
  Wide paid = undone ? 0 : PaidOff(state, undoing);
  for (const Lot& lot : PartsOfLot(state, key, undoing.was.at)) paid += lot.quantity.wide();
  AddRestored(context, reversal, key, PaidBack(state, undoing, paid), schema::LotAgainst::kDeducted,
              derived);
  return std::nullopt;
}

}  // namespace suanpan::rules
