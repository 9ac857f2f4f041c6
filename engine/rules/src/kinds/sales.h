#pragma once

// Rules of kinds 20, 21, 22, 24: sales, refunds, costs, and the accruals that follow them.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::rules {

struct SaleRecordedRule {
  using Fact = schema::SaleRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static std::optional<BaseUndone> UndoBase(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct RefundRecordedRule {
  using Fact = schema::RefundRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static std::optional<BaseUndone> UndoBase(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct CostRecordedRule {
  using Fact = schema::CostRecorded;
  static NameId FundOf(const BookState& state, const Fact& fact) {
    return FundOfAgreement(state, fact.fixed.agreement);
  }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static std::optional<BaseUndone> UndoBase(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct DonationAccruedRule {
  using Fact = schema::DonationAccrued;
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// An event that moves no base states a base entry.
[[nodiscard]] inline Status NoBaseEntry() {
  return Contradiction("it states a base entry but moves no base");
}

/// What takes a change back.
[[nodiscard]] inline MonthChange Turned(const MonthChange& change) {
  return {change.month, -change.priced, -change.standard, -change.moved};
}

/// A sale that was taken back gets no refunds or costs: sale_reversed.
[[nodiscard]] Verdict MustStand(const BookState& state, Address sale);

/// Whether an agreement may have one more line without a cost: unpriced_limit on `of`.
[[nodiscard]] Verdict TestRoomForLine(const Agreement& agreement, std::uint32_t lines);
/// An amount of a sold line waits for its cost again.
void ReopenLine(BookState& state, std::uint32_t agreement, const SaleLineKey& key, Fen amount);

/// Where the amounts of sold or returned lines go (events.md 3.3, kind 20).
struct LineSums {
  Wide amount = 0;    ///< all lines
  Wide cost = 0;      ///< of lines with a cost that posts
  Wide unpriced = 0;  ///< lines waiting for their cost
  MonthChange base;   ///< what enters the agreement's month
};

}  // namespace suanpan::rules
