#include "src/kinds/orders/assessments.h"

#include "src/kinds/orders/orders.h"

namespace suanpan::rules {
namespace {

using schema::AssessmentAnswer;
using schema::AssessmentRecorded;
using schema::OrderState;

/// The scores must fit 64 bits, and a stated total be their sum.
Verdict TestTotal(const AssessmentRecorded& fact) {
  const std::optional<std::int64_t> sum = NarrowWide(SumOf(fact.answers, &AssessmentAnswer::score));
  if (!sum) return Refuse(RefusalCode::amount_overflow, "answers");
  if (!Has(fact.flags, AssessmentRecorded::kTotalStated) || fact.total.value() == *sum)
    return std::nullopt;
  return Refuse(RefusalCode::total_mismatch, "total").With("total", std::to_string(*sum));
}

/// What is rated must be done.
Verdict TestDone(const Order* order) {
  const bool done = order != nullptr &&
                    (order->state == OrderState::kDone || order->state == OrderState::kConfirmed);
  if (done) return std::nullopt;
  return Refuse(RefusalCode::illegal_transition, "concerns")
      .With("reason", "the order is not done, or too old to tell");
}

/// One rating more or fewer of an order that a rating on a date found there.
Status Rate(BookState& state, Address at, Date on, bool more) {
  const Order* found = FindOrder(state, at, on);
  if (found == nullptr) return {};
  Order order = *found;
  if (!more && order.ratings == 0) return Contradiction("a rating is taken back that is not there");
  order.ratings = more ? order.ratings + 1 : order.ratings - 1;
  SetOrder(state, at, order);
  return {};
}

}  // namespace

Verdict AssessmentRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* concerns = nullptr;
  if (!fact.concerns.none()) {
    if (Verdict refusal = MustName(context, fact.concerns, 0, "concerns", concerns)) return refusal;
  }
  if (Verdict refusal = TestTotal(fact)) return refusal;
  if (concerns == nullptr || concerns->kind->number != schema::OrderPlaced::kKind)
    return std::nullopt;
  return TestDone(FindOrder(context.state, fact.concerns, event.common.business_day));
}

Status AssessmentRecordedRule::Apply(BookState& state, Address, const Event& event,
                                     const Fact& fact) {
  if (TestTotal(fact)) return Contradiction("an assessment with another total than its scores");
  const bool is_order = state.orders.Find(fact.concerns) != nullptr;
  const Date on = event.common.business_day;
  if (is_order && TestDone(FindOrder(state, fact.concerns, on)))
    return Contradiction("an order is rated before it is done");
  return Rate(state, fact.concerns, on, true);
}

Status AssessmentRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  return Rate(state, fact.concerns, undoing.was.event.common.business_day, false);
}

}  // namespace suanpan::rules
