#include "src/kinds/settlements.h"

#include <algorithm>

namespace suanpan::rules {
namespace {

using schema::SettlementClosed;

/// What a settlement leaves to be paid.
Fen OpenAtFirst(const SettlementClosed& fact) {
  return ToFen(std::max<Wide>(0, fact.fixed.due.wide()) - fact.fixed.from_advance.wide());
}

/// 1 + index of the agreement's bill before the last one; 0: none.
std::uint32_t BillBeforeLast(const BookState& state, const Agreement& agreement) {
  std::uint32_t before = 0;
  for (std::uint32_t link = agreement.first_bill; link != agreement.last_bill;
       link = state.bills[link - 1].next) {
    before = link;
  }
  return before;
}

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

std::span<const BillShare> TakenOff(const BookState& state, Address event) {
  const std::vector<BillShare>* shares = state.taken_off.Find(event);
  return shares == nullptr ? std::span<const BillShare>{} : std::span{*shares};
}

void ReopenBills(BookState& state, std::span<const BillShare> shares) {
  for (const BillShare& share : shares) {
    Bill& bill = state.bills.Edit(share.bill);
    bill.open = ToFen(bill.open.wide() + share.amount.wide());
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

Status SettlementClosedRule::Apply(BookState& state, Address at, const Event& event,
                                   const Fact& fact) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a settlement without agreement");
  SUANPAN_RETURN_IF_ERROR(TestStated(state, state.agreements[*index], fact));
  const std::int64_t due = fact.fixed.due.value();
  if (due < 0) {
    const std::vector<BillShare> shares =
        SpreadOverBills(state, state.agreements[*index],
                        ToFen(-fact.fixed.due.wide() - fact.fixed.to_advance.wide()), {});
    PayBills(state, shares);
    if (!shares.empty()) state.taken_off.Set(at, shares);
  }
  CountFact(state, *index, 1);
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
  bill.open = OpenAtFirst(fact);
  bill.high = fact.fixed.high;
  const std::uint32_t link = static_cast<std::uint32_t>(state.bills.PushBack(bill)) + 1;
  if (agreement.last_bill != 0) {
    state.bills.Edit(agreement.last_bill - 1).next = link;
  } else {
    agreement.first_bill = link;
  }
  agreement.last_bill = link;
  return {};
}

Verdict SettlementClosedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index || state.agreements[*index].last_bill == 0)
    return HasDependants("its bill is not there");
  const Agreement& agreement = state.agreements[*index];
  const Bill& bill = state.bills[agreement.last_bill - 1];
  if (bill.through != fact.fixed.through || bill.due != fact.fixed.due ||
      bill.settled_on != undoing.was.event.common.business_day) {
    return HasDependants("a later settlement");
  }
  if (bill.open != OpenAtFirst(fact)) return HasDependants("its bill was paid, waived or lowered");
  if (agreement.advance < fact.fixed.to_advance)
    return HasDependants("the advance that it left is used");
  const Wide lowered = std::max<Wide>(0, -fact.fixed.due.wide()) - fact.fixed.to_advance.wide();
  return TotalOf(TakenOff(state, undoing.was.at)) == lowered
             ? std::nullopt
             : Verdict{HasDependants("it lowered other bills")};
}

Status SettlementClosedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  const std::uint32_t before = BillBeforeLast(state, state.agreements[index]);
  ReopenBills(state, TakenOff(state, undoing.was.at));
  state.taken_off.Erase(undoing.was.at);
  Agreement& agreement = state.agreements.Edit(index);
  const std::optional<std::int64_t> total =
      NarrowWide(agreement.settled_total.wide() - fact.fixed.due.wide());
  const std::optional<std::int64_t> advance = NarrowWide(
      agreement.advance.wide() + fact.fixed.from_advance.wide() - fact.fixed.to_advance.wide());
  if (!total || !advance) return OverflowError();
  agreement.settled_total = Fen{*total};
  agreement.advance = Fen{*advance};
  agreement.high = before == 0 ? Fen{} : state.bills[before - 1].high;
  agreement.settled_through = before == 0 ? Date{} : state.bills[before - 1].through;
  agreement.last_bill = before;
  if (before == 0) {
    agreement.first_bill = 0;
  } else {
    state.bills.Edit(before - 1).next = 0;
  }
  CountFact(state, index, -1);
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
  const Approving wanted = Approving::Of(event, target, fact.fixed.amount).At(FundOf(state, fact));
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

Status DueWaivedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a waiver without agreement");
  const std::vector<BillShare> shares =
      SpreadOverBills(state, state.agreements[*index], fact.fixed.amount, {});
  if (TotalOf(shares) != fact.fixed.amount.wide())
    return Contradiction("more is waived than is billed");
  PayBills(state, shares);
  state.taken_off.Set(at, shares);
  CountFact(state, *index, 1);
  // Given on the agreement by its name, or on its signing: which agreement that signed was tested
  // when the waiver was decided; the state does not keep it.
  ApprovalTarget target{{}, fact.fixed.agreement, schema::ApprovalAction::kWaive};
  const Approval* approval = state.approvals.Find(event.common.approval);
  if (approval != nullptr && !approval->target.of.none()) {
    target = {approval->target.of, {}, target.action};
  }
  return UseApproval(state, Approving::Of(event, target, fact.fixed.amount).At(FundOf(state, fact)),
                     event.common.approval);
}

Verdict DueWaivedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const bool known = state.IndexOf(fact.fixed.agreement, Role::kAgreement) &&
                     TotalOf(TakenOff(state, undoing.was.at)) == fact.fixed.amount.wide();
  return known ? std::nullopt : Verdict{HasDependants("the bills that it waived are not there")};
}

Status DueWaivedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  ReopenBills(state, TakenOff(state, undoing.was.at));
  state.taken_off.Erase(undoing.was.at);
  CountFact(state, *state.IndexOf(fact.fixed.agreement, Role::kAgreement), -1);
  return {};
}

}  // namespace suanpan::rules
