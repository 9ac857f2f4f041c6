// day.closed (events.md 3.7, 4.3, 4.4, 4.10).
//
// A page has at most 100 derived events with at most 256 lots in all. Each page looks at the state
// anew: what an earlier page booked is not there any more.

#include <algorithm>
#include <tuple>

#include "support/opinion/calendar.h"
#include "support/opinion/deciding.h"
#include "support/opinion/orders.h"
#include "support/opinion/points.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kEventsMax = 100;
constexpr std::size_t kLotsMax = 256;

void CheckNext(const Deciding& d) {
  const Days& days = d.state.days;
  const std::string date = d.Text("date");
  const bool next = days.open.empty() ? date > days.closed : date == days.open;
  if (!next) Refuse("day_not_next", "date");
  if (d.fact.at("page") != days.page) Refuse("day_not_next", "page");
  if (date > d.date) Refuse("day_in_future", "date");
}

/// Lots whose last day lies before a date, in the order in which they are booked.
std::vector<Lot> LotsBefore(const State& state, const std::string& date) {
  std::vector<Lot> lots;
  for (const Lot& lot : state.lots) {
    if (!lot.expires.empty() && lot.expires < date) lots.push_back(lot);
  }
  std::sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) {
    return std::tuple{a.expires, a.holder, a.scheme, a.earned, NumbersOf(a.at)} <
           std::tuple{b.expires, b.holder, b.scheme, b.earned, NumbersOf(b.at)};
  });
  return lots;
}

/// One event for each holder, scheme and day: as many as a page takes.
void ExpireLots(Deciding& d, const std::string& date) {
  std::size_t booked = 0;
  for (const Lot& lot : LotsBefore(d.state, date)) {
    const auto same = [&](const Derived& event) {
      return event.fields.at("on") == lot.expires && event.fields.at("holder") == lot.holder &&
             event.fields.at("scheme") == lot.scheme;
    };
    const bool begins = d.derived.empty() || !same(d.derived.back());
    const bool full = booked == kLotsMax || (begins && d.derived.size() == kEventsMax);
    if (full && d.state.fault != Fault::kPageWithoutEnd) return;
    if (begins) {
      d.derived.push_back({"points.expired",
                           {{"scheme", lot.scheme},
                            {"holder", lot.holder},
                            {"lots", Json::array()},
                            {"on", lot.expires}},
                           {}});
    }
    d.derived.back().fields["lots"].push_back({{"lot", lot.at}, {"quantity", lot.quantity}});
    ExpireLot(d.state, lot);
    ++booked;
  }
}

/// One posting for each event.
void PostExpired(Deciding& d) {
  for (const Derived& event : d.derived) {
    Wide sum = 0;
    for (const Json& row : event.fields.at("lots")) sum += row.at("quantity").get<std::int64_t>();
    const std::string scheme = event.fields.at("scheme");
    Post(d.state, PointsPath(scheme, "expired"), sum);
    Post(d.state, HolderPath(scheme, event.fields.at("holder")), -sum);
  }
}

/// Nobody took it in time.
bool IsTooLate(const Order& order, const std::string& date) {
  return IsWaiting(order) && LastDayOf(order) < date;
}

void ExpireOrders(Deciding& d, const std::string& date) {
  for (Order& order : d.state.orders) {
    if (!IsTooLate(order, date)) continue;
    if (d.derived.size() == kEventsMax) return;
    Json fields = BeforeMove(order);
    fields.update({{"order", order.at}, {"to", "expired"}});
    order.moved = d.NextAddress();
    order.state = "expired";
    d.derived.push_back({"order.moved", fields, {}});
  }
}

/// What ended so long ago that no redemption asks for it is forgotten, once a month.
void ForgetExpired(Deciding& d) {
  if (!MustSweep(d, "expired")) return;
  const auto is_live = [&](const Lot& lot) {
    return std::any_of(d.state.lots.begin(), d.state.lots.end(), [&](const Lot& one) {
      return SameGrant(one, lot) && one.expires == lot.expires;
    });
  };
  std::erase_if(d.state.expired,
                [&](const Lot& lot) { return IsOld(lot.expires, d.date) && !is_live(lot); });
}

bool IsAnythingLeft(const Deciding& d, const std::string& date) {
  const bool order = std::any_of(d.state.orders.begin(), d.state.orders.end(),
                                 [&](const Order& one) { return IsTooLate(one, date); });
  return order || !LotsBefore(d.state, date).empty();
}

}  // namespace

void CloseDay(Deciding& d) {
  CheckNext(d);
  const std::string date = d.Text("date");
  ForgetExpired(d);
  ExpireLots(d, date);
  PostExpired(d);
  if (LotsBefore(d.state, date).empty()) ExpireOrders(d, date);
  if (IsAnythingLeft(d, date)) {
    d.computed["more"] = true;
    d.state.days.open = date;
    ++d.state.days.page;
  } else {
    d.state.days = {date, {}, 0};
  }
}

}  // namespace suanpan::opinion
