// Figures of orders, sessions and slots (tests/support/opinion/figures.h).

#include <fmt/format.h>

#include "suanpan/schema/kinds/sessions.h"
#include "support/state_figures_parts.h"

namespace suanpan::test {
namespace {

std::string_view Of(const rules::BookState& state, NameId id) {
  return id == NameId{} ? std::string_view{"-"} : state.names.TextOf(id);
}

}  // namespace

void AddOrderFigures(const rules::BookState& state, opinion::Figures& figures) {
  for (const auto* pair : state.orders.Sorted()) {
    const rules::Order& order = pair->second;
    figures[fmt::format("order {}", schema::ToText(pair->first))] = fmt::format(
        "{} {} {} {} {}", schema::kOrderStateWords[static_cast<std::size_t>(order.state) - 1U],
        Of(state, order.server), ToText(order.last_day), ToText(order.placed_on), order.ratings);
  }
  for (const auto* pair : state.custody.Sorted()) {
    figures[fmt::format("custody {} {}", schema::ToText(pair->first.order), pair->first.parcel)] =
        Of(state, pair->second.holder);
  }
  for (const auto* pair : state.slots.Sorted())
    figures[fmt::format("slot {}", schema::ToText(pair->first))] = ToText(pair->second);
  for (const auto* pair : state.sessions.Sorted()) {
    figures[fmt::format("session {}", schema::ToText(pair->first))] =
        fmt::format("{} {}", ToText(pair->second.held_on), pair->second.attendances);
  }
  for (const auto* pair : state.attended.Sorted()) {
    figures[fmt::format("attended {} {}", schema::ToText(pair->first.session),
                        Of(state, pair->first.person))] =
        schema::kAttendanceRoleWords[pair->second - 1U];
  }
}

}  // namespace suanpan::test
