#include "src/kinds/points/moves.h"

#include "src/kinds/points/awards.h"
#include "src/kinds/points/grants.h"
#include "src/kinds/points/lots.h"
#include "src/kinds/points/undo.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::HouseholdEnd;
using schema::MoveReason;
using schema::PointsMoved;
using schema::TakenLot;
using schema::TransferAllowed;

MoveReason ReasonOf(const PointsMoved& fact) { return static_cast<MoveReason>(fact.reason); }

bool HasTarget(MoveReason reason) {
  return reason != MoveReason::kDonate && reason != MoveReason::kForfeit;
}

/// Where the points go: to one holder, one book or from one, or nowhere.
Verdict TestTargets(const PointsMoved& fact) {
  const std::pair<std::string_view, NameId> targets[] = {
      {"to", fact.to}, {"to_book", fact.to_book}, {"from_book", fact.from_book}};
  const MoveReason reason = ReasonOf(fact);
  std::size_t stated = 0;
  for (const auto& [field, name] : targets) {
    if (name.value() == 0) continue;
    const bool wanted = HasTarget(reason) && (reason != MoveReason::kDeath || field == "to");
    if (!wanted || ++stated > 1) return Refuse(RefusalCode::bad_field, field);
  }
  if (stated == 0 && HasTarget(reason) && reason != MoveReason::kDeath)
    return Refuse(RefusalCode::bad_field, "to").With("reason", "one of to, to_book, from_book");
  const bool between_books = fact.to_book.value() != 0 || fact.from_book.value() != 0;
  if (between_books && fact.move.empty()) return Refuse(RefusalCode::missing_field, "move");
  if (!between_books && !fact.move.empty()) return Refuse(RefusalCode::bad_field, "move");
  if (fact.to == fact.from) return Refuse(RefusalCode::bad_field, "to");
  return std::nullopt;
}

Verdict TestHolders(const BookState& state, const PointsMoved& fact, Date date) {
  // Points that come late to a holder who is closed by then can still leave.
  const Date held_on = fact.from_book.value() != 0 ? date : Date{};
  if (Verdict refusal = MustHold(state, fact.from, held_on, "from")) return refusal;
  return fact.to.value() == 0 ? Verdict{} : MustHold(state, fact.to, date, "to");
}

/// Whether the points of a holder that ends may go to nobody: as the policy of their expiry has it.
Verdict TestForfeited(const BookState& state, const PointsMoved& fact, Date date) {
  const schema::PolicyProposed* policy =
      InForce(state, schema::PolicyType::kExpiry, fact.scheme, date);
  const auto end = policy == nullptr ? HouseholdEnd{}
                                     : static_cast<HouseholdEnd>(policy->expiry.on_household_end);
  if (end == HouseholdEnd{} || end == HouseholdEnd::kForfeit) return std::nullopt;
  return Refuse(RefusalCode::transfer_forbidden, "reason")
      .With("on_household_end",
            std::string{schema::kHouseholdEndWords[static_cast<std::size_t>(end) - 1U]});
}

/// Giving away for nothing is governed, and what goes to nobody; what else a household's fate
/// brings is not.
Verdict TestAllowed(const BookState& state, const PointsMoved& fact, Date date) {
  const MoveReason reason = ReasonOf(fact);
  const bool dies = reason == MoveReason::kDeath && fact.to.value() == 0;
  if (dies || reason == MoveReason::kForfeit) return TestForfeited(state, fact, date);
  if (reason != MoveReason::kTransfer && reason != MoveReason::kDonate) return std::nullopt;
  const schema::PolicyProposed* policy =
      InForce(state, schema::PolicyType::kTransfer, fact.scheme, date);
  const auto allowed = policy == nullptr ? TransferAllowed::kNone
                                         : static_cast<TransferAllowed>(policy->transfer.allowed);
  const bool may = allowed == TransferAllowed::kAny ||
                   (reason == MoveReason::kDonate && allowed == TransferAllowed::kDonateOnly);
  if (may) return std::nullopt;
  return Refuse(RefusalCode::transfer_forbidden, "reason")
      .With("allowed",
            std::string{schema::kTransferAllowedWords[static_cast<std::size_t>(allowed) - 1U]});
}

/// The lots that move; nothing where there are not enough, or too many of them.
std::vector<TakenLot> LotsThatMove(const BookState& state, const PointsMoved& fact, Address at,
                                   Date date) {
  if (fact.from_book.value() == 0) {
    return ChooseLots(state, {fact.scheme, fact.from}, fact.points.wide(), date, LotUse::kTake);
  }
  TakenLot lot;  // from another book: what it was there is not known here
  lot.lot = at;
  lot.quantity = fact.points;
  lot.person = fact.from;
  lot.earned = date;
  lot.usable_from = date;
  lot.expires = ExpiryOf(state, fact.scheme, date);
  return {lot};
}

ApprovalTarget MoveOf(const PointsMoved& fact) {
  return {{}, fact.from, schema::ApprovalAction::kMove};
}

Lot ToLot(const TakenLot& taken) {
  Lot lot;
  lot.lot = taken.lot;
  lot.person = taken.person;
  lot.quantity = taken.quantity;
  lot.earned = taken.earned;
  lot.usable_from = taken.usable_from;
  lot.expires = taken.expires;
  return lot;
}

/// Who has the points of a move, once it is made; nobody where they left the book.
NameId NowWith(const PointsMoved& fact) {
  return fact.from_book.value() != 0 ? fact.from : fact.to;
}

/// The rows of a move as it is taken back: what became of the points, with the days on which they
/// end by now. Those that nobody has come back as others do.
std::vector<TakenLot> MovedBack(const BookState& state, const PointsMoved& fact) {
  const NameId now = NowWith(fact);
  if (now.value() != 0) return ChooseMoved(state, {fact.scheme, now}, fact.lots);
  std::vector<TakenLot> back{fact.lots.begin(), fact.lots.end()};
  for (TakenLot& part : back) part.expires = EndOfReturned(state, fact.scheme, part);
  return back;
}

/// The account on the other side of the giving holder's.
AccountKey OtherSide(const PointsMoved& fact) {
  if (fact.to.value() != 0) return HolderAccount(fact.scheme, fact.to);
  if (fact.to_book.value() != 0)
    return {AccountClass::kPointsTransit, {}, fact.scheme, fact.to_book};
  const bool donated = ReasonOf(fact) == MoveReason::kDonate;
  return PointsAccount(donated ? AccountClass::kPointsDonated : AccountClass::kPointsForfeited,
                       fact.scheme);
}

}  // namespace

Verdict PointsMovedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const Date date = event.common.business_day;
  if (Verdict refusal = TestTargets(fact)) return refusal;
  if (Verdict refusal = TestHolders(state, fact, date)) return refusal;
  if (Verdict refusal = TestAllowed(state, fact, date)) return refusal;
  const std::vector<TakenLot> lots = LotsThatMove(state, fact, context.at, date);
  const Wide sum = SumOfLots(lots);
  if (sum != fact.points.wide()) {
    return Refuse(RefusalCode::points_short, "points")
        .With("available_points", std::to_string(static_cast<std::int64_t>(sum)))
        .With("needed_points", std::to_string(fact.points.value()));
  }
  if (lots.size() > schema::kLotsMax) return Refuse(RefusalCode::too_many_lots, "points");
  fact.lots = context.arena.Copy(std::span<const TakenLot>{lots});
  return TestApproval(state, Approving::Of(event, MoveOf(fact)), event.common.approval, "approval");
}

void PointsMovedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  if (fact.from_book.value() != 0) {
    sink.Post(HolderAccount(fact.scheme, fact.from), fact.points);
    sink.PostSum({AccountClass::kPointsTransit, {}, fact.scheme, fact.from_book},
                 -fact.points.wide());
    return;
  }
  sink.PostSum(HolderAccount(fact.scheme, fact.from), -fact.points.wide());
  sink.Post(OtherSide(fact), fact.points);
}

Status PointsMovedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  const Date date = event.common.business_day;
  if (TestTargets(fact) || TestHolders(state, fact, date) || TestAllowed(state, fact, date))
    return Contradiction("points move where they may not");
  const std::vector<TakenLot> lots = LotsThatMove(state, fact, at, date);
  if (SumOfLots(lots) != fact.points.wide() || !SameLots(lots, fact.lots))
    return Contradiction("other points move than the first to be spent");
  SUANPAN_RETURN_IF_ERROR(
      UseApproval(state, Approving::Of(event, MoveOf(fact)), event.common.approval));
  const HolderKey from{fact.scheme, fact.from};
  if (fact.from_book.value() != 0) return AddLot(state, from, ToLot(fact.lots[0]));
  SUANPAN_RETURN_IF_ERROR(TakeLots(state, from, fact.lots));
  if (fact.to.value() == 0) return {};
  for (const TakenLot& lot : fact.lots) {
    SUANPAN_RETURN_IF_ERROR(AddLot(state, {fact.scheme, fact.to}, ToLot(lot)));
  }
  return {};
}

Verdict PointsMovedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (SumOfLots(MovedBack(state, fact)) == fact.points.wide()) return std::nullopt;
  return HasDependants("the points were used, moved on or expired since");
}

Status PointsMovedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const std::vector<TakenLot> back = MovedBack(state, fact);
  if (SumOfLots(back) != fact.points.wide())
    return Contradiction("points are taken back that are not there");
  const NameId now = NowWith(fact);
  if (now.value() != 0) SUANPAN_RETURN_IF_ERROR(TakeLots(state, {fact.scheme, now}, back));
  if (fact.from_book.value() != 0) return {};
  for (const TakenLot& lot : back)
    SUANPAN_RETURN_IF_ERROR(AddLot(state, {fact.scheme, fact.from}, ToLot(lot)));
  return {};
}

Verdict PointsMovedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                    const Undoing& undoing, std::vector<Event>& derived) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (fact.from_book.value() == 0)
    AddOver(context, reversal, {fact.scheme, fact.from}, fact.lots, derived);
  return std::nullopt;
}

}  // namespace suanpan::rules
