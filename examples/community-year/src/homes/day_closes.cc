// The clock tick of the book: after midnight the day before is closed. With the year all points
// end; that is booked page by page.

#include <algorithm>

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

/// What one page books; whether more is left for the next.
struct BookedPage {
  std::uint32_t households = 0;
  std::uint32_t lots = 0;
  bool more = false;
};

/// Households by name, as many as a page holds.
BookedPage ExpirePage(std::vector<Household*>& left) {
  BookedPage page;
  while (!left.empty()) {
    if (page.households == kPageHouseholds || page.lots == kPageLots) {
      page.more = true;
      break;
    }
    Purse& purse = left.back()->purse;
    page.lots += static_cast<std::uint32_t>(purse.Expire(kPageLots - page.lots));
    ++page.households;
    if (purse.lots() > 0) {
      page.more = true;
      break;
    }
    left.pop_back();
  }
  return page;
}

}  // namespace

void PlanDayClose(Station& station, YearDay day) {
  if (station.households.empty() || day == 0) return;
  station.Plan(day * kSecondsPerDay + 600, Action::kDayClose, day - 1);
}

Status WriteDayClose(Station& station, const Happening& happening) {
  std::vector<Household*> left;
  if (happening.subject == kDaysMax) {  // 1 January: all that is left ended the day before
    for (Household& household : station.households) {
      if (household.purse.lots() > 0) left.push_back(&household);
    }
    std::ranges::sort(left, std::ranges::greater{}, &Household::ref);
  }
  BookedPage page;
  std::int64_t number = 0;
  do {
    page = ExpirePage(left);
    SUANPAN_RETURN_IF_ERROR(station.writer.Flush());
    station.writer.BeginFact("day.closed", happening.second, station.worker);
    station.writer.json().Field("date", ToText(DateOf(happening.subject))).Field("page", number++);
    SUANPAN_RETURN_IF_ERROR(station.writer.EndFact(page.households, page.lots));
  } while (page.more);
  return station.writer.Flush();
}

}  // namespace suanpan::community_year
