#pragma once

// Rules of kinds 17, 29, 30, 31: approvals, receipts, requests, payments.

#include "src/kinds/settlements.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"

namespace suanpan::rules {

struct ApprovalGivenRule {
  using Fact = schema::ApprovalGiven;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct FundsReceivedRule {
  using Fact = schema::FundsReceived;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fixed.fund; }
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct SpendingRequestedRule {
  using Fact = schema::SpendingRequested;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fund; }
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// A request as the state keeps it; nothing where its fund is none.
[[nodiscard]] std::optional<SpendingRequest> ToRequest(const BookState& state, const Event& event);

struct MoneyPaidRule {
  using Fact = schema::MoneyPaid;
  static NameId FundOf(const BookState&, const Fact& fact) { return fact.fixed.fund; }
  static constexpr RefusalCode kSetAside[] = {
      RefusalCode::purpose_outside_restriction, RefusalCode::exceeds_contract,
      RefusalCode::exceeds_award, RefusalCode::approval_missing};
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
