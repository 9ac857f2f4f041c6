#pragma once

// Rule of kind 33: advances that are settled.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/advances.h"

namespace suanpan::rules {

struct AdvanceSettledRule {
  using Fact = schema::AdvanceSettled;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fixed.fund; }
  static constexpr RefusalCode kSetAside[] = {RefusalCode::purpose_outside_restriction};
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
