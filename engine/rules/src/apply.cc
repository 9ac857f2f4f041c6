#include "suanpan/rules/apply.h"

#include <algorithm>
#include <array>

#include "src/kinds/authority/control.h"
#include "src/kinds/corrections/reversal.h"
#include "src/kinds/erasures/erased.h"
#include "src/rederive.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/table_writer.h"

namespace suanpan::rules {
namespace {

using schema::Event;

/// Posts into the state and keeps the two sums that must be zero.
class StateSink final : public PostingSink {
 public:
  StateSink(BookState& state, Seq seq) : state_(state), seq_(seq) {}

  [[nodiscard]] Status Finish() const {
    if (overflow_) return OverflowError();
    const bool balanced =
        statutory_ == 0 && std::ranges::all_of(memo_, [](Wide sum) { return sum == 0; });
    if (!balanced || funds_differ_) return Contradiction("its postings do not balance");
    return {};
  }

 private:
  void Add(const AccountKey& key, AnyUnits amount) override {
    const bool statutory = IsStatutory(key.account_class);
    Wide& sum = statutory ? statutory_ : memo_[static_cast<std::size_t>(UnitOf(key.account_class))];
    sum += amount.wide();
    if (statutory) {
      funds_differ_ = funds_differ_ || (fund_.value() != 0 && fund_ != key.owner);
      fund_ = key.owner;
    }
    overflow_ = overflow_ || !state_.accounts.Post(key, amount, seq_);
  }
  void Overflow() override { overflow_ = true; }

  BookState& state_;
  Seq seq_;
  Wide statutory_ = 0;
  std::array<Wide, 6> memo_{};  ///< by unit
  NameId fund_;
  bool funds_differ_ = false;
  bool overflow_ = false;
};

bool IsName(const Event& event) { return event.kind->number == schema::RefIntroduced::kKind; }

std::string At(Address at) { return fmt::format("event {}", schema::ToText(at)); }

/// The accrual that the previous line calls for, if any.
struct Expectation {
  std::optional<BaseMove> move;
  std::uint16_t cause = 0;

  [[nodiscard]] Status Meet(const Event& event) const {
    const bool accrual = event.kind->number == schema::DonationAccrued::kKind;
    if (!move) return accrual ? Contradiction("an accrual without its base entry") : Status{};
    if (!accrual || event.common.cause != cause) return Missing();
    const auto& stated = event.As<schema::DonationAccrued>().fixed;
    const bool same = stated.agreement == move->agreement && stated.entry == move->entry &&
                      stated.month == move->month &&
                      stated.reason == static_cast<std::uint8_t>(move->reason);
    return same ? Status{} : Contradiction("an accrual of another base entry than the one before");
  }
  [[nodiscard]] static Status Missing() {
    return Contradiction("the base entry before it has no accrual");
  }
};

Status ApplyNames(const Catalogue& catalogue, BookState& state, Seq seq,
                  std::span<const Event> events) {
  bool names = false;
  for (std::size_t line = 0; line < events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    if (IsName(events[line])) {
      names = true;
      SUANPAN_RETURN_IF_ERROR(ApplyEvent(catalogue, state, at, events[line]), At(at));
    } else if (names) {
      return Contradiction("{}: names are introduced last in an entry", At(at));
    }
  }
  return {};
}

/// Names and addresses of a stored fact stay as they are.
class Unchanged final : public schema::FieldMap {
 public:
  NameId MapName(NameId id) override { return id; }
  Address MapAddress(std::string_view, Address address) override { return address; }
};

/// A fact of a kind that looks at the past must say what deciding it again says.
Status DecidedSo(const Catalogue& catalogue, BookState& state, Address at, const Event& event,
                 OldEvents& past) {
  const Rule& rule = catalogue.RuleOf(*event.kind);
  if (!rule.reads_past) return {};
  Arena arena;
  Unchanged map;
  Event again = event;
  void* payload = event.kind->resolve(event.payload, map, arena);
  again.payload = payload;
  DecideContext context{catalogue.kinds(), state, past, arena, at, catalogue, state.names};
  if (rule.decide(context, again, payload))
    return Contradiction("{} that the rules refuse", event.kind->name);
  schema::TableWriter tables;
  std::string stored;
  std::string decided;
  event.kind->encode(event.payload, tables, stored);
  again.kind->encode(again.payload, tables, decided);
  return stored == decided
             ? Status{}
             : Contradiction("{} says something else than the past", event.kind->name);
}

/// A log.restored makes an entry of its own: it answers no command and stands beside no fact. That
/// it is first in it its own rule says.
Status CheckOwnEntry(const schema::EntryView& entry) {
  if (entry.events.empty() || entry.events.front().kind->number != schema::LogRestored::kKind)
    return {};
  const bool own = entry.common.key.form == schema::KeyForm::kEngine &&
                   entry.common.source.value() == 0 &&
                   std::ranges::all_of(entry.events, [](const Event& event) {
                     return event.kind->origin == schema::Origin::kLog;
                   });
  return own ? Status{} : Contradiction("a log.restored in the entry of a command");
}

/// What a fact replaces is replaced by it alone.
Status MarkReplaced(BookState& state, Address at, const Event& event) {
  if (event.common.replaces.none()) return {};
  if (const Verdict refusal = TestReplaces(state, event)) {
    return Contradiction("it replaces {}, which it cannot: {}",
                         schema::ToText(event.common.replaces), ToText(refusal->code));
  }
  Reversed reversed = *state.reversed.Find(event.common.replaces);
  reversed.replaced = at;
  state.reversed.Set(event.common.replaces, reversed);
  return {};
}

Status CheckFollows(const BookState& state, Seq seq) {
  if (seq == Next(state.head.get())) return {};
  return Contradiction("entry {} does not follow entry {}", seq.value(), state.head.get().value());
}

}  // namespace

Status ApplyEvent(const Catalogue& catalogue, BookState& state, Address at, const Event& event) {
  const Rule& rule = catalogue.RuleOf(*event.kind);
  if (event.kind->origin == schema::Origin::kFact) {
    if (TestErased(state, event)) return Contradiction("a fact names somebody who was erased");
    if (TestControl(state, rule, event))
      return Contradiction("{} by somebody without the role for it", event.kind->name);
  }
  if (!state.amended.get().none() && event.common.replaces != state.amended.get())
    return Contradiction("an agreement that was taken back is not signed again");
  SUANPAN_RETURN_IF_ERROR(MarkReplaced(state, at, event));
  if (event.kind->number == schema::EntryReversed::kKind)
    SUANPAN_RETURN_IF_ERROR(UndoFact(catalogue, state, at, event));
  if (rule.post != nullptr) {
    StateSink sink{state, at.seq()};
    rule.post(state, event, sink);
    SUANPAN_RETURN_IF_ERROR(sink.Finish());
  }
  return rule.apply == nullptr ? Status{} : rule.apply(state, at, event);
}

Status ApplyEntry(const Catalogue& catalogue, BookState& state, Seq seq,
                  const schema::EntryView& entry, OldEvents* past) {
  SUANPAN_RETURN_IF_ERROR(CheckFollows(state, seq));
  SUANPAN_RETURN_IF_ERROR(CheckOwnEntry(entry));
  SUANPAN_RETURN_IF_ERROR(ApplyNames(catalogue, state, seq, entry.events));
  Expectation expected;
  Rederived rederived{catalogue};
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Event& event = entry.events[line];
    if (IsName(event)) break;
    const Address at{seq, static_cast<std::uint16_t>(line)};
    if (!state.calendar.get().opened && event.kind->number != schema::BookOpened::kKind) {
      return Contradiction("{}: the book is not open", At(at));
    }
    const bool accrual = event.kind->number == schema::DonationAccrued::kKind;
    const bool derived = OriginOf(event) == schema::Origin::kDerived && !accrual;
    SUANPAN_RETURN_IF_ERROR(expected.Meet(event), At(at));
    if (derived) SUANPAN_RETURN_IF_ERROR(rederived.Meet(event), At(at));
    if (past != nullptr)
      SUANPAN_RETURN_IF_ERROR(DecidedSo(catalogue, state, at, event, *past), At(at));
    SUANPAN_RETURN_IF_ERROR(ApplyEvent(catalogue, state, at, event), At(at));
    if (!derived) SUANPAN_RETURN_IF_ERROR(rederived.Begin(state, at, event), At(at));
    const Rule& rule = catalogue.RuleOf(*event.kind);
    expected = {};
    if (rule.moves_base != nullptr) {
      expected.move = rule.moves_base(state, event);
      expected.cause = static_cast<std::uint16_t>(line + 1);
    }
  }
  if (!state.amended.get().none())
    return Contradiction("entry {}: an agreement that was taken back is not signed again",
                         seq.value());
  if (expected.move)
    return std::move(Expectation::Missing()).WithContext(fmt::format("entry {}", seq.value()));
  SUANPAN_RETURN_IF_ERROR(rederived.End(), fmt::format("entry {}", seq.value()));
  state.head.Edit() = seq;
  return {};
}

void PostingsOf(const Catalogue& catalogue, const BookState& state, const Event& event,
                PostingSink& sink) {
  const Rule& rule = catalogue.RuleOf(*event.kind);
  if (rule.post != nullptr) rule.post(state, event, sink);
}

}  // namespace suanpan::rules
