#include "src/kinds/registers/registers.h"

namespace suanpan::rules {

using schema::PartyType;

Verdict BookOpenedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (context.state.calendar.get().opened) {
    return Refuse(RefusalCode::book_exists).With("reason", "book.opened is a book's first fact");
  }
  if (fact.utc_offset_minutes % 15 != 0)
    return Refuse(RefusalCode::bad_field, "utc_offset_minutes");
  return std::nullopt;
}

Status BookOpenedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (state.calendar.get().opened) return Contradiction("the book is opened twice");
  BookCalendar& calendar = state.calendar.Edit();
  calendar.opened = true;
  calendar.utc_offset_minutes = fact.utc_offset_minutes;
  calendar.unit = fact.unit;
  calendar.level = fact.level;
  calendar.host = fact.host;
  return {};
}

Verdict PartyRegisteredRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (Verdict refusal = MustBeFree(context.state, fact.party, "party")) return refusal;
  const auto type = static_cast<PartyType>(fact.party_type);
  const bool is_private =
      type == PartyType::kPerson || type == PartyType::kHousehold || type == PartyType::kVendor;
  if (is_private && !fact.label.empty()) {
    return Refuse(RefusalCode::label_forbidden, "label")
        .With("reason", "persons, households and vendors are known by their refs only");
  }
  return std::nullopt;
}

Status PartyRegisteredRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.party, Role::kParty, state.parties.size()));
  state.parties.PushBack({fact.party, static_cast<PartyType>(fact.party_type), fact.party_class,
                          fact.number, event.common.business_day});
  return {};
}

}  // namespace suanpan::rules
