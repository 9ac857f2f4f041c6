#include "src/kinds/advances.h"

#include "suanpan/schema/kinds/funds.h"

namespace suanpan::rules {
namespace {

using schema::AdvanceSettled;
using schema::MoneyPaid;

Wide TotalOf(const AdvanceSettled& fact) {
  return fact.fixed.spent.wide() + fact.fixed.returned.wide();
}

/// The payment must have handed out an advance; the fact takes its fund, payee and pot.
Verdict FindPayment(DecideContext& context, AdvanceSettled& fact) {
  const Event* payment = nullptr;
  if (Verdict refusal =
          MustName(context, fact.fixed.advance, MoneyPaid::kKind, "advance", payment)) {
    return refusal;
  }
  const MoneyPaid::Fixed& paid = payment->As<MoneyPaid>().fixed;
  if (paid.use != static_cast<std::uint8_t>(schema::SpendUse::kAdvance)) {
    return Refuse(RefusalCode::wrong_kind, "advance")
        .With("kind", std::string{payment->kind->name})
        .With("reason", "a payment of another use than advance");
  }
  fact.fixed.fund = paid.fund;
  fact.fixed.payee = paid.payee;
  fact.fixed.pot = paid.pot;
  return std::nullopt;
}

/// Whether an account is the fund's; none is where nothing came back.
bool IsAccountOf(const Fund& fund, const AdvanceSettled& fact) {
  const NameId account = fact.fixed.account;
  return account.value() == 0 ? fact.fixed.returned.value() == 0 : fund.HasAccount(account);
}

/// What is open must cover what is settled; null: all of it is settled already.
Verdict TestOpen(const Advance* advance, const AdvanceSettled& fact) {
  const Fen open = advance == nullptr ? Fen{} : advance->open;
  if (advance != nullptr && TotalOf(fact) <= open.wide()) return std::nullopt;
  return Refuse(RefusalCode::exceeds_advance, "spent_fen")
      .With("open_fen", std::to_string(open.value()));
}

}  // namespace

Verdict AdvanceSettledRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (TotalOf(fact) == 0) return Refuse(RefusalCode::bad_field, "spent_fen");
  if (fact.fixed.returned.value() > 0 && fact.fixed.account.value() == 0)
    return Refuse(RefusalCode::missing_field, "account");
  if (Verdict refusal = FindPayment(context, fact)) return refusal;
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.fund, Role::kFund, "advance", index))
    return refusal;
  const Fund& fund = state.funds[index];
  if (!IsAccountOf(fund, fact)) return UnknownRef(state, fact.fixed.account, "account");
  if (fact.fixed.spent.value() > 0 && event.common.evidence.empty())
    return Refuse(RefusalCode::evidence_missing, "evidence");
  const Advance* advance = state.advances.Find(fact.fixed.advance);
  if (Verdict refusal = TestOpen(advance, fact)) return refusal;
  if (Verdict refusal =
          TestIrregular(state, event, fact.fixed.advance, fact.fixed.fund, fact.fixed.spent)) {
    return refusal;
  }
  if (fact.fixed.spent.value() > 0 && !SetAside(event, RefusalCode::purpose_outside_restriction) &&
      !InsideRestriction(fund, fact.fixed.pot, fact.fixed.purpose, advance->place, advance->matter,
                         event.common.business_day)) {
    return OutsideRestriction(state, fact.fixed.fund);
  }
  return std::nullopt;
}

void AdvanceSettledRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId fund = fact.fixed.fund;
  sink.Post(ExpenseAccount(fund, fact.fixed.pot, fact.fixed.purpose), fact.fixed.spent);
  sink.Post(BankAccount(fund, fact.fixed.account), fact.fixed.returned);
  sink.PostSum(AdvanceAccount(fund, fact.fixed.payee), -TotalOf(fact));
}

Status AdvanceSettledRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  const Advance* found = state.advances.Find(fact.fixed.advance);
  if (found == nullptr) return Contradiction("an advance is settled that is not open");
  Advance advance = *found;
  const Fund& fund = state.funds[advance.fund];
  if (fact.fixed.spent.value() < 0 || fact.fixed.returned.value() < 0 || TotalOf(fact) == 0 ||
      TestOpen(found, fact))
    return Contradiction("more of an advance is settled than is open");
  if (fund.name != fact.fixed.fund || advance.payee != fact.fixed.payee ||
      advance.pot != fact.fixed.pot) {
    return Contradiction("an advance of another fund, payee or pot is settled");
  }
  if (fact.fixed.spent.value() > 0 && event.common.evidence.empty())
    return Contradiction("an advance is spent without evidence");
  if (!IsAccountOf(fund, fact))
    return Contradiction("an advance comes back to an account that is not the fund's");
  const Wide total = TotalOf(fact);
  Tie(state, advance.fund, advance.pot, -total);
  advance.open = ToFen(advance.open.wide() - total);
  if (advance.open.value() == 0) {
    state.advances.Erase(fact.fixed.advance);
  } else {
    state.advances.Set(fact.fixed.advance, advance);
  }
  return UseIrregular(state, event, fact.fixed.advance, fact.fixed.fund, fact.fixed.spent);
}

}  // namespace suanpan::rules
