#pragma once

// What is taken back (events.md 3.7, 4.5, 4.10). Everything that an event made is found by its
// address.

#include <vector>

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

struct Undoing {
  Event was;
  std::vector<std::string> cascade{};  ///< what goes with it, in order
  /// What the reversal adds to an agreement's base, where it moves any.
  std::string agreement{};
  std::string month{};
  std::vector<BaseEntry> base{};
  std::map<std::string, Wide> restored{};  ///< what lots that come back post in their own event
};

/// The part of a deduction's claim that grants have paid by now is the holder's again, in a lot
/// with the address of the deduction; only the rest is struck off what is owed.
void GiveBackPaid(Deciding& d, Undoing& u);

/// has_dependants.
[[noreturn]] void RefuseDependants();

// Each tests what stands on the event, takes back what it made in the lists, and says what of the
// base it takes.
void UndoSale(Deciding& d, Undoing& u);
void UndoRefund(Deciding& d, Undoing& u);
void UndoCost(Deciding& d, Undoing& u);
void UndoSettlement(Deciding& d, Undoing& u);
void UndoReceipt(Deciding& d, Undoing& u);
void UndoWaiver(Deciding& d, Undoing& u);
void UndoRequest(Deciding& d, Undoing& u);
void UndoPayment(Deciding& d, Undoing& u);
void UndoAdvance(Deciding& d, Undoing& u);
void UndoGoodsIn(Deciding& d, Undoing& u);
void UndoGoodsOut(Deciding& d, Undoing& u);
void UndoCount(Deciding& d, Undoing& u);
void UndoParty(Deciding& d, Undoing& u);
void UndoPlace(Deciding& d, Undoing& u);
void UndoClosing(Deciding& d, Undoing& u);
void UndoRelation(Deciding& d, Undoing& u);
void UndoEnd(Deciding& d, Undoing& u);
void UndoCode(Deciding& d, Undoing& u);
void UndoAgreement(Deciding& d, Undoing& u);
void UndoFund(Deciding& d, Undoing& u);
void UndoOffer(Deciding& d, Undoing& u);
void UndoMove(Deciding& d, Undoing& u);
void UndoService(Deciding& d, Undoing& u);
void UndoAttestation(Deciding& d, Undoing& u);
void UndoAward(Deciding& d, Undoing& u);
void UndoDeduction(Deciding& d, Undoing& u);
void UndoRedemption(Deciding& d, Undoing& u);
void UndoMark(Deciding& d, Undoing& u);
void UndoOrder(Deciding& d, Undoing& u);
void UndoOrderMove(Deciding& d, Undoing& u);
void UndoCustody(Deciding& d, Undoing& u);
void UndoAssessment(Deciding& d, Undoing& u);
void UndoSession(Deciding& d, Undoing& u);
void UndoAttendance(Deciding& d, Undoing& u);
void UndoSlot(Deciding& d, Undoing& u);
void UndoSlotMark(Deciding& d, Undoing& u);

/// A service stays as long as its order is rated.
void CheckUnrated(const Deciding& d, const Json& service);
/// The order of a service that is taken back, where it is in a state because of it.
void MoveOrderBack(Deciding& d, const Json& service, const char* from, const char* to);

/// An agreement that replaces another one keeps all but rate, dates and loss policy; where facts
/// stand under it, T changes by that.
void CheckAmendment(const Deciding& d);
void AmendAgreement(Deciding& d, const std::string& settled_through);
/// Whether two agreements of one vendor are in force on the same day.
[[nodiscard]] bool MeetInTime(const Json& a, const Json& b);

/// Whether a fact that stands names an event in a field, of these kinds.
[[nodiscard]] bool IsNamedBy(const State& state, const std::string& address, const char* field,
                             const std::vector<std::string>& kinds);

}  // namespace suanpan::opinion
