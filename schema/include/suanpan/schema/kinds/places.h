#pragma once

// Kinds 3 and 4: places, and the end of whatever is registered. Stored as tables.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class PlaceType : std::uint8_t {
  kStation = 1,
  kSpace,
  kCorner,
  kRoom,
  kStall,
  kSite,
  kCollectionPoint
};
inline constexpr std::string_view kPlaceTypeWords[] = {
    "station", "space", "corner", "room", "stall", "site", "collection_point"};

struct PlaceRegistered {
  static constexpr std::uint16_t kKind = 3;
  static constexpr std::string_view kName = "place.registered";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId place;
  std::uint8_t place_type = 0;
  NameId within;
  std::string_view label;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("place", s.place, Grammar::kRef, Need::kRequired);
    v.Enum("place_type", s.place_type, kPlaceTypeWords, Need::kRequired);
    v.Name("within", s.within, Grammar::kRef, Need::kOptional);
    v.Label("label", s.label, Need::kRequired);
  }
};

struct RegisterClosed {
  static constexpr std::uint16_t kKind = 4;
  static constexpr std::string_view kName = "register.closed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId of;
  NameId outcome;
  Date on;  ///< the last day

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("of", s.of, Grammar::kRef, Need::kRequired);
    v.Name("outcome", s.outcome, Grammar::kCode, Need::kRequired);
    v.Day("on", s.on, Need::kRequired);
  }
};

}  // namespace suanpan::schema
