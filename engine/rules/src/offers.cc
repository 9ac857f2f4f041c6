#include "suanpan/rules/offers.h"

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {

Quantity FreePlaces(const BookState& state, const Offer& offer) {
  return state.accounts.BalanceOf<Quantity>(PlacesAccount(offer.name, AccountClass::kPlacesFree));
}

void ChangePlacesOf(BookState& state, NameId offer, NameId beneficiary, Wide change) {
  const PlacesOfKey key{offer, beneficiary};
  const Quantity* had = state.places_of.Find(key);
  const Wide places = (had == nullptr ? 0 : had->wide()) + change;
  if (places > 0) {
    state.places_of.Set(key, Quantity{static_cast<std::int64_t>(places)});
  } else {
    state.places_of.Erase(key);
  }
}

}  // namespace suanpan::rules
