#include "suanpan/rules/state_encoding.h"

#include "src/state/sections.h"

namespace suanpan::rules {

std::vector<StateSection> EncodeState(const BookState& state) {
  Sections out{state};
  AddRegistered(state, out);
  AddRelations(state, out);
  AddDonations(state, out);
  AddOpenMatters(state, out);
  AddPolicies(state, out);
  AddPoints(state, out);
  AddOffers(state, out);
  AddOrders(state, out);
  AddGoods(state, out);
  AddAccounts(state, out);
  AddCatchUps(state, out);
  return out.Take();
}

}  // namespace suanpan::rules
