#pragma once

// Kind 22: costs. Stored as a struct (docs/format.md has the offsets).

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Months whose standard cost is replaced by the actual one.
struct TrueUp {
  Month from;
  Month to;
  /// Absent: both months, so that no stored month can hide behind an absent one.
  [[nodiscard]] bool empty() const { return from.value() == 0 && to.value() == 0; }

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Period("from", s.from, Need::kRequired);
    v.Period("to", s.to, Need::kRequired);
  }
};
static_assert(kStorable<TrueUp> && sizeof(TrueUp) == 4);

struct CostRecorded {
  static constexpr std::uint16_t kKind = 22;
  static constexpr std::string_view kName = "cost.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kSaleLineStated = 1, kPosted = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kSaleLineStated | kPosted;
    NameId agreement;
    NameId cost_kind;
    Fen entry;
    Fen amount;
    Address sale;
    std::uint16_t sale_line = 0;
    std::uint16_t flags = 0;
    TrueUp true_up;
    Month month;  ///< computed: the month whose base it changes
    std::array<std::uint8_t, 6> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kRequired);
    v.Event("sale", s.fixed.sale, Need::kOptional);
    v.CountIf("sale_line", s.fixed.sale_line, Range{0, kSaleLinesMax - 1}, s.fixed.flags,
              kSaleLineStated);
    v.Name("cost_kind", s.fixed.cost_kind, Grammar::kCode, Need::kRequired);
    v.Amount("amount_fen", s.fixed.amount, Sign::kSigned, Need::kRequired);
    v.Object("true_up", s.fixed.true_up, Need::kOptional);
    v.Computed();
    v.Amount("entry_fen", s.fixed.entry, Sign::kAny, Need::kRequired);
    v.Period("month", s.fixed.month, Need::kRequired);
    v.Flag("posted", s.fixed.flags, kPosted);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<CostRecorded::Fixed> && sizeof(CostRecorded::Fixed) == 48);

}  // namespace suanpan::schema
