// p-cap: what counted of services, as the grants tell it, stays within the caps of an activity, a
// day, a month and in all; what counted of deeds within their bound for a month.

#include "src/named/known/earning.h"
#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kSpanWords[] = {"an activity", "a day", "a month", "all time"};

class Cap final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override {
    if (event.kind->number == schema::PointsGranted::kKind) Grant(at, event);
    if (event.kind->number == schema::PointsAwarded::kKind) Award(at, event);
  }

 private:
  void Grant(Address at, const schema::Event& event);
  void Award(Address at, const schema::Event& event);
};

void Cap::Grant(Address at, const schema::Event& event) {
  const auto& grant = event.As<schema::PointsGranted>().fixed;
  const Address cause{at.seq(), static_cast<std::uint16_t>(event.common.cause - 1U)};
  const KnownService* service = book().services.CreditedAt(cause);
  if (service == nullptr ||
      static_cast<schema::GrantReason>(grant.reason) != schema::GrantReason::kService) {
    return;
  }
  LookAt();
  for (const EarningTerms& terms : EarningOf(book(), *service)) {
    if (terms.scheme != grant.scheme) continue;
    for (const CapSpan span :
         {CapSpan::kActivity, CapSpan::kDay, CapSpan::kMonth, CapSpan::kTotal}) {
      const Wide bound = BoundOf(terms.item->cap, span);
      const Wide counted = book().counted.Of(*service, terms.scheme, span) + grant.counted.wide();
      if (bound == 0 || counted <= bound || grant.counted.value() == 0) continue;
      Fail(at,
           fmt::format("more of {} by {} counts than the cap for {} lets it",
                       NameOf(service->service_kind), NameOf(service->person),
                       kSpanWords[static_cast<std::size_t>(span)]),
           WideText(bound) + " or less", WideText(counted));
    }
  }
}

void Cap::Award(Address at, const schema::Event& event) {
  const auto& award = event.As<schema::PointsAwarded>().fixed;
  const Date day = event.common.business_day;
  const std::optional<DeedTerms> deed = DeedOf(book(), award.scheme, award.item, day);
  if (!deed || deed->max_per_month == 0) return;
  LookAt();
  const Wide counted =
      book().counted.OfDeed(award.scheme, award.holder, award.item, MonthOf(day)) + award.counted;
  if (counted <= deed->max_per_month || award.counted == 0) return;
  Fail(at,
       fmt::format("{} of {} counts more often in {} than its policy lets it", NameOf(award.item),
                   NameOf(award.holder), ToText(MonthOf(day))),
       WideText(deed->max_per_month) + " or less", WideText(counted));
}

}  // namespace

std::unique_ptr<NamedCheck> MakeCap(const KnownBook& book) { return std::make_unique<Cap>(book); }

}  // namespace suanpan::audit
