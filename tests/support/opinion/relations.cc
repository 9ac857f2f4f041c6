// relation.started, relation.ended (events.md 3.1).

#include "support/opinion/relations.h"

#include <algorithm>

namespace suanpan::opinion {
namespace {

const std::string kEver = "9999-12-31";

std::string EndOf(const Relation& relation) {
  return relation.until.empty() ? kEver : relation.until;
}

bool IsParty(const State& state, const std::string& name, const char* type) {
  const auto party = state.parties.find(name);
  return party != state.parties.end() && party->second.at("party_type") == type;
}

/// Whether there may be one at a time only, from one name.
bool IsExclusive(const State& state, const std::string& relation, const std::string& to) {
  if (relation == "member_of") return IsHousehold(state, to);
  return relation == "in_category" || relation == "in_unit" || relation == "located_at" ||
         relation == "classified";
}

bool Overlaps(const State& state, const Relation& old, const Relation& begun) {
  if (old.relation != begun.relation || old.from != begun.from) return false;
  const bool both =
      IsExclusive(state, old.relation, old.to) && IsExclusive(state, begun.relation, begun.to);
  return (old.to == begun.to || both) && EndOf(old) >= begun.since;
}

/// Whether the parents of a unit lead to another on a day within some days.
bool LeadsTo(const State& state, const std::string& unit, const std::string& to,
             const std::string& first, const std::string& last) {
  if (unit == to) return true;
  return std::any_of(state.relations.begin(), state.relations.end(), [&](const Relation& relation) {
    if (relation.relation != "in_unit" || relation.from != unit) return false;
    const std::string from_day = std::max(first, relation.since);
    const std::string to_day = std::min(last, EndOf(relation));
    return from_day <= to_day && LeadsTo(state, relation.to, to, from_day, to_day);
  });
}

}  // namespace

bool IsInForce(const Relation& relation, const std::string& date) {
  return relation.since <= date && date <= EndOf(relation);
}

const Relation* Membership(const State& state, const std::string& person, const std::string& of,
                           const std::string& date) {
  for (const Relation& relation : state.relations) {
    const bool about =
        relation.relation == "member_of" && relation.from == person && relation.to == of;
    const bool always = state.fault == Fault::kMemberForEver;
    if (about && (always || IsInForce(relation, date))) return &relation;
  }
  return nullptr;
}

bool IsHousehold(const State& state, const std::string& name) {
  return IsParty(state, name, "household");
}

bool IsMemberParty(const State& state, const std::string& name) {
  return IsParty(state, name, "member");
}

std::string HouseholdOf(const State& state, const std::string& person, const std::string& date) {
  for (const Relation& relation : state.relations) {
    const bool about = relation.relation == "member_of" && relation.from == person;
    if (about && IsHousehold(state, relation.to) && IsInForce(relation, date)) return relation.to;
  }
  return {};
}

bool HoldsRole(const State& state, const std::string& person, const std::string& role,
               const std::string& fund, const std::string& date) {
  std::vector<std::string> places;
  const auto add = [&](const Json& of, const char* field) {
    if (of.contains(field)) places.push_back(of.at(field));
  };
  add(*state.book, "unit");
  add(*state.book, "host");
  if (state.funds.contains(fund)) {
    places.push_back(fund);
    add(state.funds.at(fund), "committee");
    add(state.funds.at(fund), "host");
  }
  return std::any_of(state.relations.begin(), state.relations.end(), [&](const Relation& one) {
    return one.relation == "holds_role" && one.from == person && one.as == role &&
           IsInForce(one, date) && std::find(places.begin(), places.end(), one.to) != places.end();
  });
}

bool MayBegin(const State& state, const Relation& begun) {
  const bool meets = std::any_of(state.relations.begin(), state.relations.end(),
                                 [&](const Relation& old) { return Overlaps(state, old, begun); });
  return !meets &&
         !(begun.relation == "in_unit" && LeadsTo(state, begun.to, begun.from, begun.since, kEver));
}

void StartRelation(Deciding& d) {
  const Relation begun{d.Text("relation"), d.Text("from"),  d.Text("to"),
                       d.Text("as"),       d.Text("since"), {}};
  if (begun.relation == "member_of" && !d.state.parties.contains(begun.to)) {
    Refuse("unknown_ref", "to", {{"ref", begun.to}});
  }
  for (const Relation& old : d.state.relations) {
    if (Overlaps(d.state, old, begun)) Refuse("relation_overlaps", "since");
  }
  const bool leads_back =
      begun.relation == "in_unit" && LeadsTo(d.state, begun.to, begun.from, begun.since, kEver);
  if (begun.from == begun.to || leads_back) Refuse("cycle", "to");
  d.state.relations.push_back(begun);
}

void EndRelation(Deciding& d) {
  for (Relation& relation : d.state.relations) {
    const bool same = relation.relation == d.Text("relation") && relation.from == d.Text("from") &&
                      relation.to == d.Text("to");
    if (!same || !relation.until.empty() || relation.since > d.Text("until")) continue;
    relation.until = d.Text("until");
    return;
  }
  Refuse("relation_not_open", "relation");
}

}  // namespace suanpan::opinion
