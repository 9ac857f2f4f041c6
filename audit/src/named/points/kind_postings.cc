#include "src/named/points/kind_postings.h"

#include <algorithm>

namespace suanpan::audit {

using schema::AccountClass;

namespace {

constexpr std::uint32_t kOfMoney = kOfOutsiders | kOfFunds;

// Kinds that post nothing are listed too: one that is not here was never looked at. What the
// catalogue lets a kind post besides, and the ledger does not do yet, is not listed.
constexpr KindPostings kPostings[] = {
    {1, kNoAccounts},                                    // book.opened
    {2, kNoAccounts},                                    // party.registered
    {3, kNoAccounts},                                    // place.registered
    {4, kNoAccounts},                                    // register.closed
    {5, kNoAccounts},                                    // relation.started
    {6, kNoAccounts},                                    // relation.ended
    {7, kNoAccounts},                                    // code.defined
    {8, kNoAccounts},                                    // matter.opened
    {9, kNoAccounts},                                    // figure.stated
    {10, kNoAccounts},                                   // document.filed
    {11, kNoAccounts},                                   // subject.erased
    {12, kNoAccounts},                                   // policy.proposed
    {13, kNoAccounts},                                   // policy.adopted
    {14, kNoAccounts},                                   // rule.applied
    {15, kNoAccounts},                                   // agreement.signed, of donation_share
    {16, kNoAccounts},                                   // decision.recorded
    {17, kNoAccounts},                                   // approval.given
    {18, kNoAccounts},                                   // disclosure.published
    {19, kNoAccounts},                                   // finding.noted
    {20, kOfMemo},                                       // sale.recorded
    {21, kOfMemo},                                       // refund.recorded
    {22, kOfMemo},                                       // cost.recorded
    {23, kNoAccounts},                                   // statement.received
    {24, kOfMemo},                                       // donation.accrued
    {25, kOfMemo},                                       // settlement.closed
    {26, kOfMemo},                                       // due.waived
    {27, kNoAccounts},                                   // fund.opened
    {28, kNoAccounts},                                   // restriction.set
    {29, kOfMoney | kOfMemo},                            // funds.received
    {30, kNoAccounts},                                   // spending.requested
    {31, kOfMoney},                                      // money.paid, but for grants
    {32, kOfMoney},                                      // fund.transferred
    {33, kOfMoney},                                      // advance.settled
    {34, kOfMoney},                                      // milestone.accepted
    {35, kNoAccounts},                                   // grant.applied
    {36, kOfMemo},                                       // grant.awarded
    {37, kNoAccounts},                                   // grant.reported
    {38, kOfMoney | kOfPieces},                          // goods.received
    {39, kOfFunds | kOfPieces},                          // goods.issued
    {40, kOfFunds | kOfPieces},                          // goods.counted
    {41, kOfMoney},                                      // journal.posted
    {42, kNoAccounts},                                   // order.placed
    {43, kNoAccounts},                                   // order.moved
    {44, kNoAccounts},                                   // custody.passed
    {45, kNoAccounts},                                   // session.held
    {46, kOfMinutes},                                    // attendance.recorded
    {47, kNoAccounts},                                   // service.recorded
    {48, kOfMinutes},                                    // service.attested
    {49, kNoAccounts},                                   // slot.scheduled
    {50, kNoAccounts},                                   // slot.marked
    {51, kNoAccounts},                                   // assessment.recorded
    {52, kNoAccounts},                                   // points.awarded
    {53, kOfPoints},                                     // points.deducted
    {54, kOfPoints},                                     // points.granted
    {55, kOfPoints},                                     // points.expired
    {56, kOfPoints},                                     // points.adjusted
    {57, kOfPoints},                                     // points.moved
    {58, kOfPlaces},                                     // offer.opened
    {59, kOfPoints | kOfMoney | kOfPieces | kOfPlaces},  // redemption.made
    {60, kOfPlaces},                                     // place.marked
    {61, kNoAccounts},                                   // day.closed
    {62, kNoAccounts},                                   // period.closed
    {64, kNoAccounts},                                   // ref.introduced
    {65, kNoAccounts},                                   // state.sealed
    {66, kNoAccounts},                                   // log.restored
    {67, kNoAccounts},                                   // schema.added
    {68, kNoAccounts},                                   // key.rotated
};

}  // namespace

AccountSort SortOf(AccountClass account_class) {
  switch (UnitOf(account_class)) {
    case schema::UnitOfAccount::kPoints:
      return kOfPoints;
    case schema::UnitOfAccount::kMinutes:
      return kOfMinutes;
    case schema::UnitOfAccount::kPlaces:
      return kOfPlaces;
    case schema::UnitOfAccount::kPieces:
      return kOfPieces;
    case schema::UnitOfAccount::kFen:
      break;
  }
  switch (account_class) {
    case AccountClass::kBank:
    case AccountClass::kAdvance:
    case AccountClass::kReceivable:
    case AccountClass::kPayable:
      return kOfOutsiders;
    default:
      return schema::IsStatutory(account_class) ? kOfFunds : kOfMemo;
  }
}

std::span<const KindPostings> PostingsByKind() { return kPostings; }

const KindPostings* PostingsOf(std::uint16_t kind) {
  const auto found = std::ranges::find(kPostings, kind, &KindPostings::kind);
  return found == std::ranges::end(kPostings) ? nullptr : &*found;
}

}  // namespace suanpan::audit
