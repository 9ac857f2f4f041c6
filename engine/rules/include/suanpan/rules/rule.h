#pragma once

// What a rule is: for one kind, how a fact is decided, what it posts, and how it changes the state.
// Rules are pure: no clock, I/O, randomness or floating point.

#include <memory>
#include <optional>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/base/status.h"
#include "suanpan/rules/book_state.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::rules {

/// Old events that a command names, fetched by the engine and handed in as values.
class OldEvents {
 public:
  virtual ~OldEvents() = default;
  /// The event at an address of this book, or null when there is none. Valid while the command is
  /// decided.
  [[nodiscard]] virtual const schema::Event* Find(Address address) = 0;
  /// Whether there is an event at the address; keeps nothing of it.
  [[nodiscard]] virtual bool Exists(Address address) = 0;
  /// Another one that forgets what it found when it goes, for whoever reads far. This must outlive
  /// it.
  [[nodiscard]] virtual std::unique_ptr<OldEvents> Fork();
};

/// For what is decided from the state alone.
class NoOldEvents final : public OldEvents {
 public:
  [[nodiscard]] const schema::Event* Find(Address) override { return nullptr; }
  [[nodiscard]] bool Exists(Address) override { return false; }
};

class Catalogue;

/// An event that a reversal takes back or must know.
using CopiedEvent = schema::CopiedEvent;

/// A reversal: the fact that it names, and what was derived from it or stands on it and goes with
/// it.
struct Undoing {
  CopiedEvent was;
  std::span<const CopiedEvent> cascade;
  std::span<const CopiedEvent> kept;
  Date on;  ///< business date of the reversal
};

/// What a fact is decided with. `state` already contains the earlier facts of the same command.
struct DecideContext {
  const schema::KindTable& kinds;
  const BookState& state;
  OldEvents& old_events;
  Arena& arena;
  Address at;  ///< the address the fact will have
  const Catalogue& catalogue;
  schema::NameTable& names;  ///< for a name that a rule brings in, after all that the fact states
  bool amended = false;      ///< the next fact of the command replaces what this one takes back
};

using Verdict = std::optional<schema::Refusal>;

/// A base entry: what an event adds to an agreement's base, and the month it belongs to. An accrual
/// with the same four must follow.
struct BaseMove {
  NameId agreement;
  Fen entry;
  Month month;
  schema::AccrualReason reason = schema::AccrualReason::kEntry;
};

/// What taking an event back adds to the months of an agreement; the base entry of the reversal is
/// in `month`.
struct BaseUndone {
  std::uint32_t agreement = 0;
  Month month;
  std::vector<MonthChange> changes;
};

/// One kind's rule. A null function means: nothing to do.
struct Rule {
  const schema::KindInfo* kind = nullptr;
  /// Bits of the refusals that a fact of this kind may set aside with `irregular`.
  std::uint64_t set_aside = 0;
  /// Tests the fact (names resolved, times filled in) and fills its computed fields in `payload`.
  Verdict (*decide)(DecideContext& context, schema::Event& fact, void* payload) = nullptr;
  /// The fund that the fact is about, as far as its names tell; 0: none. Its roles may record it.
  NameId (*fund_of)(const BookState& state, const schema::Event& fact) = nullptr;
  /// Events derived from the fact, with their kinds, decided on the state after it was applied.
  Verdict (*derive)(DecideContext& context, const schema::Event& fact,
                    std::vector<schema::Event>& derived) = nullptr;
  /// Whether deriving needs the state alone: then a stored fact must be followed by just these.
  bool derived_from_state = false;
  /// Whether deciding looks at events that the fact does not name: then who has them can decide a
  /// stored fact again, and it must come to the same.
  bool reads_past = false;
  /// The fact's postings, a pure function of the event and of registered terms.
  void (*post)(const BookState& state, const schema::Event& event, PostingSink& sink) = nullptr;
  /// Everything else that the event changes. Runs after its postings.
  Status (*apply)(BookState& state, Address at, const schema::Event& event) = nullptr;
  /// What goes with a fact of this kind when it is taken back, beside what was derived from it; and
  /// what must be known to do so.
  Verdict (*cascade)(DecideContext& context, const CopiedEvent& was, const schema::Event& reversal,
                     std::vector<Address>& more, std::vector<Address>& kept) = nullptr;
  /// Why it cannot be taken back now.
  Verdict (*test_undo)(const BookState& state, const Undoing& undoing) = nullptr;
  /// The base entry of the reversal, if any, on the state before it; the months are changed for the
  /// rule.
  std::optional<BaseUndone> (*undo_base)(const BookState& state, const Undoing& undoing) = nullptr;
  /// Takes back what apply did, but for postings and months. Null: such a fact is never reversed.
  Status (*undo)(BookState& state, const Undoing& undoing) = nullptr;
  /// Events derived from the reversal, on the state after undo.
  Verdict (*derive_undo)(DecideContext& context, const schema::Event& reversal,
                         const Undoing& undoing, std::vector<schema::Event>& derived) = nullptr;
  /// The base entry that applying the event made, if any.
  std::optional<BaseMove> (*moves_base)(const BookState& state,
                                        const schema::Event& event) = nullptr;
};

/// What a rule class R has for taking its facts back.
template <class R>
void AddUndo(Rule& rule) {
  if constexpr (requires { &R::Cascade; }) rule.cascade = &R::Cascade;
  if constexpr (requires { &R::TestUndo; }) rule.test_undo = &R::TestUndo;
  if constexpr (requires { &R::UndoBase; }) rule.undo_base = &R::UndoBase;
  if constexpr (requires { &R::Undo; }) rule.undo = &R::Undo;
  if constexpr (requires { &R::DeriveUndo; }) rule.derive_undo = &R::DeriveUndo;
}

/// Builds the table entry of a rule class R with `using Fact = ...` and the static functions it
/// has.
template <class R>
[[nodiscard]] Rule MakeRule(const schema::KindInfo& kind) {
  using Fact = typename R::Fact;
  Rule rule;
  rule.kind = &kind;
  if constexpr (requires { R::kSetAside; }) {
    for (const schema::RefusalCode code : R::kSetAside) {
      const std::optional<unsigned> bit = schema::IrregularBit(code);
      SUANPAN_INVARIANT(bit.has_value(), "{} is absolute", schema::ToText(code));
      rule.set_aside |= std::uint64_t{1} << *bit;
    }
  }
  if constexpr (requires { &R::Decide; }) {
    rule.decide = [](DecideContext& context, schema::Event& fact, void* payload) {
      return R::Decide(context, fact, *static_cast<Fact*>(payload));
    };
  }
  if constexpr (requires { &R::FundOf; }) {
    rule.fund_of = [](const BookState& state, const schema::Event& fact) {
      return R::FundOf(state, fact.As<Fact>());
    };
  }
  if constexpr (requires { &R::Derive; }) rule.derive = &R::Derive;
  if constexpr (requires { R::kDerivedFromState; }) rule.derived_from_state = R::kDerivedFromState;
  if constexpr (requires { R::kReadsPast; }) rule.reads_past = R::kReadsPast;
  if constexpr (requires { &R::Post; }) {
    rule.post = [](const BookState& state, const schema::Event& event, PostingSink& sink) {
      R::Post(state, event.As<Fact>(), sink);
    };
  }
  if constexpr (requires { &R::Apply; }) {
    rule.apply = [](BookState& state, Address at, const schema::Event& event) {
      return R::Apply(state, at, event, event.As<Fact>());
    };
  }
  if constexpr (requires { &R::MovesBase; }) rule.moves_base = &R::MovesBase;
  AddUndo<R>(rule);
  return rule;
}

/// An amount would leave int64. Inside deciding it becomes the refusal amount_overflow.
[[nodiscard]] Status OverflowError();
[[nodiscard]] bool IsOverflow(const Status& status);

/// Stored events that contradict each other or the rules.
template <class... Args>
[[nodiscard]] Status Contradiction(fmt::format_string<Args...> format, Args&&... args) {
  return MakeError(StatusCode::kCorruption, format, std::forward<Args>(args)...);
}

}  // namespace suanpan::rules
