#pragma once

// One fact of a random history, of each kind, as a state invites it.

#include <string>

#include "support/opinion/deciding.h"
#include "support/opinion/dice.h"

namespace suanpan::opinion {

struct Invite {
  const State& state;
  Dice& dice;
  std::int64_t now_s = 0;

  [[nodiscard]] std::string Today() const;
  /// A fact with its envelope, at about now.
  [[nodiscard]] Json Fact(const std::string& kind);
  /// One of the last hours with nothing in its envelope that is not required.
  [[nodiscard]] Json Plain(const std::string& kind);
  [[nodiscard]] std::string BusinessDate(const Json& fact) const;
  [[nodiscard]] std::string Person() { return "p-" + std::to_string(dice.Below(4)); }
  [[nodiscard]] std::string Vendor() { return "v-" + std::to_string(dice.Below(4)); }
  /// Somebody else than one or two people.
  [[nodiscard]] std::string Other(const std::string& one, const std::string& two = {});
  /// One that exists, mostly.
  [[nodiscard]] std::string Fund();
  [[nodiscard]] std::string Agreement();
  [[nodiscard]] std::string Account(const std::string& fund);
  /// The address of an event of a kind, mostly; of anything, rarely of nothing.
  [[nodiscard]] std::string AddressOf(const std::string& kind);
  /// Positive; now and then enormous, now and then as text.
  [[nodiscard]] Json Amount(std::int64_t max);
  [[nodiscard]] Json Stated(std::int64_t amount);
  /// A fact with the approval that it wants, mostly: [approval, fact] where it is given just
  /// before.
  [[nodiscard]] Json Approved(const std::string& action, const std::string& subject, Json fact);

  // A small community: p-0 to p-7 live in h-0 to h-3, or belong to the alliance's m-0 and m-1.
  [[nodiscard]] std::string Neighbour() { return "p-" + std::to_string(dice.Below(8)); }
  /// A household or member of the alliance that is registered, mostly.
  [[nodiscard]] std::string Holder();
  /// "hh" of households, mostly; "al" of the alliance.
  [[nodiscard]] std::string Scheme() { return dice.OneIn(5) ? "al" : "hh"; }
  /// Somebody who belongs to a holder on a day, mostly.
  [[nodiscard]] std::string MemberOf(const std::string& holder, const std::string& date);
};

[[nodiscard]] Json AnyBook(Invite& invite);
[[nodiscard]] Json AnyParty(Invite& invite);
[[nodiscard]] Json AnyFund(Invite& invite);
[[nodiscard]] Json AnyAgreement(Invite& invite);
[[nodiscard]] Json AnySale(Invite& invite);
[[nodiscard]] Json AnyRefund(Invite& invite);
[[nodiscard]] Json AnyCost(Invite& invite);
[[nodiscard]] Json AnySettlement(Invite& invite);
[[nodiscard]] Json AnyReceipt(Invite& invite);
[[nodiscard]] Json AnyRequest(Invite& invite);
[[nodiscard]] Json AnyApproval(Invite& invite);
[[nodiscard]] Json AnyPayment(Invite& invite);
[[nodiscard]] Json AnyWaiver(Invite& invite);
/// Takes something back, with the approval that this wants, mostly.
[[nodiscard]] Json AnyReversal(Invite& invite);

/// A request with its approval and payment.
[[nodiscard]] Json PaidAtOnce(Invite& invite, const Json& request);
/// Several facts that name one another by "#n".
[[nodiscard]] Json FactsInOne(Invite& invite);

// What a community does beside money. Some are lists of facts.
[[nodiscard]] Json AnyHousehold(Invite& invite);
[[nodiscard]] Json AnyPlace(Invite& invite);
[[nodiscard]] Json AnyClosing(Invite& invite);
[[nodiscard]] Json AnyRelation(Invite& invite);
[[nodiscard]] Json AnyRelationEnd(Invite& invite);
[[nodiscard]] Json AnyCode(Invite& invite);
[[nodiscard]] Json AnyProposal(Invite& invite);
[[nodiscard]] Json AnyAdoption(Invite& invite);
/// Proposed, approved and adopted in one.
[[nodiscard]] Json AnyPolicy(Invite& invite);
[[nodiscard]] Json AnyService(Invite& invite);
[[nodiscard]] Json AnyAttestation(Invite& invite);
[[nodiscard]] Json AnyAward(Invite& invite);
/// Many at once, of many days.
[[nodiscard]] Json ManyAwards(Invite& invite);
[[nodiscard]] Json AnyDeduction(Invite& invite);
[[nodiscard]] Json AnyMove(Invite& invite);
[[nodiscard]] Json AnyGoodsReceipt(Invite& invite);
[[nodiscard]] Json AnyIssue(Invite& invite);
[[nodiscard]] Json AnyCount(Invite& invite);
/// Money for what is owed, or in advance.
[[nodiscard]] Json AnyPurchase(Invite& invite);
[[nodiscard]] Json AnyAdvanceSettled(Invite& invite);
[[nodiscard]] Json AnyOffer(Invite& invite);
[[nodiscard]] Json AnyRedemption(Invite& invite);
[[nodiscard]] Json AnyMark(Invite& invite);
[[nodiscard]] Json AnyDay(Invite& invite);
[[nodiscard]] Json AnyOrder(Invite& invite);
[[nodiscard]] Json AnyOrderMove(Invite& invite);
[[nodiscard]] Json AnyCustody(Invite& invite);
/// What an order asked for, attested in the same command, mostly.
[[nodiscard]] Json AnyServedOrder(Invite& invite);
[[nodiscard]] Json AnyAssessment(Invite& invite);
[[nodiscard]] Json AnySession(Invite& invite);
[[nodiscard]] Json AnyAttendance(Invite& invite);
[[nodiscard]] Json AnySlot(Invite& invite);
[[nodiscard]] Json AnySlotMark(Invite& invite);
/// Somebody is forgotten, with the two approvals that this wants, mostly.
[[nodiscard]] Json AnyErasure(Invite& invite);

/// `from`, `to` and `minutes` of what was done before the fact's own time.
void AddTimes(Invite& invite, Json& fact);

/// A book with a fund and a few households, to begin with.
[[nodiscard]] Json CommunityOpening(Invite& invite);

/// Something wrong in one place of a command's text.
[[nodiscard]] std::string Spoiled(const Json& command, Dice& dice);
/// The same command once more: as it was, otherwise spelled, or with something changed.
[[nodiscard]] std::string ToldAgain(const std::string& command, const State& state, Dice& dice);

}  // namespace suanpan::opinion
