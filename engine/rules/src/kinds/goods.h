#pragma once

// Rules of kinds 38, 39, 40: goods that come, go and are counted.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/goods.h"

namespace suanpan::rules {

struct GoodsReceivedRule {
  using Fact = schema::GoodsReceived;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.owner; }
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct GoodsIssuedRule {
  using Fact = schema::GoodsIssued;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.owner; }
  static constexpr RefusalCode kSetAside[] = {RefusalCode::purpose_outside_restriction};
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct GoodsCountedRule {
  using Fact = schema::GoodsCounted;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.owner; }
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
