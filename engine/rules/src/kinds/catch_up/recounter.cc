#include "src/kinds/catch_up/recounter.h"

#include <algorithm>

#include "src/kinds/points/awards.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::CaughtRow;

Wide NewAhead(const Recount& count, const CaughtRow& row) {
  return count.ahead.wide() + row.points.wide() - row.old_points.wide();
}

bool IsCumulative(const schema::EarningItem* item) {
  return item == nullptr || static_cast<schema::EarningRounding>(item->rounding) ==
                                schema::EarningRounding::kCumulative;
}

}  // namespace

bool Governs(const BookState& state, const CatchUp& job, Date date) {
  const schema::PolicyProposed& policy = PolicyOf(state, job);
  return InForce(state, KeyOf(policy), date) == &policy;
}

Quantity Added(const CaughtRow& row) {
  if (row.other_units == schema::kTrue || row.counted <= row.old_counted) return {};
  return Quantity{row.counted.value() - row.old_counted.value()};
}

UsedUnits Recounter::UsedIn(const UsedKey& key) const {
  const auto here = used_.find(key);
  if (here != used_.end()) return here->second;
  const UsedUnits* before = state_.recount_used.Find(key);
  return before == nullptr ? UsedUnits{} : *before;
}

Wide Recounter::WithinCaps(const schema::EarningCap& cap, const CarryKey& key,
                           const CaughtRow& row) const {
  Wide units = row.units.wide();
  for (const CapSpan& span : SpansOf(row.date, row.session, cap)) {
    if (span.cap.value() == 0) continue;
    const Wide used = span.Adds() ? UsedIn({key, span.span, span.which}).units.wide() : 0;
    units = std::min(units, span.cap.wide() - used);
  }
  if (cap.total.value() != 0) units = std::min(units, cap.total.wide() - row.before.wide());
  return std::max<Wide>(units, 0);
}

bool Recounter::Use(const schema::EarningCap& cap, const CarryKey& key, const CaughtRow& row) {
  for (const CapSpan& span : SpansOf(row.date, row.session, cap)) {
    if (!span.Adds()) continue;
    const UsedKey used{key, span.span, span.which};
    const UsedUnits before = UsedIn(used);
    const std::optional<Quantity> sum = CheckedAdd(before.units, row.counted);
    if (!sum) return false;
    used_[used] = {*sum, std::max(before.last, row.date)};
    UsedUnits& more = more_used_[used];
    more = {Quantity{more.units.value() + Added(row).value()}, std::max(more.last, row.date)};
  }
  return true;
}

bool Recounter::TakeService(const schema::EarningBody& policy, CaughtRow& row) {
  const CarryKey key{row.person, policy.scheme, row.of};
  const schema::EarningItem* item =
      FindItem(policy.items, &schema::EarningItem::service_kind, row.of);
  const Recount* known = state_.recounts.Find(key);
  const auto [here, first] = counts_.try_emplace(key, known == nullptr ? Recount{} : *known);
  Recount& count = here->second;
  if (first && known == nullptr) count.counted = row.before;
  row.before = count.counted;
  row.counted = {};
  row.points = {};
  if (item != nullptr) {
    row.counted = Quantity{static_cast<std::int64_t>(WithinCaps(item->cap, key, row))};
    const std::optional<Points> points = PointsOf(*item, row.before, row.counted.wide());
    if (!points || !Use(item->cap, key, row)) return false;
    row.points = *points;
    count.counted = Quantity{row.before.value() + row.counted.value()};
  }
  const Wide ahead =
      IsCumulative(item) ? NewAhead(count, row) : row.points.wide() - row.old_points.wide();
  const std::optional<std::int64_t> granted = NarrowWide(std::max<Wide>(ahead, 0));
  const std::optional<std::int64_t> rest = NarrowWide(std::min<Wide>(ahead, 0));
  if (!granted || !rest) return false;
  row.granted = Points{*granted};
  if (IsCumulative(item)) count.ahead = Points{*rest};
  carried_[key] += Added(row).wide();
  return true;
}

bool Recounter::TakeDeed(const schema::AwardItemsBody& policy, CaughtRow& row) {
  const AwardKey key{policy.scheme, row.holder, row.of, MonthOf(row.date)};
  const schema::AwardItem* item = FindItem(policy.items, &schema::AwardItem::item, row.of);
  const bool opening = state_.names.TextOf(row.of) == kOpeningItem;
  Points each;
  if (opening) {
    each = policy.base_points;
  } else if (item != nullptr && item->points.value() > 0) {
    each = item->points;
  }
  const bool capped = !opening && item != nullptr && item->max_per_month != 0;
  const std::uint32_t* known = state_.recount_awards.Find(key);
  std::uint32_t& used = awards_.try_emplace(key, known == nullptr ? 0 : *known).first->second;
  row.before = {};
  std::int64_t counted = each.value() == 0 ? 0 : row.units.value();
  if (capped)
    counted = std::clamp<std::int64_t>(item->max_per_month - std::int64_t{used}, 0, counted);
  row.counted = Quantity{counted};
  const std::optional<std::int64_t> points = NarrowWide(each.wide() * counted);
  if (!points) return false;
  row.points = Points{*points};
  row.granted = Points{std::max<std::int64_t>(0, *points - row.old_points.value())};
  used += static_cast<std::uint32_t>(counted);
  if (capped) more_awards_[key] += Added(row).wide();
  return true;
}

bool Recounter::Take(CaughtRow& row) {
  const schema::PolicyProposed& policy = PolicyOf(state_, job_);
  return policy.type() == schema::PolicyType::kEarning ? TakeService(policy.earning, row)
                                                       : TakeDeed(policy.award_items, row);
}

bool Recounter::Store(BookState& state) const {
  for (const auto& [key, count] : counts_) state.recounts.Set(key, count);
  for (const auto& [key, used] : used_) state.recount_used.Set(key, used);
  for (const auto& [key, used] : awards_) state.recount_awards.Set(key, used);
  for (const auto& [key, more] : carried_) {
    if (more == 0) continue;
    const Quantity* carry = state.carry.Find(key);
    const std::optional<std::int64_t> sum =
        NarrowWide(more + (carry == nullptr ? 0 : carry->wide()));
    if (!sum) return false;
    state.carry.Set(key, Quantity{*sum});
  }
  for (const auto& [key, more] : more_used_) {
    if (more.units.value() == 0) continue;
    const UsedUnits* used = state.used_units.Find(key);
    const UsedUnits before = used == nullptr ? UsedUnits{} : *used;
    const std::optional<Quantity> sum = CheckedAdd(before.units, more.units);
    if (!sum) return false;
    state.used_units.Set(key, {*sum, std::max(before.last, more.last)});
  }
  for (const auto& [key, more] : more_awards_) {
    if (more == 0) continue;
    const std::uint32_t* used = state.awards.Find(key);
    state.awards.Set(key, (used == nullptr ? 0 : *used) + static_cast<std::uint32_t>(more));
  }
  return true;
}

void EndRecount(BookState& state, const schema::PolicyProposed& policy) {
  const NameId scheme = KeyOf(policy).scheme;
  const auto drop = [](auto& map, auto is) {
    for (const auto& key : map.KeysWhere(is)) map.Erase(key);
  };
  if (policy.type() == schema::PolicyType::kAwardItems)
    drop(state.recount_awards, [&](const AwardKey& key, auto) { return key.scheme == scheme; });
  if (policy.type() != schema::PolicyType::kEarning) return;
  drop(state.recounts, [&](const CarryKey& key, const auto&) { return key.scheme == scheme; });
  drop(state.recount_used,
       [&](const UsedKey& key, const auto&) { return key.of.scheme == scheme; });
}

}  // namespace suanpan::rules
