#pragma once

// What the people of a station write down. A Plan function puts coming happenings on the agenda, a
// Write function turns one into a fact. Each function draws from the station's random numbers, so
// their order is part of the output.

#include "station.h"
#include "suanpan/base/status.h"

namespace suanpan::community_year {

/// Book, fund, parties and agreements, early on the first morning.
[[nodiscard]] Status WriteOpening(Station& station);

// Tills.
void PlanSales(Station& station, YearDay day);
[[nodiscard]] Status WriteSale(Station& station, const Happening& happening);
[[nodiscard]] Status WriteRefund(Station& station, const Happening& happening);
[[nodiscard]] Status WriteLineCost(Station& station, const Happening& happening);

// Accounts: costs of a month, settlements on the first day of the next, receipts of dues, the
// waiver.
void PlanAccounts(Station& station, YearDay day);
[[nodiscard]] Status WriteMonthlyCost(Station& station, const Happening& happening);
[[nodiscard]] Status WriteTrueUp(Station& station, const Happening& happening);
[[nodiscard]] Status WriteSettlement(Station& station, const Happening& happening);
[[nodiscard]] Status WriteReceipt(Station& station, const Happening& happening);
[[nodiscard]] Status WriteWaiverApproval(Station& station, const Happening& happening);
[[nodiscard]] Status WriteWaiver(Station& station, const Happening& happening);

// The fund: grants in, spending out: asked for, approved by another, paid by a third.
void PlanFund(Station& station, YearDay day);
[[nodiscard]] Status WriteGrant(Station& station, const Happening& happening);
[[nodiscard]] Status WriteRequest(Station& station, const Happening& happening);
[[nodiscard]] Status WriteApproval(Station& station, const Happening& happening);
[[nodiscard]] Status WritePayment(Station& station, const Happening& happening);

/// Asks for the payment of what is owed.
[[nodiscard]] Status WriteBillRequest(Station& station, const Happening& happening);

// Households and their points. Without households nothing of this is written.
[[nodiscard]] Status WritePointsOpening(Station& station);

void PlanHelping(Station& station, YearDay day);
[[nodiscard]] Status WriteService(Station& station, const Happening& happening);
[[nodiscard]] Status WriteAttest(Station& station, const Happening& happening);
[[nodiscard]] Status WriteDeed(Station& station, const Happening& happening);

void PlanRedeeming(Station& station, YearDay day);
[[nodiscard]] Status WriteGoods(Station& station, const Happening& happening);
[[nodiscard]] Status WriteRedeemed(Station& station, const Happening& happening);
[[nodiscard]] Status WriteMark(Station& station, const Happening& happening);
[[nodiscard]] Status WriteHaircutBill(Station& station, const Happening& happening);

// The alliance: a roster for each month, duty on its evenings, and what members get for it. Without
// households nothing of this and of the errands is written.
[[nodiscard]] Status WriteAllianceOpening(Station& station);
void PlanDuties(Station& station, YearDay day);
[[nodiscard]] Status WriteRoster(Station& station, const Happening& happening);
[[nodiscard]] Status WriteDutyMark(Station& station, const Happening& happening);
[[nodiscard]] Status WriteDuty(Station& station, const Happening& happening);
[[nodiscard]] Status WriteDutyAttest(Station& station, const Happening& happening);
[[nodiscard]] Status WriteDutyReward(Station& station, const Happening& happening);

// Errands: what residents order, and who does it for them.
[[nodiscard]] Status WriteErrandsOpening(Station& station);
void PlanErrands(Station& station, YearDay day);
[[nodiscard]] Status WriteErrandGift(Station& station, const Happening& happening);
[[nodiscard]] Status WriteOrder(Station& station, const Happening& happening);
[[nodiscard]] Status WriteErrandStep(Station& station, const Happening& happening);
/// An evening at which the volunteers learn, and who was there.
void PlanTraining(Station& station, YearDay day);
[[nodiscard]] Status WriteTraining(Station& station, const Happening& happening);

/// Early on a day, the close of the day before.
void PlanDayClose(Station& station, YearDay day);
[[nodiscard]] Status WriteDayClose(Station& station, const Happening& happening);

}  // namespace suanpan::community_year
