#include "src/kinds/corrections/reversal.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {
namespace {

using schema::EntryReversed;
using schema::UndoneLine;

/// Sums postings per account.
class Summing final : public PostingSink {
 public:
  explicit Summing(Wide sign) : sign_(sign) {}
  void Turn() { sign_ = -sign_; }
  std::map<AccountKey, Wide> sums;

 private:
  void Add(const AccountKey& key, AnyUnits amount) override { sums[key] += sign_ * amount.wide(); }
  Wide sign_;
};

/// The most money that a fact posted to one account.
Fen MoneyIn(const Catalogue& catalogue, const BookState& state, const Event& fact) {
  Summing summing{1};
  PostingsOf(catalogue, state, fact, summing);
  Wide most = 0;
  for (const auto& [key, sum] : summing.sums) {
    if (UnitOf(key.account_class) == UnitOfAccount::kFen) most = std::max({most, sum, -sum});
  }
  return Fen{NarrowWide(most).value_or(INT64_MAX)};
}

Approving ApprovingOf(const Catalogue& catalogue, const BookState& state, const Event& reversal,
                      Address of, const Event& was) {
  const ApprovalTarget target{of, {}, schema::ApprovalAction::kReverse};
  const Rule& rule = catalogue.RuleOf(*was.kind);
  return Approving::Of(reversal, target, MoneyIn(catalogue, state, was))
      .At(rule.fund_of == nullptr ? NameId{} : rule.fund_of(state, was));
}

/// What the reversal itself posts: the fact's postings turned, but for those of lots that come back
/// in an event of their own. Those of its derived events are taken back by derived events.
std::optional<std::vector<UndoneLine>> LinesOf(const Catalogue& catalogue, const BookState& state,
                                               const Undoing& undoing,
                                               std::span<const Event> restored) {
  Summing summing{-1};
  PostingsOf(catalogue, state, undoing.was.event, summing);
  for (const CopiedEvent& more : undoing.cascade) {
    if (more.event.kind->origin == schema::Origin::kFact)
      PostingsOf(catalogue, state, more.event, summing);
  }
  for (const Event& event : restored) {
    if (IsRestore(event)) PostingsOf(catalogue, state, event, summing);
  }
  std::vector<UndoneLine> lines;
  for (const auto& [key, sum] : summing.sums) {
    const std::optional<std::int64_t> amount = NarrowWide(sum);
    if (!amount) return std::nullopt;
    if (*amount == 0) continue;
    UndoneLine line;
    line.account_class = static_cast<std::uint8_t>(key.account_class);
    line.pot = key.pot;
    line.owner = key.owner;
    line.detail = key.detail;
    line.amount = AnyUnits{*amount};
    lines.push_back(line);
  }
  return lines;
}

/// Events that follow a fact in its entry and were derived from it.
void AddDerived(DecideContext& context, Address fact, std::vector<CopiedEvent>& events) {
  for (unsigned line = fact.line() + 1U; line < 0xffffU; ++line) {
    const Address at{fact.seq(), static_cast<std::uint16_t>(line)};
    const Event* event = context.old_events.Find(at);
    if (event == nullptr || event->common.cause != fact.line() + 1U) return;
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
  if (const Address* by = context.state.reversed.Find(fact.fixed.of)) {
    return Refuse(RefusalCode::already_reversed, "of").With("by", schema::ToText(*by));
  }
  return TestApproval(context.state,
                      ApprovingOf(context.catalogue, context.state, event, fact.fixed.of, *was),
                      event.common.approval, "approval");
}

/// No account may end where the chart does not let it.
Verdict TestCover(const BookState& state, std::span<const UndoneLine> lines) {
  for (const UndoneLine& line : lines) {
    const AccountKey key = line.key();
    const Wide after = state.accounts.BalanceOn(key).wide() + line.amount.wide();
    const auto refuse = [&](RefusalCode code) {
      return Refuse(code, "of").With("account", PathOf(key, state.names));
    };
    switch (key.account_class) {
      case AccountClass::kBank:
        if (after < 0) return refuse(RefusalCode::fund_short);
        break;
      case AccountClass::kPayable:
        if (after > 0) return refuse(RefusalCode::has_dependants);
        break;
      case AccountClass::kAdvance:
      case AccountClass::kStock:
      case AccountClass::kAsset:
      case AccountClass::kPlacesFree:
      case AccountClass::kPlacesHeld:
        if (after < 0) return refuse(RefusalCode::has_dependants);
        break;
      default:
        break;
    }
  }
  return std::nullopt;
}

Undoing ToUndoing(std::span<const CopiedEvent> events, Date on) {
  const auto kept = static_cast<std::size_t>(std::ranges::count(events, true, &CopiedEvent::kept));
  return {events[0], events.subspan(1, events.size() - 1 - kept), events.last(kept), on};
}

/// The restored lots among what follows, as they are known before anything is undone.
Verdict Restored(DecideContext& context, const Rule& rule, const Event& reversal,
                 const Undoing& undoing, std::vector<Event>& restored) {
  if (rule.derive_undo == nullptr) return std::nullopt;
  if (Verdict refusal = rule.derive_undo(context, reversal, undoing, restored)) return refusal;
  std::erase_if(restored, [](const Event& event) { return !IsRestore(event); });
  return std::nullopt;
}

}  // namespace

bool IsRestore(const Event& event) {
  return event.kind->number == schema::PointsAdjusted::kKind &&
         static_cast<schema::AdjustReason>(event.As<schema::PointsAdjusted>().fixed.reason) ==
             schema::AdjustReason::kRestore;
}

Verdict EntryReversedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* was = nullptr;
  if (Verdict refusal = TestTarget(context, event, fact, was)) return refusal;
  const Rule& rule = context.catalogue.RuleOf(*was->kind);
  std::vector<CopiedEvent> events;
  if (Verdict refusal = Gather(context, event, rule, {fact.fixed.of, *was}, events)) return refusal;
  const Undoing undoing = ToUndoing(events, event.common.business_day);
  if (rule.test_undo != nullptr) {
    if (Verdict refusal = rule.test_undo(context.state, undoing)) return refusal;
  }
  fact.fixed.kind = was->kind->number;
  fact.fixed.actor = was->common.actor;
  fact.fixed.business_date = was->common.business_day;
  const std::string copy = EncodeCopy(events);
  if (copy.size() > schema::kCopyBytesMax) return Refuse(RefusalCode::entry_full, "of");
  fact.copy = context.arena.Copy(std::string_view{copy});
  const std::span<Address> cascade = context.arena.Make<Address>(undoing.cascade.size());
  for (std::size_t i = 0; i < cascade.size(); ++i) cascade[i] = undoing.cascade[i].at;
  fact.cascade = cascade;
  std::vector<Event> restored;
  if (Verdict refusal = Restored(context, rule, event, undoing, restored)) return refusal;
  const auto lines = LinesOf(context.catalogue, context.state, undoing, restored);
  if (!lines) return Refuse(RefusalCode::amount_overflow);
  if (Verdict refusal = TestCover(context.state, *lines)) return refusal;
  fact.undo = context.arena.Copy(std::span<const UndoneLine>{*lines});
  return std::nullopt;
}

Verdict EntryReversedRule::Derive(DecideContext& context, const Event& event,
                                  std::vector<Event>& derived) {
  const auto events = DecodeCopy(context.kinds, event, context.arena);
  if (!events) return std::nullopt;
  const Rule& rule = context.catalogue.RuleOf(*events->front().event.kind);
  const Undoing undoing = ToUndoing(*events, event.common.business_day);
  return rule.derive_undo == nullptr ? Verdict{}
                                     : rule.derive_undo(context, event, undoing, derived);
}

void EntryReversedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  for (const UndoneLine& line : fact.undo) sink.PostSum(line.key(), line.amount.wide());
}

Status EntryReversedRule::Apply(BookState& state, Address at, const Event&, const Fact& fact) {
  state.reversed.Set(fact.fixed.of, at);
  for (const Address address : fact.cascade) state.reversed.Set(address, at);
  return {};
}

Status UndoFact(const Catalogue& catalogue, BookState& state, const Event& reversal) {
  Arena arena;
  const auto& fact = reversal.As<EntryReversed>();
  const auto events = DecodeCopy(catalogue.kinds(), reversal, arena);
  if (!events) return Contradiction("a reversal whose copy is no copy");
  if (state.reversed.Find(fact.fixed.of) != nullptr)
    return Contradiction("what is reversed was reversed before");
  const Rule& rule = catalogue.RuleOf(*events->front().event.kind);
  if (rule.undo == nullptr || events->front().event.kind->origin != schema::Origin::kFact)
    return Contradiction("a reversal of what is never reversed");
  const Undoing undoing = ToUndoing(*events, reversal.common.business_day);
  if (rule.test_undo != nullptr && rule.test_undo(state, undoing))
    return Contradiction("a reversal of what others stand on");
  NoOldEvents none;
  DecideContext context{catalogue.kinds(), state, none, arena, {}, catalogue, state.names};
  std::vector<Event> restored;
  if (Restored(context, rule, reversal, undoing, restored)) return OverflowError();
  const auto lines = LinesOf(catalogue, state, undoing, restored);
  if (!lines) return OverflowError();
  const bool same = std::ranges::equal(*lines, fact.undo, [](const auto& a, const auto& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
  });
  if (!same) return Contradiction("a reversal posts something else than the fact turned");
  SUANPAN_RETURN_IF_ERROR(UseApproval(
      state, ApprovingOf(catalogue, state, reversal, fact.fixed.of, events->front().event),
      reversal.common.approval));
  return rule.undo(state, undoing);
}

}  // namespace suanpan::rules
