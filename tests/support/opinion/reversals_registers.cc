// Registers, agreements, offers and moved points taken back (events.md 3.1, 4.5): a name goes where
// nothing that stands needed it to be registered.

#include <algorithm>

#include "support/opinion/donation.h"
#include "support/opinion/points.h"
#include "support/opinion/relations.h"
#include "support/opinion/reversals.h"

namespace suanpan::opinion {
namespace {

bool IsInRelation(const State& state, const std::string& name) {
  return std::any_of(state.relations.begin(), state.relations.end(), [&](const Relation& relation) {
    return relation.from == name || relation.to == name;
  });
}

/// Whether anything was ever posted to an account like this.
template <class Is>
bool AnyAccount(const State& state, Is is) {
  return std::any_of(state.postings.begin(), state.postings.end(),
                     [&](const Posting& posting) { return is(posting.account); });
}

bool HasItems(const State& state, const std::string& owner) {
  return std::any_of(state.items.begin(), state.items.end(),
                     [&](const auto& item) { return item.first.first == owner; });
}

void CheckRegistered(const Deciding& d, const std::string& name) {
  if (d.state.closed.contains(name) || IsInRelation(d.state, name)) RefuseDependants();
}

}  // namespace

void UndoParty(Deciding& d, Undoing& u) {
  const std::string party = u.was.fact.at("party");
  CheckRegistered(d, party);
  for (const auto& [name, terms] : d.state.agreements) {
    if (terms.at("party") == party) RefuseDependants();
  }
  const bool holds = AnyAccount(d.state, [&](const std::string& account) {
    return account.starts_with("points/") && (account.ends_with("/holder/" + InPath(party)) ||
                                              account.ends_with("/claim/" + InPath(party)));
  });
  const bool serves = std::any_of(d.state.services.begin(), d.state.services.end(),
                                  [&](const Service& service) { return service.holder == party; });
  if (holds || serves || HasItems(d.state, party)) RefuseDependants();
  d.state.parties.erase(party);
}

void UndoPlace(Deciding& d, Undoing& u) {
  const std::string place = u.was.fact.at("place");
  CheckRegistered(d, place);
  for (const auto& [name, other] : d.state.places) {
    if (other.value("within", "") == place) RefuseDependants();
  }
  for (const auto& [name, offer] : d.state.offers) {
    if (offer.value("place", "") == place) RefuseDependants();
  }
  d.state.places.erase(place);
}

void UndoFund(Deciding& d, Undoing& u) {
  const std::string fund = u.was.fact.at("fund");
  CheckRegistered(d, fund);
  for (const auto& [name, terms] : d.state.agreements) {
    if (terms.at("fund") == fund) RefuseDependants();
  }
  for (const Request& request : d.state.requests) {
    const bool open = !request.swept && request.paid < request.fact.at("amount_fen");
    if (open && request.fact.at("fund") == fund) RefuseDependants();
  }
  const bool used = AnyAccount(d.state, [&](const std::string& account) {
    return account.starts_with("fund/" + InPath(fund) + "/");
  });
  if (used || HasItems(d.state, fund)) RefuseDependants();
  const auto pays = [&](const Json& body) {
    const Json rewards = body.value("rewards", Json::array());
    return std::any_of(rewards.begin(), rewards.end(),
                       [&](const Json& reward) { return reward.value("fund", "") == fund; });
  };
  for (const Proposal& proposal : d.state.proposals) {
    if (pays(proposal.fact.at("body"))) RefuseDependants();
  }
  for (const Policy& policy : d.state.policies) {
    if (pays(policy.body)) RefuseDependants();
  }
  d.state.funds.erase(fund);
}

void UndoClosing(Deciding& d, Undoing& u) {
  const std::string of = u.was.fact.at("of");
  d.state.closed.erase(of);
  const auto agreement = d.state.agreements.find(of);
  if (agreement == d.state.agreements.end()) return;
  Json& terms = agreement->second;
  const Json& signing = d.state.Find(terms.at("at"))->fact;
  terms.erase("valid_to");
  if (signing.contains("valid_to")) terms["valid_to"] = signing.at("valid_to");
  for (const auto& [other, others] : d.state.agreements) {
    if (other != of && MeetInTime(others, terms)) RefuseDependants();
  }
}

namespace {

/// Its terms but for rate, dates and loss policy.
Json FixedTerms(const Json& fact) {
  Json terms = {{"cost_method", "per_line"}, {"cost_kinds", Json::array()}, {"terms_days", 0}};
  for (const char* field : {"agreement", "agreement_type", "party", "fund", "basis", "settlement",
                            "cost_method", "margin", "cost_kinds", "terms_days", "matter"}) {
    if (fact.contains(field)) terms[field] = fact.at(field);
  }
  return terms;
}

/// Facts that stand under an agreement.
bool HasFacts(const State& state, const std::string& agreement) {
  return std::any_of(state.events.begin(), state.events.end(), [&](const Event& event) {
    static const std::vector<std::string> kKinds = {"sale.recorded",  "refund.recorded",
                                                    "cost.recorded",  "settlement.closed",
                                                    "funds.received", "due.waived"};
    const bool about = std::find(kKinds.begin(), kKinds.end(), event.kind) != kKinds.end() &&
                       state.Stands(event.at);
    return about &&
           event.fact.value("agreement", event.computed.value("agreement", "")) == agreement;
  });
}

}  // namespace

void UndoAgreement(Deciding& d, Undoing& u) {
  const std::string name = u.was.fact.at("agreement");
  if (!HasFacts(d.state, name)) {
    if (d.state.closed.contains(name)) RefuseDependants();
    d.state.agreements.erase(name);
    return;
  }
  // Only the fact that takes its place may come next.
  if (d.next_replaces != u.was.at || d.state.closed.contains(name)) RefuseDependants();
  d.state.amended = u.was.at;
}

void CheckAmendment(const Deciding& d) {
  if (!d.fact.contains("replaces")) return;
  const Json was = FixedTerms(d.state.Find(d.Text("replaces"))->fact);
  const Json now = FixedTerms(d.fact);
  for (const char* field : {"agreement", "agreement_type", "party", "fund", "basis", "settlement",
                            "cost_method", "margin", "cost_kinds", "terms_days", "matter"}) {
    if (was.value(field, Json()) != now.value(field, Json())) Refuse("bad_field", field);
  }
}

void AmendAgreement(Deciding& d, const std::string& settled_through) {
  const std::string name = d.Text("agreement");
  if (d.fact.contains("valid_to") && d.Text("valid_to") < settled_through) {
    Refuse("bad_field", "valid_to", {{"settled_through", settled_through}});
  }
  const Wide base = BaseOf(d.state, name);
  const Wide due = DueOf(d.state, name);
  Json terms = d.fact;
  terms["at"] = d.at;
  d.state.agreements[name] = terms;
  const Wide amended = DueOf(d.state, name);
  if (amended > due && !d.fact.contains("consent")) {
    Refuse("consent_missing", "consent",
           {{"due_total_fen", std::to_string(Checked(due))},
            {"amended_fen", std::to_string(Checked(amended))}});
  }
  Accrue(d, name, d.date.substr(0, 7), base, due, "amendment");
  d.state.amended.clear();
}

namespace {

bool IsTheSame(const Relation& relation, const Json& fact) {
  return relation.relation == fact.at("relation") && relation.from == fact.at("from") &&
         relation.to == fact.at("to");
}

}  // namespace

void UndoRelation(Deciding& d, Undoing& u) {
  const auto relation =
      std::find_if(d.state.relations.begin(), d.state.relations.end(), [&](const Relation& one) {
        return IsTheSame(one, u.was.fact) && one.since == u.was.fact.at("since");
      });
  if (!relation->until.empty()) RefuseDependants();
  d.state.relations.erase(relation);
}

void UndoEnd(Deciding& d, Undoing& u) {
  const auto relation =
      std::find_if(d.state.relations.begin(), d.state.relations.end(), [&](const Relation& one) {
        return IsTheSame(one, u.was.fact) && one.until == u.was.fact.at("until");
      });
  Relation open = *relation;
  open.until.clear();
  d.state.relations.erase(relation);
  if (!MayBegin(d.state, open)) RefuseDependants();
  d.state.relations.push_back(open);
}

void UndoCode(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  Json& code = d.state.codes.at({fact.at("list"), fact.at("code")});
  const Event* before = nullptr;
  for (const Json& address : d.fact.value("refs", Json::array())) {
    const Event& event = *d.state.Find(address);
    const bool fits = event.kind == "code.defined" && event.fact.at("list") == fact.at("list") &&
                      event.fact.at("code") == fact.at("code") && d.state.Stands(event.at) &&
                      event.fact.at("version").get<int>() + 1 == fact.at("version").get<int>();
    if (fits && before == nullptr) before = &event;
  }
  const bool first = fact.at("version") == 1;
  if (code.at("version") != fact.at("version") || (!first && before == nullptr)) {
    RefuseDependants();
  }
  if (first) {
    d.state.codes.erase({fact.at("list"), fact.at("code")});
  } else {
    code = before->fact;
  }
}

void UndoOffer(Deciding& d, Undoing& u) {
  const std::string offer = u.was.fact.at("offer");
  std::vector<const Event*> openings;
  for (const Event& event : d.state.events) {
    const bool opens = event.kind == "offer.opened" && event.fact.at("offer") == offer;
    if (opens && d.state.Stands(event.at)) openings.push_back(&event);
  }
  if (openings.back()->at != u.was.at || d.state.closed.contains(offer)) RefuseDependants();
  if (openings.size() > 1) {
    d.state.offers[offer] = openings[openings.size() - 2]->fact;
    return;
  }
  Wide taken = 0;
  for (const char* part : {"held", "used", "no_show"}) {
    taken += Balance(d.state, "places/" + InPath(offer) + "/" + part);
  }
  if (taken != 0) RefuseDependants();
  d.state.offers.erase(offer);
}

namespace {

Lot LotOf(const Json& row, const std::string& scheme, const std::string& holder) {
  return {scheme,
          holder,
          row.at("lot"),
          row.at("quantity"),
          row.at("earned"),
          row.at("usable_from"),
          row.value("expires", ""),
          row.value("person", "")};
}

/// What became of a part that moved, as far as it is still with its holder: with the days on which
/// it ends by now. Takes it away.
std::vector<Lot> TakeMoved(State& state, Lot part) {
  std::vector<Lot> found;
  for (const Lot& lot : LiveLots(state, part.scheme, part.holder, {})) {
    if (!SameGrant(lot, part) || EndsSooner(lot.expires, part.expires)) continue;
    Lot taken = lot;
    taken.quantity = std::min(lot.quantity, part.quantity);
    part.quantity -= taken.quantity;
    if (taken.quantity > 0) found.push_back(taken);
  }
  if (part.quantity > 0) RefuseDependants();
  TakeLots(state, found);
  return found;
}

}  // namespace

void UndoMove(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const std::string scheme = fact.at("scheme");
  const std::string from = fact.at("from");
  const bool arrived = fact.contains("from_book");
  const std::string now = arrived ? from : fact.value("to", "");
  std::vector<Lot> back;
  for (const Json& row : u.was.computed.at("lots")) {
    Lot lot = LotOf(row, scheme, now);
    if (now.empty()) {
      lot.expires = EndOfReturned(d.state, lot);
      back.push_back(lot);
      continue;
    }
    for (const Lot& moved : TakeMoved(d.state, lot)) back.push_back(moved);
  }
  if (arrived) return;
  for (Lot& lot : back) {
    lot.holder = from;
    PutLot(d.state, lot);
  }
  ExpireBack(d, back);
}

}  // namespace suanpan::opinion
