#include "suanpan/rules/relations.h"

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {
namespace {

/// The first membership of a person on a date, from the newest, whose party passes; or null.
template <class Passes>
const Relation* FindMembership(const BookState& state, NameId person, Date date, Passes passes) {
  std::uint32_t link = state.RoleOf(person).first_relation;
  while (link != 0) {
    const Relation& relation = state.relations[link - 1];
    if (relation.type == schema::RelationType::kMemberOf && relation.InForce(date) &&
        passes(relation.to)) {
      return &relation;
    }
    link = relation.next;
  }
  return nullptr;
}

}  // namespace

NameId HouseholdOf(const BookState& state, NameId person, Date date) {
  const Relation* found = FindMembership(state, person, date, [&](NameId party) {
    return PartyTypeOf(state, party) == schema::PartyType::kHousehold;
  });
  return found == nullptr ? NameId{} : found->to;
}

std::optional<NameId> MembershipOf(const BookState& state, NameId person, NameId party, Date date) {
  const Relation* found =
      FindMembership(state, person, date, [party](NameId other) { return other == party; });
  return found == nullptr ? std::nullopt : std::optional{found->as};
}

bool HoldsRole(const BookState& state, NameId person, NameId role, NameId fund, Date date) {
  const BookCalendar& book = state.calendar.get();
  const std::optional<std::uint32_t> index = state.IndexOf(fund, Role::kFund);
  const auto is_there = [&](NameId to) {
    if (to == book.unit || to == book.host) return true;
    if (!index) return false;
    const Fund& at = state.funds[*index];
    return to == at.name || to == at.host || to == at.committee;
  };
  std::uint32_t link = state.RoleOf(person).first_relation;
  while (link != 0) {
    const Relation& relation = state.relations[link - 1];
    if (relation.type == schema::RelationType::kHoldsRole && relation.as == role &&
        relation.InForce(date) && is_there(relation.to)) {
      return true;
    }
    link = relation.next;
  }
  return false;
}

std::optional<schema::PartyType> PartyTypeOf(const BookState& state, NameId name) {
  const std::optional<std::uint32_t> index = state.IndexOf(name, Role::kParty);
  if (!index) return std::nullopt;
  return state.parties[*index].type;
}

bool IsClosed(const BookState& state, NameId name, Date date) {
  const Closing* closing = state.closed.Find(name);
  return closing != nullptr && closing->on < date;
}

}  // namespace suanpan::rules
