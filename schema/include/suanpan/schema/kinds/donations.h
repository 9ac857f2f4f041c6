#pragma once

// Kinds 24, 25, 26: accruals, settlements, waivers. Stored as structs.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class AccrualReason : std::uint8_t { kEntry = 1, kReversal, kCatchUp, kAmendment };
inline constexpr std::string_view kAccrualReasonWords[] = {"entry", "reversal", "catch_up",
                                                           "amendment"};

struct DonationAccrued {
  static constexpr std::uint16_t kKind = 24;
  static constexpr std::string_view kName = "donation.accrued";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kDerived;

  struct Fixed {
    NameId agreement;
    std::uint32_t residue = 0;  ///< r = N * B - M * T, below M
    Fen entry;                  ///< b
    Fen base;                   ///< B
    Fen due_total;              ///< T
    Fen due_change;             ///< d
    Month month;                ///< the month that b belongs to
    std::uint8_t reason = 0;
    std::array<std::uint8_t, 5> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kRequired);
    v.Amount("entry_fen", s.fixed.entry, Sign::kAny, Need::kRequired);
    v.Amount("base_fen", s.fixed.base, Sign::kAny, Need::kRequired);
    v.Amount("due_total_fen", s.fixed.due_total, Sign::kAny, Need::kRequired);
    v.Amount("due_change_fen", s.fixed.due_change, Sign::kAny, Need::kRequired);
    v.Count("residue", s.fixed.residue, Range{0, kRateTermMax}, Need::kRequired);
    v.Period("month", s.fixed.month, Need::kRequired);
    v.Enum("reason", s.fixed.reason, kAccrualReasonWords, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<DonationAccrued::Fixed> && sizeof(DonationAccrued::Fixed) == 48);

struct SettlementClosed {
  static constexpr std::uint16_t kKind = 25;
  static constexpr std::string_view kName = "settlement.closed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kTermsStated = 1 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kTermsStated;
    NameId agreement;
    Date through;
    std::uint16_t terms_days = 0;
    Fen due;           ///< may be negative under net_all and reset_period
    Fen high;          ///< H: highest T at any settlement up to this one
    Fen from_advance;  ///< held advance used for this bill
    Fen to_advance;    ///< what a negative due exceeds the open bills by
    Date due_on;
    std::uint16_t flags = 0;
    std::uint32_t zero = 0;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kRequired);
    v.Day("through", s.fixed.through, Need::kRequired);
    v.CountStated("terms_days", s.fixed.terms_days, Range{0, 3'650}, s.fixed.flags, kTermsStated);
    v.Computed();
    v.Amount("due_fen", s.fixed.due, Sign::kAny, Need::kRequired);
    v.Amount("high_fen", s.fixed.high, Sign::kAny, Need::kRequired);
    v.Day("due_on", s.fixed.due_on, Need::kRequired);
    v.Amount("from_advance_fen", s.fixed.from_advance, Sign::kAny, Need::kRequired);
    v.Amount("to_advance_fen", s.fixed.to_advance, Sign::kAny, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<SettlementClosed::Fixed> && sizeof(SettlementClosed::Fixed) == 48);

struct DueWaived {
  static constexpr std::uint16_t kKind = 26;
  static constexpr std::string_view kName = "due.waived";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  static constexpr bool kApprovalRequired = true;

  struct Fixed {
    NameId agreement;
    NameId reason;
    Fen amount;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kRequired);
    v.Amount("amount_fen", s.fixed.amount, Sign::kPositive, Need::kRequired);
    v.Name("reason", s.fixed.reason, Grammar::kCode, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<DueWaived::Fixed> && sizeof(DueWaived::Fixed) == 16);

}  // namespace suanpan::schema
