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
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PlaceRegisteredRule {
  using Fact = schema::PlaceRegistered;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RegisterClosedRule {
  using Fact = schema::RegisterClosed;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.of; }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RelationStartedRule {
  using Fact = schema::RelationStarted;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct RelationEndedRule {
  using Fact = schema::RelationEnded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct CodeDefinedRule {
  using Fact = schema::CodeDefined;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct AgreementSignedRule {
  using Fact = schema::AgreementSigned;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fund; }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct FundOpenedRule {
  using Fact = schema::FundOpened;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fund; }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
