#include "src/kinds/sales.h"

namespace suanpan::rules {
namespace {

using schema::RefundLine;
using schema::RefundRecorded;
using schema::SaleLine;
using schema::SaleRecorded;

LineSums SumsOf(const BookState& state, const Agreement& agreement, const RefundRecorded& refund,
                Month month) {
  LineSums sums;
  sums.base.month = month;
  for (const RefundLine& line : refund.lines) {
    sums.amount += line.amount.wide();
    if (agreement.basis == schema::Basis::kRevenue) {
      sums.base.priced -= line.amount.wide();
    } else if (Has(line.flags, RefundLine::kUnpriced)) {
      sums.unpriced += line.amount.wide();
    } else if (Has(line.flags, RefundLine::kStandard)) {
      const MonthBase* base = FindMonth(state, agreement, month);
      const bool trued_up = base != nullptr && base->trued_up;
      (trued_up ? sums.base.priced : sums.base.standard) -= line.amount.wide();
      if (trued_up) sums.base.moved -= line.amount.wide();
    } else {
      sums.cost += line.cost.wide();
      sums.base.priced -= line.amount.wide() - line.cost.wide();
    }
  }
  return sums;
}

/// What is left of a sold line, and its share of the cost, after one more refund of it
/// (events.md 4.10).
Verdict TestLine(const BookState& state, Address sale, const SaleLine& sold, RefundLine& line,
                 std::string field) {
  const RefundedLine* before = state.refunded.Find({sale, line.sale_line});
  const RefundedLine done = before == nullptr ? RefundedLine{} : *before;
  const Wide quantity = done.quantity.wide() + line.quantity.wide();
  const Wide amount = done.amount.wide() + line.amount.wide();
  if (quantity > sold.quantity.wide() || amount > sold.amount.wide()) {
    return Refuse(RefusalCode::refund_exceeds_sale, field)
        .With("sold_quantity", std::to_string(sold.quantity.value()))
        .With("sold_fen", std::to_string(sold.amount.value()))
        .With("refunded_quantity", std::to_string(done.quantity.value()))
        .With("refunded_fen", std::to_string(done.amount.value()));
  }
  if (quantity == sold.quantity.wide()) {
    line.pro_rata = ToFen(sold.cost.wide() - done.cost.wide());
  } else {
    const Wide product = sold.cost.wide() * line.quantity.wide();
    line.pro_rata = ToFen(product / sold.quantity.wide());
  }
  return std::nullopt;
}

/// Sets how the line's cost is known.
void Classify(const BookState& state, const Agreement* agreement, Address sale,
              const SaleLine* sold, RefundLine& line) {
  line.flags &= RefundLine::kSaleLineStated | RefundLine::kCostStated;
  const bool cost_stated = Has(line.flags, RefundLine::kCostStated);
  if (!cost_stated) line.cost = sold == nullptr ? Fen{} : line.pro_rata;
  if (agreement == nullptr || agreement->basis != schema::Basis::kProfit) return;
  if (agreement->cost_method == schema::CostMethod::kStandardMargin) {
    const bool priced = cost_stated || (sold != nullptr && Has(sold->flags, SaleLine::kCostStated));
    if (!priced) line.flags |= RefundLine::kStandard;
  } else if (sold != nullptr && state.unpriced.Find({sale, line.sale_line}) != nullptr) {
    line.flags |= RefundLine::kUnpriced;
  }
}

/// The sale that is refunded: of the same vendor, its agreement taken over.
Verdict TakeSale(DecideContext& context, RefundRecorded& fact, const SaleRecorded*& sale) {
  const Event* event = nullptr;
  if (Verdict refusal = MustName(context, fact.fixed.sale, SaleRecorded::kKind, "sale", event))
    return refusal;
  if (Verdict refusal = MustStand(context.state, fact.fixed.sale)) return refusal;
  sale = &event->As<SaleRecorded>();
  if (sale->fixed.vendor != fact.fixed.vendor) {
    return Refuse(RefusalCode::agreement_not_of_vendor, "sale")
        .With("vendor", std::string{context.state.names.TextOf(sale->fixed.vendor)});
  }
  const bool stated = Has(fact.fixed.flags, RefundRecorded::kAgreementStated);
  if (stated && fact.fixed.agreement != sale->fixed.agreement) {
    return Refuse(RefusalCode::agreement_not_of_vendor, "agreement")
        .With("agreement", std::string{context.state.names.TextOf(sale->fixed.agreement)});
  }
  fact.fixed.agreement = sale->fixed.agreement;
  return std::nullopt;
}

Verdict DecideLines(DecideContext& context, RefundRecorded& fact, const SaleRecorded* sale,
                    const Agreement* agreement) {
  const std::span<RefundLine> lines = context.arena.Make<RefundLine>(fact.lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    RefundLine& line = lines[i];
    line = fact.lines[i];
    const SaleLine* sold = nullptr;
    if (sale != nullptr) {
      const std::string field = fmt::format("lines[{}]", i);
      if (!Has(line.flags, RefundLine::kSaleLineStated) && sale->lines.size() > 1) {
        return Refuse(RefusalCode::missing_field, field + ".sale_line");
      }
      if (line.sale_line >= sale->lines.size())
        return Refuse(RefusalCode::bad_field, field + ".sale_line");
      for (std::size_t j = 0; j < i; ++j) {
        if (lines[j].sale_line == line.sale_line)
          return Refuse(RefusalCode::bad_field, field + ".sale_line");
      }
      sold = &sale->lines[line.sale_line];
      if (line.item.value() != 0 && line.item != sold->item)
        return Refuse(RefusalCode::bad_field, field + ".item");
      if (Verdict refusal = TestLine(context.state, fact.fixed.sale, *sold, line, field))
        return refusal;
    } else if (Has(line.flags, RefundLine::kSaleLineStated)) {
      return Refuse(RefusalCode::missing_field, "sale");
    }
    Classify(context.state, agreement, fact.fixed.sale, sold, line);
  }
  fact.lines = lines;
  return std::nullopt;
}

/// Takes what came back out of the list of unpriced lines.
Status ReduceUnpriced(BookState& state, const SaleLineKey& key, const RefundLine& line) {
  const UnpricedLine* open = state.unpriced.Find(key);
  if (open == nullptr || open->amount < line.amount) {
    return Contradiction("a refund of an unpriced line that is not unpriced");
  }
  UnpricedLine rest = *open;
  rest.amount = Fen{rest.amount.value() - line.amount.value()};
  if (rest.amount.value() != 0) {
    state.unpriced.Set(key, rest);
    return {};
  }
  state.unpriced.Erase(key);
  --state.agreements.Edit(rest.agreement).unpriced_lines;
  return {};
}

}  // namespace

Verdict RefundRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const Wide amount = SumOf(fact.lines, &RefundLine::amount);
  const auto overflow = [] { return Refuse(RefusalCode::amount_overflow, "lines"); };
  if (Verdict refusal = TestPaid(fact.paid, amount)) return refusal;
  const SaleRecorded* sale = nullptr;
  if (!fact.fixed.sale.none()) {
    if (Verdict refusal = TakeSale(context, fact, sale)) return refusal;
  } else {
    const bool stated = Has(fact.fixed.flags, Fact::kAgreementStated);
    if (Verdict refusal = FindAgreement(state, fact.fixed.vendor, stated, event.common.business_day,
                                        fact.fixed.agreement)) {
      return refusal;
    }
  }
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  const Agreement* agreement = index ? &state.agreements[*index] : nullptr;
  if (Verdict refusal = DecideLines(context, fact, sale, agreement)) return refusal;
  if (agreement == nullptr) return NarrowWide(amount) ? Verdict{} : Verdict{overflow()};
  const LineSums sums = SumsOf(state, *agreement, fact, event.common.period);
  const std::optional<Fen> entry = BaseChange(state, *agreement, {&sums.base, 1});
  if (!entry || !NarrowWide(amount) || !NarrowWide(sums.cost)) return overflow();
  fact.fixed.entry = *entry;
  return std::nullopt;
}

std::optional<BaseMove> RefundRecordedRule::MovesBase(const BookState& state, const Event& event) {
  const Fact& fact = event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return std::nullopt;
  for (const RefundLine& line : fact.lines) {
    if (!Has(line.flags, RefundLine::kUnpriced))
      return BaseMove{fact.fixed.agreement, fact.fixed.entry, event.common.period, ReasonOf(event)};
  }
  return std::nullopt;
}

Verdict RefundRecordedRule::Derive(DecideContext& context, const Event& event,
                                   std::vector<Event>& derived) {
  const std::optional<BaseMove> move = MovesBase(context.state, event);
  return move ? MakeAccrual(context, event, *move, derived) : std::nullopt;
}

void RefundRecordedRule::Post(const BookState& state, const Fact& fact, PostingSink& sink) {
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return;
  const bool profit = state.agreements[*index].basis == schema::Basis::kProfit;
  Wide amount = 0;
  Wide cost = 0;
  Wide unpriced = 0;
  for (const RefundLine& line : fact.lines) {
    amount += line.amount.wide();
    if (!profit) continue;
    if (Has(line.flags, RefundLine::kUnpriced)) {
      unpriced += line.amount.wide();
    } else if (!Has(line.flags, RefundLine::kStandard)) {
      cost += line.cost.wide();
    }
  }
  const NameId name = fact.fixed.agreement;
  sink.PostSum(BaseAccount(name, AccountClass::kBaseRefunds), amount);
  sink.Post(BaseAccount(name, AccountClass::kBaseTotal), fact.fixed.entry);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseCosts), -cost);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseUnpriced), -unpriced);
  sink.PostSum(BaseAccount(name, AccountClass::kBaseStandardCost),
               cost + unpriced - amount - fact.fixed.entry.wide());
}

Status RefundRecordedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  if (fact.fixed.entry.value() != 0 && !MovesBase(state, event)) return NoBaseEntry();
  if (MustStand(state, fact.fixed.sale)) return Contradiction("a refund of what was taken back");
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  for (const RefundLine& line : fact.lines) {
    if (fact.fixed.sale.none()) break;
    const SaleLineKey key{fact.fixed.sale, line.sale_line};
    const RefundedLine* before = state.refunded.Find(key);
    RefundedLine done = before == nullptr ? RefundedLine{} : *before;
    const std::optional<Quantity> quantity = CheckedAdd(done.quantity, line.quantity);
    const std::optional<Fen> amount = CheckedAdd(done.amount, line.amount);
    const std::optional<Fen> cost = CheckedAdd(done.cost, line.pro_rata);
    if (!quantity || !amount || !cost) return OverflowError();
    state.refunded.Set(key, {*quantity, *amount, *cost});
    if (index && Has(line.flags, RefundLine::kUnpriced)) {
      SUANPAN_RETURN_IF_ERROR(ReduceUnpriced(state, key, line));
    }
  }
  if (!index) return {};
  CountFact(state, *index, 1);
  const LineSums sums = SumsOf(state, state.agreements[*index], fact, event.common.period);
  return AddToMonth(state, *index, sums.base) ? Status{} : OverflowError();
}

namespace {

/// Whether a cost names the line that was recorded after an event.
bool HasCostAfter(const BookState& state, const SaleLineKey& key, Address event) {
  const std::vector<LineCost>* costs = state.line_costs.Find(key);
  return costs != nullptr && costs->back().cost > event;
}

/// What is left of the refunds of a line without one of them; nothing where that is none of them.
std::optional<RefundedLine> Without(const BookState& state, const SaleLineKey& key,
                                    const RefundLine& line) {
  const RefundedLine* done = state.refunded.Find(key);
  if (done == nullptr) return std::nullopt;
  const Wide quantity = done->quantity.wide() - line.quantity.wide();
  const Wide amount = done->amount.wide() - line.amount.wide();
  const Wide cost = done->cost.wide() - line.pro_rata.wide();
  const bool none = quantity == 0 && amount == 0 && cost == 0;
  if (!none && (quantity <= 0 || amount < 0 || cost < 0)) return std::nullopt;
  return RefundedLine{Quantity{static_cast<std::int64_t>(quantity)}, ToFen(amount), ToFen(cost)};
}

}  // namespace

Verdict RefundRecordedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  if (fact.fixed.sale.none()) return std::nullopt;
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  std::uint32_t lines = 0;
  for (const RefundLine& line : fact.lines) {
    const SaleLineKey key{fact.fixed.sale, line.sale_line};
    if (HasCostAfter(state, key, undoing.was.at)) return HasDependants("a later cost of the line");
    if (!Without(state, key, line)) return HasDependants("the line was not refunded like that");
    const bool waits = index && Has(line.flags, RefundLine::kUnpriced);
    if (waits && state.unpriced.Find(key) == nullptr) ++lines;
  }
  return index ? TestRoomForLine(state.agreements[*index], lines) : std::nullopt;
}

std::optional<BaseUndone> RefundRecordedRule::UndoBase(const BookState& state,
                                                       const Undoing& undoing) {
  const Event& event = undoing.was.event;
  if (!MovesBase(state, event)) return std::nullopt;
  const Fact& fact = event.As<Fact>();
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  const Month month = event.common.period;
  return BaseUndone{
      index, month, {Turned(SumsOf(state, state.agreements[index], fact, month).base)}};
}

Status RefundRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  for (const RefundLine& line : fact.lines) {
    if (fact.fixed.sale.none()) break;
    const SaleLineKey key{fact.fixed.sale, line.sale_line};
    const std::optional<RefundedLine> rest = Without(state, key, line);
    if (!rest) return Contradiction("a line is refunded twice by one refund");
    if (rest->quantity.value() == 0) {
      state.refunded.Erase(key);
    } else {
      state.refunded.Set(key, *rest);
    }
    if (index && Has(line.flags, RefundLine::kUnpriced))
      ReopenLine(state, *index, key, line.amount);
  }
  if (index) CountFact(state, *index, -1);
  return {};
}

}  // namespace suanpan::rules
