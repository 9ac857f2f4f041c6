#pragma once

// Rules of kinds 1, 2, 15, 27: book.opened, party.registered, agreement.signed, fund.opened.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::rules {

/// A name takes one role, once: ref_taken.
[[nodiscard]] Verdict MustBeFree(const BookState& state, NameId name, std::string_view field);
/// Contradiction where it has one already, or was not introduced.
[[nodiscard]] Status TakeRole(BookState& state, NameId name, Role role, std::size_t index);

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

struct AgreementSignedRule {
  using Fact = schema::AgreementSigned;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct FundOpenedRule {
  using Fact = schema::FundOpened;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
