#include "src/kinds/corrections/reversal.h"

#include <algorithm>
#include <cstring>

#include "src/kinds/corrections/outcome.h"
#include "suanpan/rules/catalogue.h"

namespace suanpan::rules {
namespace {

using schema::EntryReversed;

Approving ApprovingOf(const Catalogue& catalogue, const BookState& state, const Event& reversal,
                      Address of, const Event& was) {
  const ApprovalTarget target{of, {}, schema::ApprovalAction::kReverse};
  const Rule& rule = catalogue.RuleOf(*was.kind);
  return Approving::Of(reversal, target, MoneyIn(catalogue, state, was))
      .At(rule.fund_of == nullptr ? NameId{} : rule.fund_of(state, was));
}

/// Events that follow a fact in its entry and were derived from it.
void AddDerived(DecideContext& context, Address fact, std::vector<CopiedEvent>& events) {
  for (unsigned line = fact.line() + 1U; line < 0xffffU; ++line) {
    const Address at{fact.seq(), static_cast<std::uint16_t>(line)};
    const Event* event = context.old_events.Find(at);
    if (event == nullptr || event->common.cause != fact.line() + 1U) return;
    // An accrual is not taken back: another one follows the reversal.
    if (event->kind->number == schema::DonationAccrued::kKind) continue;
    events.push_back({at, *event});
  }
}

/// The fact, what was derived from it, and what goes with it.
Verdict Gather(DecideContext& context, const Event& reversal, const Rule& rule,
               const CopiedEvent& was, std::vector<CopiedEvent>& events) {
  events.push_back(was);
  AddDerived(context, was.at, events);
  if (rule.cascade == nullptr) return std::nullopt;
  std::vector<Address> more;
  std::vector<Address> kept;
  if (Verdict refusal = rule.cascade(context, was, reversal, more, kept)) return refusal;
  for (const Address address : more) {
    events.push_back({address, *context.old_events.Find(address)});
    AddDerived(context, address, events);
  }
  for (const Address address : kept)
    events.push_back({address, *context.old_events.Find(address), true});
  return std::nullopt;
}

Verdict TestTarget(DecideContext& context, const Event& event, const EntryReversed& fact,
                   const Event*& was) {
  if (Verdict refusal = MustName(context, fact.fixed.of, 0, "of", was)) return refusal;
  const Rule& rule = context.catalogue.RuleOf(*was->kind);
  if (OriginOf(*was) != schema::Origin::kFact || rule.undo == nullptr) {
    return Refuse(RefusalCode::reversal_forbidden, "of").With("kind", std::string{was->kind->name});
  }
  if (const Reversed* reversed = context.state.reversed.Find(fact.fixed.of)) {
    return Refuse(RefusalCode::already_reversed, "of").With("by", schema::ToText(reversed->by));
  }
  return TestApproval(context.state,
                      ApprovingOf(context.catalogue, context.state, event, fact.fixed.of, *was),
                      event.common.approval, "approval");
}

Undoing ToUndoing(std::span<const CopiedEvent> events, Date on) {
  const auto kept = static_cast<std::size_t>(std::ranges::count(events, true, &CopiedEvent::kept));
  return {events[0], events.subspan(1, events.size() - 1 - kept), events.last(kept), on};
}

/// What a stored reversal must say of what it comes to.
bool Tells(const BookState& state, const EntryReversed& fact, const Outcome& outcome) {
  const NameId agreement = outcome.base ? state.agreements[outcome.base->agreement].name : NameId{};
  const Month month = outcome.base ? outcome.base->month : Month{};
  const bool same = std::ranges::equal(outcome.undo, fact.undo, [](const auto& a, const auto& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
  });
  return same && fact.fixed.agreement == agreement && fact.fixed.entry == outcome.entry &&
         fact.fixed.month == month;
}

}  // namespace

Verdict EntryReversedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* was = nullptr;
  if (Verdict refusal = TestTarget(context, event, fact, was)) return refusal;
  const Rule& rule = context.catalogue.RuleOf(*was->kind);
  std::vector<CopiedEvent> events;
  if (Verdict refusal = Gather(context, event, rule, {fact.fixed.of, *was}, events)) return refusal;
  const Undoing undoing = ToUndoing(events, event.common.business_day);
  Outcome outcome;
  if (Verdict refusal = WorkOut(context, rule, event, undoing, outcome)) return refusal;
  const std::string copy = EncodeCopy(events);
  if (copy.size() > schema::kCopyBytesMax) return Refuse(RefusalCode::entry_full, "of");
  fact.copy = context.arena.Copy(std::string_view{copy});
  fact.fixed.kind = was->kind->number;
  fact.fixed.actor = was->common.actor;
  fact.fixed.business_date = was->common.business_day;
  const std::span<Address> cascade = context.arena.Make<Address>(undoing.cascade.size());
  for (std::size_t i = 0; i < cascade.size(); ++i) cascade[i] = undoing.cascade[i].at;
  fact.cascade = cascade;
  fact.undo = context.arena.Copy(std::span<const schema::UndoneLine>{outcome.undo});
  if (outcome.base) {
    fact.fixed.agreement = context.state.agreements[outcome.base->agreement].name;
    fact.fixed.entry = outcome.entry;
    fact.fixed.month = outcome.base->month;
  }
  return std::nullopt;
}

std::optional<BaseMove> EntryReversedRule::MovesBase(const BookState&, const Event& event) {
  const auto& fact = event.As<Fact>().fixed;
  if (fact.agreement.value() == 0) return std::nullopt;
  return BaseMove{fact.agreement, fact.entry, fact.month, schema::AccrualReason::kReversal};
}

Verdict EntryReversedRule::Derive(DecideContext& context, const Event& event,
                                  std::vector<Event>& derived) {
  if (const std::optional<BaseMove> move = MovesBase(context.state, event)) {
    if (Verdict refusal = MakeAccrual(context, event, *move, derived)) return refusal;
  }
  const auto events = DecodeCopy(context.kinds, context.names, event, context.arena);
  if (!events) return std::nullopt;
  const Rule& rule = context.catalogue.RuleOf(*events->front().event.kind);
  const Undoing undoing = ToUndoing(*events, event.common.business_day);
  return rule.derive_undo == nullptr ? Verdict{}
                                     : rule.derive_undo(context, event, undoing, derived);
}

void EntryReversedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  for (const schema::UndoneLine& line : fact.undo) sink.PostSum(line.key(), line.amount.wide());
}

Status UndoFact(const Catalogue& catalogue, BookState& state, Address at, const Event& reversal) {
  Arena arena;
  const auto& fact = reversal.As<EntryReversed>();
  const auto events = DecodeCopy(catalogue.kinds(), state.names, reversal, arena);
  if (!events) return Contradiction("a reversal whose copy is no copy");
  const Rule& rule = catalogue.RuleOf(*events->front().event.kind);
  if (rule.undo == nullptr || events->front().event.kind->origin != schema::Origin::kFact)
    return Contradiction("a reversal of what is never reversed");
  const Undoing undoing = ToUndoing(*events, reversal.common.business_day);
  NoOldEvents none;
  DecideContext context{catalogue.kinds(), state, none, arena, at, catalogue, state.names};
  Outcome outcome;
  if (const Verdict refusal = WorkOut(context, rule, reversal, undoing, outcome)) {
    if (refusal->code == RefusalCode::amount_overflow) return OverflowError();
    return Contradiction("a reversal of what cannot be taken back: {}", ToText(refusal->code));
  }
  if (!Tells(state, fact, outcome))
    return Contradiction("a reversal posts something else than the fact turned");
  if (outcome.base) {
    for (const MonthChange& change : outcome.base->changes) {
      if (!AddToMonth(state, outcome.base->agreement, change)) return OverflowError();
    }
  }
  for (const CopiedEvent& copied : *events) {
    if (copied.kept) continue;
    if (state.reversed.Find(copied.at) != nullptr)
      return Contradiction("what goes with a reversal was reversed before");
    state.reversed.Set(copied.at, {at, copied.event.kind->number, {}});
  }
  SUANPAN_RETURN_IF_ERROR(UseApproval(
      state, ApprovingOf(catalogue, state, reversal, fact.fixed.of, events->front().event),
      reversal.common.approval));
  return rule.undo(state, undoing);
}

}  // namespace suanpan::rules
