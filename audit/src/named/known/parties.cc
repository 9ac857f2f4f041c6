#include "src/named/known/parties.h"

#include <algorithm>

#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/relations.h"

namespace suanpan::audit {

using schema::PartyType;
using schema::RelationEnded;
using schema::RelationStarted;
using schema::RelationType;

void Parties::Take(const schema::Event& event) {
  if (event.kind->number == schema::PartyRegistered::kKind) {
    const auto& fact = event.As<schema::PartyRegistered>();
    types_.emplace(fact.party, static_cast<PartyType>(fact.party_type));
  } else if (event.kind->number == RelationStarted::kKind) {
    const auto& fact = event.As<RelationStarted>();
    if (static_cast<RelationType>(fact.relation) == RelationType::kMemberOf) {
      members_[fact.from].push_back({fact.to, fact.as, fact.since, {}});
    } else if (static_cast<RelationType>(fact.relation) == RelationType::kRelatedTo) {
      related_[fact.from].push_back({fact.to, fact.as, fact.since, {}});
      related_[fact.to].push_back({fact.from, fact.as, fact.since, {}});
    }
  } else if (event.kind->number == RelationEnded::kKind) {
    const auto& fact = event.As<RelationEnded>();
    if (static_cast<RelationType>(fact.relation) == RelationType::kMemberOf) {
      End(members_, fact.from, fact.to, fact.until);
    } else if (static_cast<RelationType>(fact.relation) == RelationType::kRelatedTo) {
      End(related_, fact.from, fact.to, fact.until);
      End(related_, fact.to, fact.from, fact.until);
    }
  }
}

void Parties::End(Edges& edges, NameId from, NameId to, Date until) {
  const auto found = edges.find(from);
  if (found == edges.end()) return;
  for (auto edge = found->second.rbegin(); edge != found->second.rend(); ++edge) {
    if (edge->of != to || edge->until.value() != 0 || edge->since > until) continue;
    edge->until = until;
    return;
  }
}

void Parties::TakeBack(const schema::Event& event) {
  if (event.kind->number == schema::PartyRegistered::kKind) {
    types_.erase(event.As<schema::PartyRegistered>().party);
  } else if (event.kind->number == RelationStarted::kKind) {
    const auto& fact = event.As<RelationStarted>();
    if (static_cast<RelationType>(fact.relation) == RelationType::kMemberOf) {
      Remove(members_, fact.from, fact.to, fact.since);
    } else if (static_cast<RelationType>(fact.relation) == RelationType::kRelatedTo) {
      Remove(related_, fact.from, fact.to, fact.since);
      Remove(related_, fact.to, fact.from, fact.since);
    }
  } else if (event.kind->number == RelationEnded::kKind) {
    const auto& fact = event.As<RelationEnded>();
    if (static_cast<RelationType>(fact.relation) == RelationType::kMemberOf) {
      Reopen(members_, fact.from, fact.to, fact.until);
    } else if (static_cast<RelationType>(fact.relation) == RelationType::kRelatedTo) {
      Reopen(related_, fact.from, fact.to, fact.until);
      Reopen(related_, fact.to, fact.from, fact.until);
    }
  }
}

void Parties::Remove(Edges& edges, NameId from, NameId to, Date since) {
  const auto found = edges.find(from);
  if (found == edges.end()) return;
  std::erase_if(found->second,
                [&](const Membership& edge) { return edge.of == to && edge.since == since; });
}

void Parties::Reopen(Edges& edges, NameId from, NameId to, Date until) {
  const auto found = edges.find(from);
  if (found == edges.end()) return;
  for (Membership& edge : found->second) {
    if (edge.of == to && edge.until == until) edge.until = Date{};
  }
}

std::optional<PartyType> Parties::TypeOf(NameId name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? std::nullopt : std::optional{found->second};
}

bool Parties::IsHolder(NameId name) const {
  const std::optional<PartyType> type = TypeOf(name);
  return type == PartyType::kHousehold || type == PartyType::kMember;
}

std::span<const Parties::Membership> Parties::MembershipsOf(NameId person) const {
  const auto found = members_.find(person);
  return found == members_.end() ? std::span<const Membership>{}
                                 : std::span<const Membership>{found->second};
}

const Parties::Membership* Parties::MembershipOf(NameId person, NameId of, Date day) const {
  const std::span<const Membership> all = MembershipsOf(person);
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Membership& membership) {
    return membership.of == of && membership.Holds(day);
  });
  return found == all.rend() ? nullptr : &*found;
}

NameId Parties::HouseholdOf(NameId person, Date day) const {
  const std::span<const Membership> all = MembershipsOf(person);
  for (auto membership = all.rbegin(); membership != all.rend(); ++membership) {
    if (membership->Holds(day) && TypeOf(membership->of) == PartyType::kHousehold)
      return membership->of;
  }
  return {};
}

bool Parties::AreRelated(NameId one, NameId other, Date day) const {
  const auto found = related_.find(one);
  return found != related_.end() &&
         std::ranges::any_of(found->second, [&](const Membership& relation) {
           return relation.of == other && relation.Holds(day);
         });
}

std::vector<NameId> Parties::RelatedTo(NameId name, Date day) const {
  std::vector<NameId> names;
  const auto found = related_.find(name);
  if (found == related_.end()) return names;
  for (const Membership& relation : found->second) {
    if (relation.Holds(day)) names.push_back(relation.of);
  }
  return names;
}

}  // namespace suanpan::audit
