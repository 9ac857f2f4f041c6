#include "src/kinds/days.h"

#include <algorithm>

#include "src/kinds/lapsing.h"
#include "src/kinds/orders/orders.h"
#include "src/kinds/points/grants.h"
#include "suanpan/rules/lots.h"

namespace suanpan::rules {
namespace {

using schema::DayClosed;
using schema::ExpiredLot;

// What a page books at most, so that it fits an entry whatever the lots are (docs/facts.md).
constexpr std::size_t kPageEvents = 100;
constexpr std::size_t kPageLots = 256;

/// What one holder loses on one page.
struct Expiry {
  ExpiryKey key;
  std::vector<ExpiredLot> lots;
};

struct Page {
  std::vector<Expiry> expiries;
  std::vector<Address> orders;
  bool more = false;
};

/// Orders that nobody took in time follow the last lots.
void AddOrders(const BookState& state, Date date, Page& page) {
  const std::size_t room = kPageEvents - page.expiries.size();
  page.orders = OverdueOrders(state, date, room + 1);
  page.more = page.orders.size() > room;
  if (page.more) page.orders.resize(room);
}

/// The first of what ended before a day: lots by the day they ended, then the holder, then the
/// scheme; then orders in the order of the log.
Page PageOf(const BookState& state, Date date) {
  Page page;
  std::size_t lots_left = kPageLots;
  for (const ExpiryKey& key : state.expiring) {
    if (key.expires >= date) break;
    if (page.expiries.size() == kPageEvents || lots_left == 0) {
      page.more = true;
      break;
    }
    Expiry expiry{key, {}};
    for (const Lot& lot : LotsOf(state, {key.scheme, key.holder})) {
      if (lot.expires != key.expires || lot.quantity.value() <= 0) continue;
      if (expiry.lots.size() == lots_left) {
        page.more = true;
        break;
      }
      expiry.lots.push_back({lot.lot, lot.quantity});
    }
    lots_left -= expiry.lots.size();
    page.expiries.push_back(std::move(expiry));
  }
  if (!page.more) AddOrders(state, date, page);
  return page;
}

/// The next day is any later one; of a day that was begun the next page.
Verdict TestTurn(const BookState& state, const DayClosed& fact) {
  const BookCalendar& calendar = state.calendar.get();
  const Date date = fact.fixed.date;
  const bool begun = calendar.closing.value() != 0;
  if (date <= calendar.closed || (begun && date != calendar.closing)) {
    return Refuse(RefusalCode::day_not_next, "date")
        .With(begun ? "closing" : "closed", ToText(begun ? calendar.closing : calendar.closed));
  }
  if (fact.fixed.page != calendar.pages)
    return Refuse(RefusalCode::day_not_next, "page").WithCount("page", calendar.pages);
  return std::nullopt;
}

}  // namespace

Verdict DayClosedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  if (Verdict refusal = TestTurn(context.state, fact)) return refusal;
  if (fact.fixed.date > event.common.business_day)
    return Refuse(RefusalCode::day_in_future, "date");
  if (PageOf(context.state, fact.fixed.date).more) fact.fixed.flags |= Fact::kMore;
  return std::nullopt;
}

Verdict DayClosedRule::Derive(DecideContext& context, const Event& event,
                              std::vector<Event>& derived) {
  const Page page = PageOf(context.state, event.As<Fact>().fixed.date);
  for (const Expiry& expiry : page.expiries) {
    auto* expired = context.arena.One<schema::PointsExpired>();
    expired->fixed.scheme = expiry.key.scheme;
    expired->fixed.holder = expiry.key.holder;
    expired->fixed.on = expiry.key.expires;
    expired->lots = context.arena.Copy(std::span<const ExpiredLot>{expiry.lots});
    derived.push_back(DerivedEvent(context, event, schema::PointsExpired::kKind, expired));
  }
  for (const Address order : page.orders) derived.push_back(ExpiredOrder(context, event, order));
  return std::nullopt;
}

Status DayClosedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  if (TestTurn(state, fact) || fact.fixed.date > event.common.business_day)
    return Contradiction("a day is closed out of turn");
  const bool more = Has(fact.fixed.flags, Fact::kMore);
  if (more != PageOf(state, fact.fixed.date).more)
    return Contradiction("a day is closed with more to come, or left open with nothing");
  DropLapsed(state, Lapsing::kExpiredLots, event.common.business_day);
  BookCalendar& calendar = state.calendar.Edit();
  calendar.closing = more ? fact.fixed.date : Date{};
  calendar.pages = more ? fact.fixed.page + 1 : 0;
  if (!more) calendar.closed = fact.fixed.date;
  return {};
}

}  // namespace suanpan::rules
