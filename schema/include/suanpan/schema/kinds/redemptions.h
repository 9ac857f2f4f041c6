#pragma once

// Kind 59: redeeming points. Stored as a struct with rows.

#include "suanpan/schema/kinds/offers.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/shop_bodies.h"

namespace suanpan::schema {

struct RedemptionLine {
  NameId reward;
  NameId beneficiary;
  Quantity quantity;
  Points points;            ///< computed: of all pieces of the line
  Fen cost;                 ///< computed: what the fund spends
  NameId source;            ///< computed: the item, offer or vendor
  NameId fund;              ///< computed; 0: none pays
  Pot pot;                  ///< computed
  std::uint8_t supply = 0;  ///< computed
  std::array<std::uint8_t, 5> zero{};

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("reward", s.reward, Grammar::kCode, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Name("beneficiary", s.beneficiary, Grammar::kRef, Need::kOptional);
    v.Computed();
    v.Amount("points", s.points, Sign::kPositive, Need::kRequired);
    v.Enum("supply", s.supply, kSupplyWords, Need::kRequired);
    v.Name("source", s.source, Grammar::kRef, Need::kOptional);
    v.Name("fund", s.fund, Grammar::kRef, Need::kOptional);
    v.PotOf("from_pot", s.pot, Need::kOptional);
    v.Amount("cost_fen", s.cost, Sign::kNotNegative, Need::kOptional);
  }
};
static_assert(kStorable<RedemptionLine> && sizeof(RedemptionLine) == 48);

struct RedemptionMade {
  static constexpr std::uint16_t kKind = 59;
  static constexpr std::string_view kName = "redemption.made";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId scheme;
    NameId holder;
    NameId by;
    NameId purpose;  ///< computed: of what a fund spends; 0: none does
    std::uint16_t lines = 0;
    std::uint16_t lots = 0;
    std::uint32_t zero = 0;
    Points points;  ///< computed
    Fen cost;       ///< computed
  } fixed;
  std::span<const RedemptionLine> lines;
  std::span<const TakenLot> lots;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Name("by", s.fixed.by, Grammar::kRef, Need::kRequired);
    v.template Rows<RedemptionLine>("lines", s.lines, kRedemptionLinesMax, Need::kRequired);
    v.Computed();
    v.Name("purpose", s.fixed.purpose, Grammar::kCode, Need::kOptional);
    v.Amount("points", s.fixed.points, Sign::kPositive, Need::kRequired);
    v.template Rows<TakenLot>("lots", s.lots, kLotsMax, Need::kRequired);
    v.Amount("cost_fen", s.fixed.cost, Sign::kNotNegative, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lines, s.lines);
    io.Counts(s.fixed.lots, s.lots);
    io.Fixed(s.fixed);
    io.Rows(s.lines, s.fixed.lines);
    io.Rows(s.lots, s.fixed.lots);
  }
};
static_assert(kStorable<RedemptionMade::Fixed> && sizeof(RedemptionMade::Fixed) == 40);

}  // namespace suanpan::schema
