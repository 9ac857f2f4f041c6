#pragma once

// Rules of kinds 25, 26: settlements and waivers; and the bills that settlements open and receipts
// pay.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/funds.h"

namespace suanpan::rules {

/// Part of one bill.
struct BillShare {
  std::uint32_t bill = 0;  ///< index into BookState::bills
  Fen amount;
};

/// Spreads an amount over the agreement's open bills, oldest first; `periods`, if any, names the
/// only ones.
[[nodiscard]] std::vector<BillShare> SpreadOverBills(const BookState& state,
                                                     const Agreement& agreement, Fen amount,
                                                     std::span<const Month> periods);
[[nodiscard]] Wide TotalOf(std::span<const BillShare> shares);
/// Takes the shares off the bills.
void PayBills(BookState& state, std::span<const BillShare> shares);

struct SettlementClosedRule {
  using Fact = schema::SettlementClosed;
  static NameId FundOf(const BookState& state, const Fact& fact) { return FundOfAgreement(state, fact.fixed.agreement); }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct DueWaivedRule {
  using Fact = schema::DueWaived;
  static NameId FundOf(const BookState& state, const Fact& fact) { return FundOfAgreement(state, fact.fixed.agreement); }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
