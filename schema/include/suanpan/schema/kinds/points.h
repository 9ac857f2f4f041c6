#pragma once

// Kinds 52, 53, 57: points given and taken for a listed deed, and moved to somebody else.

#include "suanpan/schema/kinds/lots.h"

namespace suanpan::schema {

/// What a fact took of a lot, with all that restoring it needs.
struct TakenLot {
  Address lot;
  Points quantity;
  NameId person;  ///< who earned it
  Date earned;
  Date usable_from;
  Date expires;  ///< 0: never
  std::array<std::uint8_t, 6> zero{};

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("lot", s.lot, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Name("person", s.person, Grammar::kRef, Need::kOptional);
    v.Day("earned", s.earned, Need::kRequired);
    v.Day("usable_from", s.usable_from, Need::kRequired);
    v.Day("expires", s.expires, Need::kOptional);
  }
};
static_assert(kStorable<TakenLot> && sizeof(TakenLot) == 32);

inline constexpr std::uint16_t kTimesMax = 1'000;

struct PointsAwarded {
  static constexpr std::uint16_t kKind = 52;
  static constexpr std::string_view kName = "points.awarded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId scheme;
    NameId holder;
    NameId person;
    NameId item;
    std::uint16_t times = 0;
    std::uint16_t counted = 0;  ///< computed: of them, after the policy's bound for the month
    std::uint32_t zero = 0;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Name("person", s.fixed.person, Grammar::kRef, Need::kOptional);
    v.Name("item", s.fixed.item, Grammar::kCode, Need::kRequired);
    v.Count("times", s.fixed.times, Range{1, kTimesMax}, Need::kRequired);
    v.Computed();
    v.Count("counted", s.fixed.counted, Range{0, kTimesMax}, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<PointsAwarded::Fixed> && sizeof(PointsAwarded::Fixed) == 24);

struct PointsDeducted {
  static constexpr std::uint16_t kKind = 53;
  static constexpr std::string_view kName = "points.deducted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId scheme;
    NameId holder;
    NameId person;
    NameId item;
    NameId reason;
    std::uint16_t times = 0;
    std::uint16_t lots = 0;
    Points points;  ///< computed: what was taken, lots and claim
    Points claim;   ///< computed: what the lots did not cover and the holder owes
  } fixed;
  std::span<const TakenLot> lots;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.fixed.scheme, Grammar::kCode, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Name("person", s.fixed.person, Grammar::kRef, Need::kOptional);
    v.Name("item", s.fixed.item, Grammar::kCode, Need::kRequired);
    v.Count("times", s.fixed.times, Range{1, kTimesMax}, Need::kRequired);
    v.Name("reason", s.fixed.reason, Grammar::kCode, Need::kRequired);
    v.Computed();
    v.Amount("points", s.fixed.points, Sign::kNotNegative, Need::kRequired);
    v.template Rows<TakenLot>("lots", s.lots, kLotsMax, Need::kOptional);
    v.Amount("claim", s.fixed.claim, Sign::kNotNegative, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.lots, s.lots);
    io.Fixed(s.fixed);
    io.Rows(s.lots, s.fixed.lots);
  }
};
static_assert(kStorable<PointsDeducted::Fixed> && sizeof(PointsDeducted::Fixed) == 40);

enum class MoveReason : std::uint8_t {
  kSplit = 1,
  kMerge,
  kTransfer,
  kDonate,
  kForfeit,
  kMoveAway,
  kDeath
};
inline constexpr std::string_view kMoveReasonWords[] = {
    "split", "merge", "transfer", "donate", "forfeit", "move_away", "death"};

struct PointsMoved {
  static constexpr std::uint16_t kKind = 57;
  static constexpr std::string_view kName = "points.moved";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  static constexpr bool kApprovalRequired = true;

  NameId scheme;
  NameId from;
  NameId to;
  NameId to_book;
  NameId from_book;
  std::string_view move;
  Points points;
  std::uint8_t reason = 0;
  std::span<const TakenLot> lots;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.Name("from", s.from, Grammar::kRef, Need::kRequired);
    v.Name("to", s.to, Grammar::kRef, Need::kOptional);
    v.Name("to_book", s.to_book, Grammar::kRef, Need::kOptional);
    v.Name("from_book", s.from_book, Grammar::kRef, Need::kOptional);
    v.Token("move", s.move, Need::kOptional);
    v.Amount("points", s.points, Sign::kPositive, Need::kRequired);
    v.Enum("reason", s.reason, kMoveReasonWords, Need::kRequired);
    v.Computed();
    v.template Rows<TakenLot>("lots", s.lots, kLotsMax, Need::kOptional);
  }
};

}  // namespace suanpan::schema
