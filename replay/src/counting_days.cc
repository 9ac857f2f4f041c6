#include "suanpan/replay/counting_days.h"

#include <algorithm>

#include "suanpan/schema/kinds/lots.h"

namespace suanpan::replay {
namespace {

constexpr unsigned kDaysKept = 400;  ///< as the book keeps what has expired (docs/format.md)

}  // namespace

Date CountingDays::Of(const schema::Event& event) {
  const Date day = event.common.business_day;
  if (event.kind->number == schema::PointsExpired::kKind) {
    Forget(day);
    const auto& fact = event.As<schema::PointsExpired>();
    for (const schema::ExpiredLot& lot : fact.lots) {
      Date& booked = booked_[{fact.fixed.scheme, fact.fixed.holder, lot.lot, fact.fixed.on}];
      booked = std::max(booked, day);
    }
    // One that is dated back: nothing ends before the day after its last one.
    return std::max(day, AddDays(fact.fixed.on, 1));
  } else if (event.kind->number == schema::PointsAdjusted::kKind) {
    const auto& fact = event.As<schema::PointsAdjusted>();
    if (static_cast<schema::AdjustReason>(fact.fixed.reason) != schema::AdjustReason::kLate)
      return day;
    Date counts = day;
    for (const schema::LotChange& row : fact.lots) {
      const auto booked =
          booked_.find({fact.fixed.scheme, fact.fixed.holder, row.lot, row.expires});
      if (booked != booked_.end()) counts = std::max(counts, booked->second);
    }
    return counts;
  }
  return day;
}

void CountingDays::Forget(Date day) {
  if (MonthOf(day) <= swept_) return;
  swept_ = MonthOf(day);
  std::erase_if(booked_,
                [day](const auto& part) { return part.second.value() + kDaysKept < day.value(); });
}

}  // namespace suanpan::replay
