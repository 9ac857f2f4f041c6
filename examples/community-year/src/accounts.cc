#include <algorithm>

#include "desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearDay kWaiverDay = 31 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 9;  // 10 September

YearSecond At(YearDay day, std::uint32_t hour, std::uint32_t minute, std::uint32_t second) {
  return day * kSecondsPerDay + hour * kSecondsPerHour + minute * 60 + second;
}

void PlanMonthEnd(Station& station, YearDay day) {
  const bool quarter = EndsPeriod(Settlement::kQuarter, MonthIndex(day));
  for (std::uint32_t vendor = 0; vendor < station.stalls.size(); ++vendor) {
    const Base base = station.stalls[vendor].terms->base;
    if (base == Base::kPerLine) {
      station.Plan(At(day, 22, 10, vendor * 20), Action::kMonthlyCost, vendor);
    } else if (base == Base::kStandardMargin && quarter) {
      station.Plan(At(day, 23, 0, vendor), Action::kTrueUp, vendor);
    }
  }
}

void PlanMonthStart(Station& station, YearDay day) {
  const int settled = MonthIndex(day) - 1;
  for (std::uint32_t vendor = 0; vendor < station.stalls.size(); ++vendor) {
    if (!EndsPeriod(station.stalls[vendor].terms->settlement, settled)) continue;
    station.Plan(At(day, 9, 0, vendor * 15), Action::kSettlement, vendor);
    const std::int64_t days =
        PaysLate(vendor) ? station.random.Between(22, 29) : station.random.Between(2, 9);
    station.Plan(station.TimeOn(day + static_cast<YearDay>(days), 10, 16), Action::kReceipt,
                 vendor);
  }
}

std::int64_t ReceiptFen(Random& random, std::int64_t owed_fen, bool late) {
  const std::uint32_t roll = random.Below(100);
  if (late && owed_fen > 10'000) return owed_fen * 7 / 10 / 100 * 100;
  if (roll < 5 && owed_fen > 10'000) return owed_fen * 6 / 10 / 100 * 100;
  if (roll >= 96) return (owed_fen + 999) / 1000 * 1000;  // rounded up: the rest is an advance
  return owed_fen;
}

}  // namespace

void PlanAccounts(Station& station, YearDay day) {
  const int month = MonthIndex(day);
  if (day > 0 && day == FirstDayOfMonth(month)) PlanMonthStart(station, day);
  if (day < kDaysMax && day + 1 == FirstDayOfMonth(month + 1)) PlanMonthEnd(station, day);
  if (day != kWaiverDay) return;
  for (std::uint32_t vendor = 0; vendor < station.stalls.size(); ++vendor) {
    if (!PaysLate(vendor)) continue;
    station.Plan(station.TimeOn(day, 10, 11), Action::kWaiverApproval, vendor);
    station.Plan(station.TimeOn(day, 14, 15), Action::kWaiver, vendor);
  }
}

Status WriteMonthlyCost(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  Random& random = station.random;
  std::int64_t cost =
      random.Between(60, 300) * static_cast<std::int64_t>(station.options.sales_per_vendor_day);
  if (random.PerMille(80)) cost = -std::max<std::int64_t>(1, cost / 5);  // a supplier's credit
  station.writer.BeginFact("cost.recorded", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("agreement", stall.agreement).Field("cost_kind", "materials");
  json.Field("amount_fen", cost);
  stall.tally.Add(MonthIndex(DayOf(happening.second)), -cost);
  return station.writer.EndFact(1);
}

Status WriteTrueUp(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  const YearDay day = DayOf(happening.second);
  const int month = MonthIndex(day);
  const std::int64_t percent = station.random.Between(660, 730);
  const std::int64_t actual = stall.tally.QuarterBaseFen(month) * percent / 1000;
  if (actual <= 0) return {};
  station.writer.BeginFact("cost.recorded", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("agreement", stall.agreement).Field("cost_kind", "goods");
  json.Field("amount_fen", actual).Name("true_up").Open('{');
  json.Field("from", ToText(MonthOf(DateOf(FirstDayOfMonth(month - 2)))));
  json.Field("to", ToText(MonthOf(DateOf(day)))).Close('}');
  stall.tally.Add(month, -actual);
  return station.writer.EndFact(1);
}

Status WriteSettlement(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  const YearDay through = DayOf(happening.second) - 1;
  station.writer.BeginFact("settlement.closed", happening.second, station.accountant);
  station.writer.json()
      .Field("agreement", stall.agreement)
      .Field("through", ToText(DateOf(through)));
  stall.tally.Settle(MonthIndex(through));
  return station.writer.EndFact(0);
}

Status WriteReceipt(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  if (stall.tally.owed_fen() <= 0) return {};
  const std::int64_t amount =
      ReceiptFen(station.random, stall.tally.owed_fen(), PaysLate(happening.subject));
  station.writer.BeginFact("funds.received", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("fund", station.fund).Field("pot", kSharePot).Field("from", stall.ref);
  json.Field("amount_fen", amount).Field("account", kBankAccount);
  json.Field("bank_ref", station.NextBankRef()).Field("agreement", stall.agreement);
  stall.tally.Pay(amount);
  station.share_free_fen += amount;
  return station.writer.EndFact(0);
}

Status WriteWaiverApproval(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  stall.waiver_fen = std::min<std::int64_t>(stall.tally.owed_fen(), 20'000);
  if (stall.waiver_fen <= 0) return {};
  stall.waiver_approval =
      station.writer.BeginFact("approval.given", happening.second, station.supervisor);
  station.writer.json().Field("subject", stall.agreement).Field("action", "waive");
  station.writer.json().Field("verdict", "approved").Field("amount_fen", stall.waiver_fen);
  return station.writer.EndFact(0);
}

Status WriteWaiver(Station& station, const Happening& happening) {
  Stall& stall = station.stalls[happening.subject];
  if (stall.waiver_fen <= 0) return {};
  station.writer.BeginFact("due.waived", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("agreement", stall.agreement).Field("amount_fen", stall.waiver_fen);
  json.Field("reason", "hardship");
  station.writer.Reference("approval", stall.waiver_approval);
  stall.tally.Pay(stall.waiver_fen);
  return station.writer.EndFact(0);
}

}  // namespace suanpan::community_year
