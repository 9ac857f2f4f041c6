#include "src/named/known/known_book.h"

#include <algorithm>

#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {

using schema::DayClosed;
using schema::EntryReversed;
using schema::PointsAwarded;
using schema::PointsGranted;

void KnownBook::Take(Address at, const schema::Event& event) {
  newest_day = std::max(newest_day, event.common.business_day);
  parties.Take(event);
  policies.Take(at, event);
  services.Take(at, event, kinds);
  Count(at, event);
  lots.Take(at, event, kinds);
  totals.Take(event);
  if (event.kind->number == DayClosed::kKind) {
    const auto& fact = event.As<DayClosed>().fixed;
    if (!schema::Has(fact.flags, DayClosed::kMore)) closed_day = fact.date;
  }
}

void KnownBook::Count(Address at, const schema::Event& event) {
  if (event.kind->number == PointsGranted::kKind) {
    const auto& grant = event.As<PointsGranted>().fixed;
    if (grant.reason != static_cast<std::uint8_t>(schema::GrantReason::kService)) return;
    const Address cause{at.seq(), static_cast<std::uint16_t>(event.common.cause - 1U)};
    const KnownService* service = services.CreditedAt(cause);
    if (service != nullptr) counted.Add(*service, grant.scheme, grant.counted.wide());
  } else if (event.kind->number == PointsAwarded::kKind) {
    const auto& award = event.As<PointsAwarded>().fixed;
    counted.AddDeed(award.scheme, award.holder, award.item, MonthOf(event.common.business_day),
                    award.counted);
  } else if (event.kind->number == EntryReversed::kKind) {
    const auto& fact = event.As<EntryReversed>();
    counted.ComeTo(newest_day);
    if (fact.fixed.kind == PointsAwarded::kKind) {
      Arena arena;
      const auto events = schema::ReadCopy(fact, kinds, arena);
      if (!events || events->front().event.kind->number != PointsAwarded::kKind) return;
      const auto& award = events->front().event.As<PointsAwarded>().fixed;
      return counted.AddDeed(award.scheme, award.holder, award.item,
                             MonthOf(events->front().event.common.business_day),
                             -Wide{award.counted});
    }
    const std::optional<TakenBack> back = Services::Reversed(fact, kinds);
    if (!back) return;
    for (const PointsGranted::Fixed& grant : back->grants)
      counted.Add(back->service, grant.scheme, -grant.counted.wide());
  } else if (event.kind->number == DayClosed::kKind) {
    counted.ComeTo(newest_day);
  }
}

}  // namespace suanpan::audit
