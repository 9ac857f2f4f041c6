#pragma once

// Kinds 29, 30, 31: money into and out of a fund.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// What a receipt paid of one bill.
struct AllocatedLine {
  Fen amount;
  Month period;
  std::array<std::uint8_t, 6> zero{};

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Period("period", s.period, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kAny, Need::kRequired);
  }
};
static_assert(kStorable<AllocatedLine> && sizeof(AllocatedLine) == 16);

inline constexpr std::size_t kBillsMax = 120;

struct FundsReceived {
  static constexpr std::uint16_t kKind = 29;
  static constexpr std::string_view kName = "funds.received";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId fund;
    NameId from;
    NameId account;
    NameId agreement;
    NameId grant;
    NameId purpose;
    NameId matter;
    Pot pot;
    std::uint16_t zero = 0;
    Fen amount;
    Fen advance;  ///< the part that no open bill took
    std::uint16_t bills = 0;
    std::uint16_t allocated = 0;
    std::uint8_t bank_ref = 0;    ///< bytes of the token
    std::uint8_t receipt_no = 0;  ///< bytes of the token
    std::uint16_t zero2 = 0;
  } fixed;
  std::span<const Month> bills;
  std::span<const AllocatedLine> allocated;
  std::string_view bank_ref;
  std::string_view receipt_no;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("fund", s.fixed.fund, Grammar::kRef, Need::kRequired);
    v.PotOf("pot", s.fixed.pot, Need::kRequired);
    v.Name("from", s.fixed.from, Grammar::kRef, Need::kRequired);
    v.Amount("amount_fen", s.fixed.amount, Sign::kPositive, Need::kRequired);
    v.Name("account", s.fixed.account, Grammar::kRef, Need::kRequired);
    v.Token("bank_ref", s.bank_ref, Need::kOptional);
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kOptional);
    v.Name("grant", s.fixed.grant, Grammar::kRef, Need::kOptional);
    v.Name("purpose", s.fixed.purpose, Grammar::kCode, Need::kOptional);
    v.Periods("bills", s.bills, kBillsMax);
    v.Name("matter", s.fixed.matter, Grammar::kRef, Need::kOptional);
    v.Token("receipt_no", s.receipt_no, Need::kOptional);
    v.Computed();
    v.template Rows<AllocatedLine>("allocated", s.allocated, 0xffff, Need::kOptional);
    v.Amount("advance_fen", s.fixed.advance, Sign::kAny, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.bills, s.bills);
    io.Counts(s.fixed.allocated, s.allocated);
    io.Counts(s.fixed.bank_ref, s.bank_ref);
    io.Counts(s.fixed.receipt_no, s.receipt_no);
    io.Fixed(s.fixed);
    io.Rows(s.bills, s.fixed.bills);
    io.Rows(s.allocated, s.fixed.allocated);
    io.Token(s.bank_ref, s.fixed.bank_ref);
    io.Token(s.receipt_no, s.fixed.receipt_no);
  }
};
static_assert(kStorable<FundsReceived::Fixed> && sizeof(FundsReceived::Fixed) == 56);

enum class SpendUse : std::uint8_t {
  kExpense = 1,
  kPayable,
  kAdvance,
  kGrant,
  kTransfer,
  kRelease,
  kReturnToDonor
};
inline constexpr std::string_view kSpendUseWords[] = {
    "expense", "payable", "advance", "grant", "transfer", "release", "return_to_donor"};

struct SpendingRequested {
  static constexpr std::uint16_t kKind = 30;
  static constexpr std::string_view kName = "spending.requested";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::uint8_t use = 0;
  NameId fund;
  Pot pot;
  NameId payee;
  Fen amount;
  NameId purpose;
  NameId matter;
  NameId place;
  Address basis;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("use", s.use, kSpendUseWords, Need::kRequired);
    v.Name("fund", s.fund, Grammar::kRef, Need::kRequired);
    v.PotOf("pot", s.pot, Need::kOptional);
    v.Name("payee", s.payee, Grammar::kRef, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kPositive, Need::kRequired);
    v.Name("purpose", s.purpose, Grammar::kCode, Need::kRequired);
    v.Name("matter", s.matter, Grammar::kRef, Need::kOptional);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.Event("basis", s.basis, Need::kOptional);
  }
};

inline constexpr std::size_t kApprovalsMax = 16;

struct MoneyPaid {
  static constexpr std::uint16_t kKind = 31;
  static constexpr std::string_view kName = "money.paid";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint8_t { kPotStated = 1, kApprovalsStated = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kPotStated | kApprovalsStated;
    Address request;
    NameId fund;
    NameId payee;
    NameId purpose;
    NameId account;
    NameId grant;
    NameId agreement;
    NameId matter;
    std::uint8_t use = 0;
    Pot pot;
    std::uint8_t flags = 0;
    Fen amount;
    std::uint16_t approvals = 0;
    std::uint8_t bank_ref = 0;  ///< bytes of the token
    std::array<std::uint8_t, 5> zero{};
  } fixed;
  std::span<const Address> approvals;
  std::string_view bank_ref;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("request", s.fixed.request, Need::kRequired);
    v.Enum("use", s.fixed.use, kSpendUseWords, Need::kRequired);
    v.Name("fund", s.fixed.fund, Grammar::kRef, Need::kRequired);
    v.PotStated("pot", s.fixed.pot, s.fixed.flags, kPotStated);
    v.Name("payee", s.fixed.payee, Grammar::kRef, Need::kRequired);
    v.Amount("amount_fen", s.fixed.amount, Sign::kPositive, Need::kRequired);
    v.Name("purpose", s.fixed.purpose, Grammar::kCode, Need::kRequired);
    v.Name("account", s.fixed.account, Grammar::kRef, Need::kRequired);
    v.Token("bank_ref", s.bank_ref, Need::kOptional);
    v.Name("grant", s.fixed.grant, Grammar::kRef, Need::kOptional);
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kOptional);
    v.Name("matter", s.fixed.matter, Grammar::kRef, Need::kOptional);
    v.EventsStated("approvals", s.approvals, kApprovalsMax, s.fixed.flags, kApprovalsStated);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.approvals, s.approvals);
    io.Counts(s.fixed.bank_ref, s.bank_ref);
    io.Fixed(s.fixed);
    io.Rows(s.approvals, s.fixed.approvals);
    io.Token(s.bank_ref, s.fixed.bank_ref);
  }
};
static_assert(kStorable<MoneyPaid::Fixed> && sizeof(MoneyPaid::Fixed) == 56);

}  // namespace suanpan::schema
