#include "src/state/sections.h"

namespace suanpan::rules {

void AddOffers(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kOffers);
  for (const Offer& offer : state.offers) {
    if (offer.name.value() == 0) continue;
    Field key = out.field();
    key.Of(offer.name);
    Field value = out.field();
    value.Of(offer.kind).Of(offer.on).Of(offer.capacity).Byte(offer.audience).Of(offer.place);
    value.Little(offer.per_beneficiary);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kOpenings);
  for (const Offer& offer : state.offers) {
    for (const Address opening : offer.openings) {
      Field key = out.field();
      key.Big(opening.packed());
      Field value = out.field();
      value.Of(offer.name);
      out.Leaf(key, value);
    }
  }
  out.Begin(StateSectionNo::kHeldPlaces);
  for (const auto* pair : state.held_places.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.redemption.packed()).Big(pair->first.line);
    Field value = out.field();
    value.Of(state.offers[pair->second.offer].name).Of(pair->second.left);
    value.Of(pair->second.beneficiary);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kPlacesOf);
  for (const auto* pair : state.places_of.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.offer).Of(pair->first.beneficiary);
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
}

}  // namespace suanpan::rules
