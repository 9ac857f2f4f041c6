// What reversals do to awards and deductions (events.md 4.5, 4.10).

#include "src/kinds/catch_up/page.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/points/undo.h"

namespace suanpan::rules {

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
  Wide counted = fact.counted;
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != schema::PointsGranted::kKind) continue;
    const auto& grant = copied.event.As<schema::PointsGranted>().fixed;
    if (static_cast<schema::GrantReason>(grant.reason) == schema::GrantReason::kCatchUp)
      counted += grant.counted.wide();
  }
  if (*used < counted) return Contradiction("a deed is taken back that did not count");
  if (*used == counted) {
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

Status PointsDeductedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  return RestoreLots(state, {fact.fixed.scheme, fact.fixed.holder}, fact.lots, undoing.on);
}

Verdict PointsDeductedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                       const Undoing& undoing, std::vector<Event>& derived) {
  const auto& fact = undoing.was.event.As<Fact>();
  AddRestored(context, reversal, {fact.fixed.scheme, fact.fixed.holder}, fact.lots,
              schema::LotAgainst::kDeducted, derived);
  return std::nullopt;
}

}  // namespace suanpan::rules
