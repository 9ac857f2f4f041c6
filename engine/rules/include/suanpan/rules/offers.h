#pragma once

// Places that are offered for points: the offers, and the places that redemptions hold.

#include <cstdint>
#include <functional>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/rules/accounts.h"

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
  std::vector<Address> openings;      ///< the facts that opened it and stand, in order
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

/// Places of an offer that one beneficiary holds or used.
struct PlacesOfKey {
  NameId offer;
  NameId beneficiary;
  friend auto operator<=>(const PlacesOfKey&, const PlacesOfKey&) = default;
};
struct PlacesOfKeyHash {
  std::size_t operator()(const PlacesOfKey& key) const {
    return std::hash<std::uint64_t>{}(std::uint64_t{key.offer.value()} << 32U |
                                      key.beneficiary.value());
  }
};

/// An account of an offer's places.
[[nodiscard]] inline AccountKey PlacesAccount(NameId offer, AccountClass account_class) {
  return {account_class, {}, offer, {}};
}

/// How many places of an offer nobody has taken.
[[nodiscard]] Quantity FreePlaces(const BookState& state, const Offer& offer);

/// Counts places more, or below 0 fewer, of an offer for a beneficiary.
void ChangePlacesOf(BookState& state, NameId offer, NameId beneficiary, Wide change);

}  // namespace suanpan::rules
