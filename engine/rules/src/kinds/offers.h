#pragma once

// Rules of kinds 58, 60: offers of places, and what became of places that were taken.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/offers.h"

namespace suanpan::rules {

struct OfferOpenedRule {
  using Fact = schema::OfferOpened;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PlaceMarkedRule {
  using Fact = schema::PlaceMarked;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
