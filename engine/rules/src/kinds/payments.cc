#include <algorithm>

#include "src/kinds/funds.h"
#include "src/kinds/lapsing.h"

namespace suanpan::rules {
namespace {

using schema::MoneyPaid;
using schema::SpendingRequested;

constexpr auto kPayable = static_cast<std::uint8_t>(schema::SpendUse::kPayable);
constexpr auto kAdvance = static_cast<std::uint8_t>(schema::SpendUse::kAdvance);

/// What the payment must share with its request; the sum of all payments may not pass it.
Verdict TestRequest(const BookState& state, const SpendingRequest* request, const MoneyPaid& fact,
                    Date on) {
  const auto mismatch = [](std::string_view field) {
    return Refuse(RefusalCode::request_mismatch, field);
  };
  if (request == nullptr || HasLapsed(request->requested_on, on)) {
    return mismatch("request").With(
        "reason", fmt::format("the request is paid in full, or older than {} days", kOpenDays));
  }
  if (request->use != fact.fixed.use) return mismatch("use");
  if (state.funds[request->fund].name != fact.fixed.fund) return mismatch("fund");
  // What was owed lies in no pot any more: such a payment need not name one.
  const bool in_pot = fact.fixed.use != kPayable || !fact.fixed.pot.none();
  if (in_pot && !request->pot.none() && request->pot != fact.fixed.pot) return mismatch("pot");
  if (request->payee != fact.fixed.payee) return mismatch("payee");
  const Wide left = request->amount.wide() - request->paid.wide();
  if (fact.fixed.amount.wide() > left) {
    return mismatch("amount_fen").With("open_fen", std::to_string(static_cast<std::int64_t>(left)));
  }
  if (request->purpose != fact.fixed.purpose) return mismatch("purpose");
  return std::nullopt;
}

/// A request that is paid in parts is approved as one: the tier is that of all that it came to.
Approving ApprovingOf(const SpendingRequest& request, const Event& event, const MoneyPaid& fact) {
  Approving wanted = Approving::Of(event, {fact.fixed.request, {}, schema::ApprovalAction::kSpend},
                                   fact.fixed.amount)
                         .At(fact.fixed.fund);
  wanted.before = request.paid;
  return wanted;
}

/// All unused approvals on the request that fit, but none by the payer; in order of address.
Verdict TakeUnused(DecideContext& context, const Event& event, const Approving& wanted,
                   MoneyPaid& fact) {
  const BookState& state = context.state;
  std::vector<Address> taken;
  bool own = false;
  const Address* newest = state.newest_approval.Find(wanted.target);
  for (Address at = newest == nullptr ? Address{} : *newest; !at.none();
       at = state.approvals.Find(at)->next) {
    const Verdict refusal = TestServes(state, wanted, at, "approvals");
    own = own || (refusal && refusal->code == RefusalCode::self_approval);
    if (!refusal) taken.push_back(at);
  }
  // Where a missing approval is set aside, the payer's own one stands in nobody's way.
  if (taken.empty() && own && !SetAside(event, RefusalCode::approval_missing)) {
    return Refuse(RefusalCode::self_approval, "approvals")
        .With("actor", std::string{state.names.TextOf(event.common.actor)});
  }
  // Of too many those that count come first.
  std::stable_partition(taken.begin(), taken.end(),
                        [&](Address at) { return Counts(state, wanted, at); });
  if (taken.size() > schema::kApprovalsMax) taken.resize(schema::kApprovalsMax);
  std::sort(taken.begin(), taken.end());
  fact.approvals = context.arena.Copy(std::span<const Address>{taken});
  return std::nullopt;
}

Verdict TestApprovals(DecideContext& context, const SpendingRequest& request, const Event& event,
                      MoneyPaid& fact) {
  const Approving wanted = ApprovingOf(request, event, fact);
  const Verdict refusal = Has(fact.fixed.flags, MoneyPaid::kApprovalsStated)
                              ? TestListed(context, wanted, fact.approvals)
                              : TakeUnused(context, event, wanted, fact);
  if (refusal) return refusal;
  if (SetAside(event, RefusalCode::approval_missing)) return std::nullopt;
  return TestEnough(context.state, wanted, fact.approvals, "approvals");
}

/// What the fund owes the payee.
Wide OwedTo(const BookState& state, const MoneyPaid& fact) {
  return -state.accounts.BalanceOf(PayableAccount(fact.fixed.fund, fact.fixed.payee)).wide();
}

Verdict TestOwed(const BookState& state, const MoneyPaid& fact) {
  const Wide owed = OwedTo(state, fact);
  if (fact.fixed.amount.wide() <= owed) return std::nullopt;
  return Refuse(RefusalCode::payable_short, "amount_fen")
      .With("payable_fen", std::to_string(static_cast<std::int64_t>(owed)))
      .With("needed_fen", std::to_string(fact.fixed.amount.value()));
}

/// What was owed has left its pot already; all else must be free in it.
Verdict TestCover(const BookState& state, std::uint32_t fund, const MoneyPaid& fact) {
  Wide available =
      state.accounts.BalanceOf(BankAccount(fact.fixed.fund, fact.fixed.account)).wide();
  if (fact.fixed.use != kPayable)
    available = std::min(available, AvailableOf(state, fund, fact.fixed.pot));
  if (fact.fixed.amount.wide() <= available) return std::nullopt;
  return FundShort(state, fact.fixed.fund, available, fact.fixed.amount, "amount_fen");
}

}  // namespace

std::optional<SpendingRequest> ToRequest(const BookState& state, const Event& event) {
  const auto& fact = event.As<SpendingRequested>();
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.fund, Role::kFund);
  if (!fund) return std::nullopt;
  SpendingRequest request;
  request.use = fact.use;
  request.fund = *fund;
  request.pot = fact.pot;
  request.payee = fact.payee;
  request.amount = fact.amount;
  request.purpose = fact.purpose;
  request.matter = fact.matter;
  request.place = fact.place;
  request.author = event.common.actor;
  request.requested_on = event.common.business_day;
  return request;
}

Verdict SpendingRequestedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  std::uint32_t fund = 0;
  if (Verdict refusal = MustBe(context.state, fact.fund, Role::kFund, "fund", fund)) return refusal;
  if (fact.matter.value() != 0) return UnknownRef(context.state, fact.matter, "matter");
  if (!fact.basis.none()) {
    const Event* basis = nullptr;
    if (Verdict refusal = MustName(context, fact.basis, 0, "basis", basis)) return refusal;
  }
  return MustBeOpen(context.state, fact.fund);
}

Status SpendingRequestedRule::Apply(BookState& state, Address at, const Event& event,
                                    const Fact& fact) {
  const std::optional<SpendingRequest> request = ToRequest(state, event);
  if (!request) return Contradiction("a request to an unknown fund");
  if (MustBeOpen(state, fact.fund)) return Contradiction("a request to a closed fund");
  DropLapsed(state, Lapsing::kRequests, event.common.business_day);
  state.requests.Set(at, *request);
  return {};
}

Verdict MoneyPaidRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (fact.fixed.use > kAdvance) {
    return Refuse(RefusalCode::bad_field, "use")
        .With("reason", "only expense, payable and advance are supported yet");
  }
  std::uint32_t fund = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.fund, Role::kFund, "fund", fund)) return refusal;
  const Fund& payer = state.funds[fund];
  if (!payer.HasAccount(fact.fixed.account))
    return UnknownRef(state, fact.fixed.account, "account");
  if (fact.fixed.grant.value() != 0) return UnknownRef(state, fact.fixed.grant, "grant");
  if (fact.fixed.agreement.value() != 0) return Refuse(RefusalCode::bad_field, "agreement");
  if (fact.fixed.matter.value() != 0) return UnknownRef(state, fact.fixed.matter, "matter");
  const Event* named = nullptr;
  if (Verdict refusal =
          MustName(context, fact.fixed.request, SpendingRequested::kKind, "request", named)) {
    return refusal;
  }
  const SpendingRequest* request = state.requests.Find(fact.fixed.request);
  if (!Has(fact.fixed.flags, Fact::kPotStated) && fact.fixed.use != kPayable) {
    fact.fixed.pot = request != nullptr && !request->pot.none() ? request->pot : payer.default_pot;
  }
  if (Verdict refusal = TestRequest(state, request, fact, event.common.business_day))
    return refusal;
  if (Verdict refusal =
          TestIrregular(state, event, fact.fixed.request, fact.fixed.fund, fact.fixed.amount)) {
    return refusal;
  }
  if (Verdict refusal = TestApprovals(context, *request, event, fact)) return refusal;
  const bool payable = fact.fixed.use == kPayable;
  if (!payable && !SetAside(event, RefusalCode::purpose_outside_restriction) &&
      !InsideRestriction(payer, fact.fixed.pot, fact.fixed.purpose, request->place,
                         fact.fixed.matter, event.common.business_day)) {
    return OutsideRestriction(state, fact.fixed.fund);
  }
  if (Verdict refusal = payable ? TestOwed(state, fact) : Verdict{}) return refusal;
  return TestCover(state, fund, fact);
}

void MoneyPaidRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.PostSum(BankAccount(fact.fixed.fund, fact.fixed.account), -fact.fixed.amount.wide());
  AccountKey to = ExpenseAccount(fact.fixed.fund, fact.fixed.pot, fact.fixed.purpose);
  if (fact.fixed.use == kPayable) to = PayableAccount(fact.fixed.fund, fact.fixed.payee);
  if (fact.fixed.use == kAdvance) to = AdvanceAccount(fact.fixed.fund, fact.fixed.payee);
  sink.Post(to, fact.fixed.amount);
}

Status MoneyPaidRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  const SpendingRequest* found = state.requests.Find(fact.fixed.request);
  if (const Verdict refusal = TestRequest(state, found, fact, event.common.business_day)) {
    return Contradiction("a payment does not fit its request: {} of {}", ToText(refusal->code),
                         refusal->field);
  }
  SpendingRequest request = *found;
  const Approving wanted = ApprovingOf(request, event, fact);
  const std::optional<Fen> paid = CheckedAdd(request.paid, fact.fixed.amount);
  if (!paid) return OverflowError();
  request.paid = *paid;
  if (request.paid == request.amount) {
    state.requests.Erase(fact.fixed.request);
  } else {
    state.requests.Set(fact.fixed.request, request);
  }
  if (fact.fixed.use == kPayable && OwedTo(state, fact) < 0)
    return Contradiction("more is paid than is owed");
  if (fact.fixed.use == kAdvance) {
    if (fact.fixed.amount.value() <= 0) return Contradiction("an advance of nothing");
    state.advances.Set(at, {request.fund, fact.fixed.pot, fact.fixed.payee, request.place,
                            fact.fixed.matter, fact.fixed.amount});
    Tie(state, request.fund, fact.fixed.pot, fact.fixed.amount.wide());
  }
  const bool enough = !TestEnough(state, wanted, fact.approvals, {});
  if (!enough && !SetAside(event, RefusalCode::approval_missing))
    return Contradiction("a payment without the approvals that it needs");
  SUANPAN_RETURN_IF_ERROR(UseListed(state, wanted, fact.approvals));
  return UseIrregular(state, event, fact.fixed.request, fact.fixed.fund, fact.fixed.amount);
}

}  // namespace suanpan::rules
