#pragma once

// Rules of kinds 42, 43, 44: orders, how they go on, and who has the parcel; and what other kinds
// do to an order.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/orders.h"

namespace suanpan::rules {

struct OrderPlacedRule {
  using Fact = schema::OrderPlaced;
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct OrderMovedRule {
  using Fact = schema::OrderMoved;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct CustodyPassedRule {
  using Fact = schema::CustodyPassed;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

/// Whether an order is not followed any more: it does not wait, and is too old.
[[nodiscard]] bool HasLapsed(const Order& order, Date on);
/// An order that is there on a date; null: reversed, or too old by then.
[[nodiscard]] const Order* FindOrder(const BookState& state, Address order, Date on);
void SetOrder(BookState& state, Address at, const Order& order);

/// Whether a service may be done for an order: illegal_transition on `order`.
[[nodiscard]] Verdict TestServed(const BookState& state, Address order, Date on);
/// Moves an order on from one state to another, or back; one that is not in the first stays.
void ShiftOrder(BookState& state, Address order, schema::OrderState from, schema::OrderState to);

/// The first so many of the waiting orders whose last day lies before a date, in the order of the
/// log.
[[nodiscard]] std::vector<Address> OverdueOrders(const BookState& state, Date date,
                                                 std::size_t limit);
/// The end of one of them, derived from the close of a day.
[[nodiscard]] Event ExpiredOrder(DecideContext& context, const Event& day, Address order);

}  // namespace suanpan::rules
