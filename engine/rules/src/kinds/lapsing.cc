#include "src/kinds/lapsing.h"

#include "src/kinds/orders/orders.h"

namespace suanpan::rules {
namespace {

template <class Map, class Is>
void DropWhere(Map& map, Is is) {
  for (const auto& key : map.KeysWhere(is)) map.Erase(key);
}

/// A cell of a day or month lapses so long after the last day of it.
bool CellLapsed(Date last, Date on) { return HasLapsed(last, FirstDay(MonthOf(on))); }

void DropRedeemed(BookState& state, Date on) {
  DropWhere(state.spent,
            [on](const SpentKey& key, const auto&) { return CellLapsed(key.day, on); });
  DropWhere(state.redeemed,
            [on](const AwardKey& key, const auto&) { return CellLapsed(LastDay(key.month), on); });
}

/// Old orders that nobody waits for any more go with their parcels.
void DropOrders(BookState& state, Date on) {
  for (const Address at : state.orders.KeysWhere(
           [on](const auto&, const Order& order) { return HasLapsed(order, on); })) {
    state.orders.Erase(at);
  }
  DropWhere(state.custody, [&state](const ParcelKey& key, const auto&) {
    return state.orders.Find(key.order) == nullptr;
  });
}

/// Old sessions go with who was there.
void DropSessions(BookState& state, Date on) {
  DropWhere(state.sessions,
            [on](const auto&, const Session& session) { return HasLapsed(session.held_on, on); });
  DropWhere(state.attended, [&state](const AttendedKey& key, const auto&) {
    return state.sessions.Find(key.session) == nullptr;
  });
}

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
        return HasLapsed(service.since, on);
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
      return DropRedeemed(state, on);
    case Lapsing::kExpiredLots:
      return on.value() <= kOpenDays
                 ? void()
                 : ForgetExpired(state, Date{static_cast<std::uint16_t>(on.value() - kOpenDays)});
    case Lapsing::kOrders:
      return DropOrders(state, on);
    case Lapsing::kSlots:
      return DropWhere(state.slots, [on](const auto&, Date day) { return HasLapsed(day, on); });
    case Lapsing::kSessions:
      return DropSessions(state, on);
  }
}

}  // namespace

Date SweptTo(const BookState& state, Lapsing list) {
  const Month month = state.swept.get()[static_cast<std::size_t>(list)];
  return month.value() == 0 ? Date{} : FirstDay(month);
}

bool IsForgotten(const BookState& state, Lapsing list, Date last) {
  return HasLapsed(last, SweptTo(state, list));
}

void DropLapsed(BookState& state, Lapsing list, Date on) {
  const Month month = MonthOf(on);
  const auto index = static_cast<std::size_t>(list);
  if (month <= state.swept.get()[index]) return;
  state.swept.Edit()[index] = month;
  Sweep(state, list, on);
}

}  // namespace suanpan::rules
