#pragma once

// Rules of kinds 45, 46, 49, 50: sessions and who was there; slots and what became of them.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::rules {

struct SessionHeldRule {
  using Fact = schema::SessionHeld;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct AttendanceRecordedRule {
  using Fact = schema::AttendanceRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct SlotScheduledRule {
  using Fact = schema::SlotScheduled;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

struct SlotMarkedRule {
  using Fact = schema::SlotMarked;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
};

/// One service more, or less, that was done at a session on a date; nothing where the address is 0
/// or nobody follows the session any more.
[[nodiscard]] Status CountServiceAt(BookState& state, Address session, Date on, int change);

}  // namespace suanpan::rules
