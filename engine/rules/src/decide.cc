#include "suanpan/rules/decide.h"

#include <fmt/format.h>

#include "src/kinds/authority/control.h"
#include "src/kinds/common.h"
#include "src/kinds/erasures/erased.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/needed_approval.h"

namespace suanpan::rules {

using schema::Event;
using schema::Refusal;
using schema::RefusalCode;
using schema::Refuse;

namespace {
constexpr std::int64_t kFutureMaxUs = 300LL * 1'000'000;
}  // namespace

/// Old events, and those of the command itself.
class Decider::Events final : public OldEvents {
 public:
  Events(OldEvents& old_events, const std::vector<Event>& own, Seq seq, Arena& arena)
      : old_events_(old_events), own_(own), seq_(seq), arena_(arena) {}

  [[nodiscard]] const Event* Find(Address address) override {
    if (address.seq() != seq_) return address.seq() < seq_ ? old_events_.Find(address) : nullptr;
    if (!Exists(address)) return nullptr;
    Event* copy = arena_.One<Event>();  // own events move as they grow in number
    *copy = own_[address.line()];
    return copy;
  }
  [[nodiscard]] bool Exists(Address address) override {
    if (address.seq() == seq_) return address.line() < own_.size();
    return address.seq() < seq_ && old_events_.Exists(address);
  }
  [[nodiscard]] std::unique_ptr<OldEvents> Fork() override {
    std::unique_ptr<OldEvents> forked = old_events_.Fork();
    auto events = std::make_unique<Events>(*forked, own_, seq_, arena_);
    events->forked_ = std::move(forked);
    return events;
  }

 private:
  OldEvents& old_events_;
  std::unique_ptr<OldEvents> forked_;  ///< of a fork: what old_events_ is
  const std::vector<Event>& own_;
  Seq seq_;
  Arena& arena_;
};

/// Local names to ids of the book, "#n" to addresses.
class Decider::Resolver final : public schema::FieldMap {
 public:
  Resolver(BookState& state, const schema::Command& command,
           const std::vector<std::uint16_t>& fact_lines, std::vector<NameId>& ids)
      : state_(state),
        command_(command),
        fact_lines_(fact_lines),
        seq_(Next(state.head.get())),
        ids_(ids) {
    ids_.assign(command.names.size(), NameId{});
  }

  NameId MapName(NameId id) override {
    SUANPAN_INVARIANT(id.value() <= ids_.size(), "local name {}", id.value());
    NameId& known = ids_[id.value() - 1];
    if (known.value() == 0) known = state_.names.Intern(command_.names[id.value() - 1]);
    return known;
  }
  Address MapAddress(std::string_view label, Address address) override {
    if (schema::IsLocal(address)) {
      if (address.line() < fact_lines_.size()) return {seq_, fact_lines_[address.line()]};
      Fail(Refuse(RefusalCode::bad_local_ref, label).With("ref", schema::ToText(address)));
    } else if (address.seq() > state_.head.get()) {
      Fail(Refuse(RefusalCode::unknown_address, label).With("address", schema::ToText(address)));
    }
    return address;
  }
  [[nodiscard]] Verdict& fault() { return fault_; }
  /// Whether the next fact of the command replaces what a fact takes back.
  [[nodiscard]] bool IsReplacing(const Event& next, const Event& reversal) const {
    if (reversal.kind->number != schema::EntryReversed::kKind) return false;
    Address replaces = next.common.replaces;
    if (schema::IsLocal(replaces)) {
      if (replaces.line() >= fact_lines_.size()) return false;
      replaces = {seq_, fact_lines_[replaces.line()]};
    }
    return !replaces.none() && replaces == reversal.As<schema::EntryReversed>().fixed.of;
  }

 private:
  void Fail(Refusal refusal) {
    if (!fault_) fault_ = std::move(refusal);
  }
  BookState& state_;
  const schema::Command& command_;
  const std::vector<std::uint16_t>& fact_lines_;
  Seq seq_;
  std::vector<NameId>& ids_;
  Verdict fault_;
};

namespace {

/// Texts of a command's local names.
class LocalNames final : public schema::NameReader {
 public:
  explicit LocalNames(const schema::Command& command) : names_(command.names) {}
  [[nodiscard]] std::string_view TextOf(NameId id) const override {
    return id.value() == 0 || id.value() > names_.size() ? std::string_view{}
                                                         : names_[id.value() - 1];
  }

 private:
  std::span<const std::string_view> names_;
};

/// The fields of a fact that no parser tested.
Verdict TestFields(const schema::Command& command, const Event& fact) {
  const LocalNames names{command};
  schema::FieldValidator validator{names, schema::FieldValidator::Of::kCommand};
  schema::EventCommon::Describe(validator, fact.common);
  if (!validator.fault() && schema::LacksApproval(*fact.kind, fact.common))
    return Refuse(RefusalCode::missing_field, "approval");
  fact.kind->validate(validator, fact.payload);
  return validator.fault();
}

Verdict TestEnvelope(const BookState& state, const schema::Command& command) {
  const Seq head = state.head.get();
  if (command.envelope_fault) return command.envelope_fault;
  if (!command.expected_seq || *command.expected_seq == head) return std::nullopt;
  return Refuse(RefusalCode::seq_mismatch, "expected_seq").WithCount("head_seq", head.value());
}

}  // namespace

std::variant<schema::EntryView, Refusal> Decider::Decide(BookState& state, OldEvents& old_events,
                                                         const schema::Command& command,
                                                         std::string_view source,
                                                         InstantUs recorded_at) {
  if (Verdict refusal = TestEnvelope(state, command)) return *std::move(refusal);
  arena_.Reset();
  events_.clear();
  fact_lines_.clear();
  const std::uint32_t names_before = state.names.count();
  state.Begin();
  schema::EntryView entry;
  entry.common.source = state.names.Intern(source);
  entry.common.recorded_at = recorded_at;
  Resolver resolver{state, command, fact_lines_, ids_};
  entry.common.key = command.key;
  if (command.key.form == schema::KeyForm::kStream)
    entry.common.key.stream = resolver.MapName(command.key.stream);
  Events events{old_events, events_, Next(state.head.get()), arena_};
  for (std::uint32_t index = 0; index < command.facts.size(); ++index) {
    Verdict refusal;
    if (command.fault && command.fault->fact == index) {
      refusal = command.fault->refusal;
    } else {
      if (!command.checked) refusal = TestFields(command, command.facts[index]);
      const Event* next = index + 1 < command.facts.size() ? &command.facts[index + 1] : nullptr;
      if (!refusal)
        refusal = DecideFact(state, events, resolver, command.facts[index], next, recorded_at);
    }
    if (!refusal) continue;
    state.Rollback();
    refusal->fact = index;
    return *std::move(refusal);
  }
  AppendLogEvents(state, names_before);
  state.head.Edit() = Next(state.head.get());
  entry.events = events_;
  return entry;
}

schema::EntryView Decider::Restored(BookState& state, Seq from, std::string_view reason,
                                    InstantUs recorded_at) {
  const Seq head = state.head.get();
  SUANPAN_INVARIANT(state.calendar.get().opened && from >= head, "{} {}", from.value(),
                    head.value());
  arena_.Reset();
  events_.clear();
  const std::uint32_t names_before = state.names.count();
  state.Begin();
  auto* restored = arena_.One<schema::LogRestored>();
  restored->fixed.from_seq = static_cast<std::int64_t>(from.value());
  restored->fixed.lost_after = static_cast<std::int64_t>(head.value());
  restored->fixed.reason = state.names.Intern(reason);
  Event event;
  event.kind = catalogue_.kinds().ByNumber(schema::LogRestored::kKind);
  event.payload = restored;
  SetTimesOfLog(state, event, recorded_at);
  events_.push_back(event);
  const Status applied = ApplyEvent(catalogue_, state, {Next(head), 0}, event);
  SUANPAN_INVARIANT(applied.ok(), "{}", applied.ToString());
  AppendLogEvents(state, names_before);
  state.head.Edit() = Next(head);
  schema::EntryView entry;
  entry.common.recorded_at = recorded_at;
  entry.events = events_;
  return entry;
}

Verdict Decider::DecideFact(BookState& state, Events& events, Resolver& resolver,
                            const Event& stated, const Event* next, InstantUs recorded_at) {
  Event fact = stated;
  schema::FieldResolver common{resolver, arena_};
  schema::EventCommon::Describe(common, fact.common);
  void* payload = fact.kind->resolve(stated.payload, resolver, arena_);
  fact.payload = payload;
  if (Verdict refusal = SetTimes(state, fact, recorded_at)) return refusal;
  if (resolver.fault()) return resolver.fault();
  const bool opening = fact.kind->number == schema::BookOpened::kKind;
  if (!state.calendar.get().opened && !opening) return Refuse(RefusalCode::book_not_open);
  if (Verdict refusal = TestAddresses(events, fact.common)) return refusal;
  if (Verdict refusal = TestReplaces(state, fact)) return refusal;
  const Rule& rule = catalogue_.RuleOf(*fact.kind);
  if ((fact.common.irregular & ~rule.set_aside) != 0)
    return Refuse(RefusalCode::bad_field, "irregular");
  DecideContext context{catalogue_.kinds(),
                        state,
                        events,
                        arena_,
                        Address{Next(state.head.get()), static_cast<std::uint16_t>(events_.size())},
                        catalogue_,
                        state.names,
                        next != nullptr && resolver.IsReplacing(*next, fact)};
  if (Verdict erased = TestErased(state, fact)) return erased;
  const Verdict refusal = rule.decide == nullptr ? Verdict{} : rule.decide(context, fact, payload);
  if (!refusal || !IsBeforeAuthority(*refusal)) {
    if (Verdict missing = TestControl(state, rule, fact)) return missing;
  }
  if (refusal) return refusal;
  fact_lines_.push_back(context.at.line());
  return Accept(state, events, fact);
}

Verdict Decider::TestAddresses(Events& events, const schema::EventCommon& common) const {
  const auto test = [&](std::string_view field, Address address) -> Verdict {
    if (address.none() || events.Exists(address)) return std::nullopt;
    return Refuse(RefusalCode::unknown_address, field).With("address", schema::ToText(address));
  };
  for (const Address address : common.refs) {
    if (Verdict refusal = test("refs", address)) return refusal;
  }
  if (Verdict refusal = test("replaces", common.replaces)) return refusal;
  if (Verdict refusal = test("supplements", common.supplements)) return refusal;
  if (Verdict refusal = test("approval", common.approval); refusal || common.approval.none())
    return refusal;
  const Event* approval = events.Find(common.approval);
  if (approval == nullptr || approval->kind->number != schema::ApprovalGiven::kKind)
    return Refuse(RefusalCode::wrong_kind, "approval");
  return std::nullopt;
}

Verdict Decider::Accept(BookState& state, Events& events, const Event& fact) {
  // Of a reversal the last word is the state's: what has changed since may not let the fact go.
  const bool reversal = fact.kind->number == schema::EntryReversed::kKind;
  const auto refusal_of = [reversal](const Status& status) -> Verdict {
    if (IsOverflow(status)) return Refuse(RefusalCode::amount_overflow);
    SUANPAN_INVARIANT(reversal, "a decided event cannot be applied: {}", status.ToString());
    return Refuse(RefusalCode::has_dependants, "of").With("reason", std::string{status.message()});
  };
  const Address at{Next(state.head.get()), static_cast<std::uint16_t>(events_.size())};
  events_.push_back(fact);
  if (const Status status = ApplyEvent(catalogue_, state, at, fact); !status.ok())
    return refusal_of(status);
  const Rule& rule = catalogue_.RuleOf(*fact.kind);
  if (rule.derive == nullptr) return std::nullopt;
  derived_.clear();
  DecideContext context{catalogue_.kinds(), state, events, arena_, at, catalogue_, state.names};
  if (Verdict refusal = rule.derive(context, fact, derived_)) return refusal;
  for (const Event& event : derived_) {
    const Address line{at.seq(), static_cast<std::uint16_t>(events_.size())};
    events_.push_back(event);
    if (const Status status = ApplyEvent(catalogue_, state, line, events_.back()); !status.ok()) {
      return refusal_of(status);
    }
  }
  return std::nullopt;
}

Verdict Decider::SetTimes(const BookState& state, Event& fact, InstantUs recorded_at) const {
  const std::int64_t occurred_us = std::int64_t{fact.common.occurred.seconds} * 1'000'000;
  int offset = state.calendar.get().utc_offset_minutes;
  if (!state.calendar.get().opened && fact.kind->number == schema::BookOpened::kKind) {
    offset = fact.As<schema::BookOpened>().utc_offset_minutes;
  }
  if (occurred_us > recorded_at.value() + kFutureMaxUs) {
    return Refuse(RefusalCode::occurred_in_future, "occurred_at")
        .With("recorded_at", ToText(recorded_at));
  }
  const std::optional<Date> day = DateAt(fact.common.occurred.seconds, offset);
  if (!day || day->value() == 0) return Refuse(RefusalCode::bad_field, "occurred_at");
  fact.common.business_day = *day;
  fact.common.period = MonthOf(*day);
  return std::nullopt;
}

void Decider::SetTimesOfLog(const BookState& state, Event& event, InstantUs recorded_at) {
  const int offset = state.calendar.get().utc_offset_minutes;
  const auto seconds = static_cast<std::uint32_t>(recorded_at.value() / 1'000'000);
  const std::optional<Date> day = DateAt(seconds, offset);
  SUANPAN_INVARIANT(day && day->value() != 0, "recorded at {}", recorded_at.value());
  event.common.occurred = {seconds, static_cast<std::int8_t>(offset / 15)};
  event.common.business_day = *day;
  event.common.period = MonthOf(*day);
}

void Decider::AppendLogEvents(BookState& state, std::uint32_t names_before) {
  Event event;
  const schema::EventCommon& first = events_.front().common;
  event.common.occurred = first.occurred;
  event.common.business_day = first.business_day;
  event.common.period = first.period;
  if (state.calendar.get().schema_version < stamp_.version) {
    auto* added = arena_.One<schema::SchemaAdded>();
    added->version = stamp_.version;
    added->digest = stamp_.digest;
    event.kind = catalogue_.kinds().ByNumber(schema::SchemaAdded::kKind);
    event.payload = added;
    const Address at{Next(state.head.get()), static_cast<std::uint16_t>(events_.size())};
    events_.push_back(event);
    const Status applied = ApplyEvent(catalogue_, state, at, event);
    SUANPAN_INVARIANT(applied.ok(), "{}", applied.ToString());
  }
  event.kind = catalogue_.kinds().ByNumber(schema::RefIntroduced::kKind);
  for (std::uint32_t id = names_before + 1; id <= state.names.count(); ++id) {
    auto* introduced = arena_.One<schema::RefIntroduced>();
    introduced->id = NameId{id};
    introduced->ref = state.names.TextOf(introduced->id);
    event.payload = introduced;
    events_.push_back(event);
  }
}

}  // namespace suanpan::rules
