#include "src/named/points/row_recount.h"

#include <algorithm>

namespace suanpan::audit {

using schema::CaughtRow;

RowRecount::Row RowRecount::Take(const CaughtRow& row, const schema::PolicyProposed& policy,
                                 bool opening) {
  Job& job = jobs_[policy.policy];
  return policy.type() == schema::PolicyType::kEarning
             ? TakeService(job, row, policy.earning)
             : TakeDeed(job, row, policy.award_items, opening);
}

void RowRecount::Forget(const schema::PolicyProposed& policy) { jobs_.erase(policy.policy); }

RowRecount::Row RowRecount::TakeService(Job& job, const CaughtRow& row,
                                        const schema::EarningBody& policy) {
  const KnownService service = ServiceOf(row);
  const auto [at, first] =
      job.counts.try_emplace(CountedUnits::KeyOf(service, policy.scheme), Count{row.before.wide()});
  Count& count = at->second;
  const schema::EarningItem* item =
      Policies::ItemOf(policy.items, &schema::EarningItem::service_kind, row.of);
  const bool cumulative = item == nullptr || static_cast<schema::EarningRounding>(item->rounding) ==
                                                 schema::EarningRounding::kCumulative;
  Row due{count.counted};
  if (item != nullptr) {
    due.counted = row.units.wide();
    for (const CapSpan span : {CapSpan::kActivity, CapSpan::kDay, CapSpan::kMonth}) {
      const Wide bound = BoundOf(item->cap, span);
      if (bound != 0)
        due.counted = std::min(due.counted, bound - job.units.Of(service, policy.scheme, span));
    }
    const Wide total = BoundOf(item->cap, CapSpan::kTotal);
    if (total != 0) due.counted = std::min(due.counted, total - due.before);
    due.counted = std::max<Wide>(due.counted, 0);
    job.units.Add(service, policy.scheme, item->cap, due.counted);
    count.counted += due.counted;
    due.points = cumulative
                     ? PointsFor(*item, due.before + due.counted) - PointsFor(*item, due.before)
                     : PointsFor(*item, due.counted);
  }
  // Points of the cumulative rule belong to all services of a person for a kind.
  const Wide ahead = (cumulative ? count.ahead : Wide{0}) + due.points - row.old_points.wide();
  due.granted = std::max<Wide>(ahead, 0);
  if (cumulative) count.ahead = std::min<Wide>(ahead, 0);
  return due;
}

RowRecount::Row RowRecount::TakeDeed(Job& job, const CaughtRow& row,
                                     const schema::AwardItemsBody& policy, bool opening) {
  const schema::AwardItem* item = Policies::ItemOf(policy.items, &schema::AwardItem::item, row.of);
  Wide each = 0;
  if (opening) {
    each = policy.base_points.wide();
  } else if (item != nullptr && item->points.value() > 0) {
    each = item->points.wide();
  }
  Row due;
  due.counted = each == 0 ? 0 : row.units.wide();
  Wide& used = job.deeds[{row.holder, row.of, MonthOf(row.date)}];
  if (!opening && item != nullptr && item->max_per_month != 0)
    due.counted = std::min(due.counted, std::max<Wide>(0, item->max_per_month - used));
  used += due.counted;
  due.points = each * due.counted;
  due.granted = std::max<Wide>(0, due.points - row.old_points.wide());
  return due;
}

}  // namespace suanpan::audit
