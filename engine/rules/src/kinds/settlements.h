#pragma once

// Rules of kinds 25, 26: settlements and waivers; and the bills that settlements open and receipts
// pay.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/funds.h"

namespace suanpan::rules {

/// Spreads an amount over the agreement's open bills, oldest first; `periods`, if any, names the
/// only ones.
[[nodiscard]] std::vector<BillShare> SpreadOverBills(const BookState& state,
                                                     const Agreement& agreement, Fen amount,
                                                     std::span<const Month> periods);
[[nodiscard]] Wide TotalOf(std::span<const BillShare> shares);
/// Takes the shares off the bills, or puts them back.
void PayBills(BookState& state, std::span<const BillShare> shares);
/// What an event took off bills.
[[nodiscard]] std::span<const BillShare> TakenOff(const BookState& state, Address event);
void ReopenBills(BookState& state, std::span<const BillShare> shares);

struct SettlementClosedRule {
  using Fact = schema::SettlementClosed;
  static NameId FundOf(const BookState& state, const Fact& fact) {
    return FundOfAgreement(state, fact.fixed.agreement);
  }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct DueWaivedRule {
  using Fact = schema::DueWaived;
  static NameId FundOf(const BookState& state, const Fact& fact) {
    return FundOfAgreement(state, fact.fixed.agreement);
  }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

}  // namespace suanpan::rules
