#pragma once

// What is open does not stay open for ever (events.md 4.8): so many days after its business date it
// lapses. Each list is swept when something is added to it in a later month of business dates than
// the last time.

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {

inline constexpr unsigned kOpenDays = 400;

[[nodiscard]] inline bool HasLapsed(Date since, Date on) {
  return on.value() > since.value() + kOpenDays;
}

/// The first day of the month in which a list was swept last; 0 where it never was.
[[nodiscard]] Date SweptTo(const BookState& state, Lapsing list);

/// Whether what was counted up to the last day of a span may be dropped from a list by now: it
/// cannot be added to any more.
[[nodiscard]] bool IsForgotten(const BookState& state, Lapsing list, Date last);

/// Drops what lapsed by `on` from a list, where that lies in a later month than the last time.
void DropLapsed(BookState& state, Lapsing list, Date on);

}  // namespace suanpan::rules
