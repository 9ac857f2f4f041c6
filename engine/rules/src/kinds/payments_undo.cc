// What a reversal takes back of requests, payments and settled advances (events.md 4.5): what was
// paid is open again, approvals stay used.

#include <algorithm>

#include "src/kinds/advances.h"
#include "src/kinds/funds.h"
#include "src/kinds/lapsing.h"

namespace suanpan::rules {
namespace {

using schema::AdvanceSettled;
using schema::MoneyPaid;
using schema::SpendingRequested;

constexpr auto kAdvance = static_cast<std::uint8_t>(schema::SpendUse::kAdvance);

/// Whether a kept event is the one that is asked for.
template <class Fact>
bool Is(const CopiedEvent& kept, Address at) {
  return kept.at == at && kept.event.kind->number == Fact::kKind;
}

/// Whether a request that the state does not have may have been dropped for its age.
bool MayHaveLapsed(const BookState& state, const SpendingRequest& request, Date on) {
  const Month swept = state.swept.get()[static_cast<std::size_t>(Lapsing::kRequests)];
  return HasLapsed(request.requested_on, std::max(on, LastDay(swept)));
}

/// The request with one payment less; nothing where it was dropped.
Status ReopenRequest(BookState& state, const Undoing& undoing) {
  const MoneyPaid::Fixed& fact = undoing.was.event.As<MoneyPaid>().fixed;
  const SpendingRequest* open = state.requests.Find(fact.request);
  std::optional<SpendingRequest> request = ToRequest(state, undoing.kept.front().event);
  if (!request) return Contradiction("a request to an unknown fund");
  if (open == nullptr && MayHaveLapsed(state, *request, undoing.on)) return {};
  request->paid =
      ToFen((open == nullptr ? request->amount : open->paid).wide() - fact.amount.wide());
  if (request->paid.value() < 0) return Contradiction("a request was not paid that much");
  state.requests.Set(fact.request, *request);
  return {};
}

}  // namespace

Verdict SpendingRequestedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const SpendingRequest* request = state.requests.Find(undoing.was.at);
  if (request == nullptr) {
    return HasDependants(fmt::format("it is paid, or older than {} days", kOpenDays));
  }
  if (request->paid.value() != 0) return HasDependants("a payment");
  return std::nullopt;
}

Status SpendingRequestedRule::Undo(BookState& state, const Undoing& undoing) {
  state.requests.Erase(undoing.was.at);
  return {};
}

Verdict MoneyPaidRule::Cascade(DecideContext&, const CopiedEvent& was, const Event&,
                               std::vector<Address>&, std::vector<Address>& kept) {
  kept.push_back(was.event.As<Fact>().fixed.request);
  return std::nullopt;
}

Verdict MoneyPaidRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact::Fixed& fact = undoing.was.event.As<Fact>().fixed;
  const bool known =
      undoing.kept.size() == 1 && Is<SpendingRequested>(undoing.kept[0], fact.request);
  if (!known) return HasDependants("its request is not known");
  const SpendingRequest* request = state.requests.Find(fact.request);
  if (request != nullptr && request->paid < fact.amount)
    return HasDependants("its request was not paid that much");
  if (fact.use != kAdvance) return std::nullopt;
  const Advance* advance = state.advances.Find(undoing.was.at);
  if (advance == nullptr || advance->open != fact.amount)
    return HasDependants("the advance was settled");
  return std::nullopt;
}

Status MoneyPaidRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact::Fixed& fact = undoing.was.event.As<Fact>().fixed;
  if (fact.use == kAdvance) {
    const Advance advance = *state.advances.Find(undoing.was.at);
    Tie(state, advance.fund, advance.pot, -advance.open.wide());
    state.advances.Erase(undoing.was.at);
  }
  return ReopenRequest(state, undoing);
}

Verdict AdvanceSettledRule::Cascade(DecideContext& context, const CopiedEvent& was, const Event&,
                                    std::vector<Address>&, std::vector<Address>& kept) {
  const Address payment = was.event.As<Fact>().fixed.advance;
  kept.push_back(payment);
  kept.push_back(context.old_events.Find(payment)->As<MoneyPaid>().fixed.request);
  return std::nullopt;
}

Verdict AdvanceSettledRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact::Fixed& fact = undoing.was.event.As<Fact>().fixed;
  const bool known =
      undoing.kept.size() == 2 && Is<MoneyPaid>(undoing.kept[0], fact.advance) &&
      Is<SpendingRequested>(undoing.kept[1], undoing.kept[0].event.As<MoneyPaid>().fixed.request) &&
      state.reversed.Find(fact.advance) == nullptr;
  if (!known) return HasDependants("its payment is not known");
  return TestMoneyBack(state, fact.fund, fact.pot, fact.returned);
}

Status AdvanceSettledRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact::Fixed& fact = undoing.was.event.As<Fact>().fixed;
  const MoneyPaid::Fixed& payment = undoing.kept[0].event.As<MoneyPaid>().fixed;
  const Wide total = fact.spent.wide() + fact.returned.wide();
  const Advance* open = state.advances.Find(fact.advance);
  Advance advance{*state.IndexOf(fact.fund, Role::kFund),
                  fact.pot,
                  fact.payee,
                  undoing.kept[1].event.As<SpendingRequested>().place,
                  payment.matter,
                  ToFen((open == nullptr ? Wide{0} : open->open.wide()) + total)};
  const bool same = payment.fund == fact.fund && payment.pot == fact.pot &&
                    payment.payee == fact.payee && advance.open <= payment.amount;
  if (!same || fact.spent.value() < 0 || fact.returned.value() < 0)
    return Contradiction("another advance was settled");
  state.advances.Set(fact.advance, advance);
  Tie(state, advance.fund, advance.pot, total);
  return {};
}

}  // namespace suanpan::rules
