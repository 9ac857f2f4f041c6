#pragma once

// What reversals do to lots (events.md 4.5, 4.10).

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/rules/service.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {

/// Puts back what a fact took: the same lots, or longer ones where a policy that reaches back lets
/// them last longer by now. What is over lasts as long as the policy's grace lets it, from the
/// reversal on; what else there is of the grant keeps its own last day.
[[nodiscard]] Status RestoreLots(BookState& state, const HolderKey& key,
                                 std::span<const schema::TakenLot> taken, Date on);
/// The points.adjusted that says so; and, for what is over and was booked, the expiry after it.
void AddRestored(DecideContext& context, const Event& reversal, const HolderKey& key,
                 std::span<const schema::TakenLot> taken, schema::LotAgainst against,
                 std::vector<Event>& derived);

/// The expiry of lots that are back and over by now.
void AddOver(DecideContext& context, const Event& reversal, const HolderKey& key,
             std::span<const schema::TakenLot> back, std::vector<Event>& derived);

/// Refused where what a grant became is not known any more: something of it is neither there nor
/// remembered as expired, and it ended so long ago that what expired of it may be forgotten. A
/// claim for points that nobody spent would come of it.
[[nodiscard]] Verdict TestRemembered(const BookState& state, const Undoing& undoing);

/// What a reversed grant leaves behind: its live part goes, an expired one is taken back, and what
/// was spent, moved or offset becomes a claim; with the difference that the carry makes.
struct CancelledGrant {
  Address at;
  const schema::PointsGranted& grant;
  Wide difference = 0;  ///< points that those who stay counted are entitled to beyond their grants
};
void AddCancelled(DecideContext& context, const Event& reversal, const CancelledGrant& cancelled,
                  std::vector<Event>& derived);

}  // namespace suanpan::rules
