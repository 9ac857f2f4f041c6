#pragma once

// Kinds 58 and 60: places that are offered for points, and what became of those that were taken.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Whom the places of an offer are for.
enum class Audience : std::uint8_t { kAny = 1, kChild, kElder };
inline constexpr std::string_view kAudienceWords[] = {"any", "child", "elder"};

inline constexpr std::uint16_t kPerBeneficiaryMax = 1'000;

struct OfferOpened {
  static constexpr std::uint16_t kKind = 58;
  static constexpr std::string_view kName = "offer.opened";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kPerBeneficiaryStated = 1 };

  NameId offer;
  NameId offer_kind;
  Date on;
  Quantity capacity;
  std::uint8_t audience = 0;
  NameId place;
  std::uint16_t per_beneficiary = 0;  ///< 0: not stated, that is 1
  Quantity change;                    ///< of the capacity
  std::uint16_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("offer", s.offer, Grammar::kRef, Need::kRequired);
    v.Name("offer_kind", s.offer_kind, Grammar::kCode, Need::kRequired);
    v.Day("on", s.on, Need::kRequired);
    v.Amount("capacity", s.capacity, Sign::kPositive, Need::kRequired);
    v.Enum("audience", s.audience, kAudienceWords, Need::kRequired);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.CountIf("per_beneficiary", s.per_beneficiary, Range{1, kPerBeneficiaryMax}, s.flags,
              kPerBeneficiaryStated);
    v.Computed();
    v.Amount("change", s.change, Sign::kAny, Need::kRequired);
  }
};

enum class PlaceMark : std::uint8_t { kUsed = 1, kNoShow, kReleased };
inline constexpr std::string_view kPlaceMarkWords[] = {"used", "no_show", "released"};
inline constexpr std::uint16_t kRedemptionLinesMax = 50;

struct PlaceMarked {
  static constexpr std::uint16_t kKind = 60;
  static constexpr std::string_view kName = "place.marked";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    Address redemption;
    NameId offer;
    std::uint16_t line = 0;
    std::uint8_t as = 0;
    std::uint8_t zero = 0;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("redemption", s.fixed.redemption, Need::kRequired);
    v.Count("line", s.fixed.line, Range{0, kRedemptionLinesMax - 1}, Need::kRequired);
    v.Enum("as", s.fixed.as, kPlaceMarkWords, Need::kRequired);
    v.Computed();
    v.Name("offer", s.fixed.offer, Grammar::kRef, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<PlaceMarked::Fixed> && sizeof(PlaceMarked::Fixed) == 16);

}  // namespace suanpan::schema
