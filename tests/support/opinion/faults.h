#pragma once

// Errors that tests plant in the second opinion, to show that a comparison would find them.

#include <string>

namespace suanpan::opinion {

enum class Fault {
  kNone,
  kFloorTowardZero,       ///< T of a loss is rounded up
  kNewestBillFirst,       ///< receipts pay the newest bill
  kRefundKeepsAFen,       ///< the last piece back takes one fen of cost too little
  kKeyForgotten,          ///< a repeated key is a new command
  kApprovalUsedTwice,     ///< a payment does not use up its approvals
  kLossForgotten,         ///< carry_loss bills T instead of what it rose above H
  kOldRequestPaid,        ///< a request never lapses
  kSecondFactKept,        ///< a command refused in a later fact leaves its first ones behind
  kLateSaleToday,         ///< a late sale counts in the month in which it is recorded
  kRestrictionForgotten,  ///< restricted pots pay for anything
  kCapForgotten,          ///< services count in full
  kLastLotFirst,          ///< redemptions take the lots that expire last
  kLastDayLost,           ///< a lot is over on its last day already
  kOldPointsSpent,        ///< what ended is there until a day is closed
  kLateNotTakenBack,      ///< what was booked as expired is lost for a late redemption
  kClaimUnpaid,           ///< grants do not pay what is owed
  kClaimForgotten,        ///< what a deduction does not find is dropped
  kCarryLost,             ///< what a service leaves over is not carried to the next
  kFirstPolicyCounts,     ///< the first version that was adopted wins
  kMemberForEver,         ///< a membership has no days
  kStepTwice,             ///< the same step may be attested again
  kReleasedIsUsed,        ///< a place that is given back counts as used
  kGoodsRoundedUp,        ///< goods leave at their share in the value, rounded up
  kWindowForgotten,       ///< redemptions are possible on any day
  kPageWithoutEnd,        ///< one page of a day books all
};

/// "FloorTowardZero"
[[nodiscard]] inline std::string NameOf(Fault fault) {
  const char* kNames[] = {"None",
                          "FloorTowardZero",
                          "NewestBillFirst",
                          "RefundKeepsAFen",
                          "KeyForgotten",
                          "ApprovalUsedTwice",
                          "LossForgotten",
                          "OldRequestPaid",
                          "SecondFactKept",
                          "LateSaleToday",
                          "RestrictionForgotten",
                          "CapForgotten",
                          "LastLotFirst",
                          "LastDayLost",
                          "OldPointsSpent",
                          "LateNotTakenBack",
                          "ClaimUnpaid",
                          "ClaimForgotten",
                          "CarryLost",
                          "FirstPolicyCounts",
                          "MemberForEver",
                          "StepTwice",
                          "ReleasedIsUsed",
                          "GoodsRoundedUp",
                          "WindowForgotten",
                          "PageWithoutEnd"};
  return kNames[static_cast<std::size_t>(fault)];
}

}  // namespace suanpan::opinion
