#include "src/kinds/log.h"

namespace suanpan::rules {

Status RefIntroducedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (!schema::IsName(fact.ref) || state.names.count() + 1 != fact.id.value() ||
      state.names.Intern(fact.ref) != fact.id) {
    return Contradiction("name {} is introduced with id {}, out of order or twice", fact.ref,
                         fact.id.value());
  }
  return {};
}

Status LogRestoredRule::Apply(BookState&, Address at, const Event&, const Fact& fact) {
  const auto seq = static_cast<std::int64_t>(at.seq().value());
  if (at.line() != 0) return Contradiction("a log.restored that is not first in its entry");
  if (fact.fixed.lost_after + 1 != seq || fact.fixed.from_seq < fact.fixed.lost_after) {
    return Contradiction("a log.restored of entries {} to {} that are lost",
                         fact.fixed.lost_after + 1, fact.fixed.from_seq);
  }
  return {};
}

Status SchemaAddedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (fact.version <= state.calendar.get().schema_version)
    return Contradiction("schema {} twice", fact.version);
  state.calendar.Edit().schema_version = fact.version;
  return {};
}

}  // namespace suanpan::rules
