#include "src/kinds/registers/registers.h"

namespace suanpan::rules {

Verdict PlaceRegisteredRule::Decide(DecideContext& context, Event&, Fact& fact) {
  std::uint32_t index = 0;
  if (fact.within.value() != 0 && fact.within != fact.place) {
    if (Verdict refusal = MustBe(context.state, fact.within, Role::kPlace, "within", index))
      return refusal;
  }
  if (Verdict refusal = MustBeFree(context.state, fact.place, "place")) return refusal;
  if (fact.within == fact.place) return Refuse(RefusalCode::cycle, "within");
  return std::nullopt;
}

Status PlaceRegisteredRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (fact.within.value() != 0 && !state.IndexOf(fact.within, Role::kPlace)) {
    return Contradiction("{} lies within no place", state.names.TextOf(fact.place));
  }
  SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.place, Role::kPlace, state.places.size()));
  state.places.PushBack({fact.place, static_cast<schema::PlaceType>(fact.place_type), fact.within});
  return {};
}

}  // namespace suanpan::rules
