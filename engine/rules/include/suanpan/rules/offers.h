#pragma once

// Places that are offered for points: the offers, and the places that redemptions hold.

#include <cstdint>
#include <functional>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"

namespace suanpan::rules {

class BookState;

/// Its terms never change but for the capacity.
struct Offer {
  NameId name;
  NameId kind;
  Date on;
  Quantity capacity;
  std::uint8_t audience = 0;  ///< schema::Audience
  NameId place;
  std::uint16_t per_beneficiary = 1;  ///< places that one beneficiary may have, at least 1
};

/// One line of one redemption.
struct HeldPlaceKey {
  Address redemption;
  std::uint16_t line = 0;
  friend auto operator<=>(const HeldPlaceKey&, const HeldPlaceKey&) = default;
};
struct HeldPlaceKeyHash {
  std::size_t operator()(const HeldPlaceKey& key) const {
    return std::hash<std::uint64_t>{}((key.redemption.packed() * 256 + key.line) *
                                      0x9e37'79b9'7f4a'7c15U);
  }
};

/// Places that a line took and that are not marked yet; gone with the last.
struct HeldPlace {
  std::uint32_t offer = 0;
  Quantity left;
  NameId beneficiary;
};

/// How many places of an offer nobody has taken.
[[nodiscard]] Quantity FreePlaces(const BookState& state, const Offer& offer);

}  // namespace suanpan::rules
