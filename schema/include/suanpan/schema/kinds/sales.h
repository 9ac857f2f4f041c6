#pragma once

// Kinds 20, 21: sales, refunds. Stored as structs with rows (docs/format.md has the
// offsets).

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::string_view kMeansWords[] = {"cash", "wechat",          "alipay",
                                                   "card", "fund_reimbursed", "other"};

struct PaidLine {
  std::uint8_t means = 0;
  std::array<std::uint8_t, 7> zero{};
  Fen amount;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("means", s.means, kMeansWords, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kPositive, Need::kRequired);
  }
};
static_assert(kStorable<PaidLine> && sizeof(PaidLine) == 16);

struct SaleLine {
  enum : std::uint32_t { kCostStated = 1 };
  static constexpr unsigned kFlagsKnown = kCostStated;
  NameId item;
  std::uint32_t flags = 0;
  Quantity quantity;
  Fen amount;
  Fen cost;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kRef, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kNotNegative, Need::kRequired);
    v.AmountIf("cost_fen", s.cost, Sign::kNotNegative, s.flags, kCostStated);
  }
};
static_assert(kStorable<SaleLine> && sizeof(SaleLine) == 32);

struct SaleRecorded {
  static constexpr std::uint16_t kKind = 20;
  static constexpr std::string_view kName = "sale.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kSlotStated = 1, kAgreementStated = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kSlotStated | kAgreementStated;
    NameId vendor;
    NameId agreement;
    Fen entry;  ///< b: what this event adds to the agreement's base
    std::uint8_t lines = 0;
    std::uint8_t paid = 0;
    std::uint16_t flags = 0;
    std::uint32_t zero = 0;
  } fixed;
  Address slot;
  std::span<const SaleLine> lines;
  std::span<const PaidLine> paid;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("vendor", s.fixed.vendor, Grammar::kRef, Need::kRequired);
    v.NameStated("agreement", s.fixed.agreement, Grammar::kRef, s.fixed.flags, kAgreementStated);
    v.template Rows<SaleLine>("lines", s.lines, kSaleLinesMax, Need::kRequired);
    v.template Rows<PaidLine>("paid", s.paid, kPaidLinesMax, Need::kOptional);
    v.Event("slot", s.slot, Need::kOptional);
    v.Computed();
    v.Amount("entry_fen", s.fixed.entry, Sign::kAny, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lines, s.lines);
    io.Counts(s.fixed.paid, s.paid);
    io.FlagIf(s.fixed.flags, kSlotStated, s.slot);
    io.Fixed(s.fixed);
    io.AddressIf(s.fixed.flags, kSlotStated, s.slot);
    io.Rows(s.lines, s.fixed.lines);
    io.Rows(s.paid, s.fixed.paid);
  }
};
static_assert(kStorable<SaleRecorded::Fixed> && sizeof(SaleRecorded::Fixed) == 24);

struct RefundLine {
  enum : std::uint16_t {
    kSaleLineStated = 1,
    kCostStated = 2,
    kUnpriced = 4,  ///< computed: the line's cost was not known yet
    kStandard = 8   ///< computed: the line's cost is the agreed standard one
  };
  static constexpr unsigned kFlagsKnown = kSaleLineStated | kCostStated | kUnpriced | kStandard;
  NameId item;  ///< 0: not stated
  std::uint16_t flags = 0;
  std::uint16_t sale_line = 0;
  Quantity quantity;
  Fen amount;
  Fen cost;      ///< cost of the goods taken back
  Fen pro_rata;  ///< computed: what the default rule takes of the sold line's cost

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.CountIf("sale_line", s.sale_line, Range{0, kSaleLinesMax - 1}, s.flags, kSaleLineStated);
    v.Name("item", s.item, Grammar::kRef, Need::kOptional);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kNotNegative, Need::kRequired);
    v.AmountStated("cost_fen", s.cost, Sign::kNotNegative, s.flags, kCostStated);
    v.Computed();
    v.Amount("pro_rata_fen", s.pro_rata, Sign::kNotNegative, Need::kOptional);
    v.Flag("unpriced", s.flags, kUnpriced);
    v.Flag("standard_cost", s.flags, kStandard);
  }
};
static_assert(kStorable<RefundLine> && sizeof(RefundLine) == 40);

struct RefundRecorded {
  static constexpr std::uint16_t kKind = 21;
  static constexpr std::string_view kName = "refund.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kAgreementStated = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kAgreementStated;
    NameId vendor;
    NameId agreement;
    Fen entry;
    Address sale;  ///< 0: no original named
    std::uint8_t lines = 0;
    std::uint8_t paid = 0;
    std::uint16_t flags = 0;
    std::uint32_t zero = 0;
  } fixed;
  std::span<const RefundLine> lines;
  std::span<const PaidLine> paid;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("vendor", s.fixed.vendor, Grammar::kRef, Need::kRequired);
    v.Event("sale", s.fixed.sale, Need::kOptional);
    v.NameStated("agreement", s.fixed.agreement, Grammar::kRef, s.fixed.flags, kAgreementStated);
    v.template Rows<RefundLine>("lines", s.lines, kSaleLinesMax, Need::kRequired);
    v.template Rows<PaidLine>("paid", s.paid, kPaidLinesMax, Need::kOptional);
    v.Computed();
    v.Amount("entry_fen", s.fixed.entry, Sign::kAny, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lines, s.lines);
    io.Counts(s.fixed.paid, s.paid);
    io.Fixed(s.fixed);
    io.Rows(s.lines, s.fixed.lines);
    io.Rows(s.paid, s.fixed.paid);
  }
};
static_assert(kStorable<RefundRecorded::Fixed> && sizeof(RefundRecorded::Fixed) == 32);

}  // namespace suanpan::schema
