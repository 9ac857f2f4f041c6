#pragma once

// What several rules share: refusals with a field, postings, accruals.

#include <fmt/format.h>

#include "src/kinds/authority/authority.h"
#include "suanpan/rules/rule.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::rules {

using schema::Event;
using schema::Refusal;
using schema::RefusalCode;
using schema::Refuse;

/// Sum of a member over rows, in 128 bits.
template <class Row, class Unit>
[[nodiscard]] Wide SumOf(std::span<const Row> rows, Amount<Unit> Row::*member) {
  Wide sum = 0;
  for (const Row& row : rows) sum += (row.*member).wide();
  return sum;
}

/// An amount for a posting. Decided amounts fit; a forged one wraps and is found by the checks of
/// balances.
[[nodiscard]] constexpr Fen ToFen(Wide value) { return Fen{static_cast<std::int64_t>(value)}; }

/// Keys of accounts of an agreement or fund.
[[nodiscard]] inline AccountKey BaseAccount(NameId agreement, AccountClass account_class) {
  return {account_class, {}, agreement, {}};
}
[[nodiscard]] inline AccountKey BankAccount(NameId fund, NameId account) {
  return {AccountClass::kBank, {}, fund, account};
}
[[nodiscard]] inline AccountKey IncomeAccount(NameId fund, schema::Pot pot) {
  return {AccountClass::kNetIncome, pot, fund, {}};
}
[[nodiscard]] inline AccountKey ExpenseAccount(NameId fund, schema::Pot pot, NameId purpose) {
  return {AccountClass::kNetExpense, pot, fund, purpose};
}

[[nodiscard]] inline AccountKey AdvanceAccount(NameId fund, NameId party) {
  return {AccountClass::kAdvance, {}, fund, party};
}
[[nodiscard]] inline AccountKey PayableAccount(NameId fund, NameId party) {
  return {AccountClass::kPayable, {}, fund, party};
}

/// unknown_ref on `field`.
[[nodiscard]] Refusal UnknownRef(const BookState& state, NameId name, std::string_view field);
/// fund_short on `field`, with what is available and needed.
[[nodiscard]] Refusal FundShort(const BookState& state, NameId fund, Wide available, Fen needed,
                                std::string_view field);
/// purpose_outside_restriction.
[[nodiscard]] Refusal OutsideRestriction(const BookState& state, NameId fund);

/// A name that must be registered with a role: its index, or unknown_ref on `field`.
[[nodiscard]] Verdict MustBe(const BookState& state, NameId name, Role role, std::string_view field,
                             std::uint32_t& index);

/// A name takes one role, once: ref_taken on `field`.
[[nodiscard]] Verdict MustBeFree(const BookState& state, NameId name, std::string_view field);

/// The fund of an agreement; 0: there is no such agreement.
[[nodiscard]] NameId FundOfAgreement(const BookState& state, NameId agreement);

/// Whether a stored id was introduced: arrays by name grow to the names there are, no further.
[[nodiscard]] bool IsIntroduced(const BookState& state, NameId name);

/// Gives a name its role, with the index of its value in the role's array.
[[nodiscard]] Status TakeRole(BookState& state, NameId name, Role role, std::size_t index);

/// Takes its role from a name that nothing stands on any more.
void LeaveRole(BookState& state, NameId name);

/// A fund that was closed takes and spends nothing more, whatever the day: fund_closed on `fund`.
[[nodiscard]] Verdict MustBeOpen(const BookState& state, NameId fund);

/// The event at an address must exist and be of a kind (0: any): unknown_address, wrong_kind.
[[nodiscard]] Verdict MustName(DecideContext& context, Address address, std::uint16_t kind,
                               std::string_view field, const Event*& event);

// Kinds that a field may name and that have no rule yet: each moves to its own struct with it.
inline constexpr std::uint16_t kDecisionRecorded = 16;
inline constexpr std::uint16_t kRedemptionMade = 59;

/// MustName, and it was not taken back: unknown_address.
[[nodiscard]] Verdict MustStand(DecideContext& context, Address address, std::uint16_t kind,
                                std::string_view field, const Event*& event);

/// Whole minutes between two instants; negative where they are the wrong way round.
[[nodiscard]] std::int64_t MinutesBetween(const StatedTime& from, const StatedTime& to);

/// What a fact replaces was taken back, is of its kind, and nothing replaced it before: bad_field,
/// wrong_kind.
[[nodiscard]] Verdict TestReplaces(const BookState& state, const Event& event);

/// has_dependants: why a fact cannot be taken back now.
[[nodiscard]] Refusal HasDependants(std::string_view reason);
/// An amount cannot leave a pot again: has_dependants where the fund is closed, fund_short.
[[nodiscard]] Verdict TestMoneyBack(const BookState& state, NameId fund, schema::Pot pot,
                                    Fen amount);

/// One more fact stands under an agreement, or one less.
void CountFact(BookState& state, std::uint32_t agreement, int change);
/// Why an accrual follows a base entry.
[[nodiscard]] inline schema::AccrualReason ReasonOf(const Event& event) {
  return event.common.replaces.none() ? schema::AccrualReason::kEntry
                                      : schema::AccrualReason::kAmendment;
}

/// The donation.accrued event after a base entry, which the state contains.
[[nodiscard]] Verdict MakeAccrual(DecideContext& context, const Event& fact, const BaseMove& move,
                                  std::vector<Event>& derived);

/// The change of B that month changes make, or nothing on overflow.
[[nodiscard]] std::optional<Fen> BaseChange(const BookState& state, const Agreement& agreement,
                                            std::span<const MonthChange> changes);

/// Agreement of a sale or refund: the stated one, which must be of the vendor, else the one in
/// force on the date. Sets `id` to 0 where there is none.
[[nodiscard]] Verdict FindAgreement(const BookState& state, NameId vendor, bool stated, Date date,
                                    NameId& id);

/// Payments, where stated, must sum to the lines: paid_mismatch.
[[nodiscard]] Verdict TestPaid(std::span<const schema::PaidLine> paid, Wide amount);

}  // namespace suanpan::rules
