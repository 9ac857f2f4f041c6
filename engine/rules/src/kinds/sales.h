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
};

struct RefundRecordedRule {
  using Fact = schema::RefundRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
};

struct CostRecordedRule {
  using Fact = schema::CostRecorded;
  static NameId FundOf(const BookState& state, const Fact& fact) { return FundOfAgreement(state, fact.fixed.agreement); }
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& event, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
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

/// Where the amounts of sold or returned lines go (events.md 3.3, kind 20).
struct LineSums {
  Wide amount = 0;    ///< all lines
  Wide cost = 0;      ///< of lines with a cost that posts
  Wide unpriced = 0;  ///< lines waiting for their cost
  MonthChange base;   ///< what enters the agreement's month
};

}  // namespace suanpan::rules
