#include "src/kinds/settlements.h"

#include <algorithm>

namespace suanpan::rules {
namespace {

using schema::SettlementClosed;

/// What is billed and unpaid.
Fen BilledOpen(const BookState& state, const Agreement& agreement) {
  return state.accounts.BalanceOf(BaseAccount(agreement.name, AccountClass::kPledgeBilled));
}

/// events.md 4.10: a settlement may not skip a boundary, and is made from the day after `through`.
Verdict TestBoundary(const Agreement& agreement, Date through, Date business_day) {
  if (agreement.settled_through.value() != 0 && through <= agreement.settled_through) {
    return Refuse(RefusalCode::settlement_not_next, "through")
        .With("settled_through", ToText(agreement.settled_through));
  }
  const bool ended =
      agreement.valid_to.value() != 0 && agreement.settled_through >= agreement.valid_to;
  if (ended) {
    if (through != LastDay(MonthOf(through)))
      return Refuse(RefusalCode::through_not_boundary, "through");
  } else {
    const std::optional<Date> next = NextBoundary(agreement);
    if (!next) {
      return Refuse(RefusalCode::through_not_boundary, "through")
          .With("reason", "the agreement has no end yet");
    }
    if (through != *next) {
      const bool skips = through > *next;
      return Refuse(skips ? RefusalCode::settlement_not_next : RefusalCode::through_not_boundary,
                    "through")
          .With("next", ToText(*next));
    }
  }
  if (business_day <= through) {
    return Refuse(RefusalCode::through_not_boundary, "through")
        .With("not_before", ToText(NextDay(through)));
  }
  return std::nullopt;
}

/// due, high and the use of the advance, from T through the period and what is billed before.
bool FillAmounts(const Agreement& agreement, Fen due_through, Wide billed, SettlementClosed& fact) {
  const bool carry = agreement.loss_policy == schema::LossPolicy::kCarryLoss;
  const Wide floor = carry ? agreement.high.wide() : agreement.settled_total.wide();
  Wide due = due_through.wide() - floor;
  if (carry) due = std::max<Wide>(0, due);
  const std::optional<std::int64_t> due_fen = NarrowWide(due);
  if (!due_fen) return false;
  fact.fixed.due = Fen{*due_fen};
  fact.fixed.high = std::max(agreement.high, due_through);
  if (due > 0) {
    fact.fixed.from_advance = std::min(agreement.advance, fact.fixed.due);
  } else {
    fact.fixed.to_advance = ToFen(std::max<Wide>(0, -due - billed));
  }
  return true;
}

/// A settlement must state what follows from the log. Its postings are in the accounts already.
Status TestStated(const BookState& state, const Agreement& agreement,
                  const SettlementClosed& stated) {
  if (stated.fixed.through <= agreement.settled_through) {
    return Contradiction("a settlement through a day that is settled");
  }
  const std::optional<DonationFigures> figures =
      FiguresOf(state, agreement, MonthOf(stated.fixed.through));
  const Wide billed = BilledOpen(state, agreement).wide() - stated.fixed.due.wide() +
                      stated.fixed.from_advance.wide() - stated.fixed.to_advance.wide();
  SettlementClosed follows = stated;
  follows.fixed.from_advance = follows.fixed.to_advance = Fen{};
  if (!figures || !FillAmounts(agreement, figures->due_total, billed, follows)) {
    return OverflowError();
  }
  if (follows.fixed.due == stated.fixed.due && follows.fixed.high == stated.fixed.high &&
      follows.fixed.from_advance == stated.fixed.from_advance &&
      follows.fixed.to_advance == stated.fixed.to_advance) {
    return {};
  }
  return Contradiction("settlement of {}: due {} is recorded, but {} follows from the log",
                       state.names.TextOf(agreement.name), stated.fixed.due.value(),
                       follows.fixed.due.value());
}

}  // namespace

std::vector<BillShare> SpreadOverBills(const BookState& state, const Agreement& agreement,
                                       Fen amount, std::span<const Month> periods) {
  std::vector<BillShare> shares;
  std::int64_t left = amount.value();
  for (std::uint32_t link = agreement.first_bill; link != 0 && left > 0;
       link = state.bills[link - 1].next) {
    const Bill& bill = state.bills[link - 1];
    if (bill.open.value() <= 0) continue;
    if (!periods.empty() &&
        std::find(periods.begin(), periods.end(), bill.period()) == periods.end())
      continue;
    const std::int64_t part = std::min(left, bill.open.value());
    shares.push_back({link - 1, Fen{part}});
    left -= part;
  }
  return shares;
}

Wide TotalOf(std::span<const BillShare> shares) {
  Wide total = 0;
  for (const BillShare& share : shares) total += share.amount.wide();
  return total;
}

void PayBills(BookState& state, std::span<const BillShare> shares) {
  for (const BillShare& share : shares) {
    Bill& bill = state.bills.Edit(share.bill);
    bill.open = Fen{bill.open.value() - share.amount.value()};
  }
}

Verdict SettlementClosedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.agreement, Role::kAgreement, "agreement", index))
    return refusal;
  const Agreement& agreement = state.agreements[index];
  if (Verdict refusal = TestBoundary(agreement, fact.fixed.through, event.common.business_day))
    return refusal;
  if (!Has(fact.fixed.flags, Fact::kTermsStated)) fact.fixed.terms_days = agreement.terms_days;
  const std::optional<DonationFigures> figures =
      FiguresOf(state, agreement, MonthOf(fact.fixed.through));
  const Wide billed = BilledOpen(state, agreement).wide();
  if (!figures || !FillAmounts(agreement, figures->due_total, billed, fact)) {
    return Refuse(RefusalCode::amount_overflow);
  }
  const unsigned due_on = event.common.business_day.value() + 0U + fact.fixed.terms_days;
  if (due_on > 0xffffU) return Refuse(RefusalCode::bad_field, "terms_days");
  fact.fixed.due_on = Date{static_cast<std::uint16_t>(due_on)};
  return std::nullopt;
}

void SettlementClosedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId name = fact.fixed.agreement;
  const auto post = [&](AccountClass account_class, Wide amount) {
    sink.PostSum(BaseAccount(name, account_class), amount);
  };
  post(AccountClass::kPledgeBilled, fact.fixed.due.wide());
  post(AccountClass::kPledgeAccrued, -fact.fixed.due.wide());
  post(AccountClass::kPledgeAdvance, fact.fixed.from_advance.wide());
  post(AccountClass::kPledgeBilled, -fact.fixed.from_advance.wide());
  post(AccountClass::kPledgeBilled, fact.fixed.to_advance.wide());
  post(AccountClass::kPledgeAdvance, -fact.fixed.to_advance.wide());
}

Status SettlementClosedRule::Apply(BookState& state, Address, const Event& event,
                                   const Fact& fact) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a settlement without agreement");
  SUANPAN_RETURN_IF_ERROR(TestStated(state, state.agreements[*index], fact));
  const std::int64_t due = fact.fixed.due.value();
  if (due < 0) {
    const Agreement& agreement = state.agreements[*index];
    PayBills(state,
             SpreadOverBills(state, agreement,
                             ToFen(-fact.fixed.due.wide() - fact.fixed.to_advance.wide()), {}));
  }
  Agreement& agreement = state.agreements.Edit(*index);
  const std::optional<std::int64_t> total = NarrowWide(agreement.settled_total.wide() + due);
  const std::optional<std::int64_t> advance = NarrowWide(
      agreement.advance.wide() - fact.fixed.from_advance.wide() + fact.fixed.to_advance.wide());
  if (!total || !advance) return OverflowError();
  agreement.settled_total = Fen{*total};
  agreement.advance = Fen{*advance};
  agreement.high = fact.fixed.high;
  agreement.settled_through = fact.fixed.through;
  Bill bill;
  bill.through = fact.fixed.through;
  bill.settled_on = event.common.business_day;
  bill.due_on = fact.fixed.due_on;
  bill.due = fact.fixed.due;
  bill.open = ToFen(std::max<Wide>(0, due) - fact.fixed.from_advance.wide());
  const std::uint32_t link = static_cast<std::uint32_t>(state.bills.PushBack(bill)) + 1;
  if (agreement.last_bill != 0) {
    state.bills.Edit(agreement.last_bill - 1).next = link;
  } else {
    agreement.first_bill = link;
  }
  agreement.last_bill = link;
  return {};
}

Verdict DueWaivedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.agreement, Role::kAgreement, "agreement", index))
    return refusal;
  if (event.common.approval.none()) return Refuse(RefusalCode::missing_field, "approval");
  ApprovalTarget target{{}, {}, schema::ApprovalAction::kWaive};
  const Approval* approval = state.approvals.Find(event.common.approval);
  if (approval != nullptr && !approval->target.of.none()) {
    // Given on the signing of this very agreement.
    const Event* signing = context.old_events.Find(approval->target.of);
    const bool same = signing != nullptr &&
                      signing->kind->number == schema::AgreementSigned::kKind &&
                      signing->As<schema::AgreementSigned>().agreement == fact.fixed.agreement;
    if (same) target.of = approval->target.of;
  }
  if (target.of.none()) target.subject = fact.fixed.agreement;
  const Approving wanted =
      Approving::Of(event, target, fact.fixed.amount).At(FundOf(state, fact));
  if (Verdict refusal = TestApproval(state, wanted, event.common.approval, "approval"))
    return refusal;
  const Fen open = BilledOpen(state, state.agreements[index]);
  if (fact.fixed.amount > open) {
    return Refuse(RefusalCode::exceeds_billed, "amount_fen")
        .With("billed_fen", std::to_string(open.value()))
        .With("needed_fen", std::to_string(fact.fixed.amount.value()));
  }
  return std::nullopt;
}

void DueWaivedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.Post(BaseAccount(fact.fixed.agreement, AccountClass::kPledgeWaived), fact.fixed.amount);
  sink.PostSum(BaseAccount(fact.fixed.agreement, AccountClass::kPledgeBilled),
               -fact.fixed.amount.wide());
}

Status DueWaivedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a waiver without agreement");
  const std::vector<BillShare> shares =
      SpreadOverBills(state, state.agreements[*index], fact.fixed.amount, {});
  if (TotalOf(shares) != fact.fixed.amount.wide())
    return Contradiction("more is waived than is billed");
  PayBills(state, shares);
  // Given on the agreement by its name, or on its signing: which agreement that signed was tested
  // when the waiver was decided; the state does not keep it.
  ApprovalTarget target{{}, fact.fixed.agreement, schema::ApprovalAction::kWaive};
  const Approval* approval = state.approvals.Find(event.common.approval);
  if (approval != nullptr && !approval->target.of.none()) {
    target = {approval->target.of, {}, target.action};
  }
  return UseApproval(state,
                     Approving::Of(event, target, fact.fixed.amount).At(FundOf(state, fact)),
                     event.common.approval);
}

}  // namespace suanpan::rules
