// offer.opened, place.marked (events.md 3.6, 4.10).

#include "support/opinion/offers.h"

namespace suanpan::opinion {
namespace {

std::string PlacesPath(const std::string& offer, const char* part) {
  return "places/" + InPath(offer) + "/" + part;
}

}  // namespace

Wide PlacesIn(const State& state, const std::string& offer, const char* part) {
  return Balance(state, PlacesPath(offer, part));
}

void MovePlaces(State& state, const std::string& offer, const char* part, Wide places) {
  Post(state, PlacesPath(offer, part), places);
}

Wide PlacesOf(const State& state, const std::string& beneficiary, const std::string& offer) {
  Wide places = 0;
  for (const PlaceTaken& one : state.places_taken) {
    if (one.beneficiary == beneficiary && one.offer == offer) places += one.places;
  }
  return places;
}

namespace {

/// An offer that is opened again changes its capacity only.
void CheckTerms(const Json& before, const Json& fact) {
  for (const char* field : {"offer_kind", "on", "audience", "place", "per_beneficiary"}) {
    const Json absent = field == std::string("per_beneficiary") ? Json(1) : Json();
    if (before.value(field, absent) != fact.value(field, absent)) Refuse("bad_field", field);
  }
}

}  // namespace

void OpenOffer(Deciding& d) {
  const std::string offer = d.Text("offer");
  const std::string role = d.state.RoleOf(offer);
  if (!role.empty() && role != "offer") Refuse("ref_taken", "offer", {{"ref", offer}});
  if (d.state.IsClosed(offer, d.date)) Refuse("already_closed", "offer");
  if (role == "offer") CheckTerms(d.state.offers.at(offer), d.fact);
  const Wide taken = PlacesIn(d.state, offer, "held") + PlacesIn(d.state, offer, "used") +
                     PlacesIn(d.state, offer, "no_show");
  if (d.Amount("capacity") < taken) Refuse("below_held", "capacity");
  const Wide more = d.Amount("capacity") + PlacesIn(d.state, offer, "capacity");
  d.computed["change"] = Checked(more);
  MovePlaces(d.state, offer, "free", more);
  MovePlaces(d.state, offer, "capacity", -more);
  d.state.offers[offer] = d.fact;
}

void MarkPlace(Deciding& d) {
  const Event& redemption = d.state.Named(d.Text("redemption"), "redemption", "redemption.made");
  for (Held& held : d.state.held) {
    if (held.redemption != redemption.at || held.line != d.fact.at("line") || held.left == 0) {
      continue;
    }
    const bool given_back = d.state.fault != Fault::kReleasedIsUsed;
    const std::string as = d.Text("as") != "released" ? d.Text("as") : given_back ? "free" : "used";
    d.computed["offer"] = held.offer;
    --held.left;
    if (d.Text("as") != "used") {
      d.state.places_taken.push_back({held.beneficiary, held.offer, -1});
    }
    MovePlaces(d.state, held.offer, as.c_str(), 1);
    MovePlaces(d.state, held.offer, "held", -1);
    return;
  }
  Refuse("not_held", "line");
}

}  // namespace suanpan::opinion
