#include "src/named/known/counted.h"

#include <algorithm>

namespace suanpan::audit {
namespace {

constexpr unsigned kDaysBack = 800;
constexpr unsigned kBooksDaysBack = 400;  ///< how long the books keep counts of a month

}  // namespace

Wide BoundOf(const schema::EarningCap& cap, CapSpan span) {
  switch (span) {
    case CapSpan::kActivity:
      return cap.activity.wide();
    case CapSpan::kDay:
      return cap.day.wide();
    case CapSpan::kMonth:
      return cap.month.wide();
    case CapSpan::kTotal:
      return cap.total.wide();
  }
  return 0;
}

CountedUnits::Cell CountedUnits::CellOf(const KnownService& service, NameId scheme, CapSpan span) {
  Cell cell{KeyOf(service, scheme), span, 0};
  if (span == CapSpan::kActivity) cell.which = service.session.packed();
  if (span == CapSpan::kDay) cell.which = service.day.value();
  if (span == CapSpan::kMonth) cell.which = MonthOf(service.day).value();
  return cell;
}

Wide CountedUnits::Of(const KnownService& service, NameId scheme, CapSpan span) const {
  if (span == CapSpan::kTotal) return Total(KeyOf(service, scheme));
  // A service outside a session is an activity of its own.
  if (span == CapSpan::kActivity && service.session.none()) return 0;
  const auto found = used_.find(CellOf(service, scheme, span));
  return found == used_.end() ? 0 : found->second.units;
}

Wide CountedUnits::Total(const Key& key) const {
  const auto found = totals_.find(key);
  return found == totals_.end() ? 0 : found->second;
}

void CountedUnits::Add(const KnownService& service, NameId scheme, const schema::EarningCap& cap,
                       Wide units) {
  totals_[KeyOf(service, scheme)] += units;
  for (const CapSpan span : {CapSpan::kActivity, CapSpan::kDay, CapSpan::kMonth}) {
    if (BoundOf(cap, span) == 0) continue;
    if (span == CapSpan::kActivity && service.session.none()) continue;
    Used& used = used_[CellOf(service, scheme, span)];
    used.units = std::max<Wide>(0, used.units + units);
    used.last = std::max(used.last, service.day);
  }
}

bool CountedUnits::ForgotDeeds(Month month) const {
  return newest_deeds_.value() != 0 &&
         FirstDay(newest_deeds_).value() > LastDay(month).value() + kBooksDaysBack;
}

void CountedUnits::SeeDeed(Date day) { newest_deeds_ = std::max(newest_deeds_, MonthOf(day)); }

Wide CountedUnits::OfDeed(NameId scheme, NameId holder, NameId item, Month month) const {
  const auto found = deeds_.find({scheme, holder, item, month});
  return found == deeds_.end() ? 0 : found->second;
}

void CountedUnits::AddDeed(NameId scheme, NameId holder, NameId item, Month month, Wide times) {
  if (times != 0) deeds_[{scheme, holder, item, month}] += times;
}

void CountedUnits::TakeBackDeed(NameId scheme, NameId holder, NameId item, Month month,
                                Wide times) {
  const auto found = deeds_.find({scheme, holder, item, month});
  if (found != deeds_.end()) found->second = std::max<Wide>(0, found->second - times);
}

void CountedUnits::ComeTo(Date day) {
  if (MonthOf(day) <= swept_ || day.value() <= kDaysBack) return;
  swept_ = MonthOf(day);
  const Date before{static_cast<std::uint16_t>(day.value() - kDaysBack)};
  std::erase_if(used_, [before](const auto& used) { return used.second.last < before; });
  std::erase_if(deeds_, [before](const auto& deed) { return LastDay(deed.first.month) < before; });
}

}  // namespace suanpan::audit
