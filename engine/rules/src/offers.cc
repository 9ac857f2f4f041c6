#include "suanpan/rules/offers.h"

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {

Quantity FreePlaces(const BookState& state, const Offer& offer) {
  return state.accounts.BalanceOf<Quantity>({AccountClass::kPlacesFree, {}, offer.name, {}});
}

}  // namespace suanpan::rules
