#include <algorithm>

#include "src/kinds/registers/registers.h"

namespace suanpan::rules {
namespace {

using schema::RelationStarted;
using schema::RelationType;

constexpr Date kLastDay{0xffff};

Date LastDayOf(const Relation& relation) {
  return relation.until.value() == 0 ? kLastDay : relation.until;
}

/// Whether a name has at most one relation of a type at a time: of memberships that in a household.
bool IsExclusive(const BookState& state, RelationType type, NameId to) {
  switch (type) {
    case RelationType::kMemberOf:
      return PartyTypeOf(state, to) == schema::PartyType::kHousehold;
    case RelationType::kInCategory:
    case RelationType::kInUnit:
    case RelationType::kLocatedAt:
    case RelationType::kClassified:
      return true;
    default:
      return false;
  }
}

/// The relation that an open-ended new one would meet, or null.
const Relation* Meeting(const BookState& state, const RelationStarted& fact) {
  const auto type = static_cast<RelationType>(fact.relation);
  const bool exclusive = IsExclusive(state, type, fact.to);
  std::uint32_t link = state.RoleOf(fact.from).first_relation;
  while (link != 0) {
    const Relation& other = state.relations[link - 1];
    const bool same = other.to == fact.to || (exclusive && IsExclusive(state, type, other.to));
    if (other.type == type && same && LastDayOf(other) >= fact.since) return &other;
    link = other.next;
  }
  return nullptr;
}

/// Whether the parents of a unit lead to another on any day from `since` on. A name has one parent
/// a day and nothing leads back to itself, so every walk ends; its days part where parents change.
bool LeadsTo(const BookState& state, NameId unit, NameId sought, Date since) {
  struct Step {
    NameId unit;
    Date first;
    Date last;
  };
  std::vector<Step> steps{{unit, since, kLastDay}};
  while (!steps.empty()) {
    const Step step = steps.back();
    steps.pop_back();
    if (step.unit == sought) return true;
    std::uint32_t link = state.RoleOf(step.unit).first_relation;
    while (link != 0) {
      const Relation& parent = state.relations[link - 1];
      const Date first = std::max(step.first, parent.since);
      const Date last = std::min(step.last, LastDayOf(parent));
      if (parent.type == RelationType::kInUnit && first <= last)
        steps.push_back({parent.to, first, last});
      link = parent.next;
    }
  }
  return false;
}

/// Stored relations are held to this too: the walks above rely on it.
Verdict TestRelation(const BookState& state, const RelationStarted& fact) {
  const auto type = static_cast<RelationType>(fact.relation);
  std::uint32_t index = 0;
  if (type == RelationType::kMemberOf) {
    if (Verdict refusal = MustBe(state, fact.to, Role::kParty, "to", index)) return refusal;
  }
  if (const Relation* other = Meeting(state, fact)) {
    return Refuse(RefusalCode::relation_overlaps, "since")
        .With("to", std::string{state.names.TextOf(other->to)})
        .With("until", other->until.value() == 0 ? "open" : ToText(other->until));
  }
  const bool circular = fact.from == fact.to || (type == RelationType::kInUnit &&
                                                 LeadsTo(state, fact.to, fact.from, fact.since));
  if (circular) return Refuse(RefusalCode::cycle, "to");
  return std::nullopt;
}

/// 1 + index of the open relation of these three that began by `until`; 0: none.
std::uint32_t FindOpen(const BookState& state, const schema::RelationEnded& fact) {
  std::uint32_t link = state.RoleOf(fact.from).first_relation;
  while (link != 0) {
    const Relation& relation = state.relations[link - 1];
    if (relation.type == static_cast<RelationType>(fact.relation) && relation.to == fact.to &&
        relation.until.value() == 0 && relation.since <= fact.until) {
      return link;
    }
    link = relation.next;
  }
  return 0;
}

}  // namespace

Verdict RelationStartedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  return TestRelation(context.state, fact);
}

Status RelationStartedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (!IsIntroduced(state, fact.from) || !IsIntroduced(state, fact.to))
    return Contradiction("a relation of a name that was not introduced");
  if (const Verdict refusal = TestRelation(state, fact)) {
    return Contradiction("a relation of {} to {} cannot be: {}", state.names.TextOf(fact.from),
                         state.names.TextOf(fact.to), ToText(refusal->code));
  }
  NameRole& from = state.EditRole(fact.from);
  state.relations.PushBack({fact.from,
                            fact.to,
                            static_cast<RelationType>(fact.relation),
                            fact.as,
                            fact.since,
                            {},
                            from.first_relation});
  from.first_relation = static_cast<std::uint32_t>(state.relations.size());
  return {};
}

Verdict RelationEndedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (FindOpen(context.state, fact) != 0) return std::nullopt;
  return Refuse(RefusalCode::relation_not_open, "relation");
}

Status RelationEndedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const std::uint32_t link = FindOpen(state, fact);
  if (link == 0) return Contradiction("a relation ends that is not open");
  state.relations.Edit(link - 1).until = fact.until;
  return {};
}

namespace {

/// 1 + index of a relation of a name for which this holds; 0: none.
template <class Is>
std::uint32_t FindRelation(const BookState& state, NameId from, Is is) {
  std::uint32_t link = state.RoleOf(from).first_relation;
  while (link != 0 && !is(state.relations[link - 1])) link = state.relations[link - 1].next;
  return link;
}

/// The relation that a fact started; of the same two names none begins on the same day.
std::uint32_t FindStarted(const BookState& state, const RelationStarted& fact) {
  return FindRelation(state, fact.from, [&](const Relation& relation) {
    return relation.type == static_cast<RelationType>(fact.relation) && relation.to == fact.to &&
           relation.since == fact.since;
  });
}

/// The relation that a fact ended.
std::uint32_t FindEnded(const BookState& state, const schema::RelationEnded& fact) {
  return FindRelation(state, fact.from, [&](const Relation& relation) {
    return relation.type == static_cast<RelationType>(fact.relation) && relation.to == fact.to &&
           relation.until == fact.until;
  });
}

/// Whether a relation that is open again would meet another one.
bool WouldMeet(const BookState& state, std::uint32_t link) {
  const Relation& open = state.relations[link - 1];
  const bool exclusive = IsExclusive(state, open.type, open.to);
  return FindRelation(state, open.from, [&](const Relation& other) {
           const bool same =
               other.to == open.to || (exclusive && IsExclusive(state, open.type, other.to));
           return &other != &open && other.type == open.type && same &&
                  LastDayOf(other) >= open.since;
         }) != 0;
}

}  // namespace

Verdict RelationStartedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const std::uint32_t link = FindStarted(state, undoing.was.event.As<Fact>());
  if (link == 0) return HasDependants("it is not there any more");
  if (state.relations[link - 1].until.value() != 0) return HasDependants("it was ended");
  return std::nullopt;
}

Status RelationStartedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const std::uint32_t gone = FindStarted(state, fact);
  const std::uint32_t next = state.relations[gone - 1].next;
  if (state.RoleOf(fact.from).first_relation == gone) {
    state.EditRole(fact.from).first_relation = next;
  } else {
    const std::uint32_t before = FindRelation(
        state, fact.from, [gone](const Relation& relation) { return relation.next == gone; });
    state.relations.Edit(before - 1).next = next;
  }
  state.relations.Edit(gone - 1) = Relation{};
  return {};
}

Verdict RelationEndedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const std::uint32_t link = FindEnded(state, undoing.was.event.As<Fact>());
  if (link == 0) return HasDependants("it is not ended like that");
  if (WouldMeet(state, link)) return HasDependants("a relation that began after it");
  const Relation& relation = state.relations[link - 1];
  if (relation.type == RelationType::kInUnit &&
      LeadsTo(state, relation.to, relation.from, relation.since))
    return HasDependants("the parents of its parent lead back to it");
  return std::nullopt;
}

Status RelationEndedRule::Undo(BookState& state, const Undoing& undoing) {
  const std::uint32_t link = FindEnded(state, undoing.was.event.As<Fact>());
  state.relations.Edit(link - 1).until = Date{};
  return {};
}

}  // namespace suanpan::rules
