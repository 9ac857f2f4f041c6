#pragma once

// Kinds 54, 55, 56: what the ledger itself does to lots of points. A lot is named by the address of
// the points.granted that made it, and by its holder, since it keeps the address when it moves.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class GrantReason : std::uint8_t { kService = 1, kItem, kCatchUp, kCarry };
inline constexpr std::string_view kGrantReasonWords[] = {"service", "item", "catch_up", "carry"};

struct PointsGranted {
  static constexpr std::uint16_t kKind = 54;
  static constexpr std::string_view kName = "points.granted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kDerived;

  struct Fixed {
    NameId scheme;
    NameId holder;
    NameId person;  ///< who earned it; 0: nobody in particular
    std::uint8_t reason = 0;
    std::array<std::uint8_t, 3> zero{};
    Points points;         ///< may be 0: the carry is shown
    Quantity counted;      ///< units after caps
    Quantity carry_total;  ///< units counted in all, these included
    Points offset;         ///< the part that a claim took at once
    Date earned;
    Date usable_from;
    Date expires;  ///< 0: never
    std::uint16_t zero2 = 0;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Name("person", s.fixed.person, Grammar::kRef, Need::kOptional);
    v.Amount("points", s.fixed.points, Sign::kNotNegative, Need::kRequired);
    v.Amount("counted", s.fixed.counted, Sign::kNotNegative, Need::kRequired);
    v.Amount("carry_total", s.fixed.carry_total, Sign::kNotNegative, Need::kRequired);
    v.Day("earned", s.fixed.earned, Need::kRequired);
    v.Day("usable_from", s.fixed.usable_from, Need::kRequired);
    v.Day("expires", s.fixed.expires, Need::kOptional);
    v.Enum("reason", s.fixed.reason, kGrantReasonWords, Need::kRequired);
    v.Amount("offset", s.fixed.offset, Sign::kNotNegative, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<PointsGranted::Fixed> && sizeof(PointsGranted::Fixed) == 56);

/// Part of a lot that expired.
struct ExpiredLot {
  Address lot;
  Points quantity;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("lot", s.lot, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
  }
};
static_assert(kStorable<ExpiredLot> && sizeof(ExpiredLot) == 16);

inline constexpr std::size_t kExpiredLotsMax = 1'024;

struct PointsExpired {
  static constexpr std::uint16_t kKind = 55;
  static constexpr std::string_view kName = "points.expired";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kDerived;

  struct Fixed {
    NameId scheme;
    NameId holder;
    Date on;  ///< the last day on which they could be used
    std::uint16_t lots = 0;
    std::uint32_t zero = 0;
  } fixed;
  std::span<const ExpiredLot> lots;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.template Rows<ExpiredLot>("lots", s.lots, kExpiredLotsMax, Need::kRequired);
    v.Day("on", s.fixed.on, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lots, s.lots);
    io.Fixed(s.fixed);
    io.Rows(s.lots, s.fixed.lots);
  }
};
static_assert(kStorable<PointsExpired::Fixed> && sizeof(PointsExpired::Fixed) == 16);

enum class AdjustReason : std::uint8_t { kReversal = 1, kRestore, kLate, kCatchUp, kExtension };
inline constexpr std::string_view kAdjustReasonWords[] = {"reversal", "restore", "late", "catch_up",
                                                          "extension"};
/// The account on the other side of a change.
enum class LotAgainst : std::uint8_t { kIssued = 1, kRedeemed, kExpired, kDeducted };
inline constexpr std::string_view kLotAgainstWords[] = {"issued", "redeemed", "expired",
                                                        "deducted"};

struct LotChange {
  Address lot;
  Points change;  ///< 0: only the last day changes
  Date expires;   ///< from now on; 0: never
  std::uint8_t against = 0;
  std::array<std::uint8_t, 5> zero{};

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("lot", s.lot, Need::kRequired);
    v.Amount("change", s.change, Sign::kAny, Need::kRequired);
    v.Day("expires", s.expires, Need::kOptional);
    v.Enum("against", s.against, kLotAgainstWords, Need::kRequired);
  }
};
static_assert(kStorable<LotChange> && sizeof(LotChange) == 24);

inline constexpr std::size_t kLotsMax = 500;

struct PointsAdjusted {
  static constexpr std::uint16_t kKind = 56;
  static constexpr std::string_view kName = "points.adjusted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kDerived;

  struct Fixed {
    NameId scheme;
    NameId holder;
    Points claim_change;  ///< positive: more is owed; its other side is issued
    std::uint16_t lots = 0;
    std::uint8_t reason = 0;
    std::array<std::uint8_t, 5> zero{};
  } fixed;
  std::span<const LotChange> lots;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Enum("reason", s.fixed.reason, kAdjustReasonWords, Need::kRequired);
    v.template Rows<LotChange>("lots", s.lots, kLotsMax, Need::kOptional);
    v.Amount("claim_change", s.fixed.claim_change, Sign::kAny, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lots, s.lots);
    io.Fixed(s.fixed);
    io.Rows(s.lots, s.fixed.lots);
  }
};
static_assert(kStorable<PointsAdjusted::Fixed> && sizeof(PointsAdjusted::Fixed) == 24);

}  // namespace suanpan::schema
