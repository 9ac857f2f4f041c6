#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddBook(const BookState& state, Sections& out) {
  const BookCalendar& calendar = state.calendar.get();
  if (!calendar.opened) return;
  out.Begin(StateSectionNo::kBook);
  Field key = out.field();
  Field value = out.field();
  value.Little(static_cast<std::uint16_t>(calendar.utc_offset_minutes)).Byte(calendar.level);
  value.Of(calendar.unit).Of(calendar.host).Little(calendar.schema_version);
  value.Of(calendar.closed).Of(calendar.closing).Little(calendar.pages);
  for (const Month month : state.swept.get()) value.Little(month.value());
  out.Leaf(key, value);
}

void AddNames(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kNames);
  for (std::uint32_t id = 1; id <= state.names.count(); ++id) {
    Field key = out.field();
    key.Of(NameId{id});
    Field value = out.field();
    value.Little(id);
    out.Leaf(key, value);
  }
}

void AddRegister(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kRegister);
  for (const Party& party : state.parties) {
    if (party.name.value() == 0) continue;
    Field key = out.field();
    key.Of(party.name);
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(party.type))
        .Of(party.party_class)
        .Of(party.number)
        .Of(party.since);
    out.Leaf(key, value);
  }
}

void AddFunds(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kFunds);
  for (const Fund& fund : state.funds) {
    if (fund.name.value() == 0) continue;
    Field key = out.field();
    key.Of(fund.name);
    Field value = out.field();
    value.Of(fund.host).Of(fund.committee).Of(fund.bank_accounts).Of(fund.default_pot);
    value.Byte(static_cast<std::uint8_t>(fund.restriction_class)).Of(fund.purposes).Of(fund.places);
    value.Of(fund.matters).Of(fund.until);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddRegistered(const BookState& state, Sections& out) {
  AddBook(state, out);
  AddNames(state, out);
  AddRegister(state, out);
  AddFunds(state, out);
}

}  // namespace suanpan::rules
