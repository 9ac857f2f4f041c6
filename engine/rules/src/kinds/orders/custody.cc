#include "src/kinds/lapsing.h"
#include "src/kinds/orders/orders.h"

namespace suanpan::rules {
namespace {

using schema::CustodyPassed;

ParcelKey ParcelOf(const CustodyPassed& fact) {
  return {fact.fixed.order, std::string{fact.parcel}};
}

/// Whoever passes a parcel on must have it; the first one collects it, wherever it lies.
Verdict TestHolder(const BookState& state, const Custody* custody, const CustodyPassed& fact) {
  if (custody == nullptr || custody->holder == fact.fixed.from) return std::nullopt;
  return Refuse(RefusalCode::custody_broken, "from")
      .With("holder", std::string{state.names.TextOf(custody->holder)});
}

/// Who has the parcel on a date; null: nobody yet, or the order is too old to be followed.
const Custody* FindCustody(const BookState& state, const CustodyPassed& fact, Date on) {
  if (FindOrder(state, fact.fixed.order, on) == nullptr) return nullptr;
  return state.custody.Find(ParcelOf(fact));
}

}  // namespace

Verdict CustodyPassedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal =
          MustStand(context, fact.fixed.order, schema::OrderPlaced::kKind, "order", named)) {
    return refusal;
  }
  const Custody* custody = FindCustody(context.state, fact, event.common.business_day);
  if (Verdict refusal = TestHolder(context.state, custody, fact)) return refusal;
  if (custody != nullptr) fact.fixed.previous = custody->passed;
  return std::nullopt;
}

Status CustodyPassedRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  if (state.reversed.Find(fact.fixed.order) != nullptr)
    return Contradiction("a parcel of an order that was taken back");
  const Custody* custody = FindCustody(state, fact, event.common.business_day);
  const Address previous = custody == nullptr ? Address{} : custody->passed;
  if (TestHolder(state, custody, fact) || fact.fixed.previous != previous)
    return Contradiction("a parcel is passed on by somebody who does not have it");
  if (FindOrder(state, fact.fixed.order, event.common.business_day) != nullptr)
    state.custody.Set(ParcelOf(fact), {fact.fixed.to, at});
  return {};
}

Verdict CustodyPassedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Custody* custody = state.custody.Find(ParcelOf(undoing.was.event.As<Fact>()));
  if (custody != nullptr && custody->passed == undoing.was.at) return std::nullopt;
  return Refuse(RefusalCode::has_dependants, "of")
      .With("reason", custody == nullptr ? "its order is not there any more"
                                         : "the parcel was passed on after it");
}

Status CustodyPassedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (fact.fixed.previous.none()) {
    state.custody.Erase(ParcelOf(fact));
  } else {
    state.custody.Set(ParcelOf(fact), {fact.fixed.from, fact.fixed.previous});
  }
  return {};
}

}  // namespace suanpan::rules
