#include "src/kinds/lapsing.h"

namespace suanpan::rules {
namespace {

template <class Map, class Is>
void DropWhere(Map& map, Is is) {
  for (const auto& key : map.KeysWhere(is)) map.Erase(key);
}

/// A cell of a day or month lapses so long after the last day of it.
bool CellLapsed(Date last, Date on) { return HasLapsed(last, FirstDay(MonthOf(on))); }

void Sweep(BookState& state, Lapsing list, Date on) {
  switch (list) {
    case Lapsing::kRequests:
      return DropWhere(state.requests, [on](const auto&, const SpendingRequest& request) {
        return HasLapsed(request.requested_on, on);
      });
    case Lapsing::kProposals:
      return DropWhere(state.proposals, [on](const auto&, const Proposal& proposal) {
        return HasLapsed(proposal.proposed_on, on);
      });
    case Lapsing::kPending:
      return DropWhere(state.pending, [on](const auto&, const PendingService& service) {
        return HasLapsed(service.date, on);
      });
    case Lapsing::kUsedUnits:
      return DropWhere(state.used_units, [on](const UsedKey& key, const UsedUnits& used) {
        return CellLapsed(key.span == SpanKind::kMonth ? LastDay(MonthOf(used.last)) : used.last,
                          on);
      });
    case Lapsing::kAwards:
      return DropWhere(state.awards, [on](const AwardKey& key, const auto&) {
        return CellLapsed(LastDay(key.month), on);
      });
    case Lapsing::kRedeemed:
      DropWhere(state.spent,
                [on](const SpentKey& key, const auto&) { return CellLapsed(key.day, on); });
      return DropWhere(state.redeemed, [on](const AwardKey& key, const auto&) {
        return CellLapsed(LastDay(key.month), on);
      });
    case Lapsing::kExpiredLots:
      return on.value() <= kOpenDays
                 ? void()
                 : ForgetExpired(state, Date{static_cast<std::uint16_t>(on.value() - kOpenDays)});
  }
}

}  // namespace

void DropLapsed(BookState& state, Lapsing list, Date on) {
  const Month month = MonthOf(on);
  const auto index = static_cast<std::size_t>(list);
  if (month <= state.swept.get()[index]) return;
  state.swept.Edit()[index] = month;
  Sweep(state, list, on);
}

}  // namespace suanpan::rules
