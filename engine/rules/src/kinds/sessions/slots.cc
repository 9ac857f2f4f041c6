#include "src/kinds/lapsing.h"
#include "src/kinds/sessions/sessions.h"

namespace suanpan::rules {
namespace {

using schema::SlotMarked;
using schema::SlotScheduled;

/// The day of a slot in the book's zone.
std::optional<Date> DayOf(const BookState& state, const SlotScheduled& fact) {
  return DateAt(fact.fixed.from.seconds, state.calendar.get().utc_offset_minutes);
}

/// A slot is marked once, as long as it is there.
Verdict TestMark(const BookState& state, const SlotMarked& fact, Date on) {
  const Date* day = state.slots.Find(fact.fixed.slot);
  if (day != nullptr && !HasLapsed(*day, on)) return std::nullopt;
  return Refuse(RefusalCode::illegal_transition, "as")
      .With("reason", fmt::format("the slot was marked before, or lies {} days back", kOpenDays));
}

}  // namespace

Verdict SlotScheduledRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (MinutesBetween(fact.fixed.from, fact.fixed.to) < 0)
    return Refuse(RefusalCode::bad_field, "to").With("reason", "lies before from");
  return DayOf(context.state, fact) ? Verdict{} : Refuse(RefusalCode::bad_field, "from");
}

Status SlotScheduledRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  const std::optional<Date> day = DayOf(state, fact);
  if (!day || MinutesBetween(fact.fixed.from, fact.fixed.to) < 0)
    return Contradiction("a slot that ends before it begins");
  DropLapsed(state, Lapsing::kSlots, event.common.business_day);
  state.slots.Set(at, *day);
  return {};
}

Verdict SlotScheduledRule::TestUndo(const BookState& state, const Undoing& undoing) {
  if (state.slots.Find(undoing.was.at) != nullptr) return std::nullopt;
  return Refuse(RefusalCode::has_dependants, "of").With("reason", "what became of the slot");
}

Status SlotScheduledRule::Undo(BookState& state, const Undoing& undoing) {
  state.slots.Erase(undoing.was.at);
  return {};
}

Verdict SlotMarkedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal = MustName(context, fact.fixed.slot, SlotScheduled::kKind, "slot", named)) {
    return refusal;
  }
  return TestMark(context.state, fact, event.common.business_day);
}

Status SlotMarkedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  if (TestMark(state, fact, event.common.business_day))
    return Contradiction("a slot is marked that does not wait for it");
  state.slots.Erase(fact.fixed.slot);
  return {};
}

Verdict SlotMarkedRule::Cascade(DecideContext&, const CopiedEvent& was, const Event&,
                                std::vector<Address>&, std::vector<Address>& kept) {
  kept.push_back(was.event.As<Fact>().fixed.slot);
  return std::nullopt;
}

Verdict SlotMarkedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Address slot = undoing.was.event.As<Fact>().fixed.slot;
  const bool known = undoing.kept.size() == 1 && undoing.kept[0].at == slot &&
                     undoing.kept[0].event.kind->number == SlotScheduled::kKind &&
                     state.reversed.Find(slot) == nullptr && state.slots.Find(slot) == nullptr;
  return known ? std::nullopt : Verdict{Refuse(RefusalCode::has_dependants, "of")};
}

Status SlotMarkedRule::Undo(BookState& state, const Undoing& undoing) {
  const std::optional<Date> day = DayOf(state, undoing.kept[0].event.As<SlotScheduled>());
  if (!day) return Contradiction("the mark of a slot without a day");
  state.slots.Set(undoing.kept[0].at, *day);
  return {};
}

}  // namespace suanpan::rules
