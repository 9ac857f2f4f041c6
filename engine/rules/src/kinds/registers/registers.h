#pragma once

// Rules of kinds 1 to 7, 15, 27: what a book knows by name, how names relate, and code lists.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/relations.h"

namespace suanpan::rules {

struct BookOpenedRule {
  using Fact = schema::BookOpened;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PartyRegisteredRule {
  using Fact = schema::PartyRegistered;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PlaceRegisteredRule {
  using Fact = schema::PlaceRegistered;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RegisterClosedRule {
  using Fact = schema::RegisterClosed;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.of; }
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RelationStartedRule {
  using Fact = schema::RelationStarted;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RelationEndedRule {
  using Fact = schema::RelationEnded;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct CodeDefinedRule {
  using Fact = schema::CodeDefined;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct AgreementSignedRule {
  using Fact = schema::AgreementSigned;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fund; }
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct FundOpenedRule {
  using Fact = schema::FundOpened;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fund; }
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// Whether a vendor's running agreement other than one is in force on days of some: the first.
[[nodiscard]] const Agreement* OverlappingOf(const BookState& state, NameId vendor, NameId but,
                                             Date from, Date to);

/// The code that a definition is of.
[[nodiscard]] inline CodeKey KeyOf(const schema::CodeDefined& fact) {
  return {static_cast<schema::CodeList>(fact.list), fact.code};
}

}  // namespace suanpan::rules
