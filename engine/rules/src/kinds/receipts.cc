#include "src/kinds/funds.h"

namespace suanpan::rules {
namespace {

using schema::AllocatedLine;
using schema::FundsReceived;

Verdict TestNames(const BookState& state, const FundsReceived& fact, std::uint32_t& fund) {
  if (Verdict refusal = MustBe(state, fact.fixed.fund, Role::kFund, "fund", fund)) return refusal;
  const auto unknown = [&](std::string_view field, NameId name) {
    return Refuse(RefusalCode::unknown_ref, field)
        .With("ref", std::string{state.names.TextOf(name)});
  };
  if (!state.funds[fund].HasAccount(fact.fixed.account))
    return unknown("account", fact.fixed.account);
  if (fact.fixed.grant.value() != 0) return unknown("grant", fact.fixed.grant);
  if (fact.fixed.matter.value() != 0) return unknown("matter", fact.fixed.matter);
  if (fact.fixed.agreement.value() != 0 && fact.fixed.purpose.value() != 0) {
    return Refuse(RefusalCode::bad_field, "purpose");
  }
  if (fact.fixed.agreement.value() == 0 && !fact.bills.empty())
    return Refuse(RefusalCode::bad_field, "bills");
  return std::nullopt;
}

}  // namespace

Verdict FundsReceivedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const BookState& state = context.state;
  std::uint32_t fund = 0;
  if (Verdict refusal = TestNames(state, fact, fund)) return refusal;
  // A pot is part of its fund, so neither leaves int64.
  const bool fits = NarrowWide(state.FundBalance(fund) + fact.fixed.amount.wide()).has_value();
  const auto overflow = [] { return Refuse(RefusalCode::amount_overflow, "amount_fen"); };
  if (fact.fixed.agreement.value() == 0) {
    if (Verdict refusal = MustBeOpen(state, fact.fixed.fund)) return refusal;
    return fits ? Verdict{} : Verdict{overflow()};
  }
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.fixed.agreement, Role::kAgreement, "agreement", index))
    return refusal;
  const Agreement& agreement = state.agreements[index];
  if (agreement.fund != fund ||
      fact.fixed.pot.source != static_cast<std::uint8_t>(schema::PotSource::kVendorShare)) {
    return Refuse(RefusalCode::pot_wrong, agreement.fund != fund ? "fund" : "pot")
        .With("fund", std::string{state.names.TextOf(state.funds[agreement.fund].name)})
        .With("pot", "restricted/vendor_share or unrestricted/vendor_share");
  }
  if (!fits) return overflow();
  const std::vector<BillShare> shares =
      SpreadOverBills(state, agreement, fact.fixed.amount, fact.bills);
  const std::span<AllocatedLine> allocated = context.arena.Make<AllocatedLine>(shares.size());
  std::int64_t left = fact.fixed.amount.value();
  for (std::size_t i = 0; i < shares.size(); ++i) {
    allocated[i].period = state.bills[shares[i].bill].period();
    allocated[i].amount = shares[i].amount;
    left -= shares[i].amount.value();
  }
  fact.allocated = allocated;
  fact.fixed.advance = Fen{left};
  return std::nullopt;
}

void FundsReceivedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const Fen amount = fact.fixed.amount;
  sink.Post(BankAccount(fact.fixed.fund, fact.fixed.account), amount);
  if (fact.fixed.purpose.value() != 0) {
    sink.PostSum(ExpenseAccount(fact.fixed.fund, fact.fixed.pot, fact.fixed.purpose),
                 -amount.wide());
  } else {
    sink.PostSum(IncomeAccount(fact.fixed.fund, fact.fixed.pot), -amount.wide());
  }
  if (fact.fixed.agreement.value() == 0) return;
  const NameId name = fact.fixed.agreement;
  sink.Post(BaseAccount(name, AccountClass::kPledgeReceived), amount);
  sink.PostSum(BaseAccount(name, AccountClass::kPledgeBilled),
               fact.fixed.advance.wide() - amount.wide());
  sink.PostSum(BaseAccount(name, AccountClass::kPledgeAdvance), -fact.fixed.advance.wide());
}

Status FundsReceivedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (fact.fixed.agreement.value() == 0) {
    return MustBeOpen(state, fact.fixed.fund) ? Contradiction("a receipt of a closed fund")
                                              : Status{};
  }
  const std::optional<std::uint32_t> index = state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  if (!index) return Contradiction("a receipt under an unknown agreement");
  const std::vector<BillShare> shares =
      SpreadOverBills(state, state.agreements[*index], fact.fixed.amount, fact.bills);
  bool same = shares.size() == fact.allocated.size() &&
              TotalOf(shares) + fact.fixed.advance.wide() == fact.fixed.amount.wide();
  for (std::size_t i = 0; same && i < shares.size(); ++i) {
    same = shares[i].amount == fact.allocated[i].amount &&
           state.bills[shares[i].bill].period() == fact.allocated[i].period;
  }
  if (!same) return Contradiction("a receipt is allocated to other bills than the open ones");
  PayBills(state, shares);
  Agreement& agreement = state.agreements.Edit(*index);
  const std::optional<Fen> advance = CheckedAdd(agreement.advance, fact.fixed.advance);
  if (!advance) return OverflowError();
  agreement.advance = *advance;
  return {};
}

}  // namespace suanpan::rules
