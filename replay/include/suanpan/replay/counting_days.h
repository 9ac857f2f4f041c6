#pragma once

// From which day an event counts in figures as of a day: its business date, but for what a late
// redemption takes back of an expiry (events.md 4.2). That has the redemption's date, and undoes
// what was booked on a later one: before that there was nothing to undo.

#include <map>
#include <tuple>

#include "suanpan/replay/projection.h"

namespace suanpan::replay {

/// Fed with every event of a book, in the order of the log. Memory: lots that were booked as
/// expired within 400 days, as long as the book can take them back.
class CountingDays {
 public:
  [[nodiscard]] Date Of(const schema::Event& event);

 private:
  using Part = std::tuple<NameId, NameId, Address, Date>;  ///< scheme, holder, lot, last day

  void Forget(Date day);

  std::map<Part, Date> booked_;
  Month swept_;
};

}  // namespace suanpan::replay
