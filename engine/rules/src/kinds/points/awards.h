#pragma once

// Rules of kinds 52, 53: points.awarded, points.deducted.

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::rules {

/// What an account begins with is awarded as this item, at the policy's base points.
inline constexpr std::string_view kOpeningItem = "opening";

struct PointsAwardedRule {
  using Fact = schema::PointsAwarded;
  static constexpr bool kDerivedFromState = true;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PointsDeductedRule {
  using Fact = schema::PointsDeducted;
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// Whether a holder was open still: already_closed where it was closed before the date.
[[nodiscard]] Verdict TestOpen(const BookState& state, NameId holder, Date date,
                               std::string_view field);
/// A registered household, or a member of an alliance, that was not closed before a date:
/// unknown_ref, already_closed.
[[nodiscard]] Verdict MustHold(const BookState& state, NameId holder, Date date,
                               std::string_view field);
/// What an approval of hours or points from before the book is on.
[[nodiscard]] inline ApprovalTarget OpeningOf(NameId subject) {
  return {{}, subject, schema::ApprovalAction::kOpening};
}
/// A member of the holder on a date, or the holder itself.
[[nodiscard]] bool BelongsTo(const BookState& state, NameId person, NameId holder, Date date);

}  // namespace suanpan::rules
