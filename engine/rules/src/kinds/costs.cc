#include <algorithm>

#include "src/kinds/sales.h"

namespace suanpan::rules {
namespace {

using schema::CostRecorded;
using schema::SaleRecorded;
using schema::TrueUp;

constexpr int kTrueUpMonthsMax = 120;

/// The unpriced line that a cost names, or null.
const UnpricedLine* OpenLine(const BookState& state, const CostRecorded& fact) {
  if (fact.fixed.sale.none()) return nullptr;
  return state.unpriced.Find({fact.fixed.sale, fact.fixed.sale_line});
}

/// The months of a true-up.
std::vector<Month> MonthsOf(const CostRecorded& fact) {
  std::vector<Month> months;
  if (fact.fixed.true_up.empty()) return months;
  for (unsigned m = fact.fixed.true_up.from.value(); m <= fact.fixed.true_up.to.value(); ++m)
    months.push_back(Month{static_cast<std::uint16_t>(m)});
  return months;
}

/// Those that a recorded cost trued up: one that posts nothing touches none.
std::vector<Month> TruedUpBy(const CostRecorded& fact) {
  return Has(fact.fixed.flags, CostRecorded::kPosted) ? MonthsOf(fact) : std::vector<Month>{};
}

/// What a posted cost adds to the agreement's months.
std::vector<MonthChange> ChangesOf(const BookState& state, const Agreement& agreement,
                                   const CostRecorded& fact) {
  const Wide cost = fact.fixed.amount.wide();
  std::vector<MonthChange> changes;
  if (fact.fixed.true_up.empty()) {
    const UnpricedLine* open = OpenLine(state, fact);
    changes.push_back({fact.fixed.month, (open == nullptr ? 0 : open->amount.wide()) - cost, 0});
    return changes;
  }
  for (const Month month : MonthsOf(fact)) {
    const MonthBase* base = FindMonth(state, agreement, month);
    const Wide standard = base == nullptr ? 0 : base->standard.wide();
    changes.push_back({month, standard, -standard, standard});
  }
  changes.push_back({fact.fixed.true_up.to, -cost, 0});
  return changes;
}

Verdict TestTrueUp(const BookState& state, const Agreement& agreement, const CostRecorded& fact) {
  const int from = fact.fixed.true_up.from.value();
  const int to = fact.fixed.true_up.to.value();
  if (agreement.basis == schema::Basis::kRevenue)
    return Refuse(RefusalCode::basis_is_revenue, "true_up");
  if (agreement.cost_method != schema::CostMethod::kStandardMargin || from > to ||
      to - from >= kTrueUpMonthsMax || !fact.fixed.sale.none()) {
    return Refuse(RefusalCode::bad_field, "true_up");
  }
  for (int m = from; m <= to; ++m) {
    const MonthBase* base = FindMonth(state, agreement, Month{static_cast<std::uint16_t>(m)});
    if (base != nullptr && base->trued_up) {
      return Refuse(RefusalCode::true_up_done, "true_up").With("month", ToText(base->month));
    }
  }
  return std::nullopt;
}

/// The sale a cost belongs to; its month is the cost's month.
Verdict TakeSale(DecideContext& context, const Agreement& agreement, CostRecorded& fact) {
  const Event* event = nullptr;
  if (Verdict refusal = MustName(context, fact.fixed.sale, SaleRecorded::kKind, "sale", event))
    return refusal;
  if (Verdict refusal = MustStand(context.state, fact.fixed.sale)) return refusal;
  const SaleRecorded& sale = event->As<SaleRecorded>();
  if (sale.fixed.agreement.value() != 0 && sale.fixed.agreement != fact.fixed.agreement) {
    return Refuse(RefusalCode::bad_field, "agreement")
        .With("agreement", std::string{context.state.names.TextOf(sale.fixed.agreement)});
  }
  if (sale.fixed.vendor != agreement.vendor) {
    return Refuse(RefusalCode::bad_field, "sale")
        .With("vendor", std::string{context.state.names.TextOf(sale.fixed.vendor)});
  }
  if (fact.fixed.sale_line >= sale.lines.size()) return Refuse(RefusalCode::bad_field, "sale_line");
  if (!Has(fact.fixed.flags, CostRecorded::kSaleLineStated) && sale.lines.size() > 1) {
    return Refuse(RefusalCode::missing_field, "sale_line");
  }
  fact.fixed.month = event->common.period;
  return std::nullopt;
}

/// What applying a true-up relies on, also where nobody decided.
Status CheckTrueUp(const Agreement& agreement, const CostRecorded& fact) {
  const TrueUp& months = fact.fixed.true_up;
  if (months.from > months.to || months.to.value() - months.from.value() >= kTrueUpMonthsMax) {
    return Contradiction("a true-up of too many months");
  }
  if (agreement.cost_method != schema::CostMethod::kStandardMargin ||
      fact.fixed.month != months.to) {
    return Contradiction("a true-up of no standard cost, or booked in another month");
  }
  return {};
}

}  // namespace

Verdict CostRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.agreement, Role::kAgreement, "agreement", index))
    return refusal;
  const Agreement& agreement = state.agreements[index];
  fact.fixed.month = event.common.period;
  if (!fact.fixed.sale.none()) {
    if (Verdict refusal = TakeSale(context, agreement, fact)) return refusal;
  } else if (Has(fact.fixed.flags, Fact::kSaleLineStated)) {
    return Refuse(RefusalCode::missing_field, "sale");
  }
  if (!fact.fixed.true_up.empty()) {
    if (Verdict refusal = TestTrueUp(state, agreement, fact)) return refusal;
    fact.fixed.month = fact.fixed.true_up.to;
  }
  if (agreement.basis == schema::Basis::kRevenue || !agreement.Posts(fact.fixed.cost_kind))
    return std::nullopt;
  fact.fixed.flags |= Fact::kPosted;
  const std::vector<MonthChange> changes = ChangesOf(state, agreement, fact);
  const std::optional<Fen> entry = BaseChange(state, agreement, changes);
  if (!entry) return Refuse(RefusalCode::amount_overflow, "amount_fen");
  fact.fixed.entry = *entry;
  return std::nullopt;
}

std::optional<BaseMove> CostRecordedRule::MovesBase(const BookState&, const Event& event) {
  const Fact& fact = event.As<Fact>();
  if (!Has(fact.fixed.flags, Fact::kPosted)) return std::nullopt;
  return BaseMove{fact.fixed.agreement, fact.fixed.entry, fact.fixed.month, ReasonOf(event)};
}

Verdict CostRecordedRule::Derive(DecideContext& context, const Event& event,
                                 std::vector<Event>& derived) {
  const std::optional<BaseMove> move = MovesBase(context.state, event);
  return move ? MakeAccrual(context, event, *move, derived) : std::nullopt;
}

void CostRecordedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  if (!Has(fact.fixed.flags, Fact::kPosted)) return;
  const NameId name = fact.fixed.agreement;
  sink.Post(BaseAccount(name, AccountClass::kBaseCosts), fact.fixed.amount);
  sink.Post(BaseAccount(name, AccountClass::kBaseTotal), fact.fixed.entry);
  // What the base moved beyond the cost itself: a line that got its price, or the standard cost
  // that gave way.
  const AccountClass rest =
      fact.fixed.true_up.empty() ? AccountClass::kBaseUnpriced : AccountClass::kBaseStandardCost;
  sink.PostSum(BaseAccount(name, rest), -fact.fixed.amount.wide() - fact.fixed.entry.wide());
}

namespace {

/// The costs that name a line, without one of them.
std::vector<LineCost> OthersOf(const BookState& state, const SaleLineKey& key, Address cost) {
  const std::vector<LineCost>* known = state.line_costs.Find(key);
  std::vector<LineCost> others = known == nullptr ? std::vector<LineCost>{} : *known;
  std::erase_if(others, [cost](const LineCost& one) { return one.cost == cost; });
  return others;
}

/// The cost among those that name its line, or null.
const LineCost* Listed(const BookState& state, const SaleLineKey& key, Address cost) {
  const std::vector<LineCost>* known = state.line_costs.Find(key);
  if (known == nullptr) return nullptr;
  const auto found = std::ranges::find(*known, cost, &LineCost::cost);
  return found == known->end() ? nullptr : &*found;
}

SaleLineKey LineOf(const CostRecorded& fact) { return {fact.fixed.sale, fact.fixed.sale_line}; }

}  // namespace

Status CostRecordedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  if (fact.fixed.entry.value() != 0 && !MovesBase(state, event)) return NoBaseEntry();
  if (MustStand(state, fact.fixed.sale)) return Contradiction("a cost of what was taken back");
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a cost without agreement");
  CountFact(state, *index, 1);
  const bool posted = Has(fact.fixed.flags, Fact::kPosted);
  const bool prices = posted && fact.fixed.true_up.empty() && OpenLine(state, fact) != nullptr;
  if (posted) {
    if (!fact.fixed.true_up.empty()) {
      SUANPAN_RETURN_IF_ERROR(CheckTrueUp(state.agreements[*index], fact));
    }
    for (const MonthChange& change : ChangesOf(state, state.agreements[*index], fact)) {
      if (!AddToMonth(state, *index, change)) return OverflowError();
      if (!fact.fixed.true_up.empty()) MarkTruedUp(state, *index, change.month, true);
    }
  }
  if (fact.fixed.sale.none()) return {};
  const SaleLineKey key = LineOf(fact);
  std::vector<LineCost> costs = OthersOf(state, key, at);
  costs.push_back({at, prices});
  state.line_costs.Set(key, costs);
  if (!prices) return {};
  state.unpriced.Erase(key);
  --state.agreements.Edit(*index).unpriced_lines;
  return {};
}

Verdict CostRecordedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return HasDependants("its agreement is not there any more");
  for (const Month trued : TruedUpBy(fact)) {
    const MonthBase* month = FindMonth(state, state.agreements[*index], trued);
    if (month == nullptr || !month->trued_up) return HasDependants("a month is not trued up");
  }
  if (fact.fixed.sale.none()) return std::nullopt;
  const LineCost* listed = Listed(state, LineOf(fact), undoing.was.at);
  if (listed == nullptr) return HasDependants("the line does not know it");
  return listed->priced ? TestRoomForLine(state.agreements[*index], 1) : std::nullopt;
}

std::optional<BaseUndone> CostRecordedRule::UndoBase(const BookState& state,
                                                     const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  if (!Has(fact.fixed.flags, Fact::kPosted)) return std::nullopt;
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  BaseUndone undone{index, fact.fixed.month, {}};
  if (fact.fixed.true_up.empty()) {
    undone.changes.push_back({fact.fixed.month, -fact.fixed.entry.wide()});
    return undone;
  }
  for (const Month month : TruedUpBy(fact)) {
    const MonthBase* base = FindMonth(state, state.agreements[index], month);
    const Wide moved = base == nullptr ? 0 : base->moved.wide();
    undone.changes.push_back({month, -moved, moved, -moved});
  }
  undone.changes.push_back({fact.fixed.true_up.to, fact.fixed.amount.wide()});
  return undone;
}

Status CostRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  for (const Month month : TruedUpBy(fact)) MarkTruedUp(state, index, month, false);
  CountFact(state, index, -1);
  if (fact.fixed.sale.none()) return {};
  const SaleLineKey key = LineOf(fact);
  const LineCost* listed = Listed(state, key, undoing.was.at);
  if (listed != nullptr && listed->priced) {
    // What it priced is what its entry has beyond the cost.
    const std::optional<Fen> amount = CheckedAdd(fact.fixed.entry, fact.fixed.amount);
    if (!amount || amount->value() < 0 || state.unpriced.Find(key) != nullptr)
      return Contradiction("a cost that priced a line in another way");
    ReopenLine(state, index, key, *amount);
  }
  const std::vector<LineCost> others = OthersOf(state, key, undoing.was.at);
  if (others.empty()) {
    state.line_costs.Erase(key);
  } else {
    state.line_costs.Set(key, others);
  }
  return {};
}

}  // namespace suanpan::rules
