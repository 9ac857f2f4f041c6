// p-expiry: every lot has the last day that the policy in force gave it when it was earned; it is
// booked as expired once, whole, and after that day; nothing is spent after it, nor before it may
// be; and where a day is closed nothing is left that ended before.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::DayClosed;
using schema::EntryReversed;
using schema::PointsAdjusted;
using schema::PointsDeducted;
using schema::PointsExpired;
using schema::PointsGranted;
using schema::PointsMoved;
using schema::PolicyType;
using schema::RedemptionMade;
using schema::TakenLot;

std::string DayText(Date day) { return day.value() == 0 ? "none" : ToText(day); }

class Expiry final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override {
    switch (event.kind->number) {
      case PointsGranted::kKind:
        return Grant(at, event.As<PointsGranted>().fixed);
      case PointsExpired::kKind:
        return Expire(at, event.As<PointsExpired>());
      case RedemptionMade::kKind:
        return Spend(at, event, event.As<RedemptionMade>().lots, true);
      case PointsDeducted::kKind:
        return Spend(at, event, event.As<PointsDeducted>().lots, false);
      case PointsMoved::kKind:
        return Spend(at, event, event.As<PointsMoved>().lots, false);
      case EntryReversed::kKind:
        return Remember(event.As<EntryReversed>(), event.common.business_day);
      case PointsAdjusted::kKind:
        Extend(at, event.As<PointsAdjusted>());
        return Restore(at, event, event.As<PointsAdjusted>());
      case DayClosed::kKind:
        closing_ = at;
        closing_day_ = event.As<DayClosed>().fixed.date;
        return;
      default:
        return;
    }
  }
  void EndEntry(Seq seq) override;

 private:
  void Grant(Address at, const PointsGranted::Fixed& grant);
  void Expire(Address at, const PointsExpired& fact);
  void Spend(Address at, const schema::Event& event, std::span<const TakenLot> lots, bool redeems);
  void Remember(const EntryReversed& fact, Date day);
  void Restore(Address at, const schema::Event& event, const PointsAdjusted& fact);
  /// Lots that last longer by a policy that reaches back.
  void Extend(Address at, const PointsAdjusted& fact);
  [[nodiscard]] Date LastDayOf(NameId scheme, Date earned) const {
    return LastDayBy(book().policies, scheme, earned);
  }

  Address closing_;                 ///< of the day.closed at hand
  Date closing_day_;                ///< of the last one: what ended before it is over
  std::map<NameId, Date> carried_;  ///< of a reversed grant, by scheme: its last day
  /// Of lots that come back, row by row: the last day they had, or have by now.
  std::map<Address, std::vector<Date>> before_;
};

void Expiry::Grant(Address at, const PointsGranted::Fixed& grant) {
  LookAt();
  Date expected = LastDayOf(grant.scheme, grant.earned);
  if (static_cast<schema::GrantReason>(grant.reason) == schema::GrantReason::kCarry) {
    const auto was = carried_.find(grant.scheme);
    if (was != carried_.end()) expected = was->second;  // it lasts as long as the one before
  }
  if (grant.expires == expected) return;
  Fail(at, "the lot ends on another day than the policy gives it", DayText(expected),
       DayText(grant.expires));
}

void Expiry::Expire(Address at, const PointsExpired& fact) {
  const Lots::HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const Date over = std::max(book().closed_day, closing_day_);
  for (const schema::ExpiredLot& row : fact.lots) {
    LookAt();
    const KnownLot* lot = book().lots.EndingOn(key, row.lot, fact.fixed.on);
    const std::string name = "lot " + schema::ToText(row.lot);
    if (lot == nullptr || lot->left <= 0) {
      Fail(at,
           fmt::format("{} of {} expires, and nothing is left of it: it has gone or expired "
                       "before",
                       name, NameOf(key.holder)),
           "0", WideText(row.quantity.wide()));
      continue;
    }
    if (lot->expires != fact.fixed.on || lot->expires.value() == 0)
      Fail(at, name + " expires on another day than it should", DayText(lot->expires),
           DayText(fact.fixed.on));
    if (lot->left != row.quantity.wide())
      Fail(at, name + " expires in part", WideText(lot->left), WideText(row.quantity.wide()));
    if (lot->expires >= over)
      Fail(at, name + " expires before its last day is over",
           "a day after " + DayText(lot->expires), DayText(over));
  }
}

void Expiry::Spend(Address at, const schema::Event& event, std::span<const TakenLot> lots,
                   bool redeems) {
  const Date day = event.common.business_day;
  for (const TakenLot& row : lots) {
    LookAt();
    if (row.expires.value() != 0 && row.expires < day) {
      Fail(at, fmt::format("lot {} is spent after its last day", schema::ToText(row.lot)),
           DayText(row.expires) + " or before", ToText(day));
    }
    if (redeems && row.usable_from > day) {
      Fail(at, fmt::format("lot {} is redeemed before it may be", schema::ToText(row.lot)),
           ToText(row.usable_from) + " or later", ToText(day));
    }
  }
}

void Expiry::Remember(const EntryReversed& fact, Date day) {
  carried_.clear();
  before_.clear();
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  for (const schema::CopiedEvent& copied : *events) {
    std::span<const TakenLot> lots;
    NameId scheme;
    if (copied.kept) continue;
    if (copied.event.kind->number == PointsGranted::kKind) {
      const auto& grant = copied.event.As<PointsGranted>().fixed;
      carried_[grant.scheme] = grant.expires;
    } else if (copied.event.kind->number == RedemptionMade::kKind) {
      lots = copied.event.As<RedemptionMade>().lots;
      scheme = copied.event.As<RedemptionMade>().fixed.scheme;
    } else if (copied.event.kind->number == PointsDeducted::kKind) {
      lots = copied.event.As<PointsDeducted>().lots;
      scheme = copied.event.As<PointsDeducted>().fixed.scheme;
      // What later points paid of its claim comes back under its address, as if earned on the day.
      before_[copied.at].push_back(LastDayOf(scheme, day));
    }
    for (const TakenLot& row : lots)
      before_[row.lot].push_back(EndOfReturned(book().policies, scheme, row));
  }
}

void Expiry::Restore(Address at, const schema::Event& event, const PointsAdjusted& fact) {
  if (static_cast<schema::AdjustReason>(fact.fixed.reason) != schema::AdjustReason::kRestore)
    return;
  const Date day = event.common.business_day;
  const schema::PolicyProposed* policy =
      book().policies.InForce(PolicyType::kExpiry, fact.fixed.scheme, day);
  const unsigned grace = policy == nullptr ? 0U : policy->expiry.restore_grace_days;
  for (const schema::LotChange& row : fact.lots) {
    LookAt();
    const auto was = before_.find(row.lot);
    if (was == before_.end() || was->second.empty()) continue;  // p-lots knows no such lot either
    const Date ends = was->second.front();
    was->second.erase(was->second.begin());
    const bool over = ends.value() != 0 && ends < day;
    const Date expected = over && grace != 0 ? AddDays(day, grace) : ends;
    if (row.expires == expected) continue;
    Fail(at, fmt::format("lot {} comes back with another last day", schema::ToText(row.lot)),
         DayText(expected), DayText(row.expires));
  }
}

void Expiry::Extend(Address at, const PointsAdjusted& fact) {
  if (static_cast<schema::AdjustReason>(fact.fixed.reason) != schema::AdjustReason::kExtension)
    return;
  const Lots::HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  for (const schema::LotChange& row : fact.lots) {
    LookAt();
    const std::span<const KnownLot> lots = book().lots.Of(key);
    const auto lot = std::ranges::find(lots, row.lot, &KnownLot::lot);
    if (lot == lots.end()) {
      Fail(at, fmt::format("lot {} lasts longer and is not there", schema::ToText(row.lot)));
      continue;
    }
    const Date expected = LastDayOf(key.scheme, lot->earned);
    const bool over = expected.value() != 0 && expected < book().closed_day;
    Wide back = 0;
    for (const KnownLot& part : lots) {
      const bool longer = part.lot == row.lot && EndsSooner(part.expires, expected);
      if (longer && !over) back += part.expired;
    }
    if (row.expires == expected && row.change.wide() == back) continue;
    Fail(at, fmt::format("lot {} lasts longer than the policy lets it", schema::ToText(row.lot)),
         fmt::format("{}, {} come back", DayText(expected), back),
         fmt::format("{}, {} come back", DayText(row.expires), row.change.value()));
  }
}

void Expiry::EndEntry(Seq /*seq*/) {
  if (closing_.none()) return;
  const Address closing = std::exchange(closing_, Address{});
  const Date day = book().closed_day;
  if (closing_day_ != day) return;  // more pages follow
  for (const auto& [ends, points] : book().lots.ending()) {
    if (ends >= day) break;
    Fail(closing,
         fmt::format("the day is closed, and points that ended on {} are left", ToText(ends)), "0",
         WideText(points));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeExpiry(const KnownBook& book) {
  return std::make_unique<Expiry>(book);
}

}  // namespace suanpan::audit
