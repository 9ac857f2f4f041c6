#include <algorithm>

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

namespace {

/// Shares in bills that are not of whole months: another bill may have the month of such a one.
std::vector<BillShare> OfPartialMonths(const BookState& state, std::vector<BillShare> shares) {
  std::erase_if(shares, [&](const BillShare& share) {
    const Bill& bill = state.bills[share.bill];
    return bill.through == LastDay(bill.period());
  });
  return shares;
}

}  // namespace

Status FundsReceivedRule::Apply(BookState& state, Address at, const Event&, const Fact& fact) {
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
  const std::vector<BillShare> partial = OfPartialMonths(state, shares);
  if (!partial.empty()) state.taken_off.Set(at, partial);
  Agreement& agreement = state.agreements.Edit(*index);
  const std::optional<Fen> advance = CheckedAdd(agreement.advance, fact.fixed.advance);
  if (!advance) return OverflowError();
  agreement.advance = *advance;
  CountFact(state, *index, 1);
  return {};
}

namespace {

/// The bill through the end of a month, as far as so much of it was paid.
std::optional<std::uint32_t> BillOf(const BookState& state, const Agreement& agreement,
                                    const AllocatedLine& row) {
  for (std::uint32_t link = agreement.first_bill; link != 0; link = state.bills[link - 1].next) {
    const Bill& bill = state.bills[link - 1];
    if (bill.through != LastDay(row.period)) continue;
    const Wide paid = std::max<Wide>(0, bill.due.wide()) - bill.open.wide();
    return paid >= row.amount.wide() ? std::optional{link - 1} : std::nullopt;
  }
  return std::nullopt;
}

/// The bills that a receipt paid; nothing where they are not there.
std::optional<std::vector<BillShare>> PaidBy(const BookState& state, const Agreement& agreement,
                                             const CopiedEvent& receipt) {
  const std::span<const BillShare> partial = TakenOff(state, receipt.at);
  std::vector<BillShare> shares{partial.begin(), partial.end()};
  std::vector<BillShare> left = shares;
  for (const AllocatedLine& row : receipt.event.As<FundsReceived>().allocated) {
    const auto known = std::ranges::find_if(left, [&](const BillShare& share) {
      return share.amount == row.amount && state.bills[share.bill].period() == row.period;
    });
    if (known != left.end()) {
      left.erase(known);
      continue;
    }
    const std::optional<std::uint32_t> bill = BillOf(state, agreement, row);
    if (!bill) return std::nullopt;
    shares.push_back({*bill, row.amount});
  }
  return left.empty() ? std::optional{shares} : std::nullopt;
}

}  // namespace

Verdict FundsReceivedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  if (fact.fixed.agreement.value() != 0) {
    const std::optional<std::uint32_t> index =
        state.IndexOf(fact.fixed.agreement, Role::kAgreement);
    if (!index) return HasDependants("its agreement is not there any more");
    if (state.agreements[*index].advance < fact.fixed.advance)
      return HasDependants("what it paid in advance is used");
    if (!PaidBy(state, state.agreements[*index], undoing.was))
      return HasDependants("the bills that it paid are not there");
  }
  return TestMoneyBack(state, fact.fixed.fund, fact.fixed.pot, fact.fixed.amount);
}

Status FundsReceivedRule::Undo(BookState& state, const Undoing& undoing) {
  const Fact& fact = undoing.was.event.As<Fact>();
  if (fact.fixed.agreement.value() == 0) return {};
  const std::uint32_t index = *state.IndexOf(fact.fixed.agreement, Role::kAgreement);
  ReopenBills(state, *PaidBy(state, state.agreements[index], undoing.was));
  state.taken_off.Erase(undoing.was.at);
  Agreement& agreement = state.agreements.Edit(index);
  agreement.advance = ToFen(agreement.advance.wide() - fact.fixed.advance.wide());
  CountFact(state, index, -1);
  return {};
}

}  // namespace suanpan::rules
