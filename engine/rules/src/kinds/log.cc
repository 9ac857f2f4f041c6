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

Status SchemaAddedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (fact.version <= state.calendar.get().schema_version)
    return Contradiction("schema {} twice", fact.version);
  state.calendar.Edit().schema_version = fact.version;
  return {};
}

}  // namespace suanpan::rules
