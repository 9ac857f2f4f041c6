#include "src/kinds/sales.h"

#include "suanpan/schema/kinds/slots.h"

namespace suanpan::rules {
namespace {

using schema::SaleLine;
using schema::SaleRecorded;

bool IsTruedUp(const BookState& state, const Agreement& agreement, Month month) {
  const MonthBase* base = FindMonth(state, agreement, month);
  return base != nullptr && base->trued_up;
}

LineSums SumsOf(const BookState& state, const Agreement& agreement, const SaleRecorded& sale,
                Month month) {
  LineSums sums;
  sums.base.month = month;
  const bool standard = agreement.cost_method == schema::CostMethod::kStandardMargin;
  for (const SaleLine& line : sale.lines) {
    sums.amount += line.amount.wide();
    if (agreement.basis == schema::Basis::kRevenue) {
      sums.base.priced += line.amount.wide();
    } else if (Has(line.flags, SaleLine::kCostStated)) {
      sums.cost += line.cost.wide();
      sums.base.priced += line.amount.wide() - line.cost.wide();
    } else if (!standard) {
      sums.unpriced += line.amount.wide();
    } else if (IsTruedUp(state, agreement, month)) {
      sums.base.priced += line.amount.wide();
      sums.base.moved += line.amount.wide();
    } else {
      sums.base.standard += line.amount.wide();
    }
  }
  return sums;
}

bool IsUnpriced(const Agreement& agreement, const SaleLine& line) {
  return agreement.basis == schema::Basis::kProfit &&
         agreement.cost_method == schema::CostMethod::kPerLine &&
         !Has(line.flags, SaleLine::kCostStated);
}

}  // namespace

Verdict MustStand(const BookState& state, Address sale) {
  const Reversed* reversed = state.reversed.Find(sale);
  if (reversed == nullptr) return std::nullopt;
  return Refuse(RefusalCode::sale_reversed, "sale").With("by", schema::ToText(reversed->by));
}

Verdict TestRoomForLine(const Agreement& agreement, std::uint32_t lines) {
  if (agreement.unpriced_lines + lines <= kUnpricedLinesMax) return std::nullopt;
  return Refuse(RefusalCode::unpriced_limit, "of").WithCount("lines_max", kUnpricedLinesMax);
}

void ReopenLine(BookState& state, std::uint32_t agreement, const SaleLineKey& key, Fen amount) {
  const UnpricedLine* open = state.unpriced.Find(key);
  if (open == nullptr) ++state.agreements.Edit(agreement).unpriced_lines;
  const Wide before = open == nullptr ? Wide{0} : open->amount.wide();
  state.unpriced.Set(key, {agreement, ToFen(before + amount.wide())});
}

Verdict SaleRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const Wide amount = SumOf(fact.lines, &SaleLine::amount);
  const auto overflow = [] { return Refuse(RefusalCode::amount_overflow, "lines"); };
  if (Verdict refusal = TestPaid(fact.paid, amount)) return refusal;
  const bool stated = Has(fact.fixed.flags, Fact::kAgreementStated);
  if (Verdict refusal = FindAgreement(state, fact.fixed.vendor, stated, event.common.business_day,
                                      fact.fixed.agreement)) {
    return refusal;
  }
  if (!fact.slot.none()) {
    const Event* slot = nullptr;
    if (Verdict refusal = MustName(context, fact.slot, schema::SlotScheduled::kKind, "slot", slot))
      return refusal;
  }
  if (fact.fixed.agreement.value() == 0) {
    return NarrowWide(amount) ? Verdict{} : Verdict{overflow()};
  }
  const Agreement& agreement =
      state.agreements[*state.IndexOf(fact.fixed.agreement, Role::kAgreement)];
  std::uint32_t unpriced = agreement.unpriced_lines;
  for (const SaleLine& line : fact.lines) unpriced += IsUnpriced(agreement, line) ? 1U : 0U;
  if (unpriced > kUnpricedLinesMax) {
    return Refuse(RefusalCode::unpriced_limit, "lines").WithCount("lines_max", kUnpricedLinesMax);
  }
  const LineSums sums = SumsOf(state, agreement, fact, event.common.period);
  const std::optional<Fen> entry = BaseChange(state, agreement, {&sums.base, 1});
  if (!entry || !NarrowWide(amount)) return overflow();
  fact.fixed.entry = *entry;
  return std::nullopt;
}

std::optional<BaseMove> SaleRecordedRule::MovesBase(const BookState& state, const Event& event) {
  const Fact& fact = event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return std::nullopt;
  for (const SaleLine& line : fact.lines) {
    if (!IsUnpriced(state.agreements[*index], line))
      return BaseMove{fact.fixed.agreement, fact.fixed.entry, event.common.period, ReasonOf(event)};
  }
  return std::nullopt;
}

Verdict SaleRecordedRule::Derive(DecideContext& context, const Event& event,
                                 std::vector<Event>& derived) {
  const std::optional<BaseMove> move = MovesBase(context.state, event);
  return move ? MakeAccrual(context, event, *move, derived) : std::nullopt;
}

void SaleRecordedRule::Post(const BookState& state, const Fact& fact, PostingSink& sink) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return;
  const Agreement& agreement = state.agreements[*index];
  const bool profit = agreement.basis == schema::Basis::kProfit;
  Wide amount = 0;
  Wide cost = 0;
  Wide unpriced = 0;
  for (const SaleLine& line : fact.lines) {
    amount += line.amount.wide();
    if (profit && Has(line.flags, SaleLine::kCostStated)) cost += line.cost.wide();
    if (IsUnpriced(agreement, line)) unpriced += line.amount.wide();
  }
  const NameId name = agreement.name;
  sink.PostSum(BaseAccount(name, AccountClass::kBaseSales), -amount);
  sink.Post(BaseAccount(name, AccountClass::kBaseTotal), fact.fixed.entry);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseCosts), cost);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseUnpriced), unpriced);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseStandardCost),
               amount - fact.fixed.entry.wide() - cost - unpriced);
}

Status SaleRecordedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  if (fact.fixed.entry.value() != 0 && !MovesBase(state, event)) return NoBaseEntry();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return {};
  const LineSums sums = SumsOf(state, state.agreements[*index], fact, event.common.period);
  // A line that was given away for nothing waits for its cost like any other.
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    if (!IsUnpriced(state.agreements[*index], fact.lines[i])) continue;
    if (state.agreements[*index].unpriced_lines == kUnpricedLinesMax)
      return Contradiction("more unpriced lines than an agreement may have");
    ReopenLine(state, *index, {at, static_cast<std::uint16_t>(i)}, fact.lines[i].amount);
  }
  CountFact(state, *index, 1);
  return AddToMonth(state, *index, sums.base) ? Status{} : OverflowError();
}

Verdict SaleRecordedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    const SaleLineKey key{undoing.was.at, static_cast<std::uint16_t>(i)};
    if (state.refunded.Find(key) != nullptr) return HasDependants("a refund names it");
    if (state.line_costs.Find(key) != nullptr) return HasDependants("a cost names it");
    if (!index || !IsUnpriced(state.agreements[*index], fact.lines[i])) continue;
    const UnpricedLine* open = state.unpriced.Find(key);
    if (open == nullptr || open->agreement != *index || open->amount != fact.lines[i].amount)
      return HasDependants("a line of it is not there as it was sold");
  }
  return std::nullopt;
}

std::optional<BaseUndone> SaleRecordedRule::UndoBase(const BookState& state,
                                                     const Undoing& undoing) {
  const Event& event = undoing.was.event;
  if (!MovesBase(state, event)) return std::nullopt;
  const Fact& fact = event.As<Fact>();
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  const Month month = event.common.period;
  return BaseUndone{
      index, month, {Turned(SumsOf(state, state.agreements[index], fact, month).base)}};
}

Status SaleRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return {};
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    if (!IsUnpriced(state.agreements[*index], fact.lines[i])) continue;
    state.unpriced.Erase({undoing.was.at, static_cast<std::uint16_t>(i)});
    --state.agreements.Edit(*index).unpriced_lines;
  }
  CountFact(state, *index, -1);
  return {};
}

void DonationAccruedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.Post(BaseAccount(fact.fixed.agreement, AccountClass::kPledgeAccrued), fact.fixed.due_change);
  sink.PostSum(BaseAccount(fact.fixed.agreement, AccountClass::kPledgeUndertaken),
               -fact.fixed.due_change.wide());
}

Status DonationAccruedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("an accrual without agreement");
  Agreement& agreement = state.agreements.Edit(*index);
  const std::optional<DonationFigures> figures = FiguresOf(state, agreement);
  if (!figures) return OverflowError();
  const auto& stated = fact.fixed;
  const std::string_view name = state.names.TextOf(stated.agreement);
  if (figures->base != stated.base || figures->due_total != stated.due_total ||
      figures->residue != stated.residue) {
    return Contradiction(
        "accrual of {}: base {}, due {}, residue {} are recorded, but {}, {}, {} follow from the "
        "log",
        name, stated.base.value(), stated.due_total.value(), stated.residue, figures->base.value(),
        figures->due_total.value(), figures->residue);
  }
  if (stated.base.wide() - agreement.base.wide() != stated.entry.wide() ||
      stated.due_total.wide() - agreement.due_total.wide() != stated.due_change.wide() ||
      state.accounts.BalanceOf(BaseAccount(agreement.name, AccountClass::kBaseTotal)) !=
          stated.base) {
    return Contradiction(
        "accrual of {}: its change of base {} or of due {} does not follow from the log", name,
        stated.entry.value(), stated.due_change.value());
  }
  agreement.base = stated.base;
  agreement.due_total = stated.due_total;
  return {};
}

}  // namespace suanpan::rules
