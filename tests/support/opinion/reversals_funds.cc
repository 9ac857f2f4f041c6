// Requests, payments, settled advances and goods taken back (events.md 3.4, 4.5).

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/funds.h"
#include "support/opinion/goods.h"
#include "support/opinion/reversals.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

Request& RequestAt(State& state, const std::string& address) {
  return *std::find_if(state.requests.begin(), state.requests.end(),
                       [&](const Request& request) { return request.at == address; });
}

std::int64_t AskedBy(const Request& request) {
  return request.fact.at("amount_fen").get<std::int64_t>();
}

bool IsOpen(const Request& request) { return !request.swept && request.paid < AskedBy(request); }

Advance* AdvanceAt(State& state, const std::string& payment) {
  for (Advance& advance : state.advances) {
    if (advance.at == payment) return &advance;
  }
  return nullptr;
}

}  // namespace

void UndoRequest(Deciding& d, Undoing& u) {
  const Request& request = RequestAt(d.state, u.was.at);
  if (request.swept || request.paid > 0) RefuseDependants();
  std::erase_if(d.state.requests, [&](const Request& one) { return one.at == u.was.at; });
}

void UndoPayment(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const auto amount = fact.at("amount_fen").get<std::int64_t>();
  if (fact.at("use") == "advance") {
    const Advance* advance = AdvanceAt(d.state, u.was.at);
    if (advance == nullptr || advance->open != amount) RefuseDependants();
    std::erase_if(d.state.advances, [&](const Advance& one) { return one.at == u.was.at; });
  }
  Request& request = RequestAt(d.state, fact.at("request"));
  // What is not open any more comes back unless it may have been dropped for its age.
  const auto swept = d.state.swept.find("requests");
  const std::string last =
      swept == d.state.swept.end() ? d.date : std::max(d.date, LastDayOf(swept->second));
  const bool gone = !IsOpen(request) && IsOld(request.date, last);
  request.paid -= amount;
  request.swept = gone;
}

void UndoAdvance(Deciding& d, Undoing& u) {
  const Event payment = *d.state.Find(u.was.fact.at("advance"));
  const auto spent = u.was.fact.at("spent_fen").get<std::int64_t>();
  const auto returned = u.was.fact.at("returned_fen").get<std::int64_t>();
  const std::string fund = u.was.computed.at("fund");
  const std::string pot = u.was.computed.at("pot");
  if (d.state.closed.contains(fund)) RefuseDependants();
  CheckCover(fund, Available(d.state, fund, pot), returned, "of");
  if (Advance* advance = AdvanceAt(d.state, payment.at)) {
    advance->open += spent + returned;
    return;
  }
  const Request& request = RequestAt(d.state, payment.fact.at("request"));
  d.state.advances.push_back({payment.at, fund, pot, payment.fact.at("payee"),
                              request.fact.value("place", ""), spent + returned});
}

namespace {

/// A fund's item lies where the event had it.
void CheckItem(const Deciding& d, const Event& event, const std::string& pot) {
  const std::string owner = event.fact.at("owner");
  if (!d.state.funds.contains(owner)) return;
  const auto item = d.state.items.find({owner, event.fact.at("item")});
  const std::string goods_class =
      event.fact.value("goods_class", event.computed.value("goods_class", ""));
  if (item == d.state.items.end() || item->second.pot != pot ||
      item->second.goods_class != goods_class) {
    RefuseDependants();
  }
}

/// Pieces that came go again: they are there, and with them just what they are worth.
void CheckGone(const Deciding& d, const Event& event, Wide pieces, Wide value) {
  const std::string owner = event.fact.at("owner");
  const std::string item = event.fact.at("item");
  if (!d.state.funds.contains(owner)) return;
  const Wide left = OnHand(d.state, owner, item) - pieces;
  const Wide worth = Balance(d.state, ValuePath(d.state, owner, item)) - value;
  if (left < 0 || worth < 0 || (left == 0 && worth != 0)) RefuseDependants();
}

}  // namespace

void UndoGoodsIn(Deciding& d, Undoing& u) {
  CheckItem(d, u.was, u.was.computed.value("to_pot", ""));
  CheckGone(d, u.was, u.was.fact.at("quantity").get<std::int64_t>(),
            u.was.fact.value("value_fen", std::int64_t{0}));
}

void UndoGoodsOut(Deciding& d, Undoing& u) {
  CheckItem(d, u.was, u.was.computed.value("from_pot", ""));
}

void UndoCount(Deciding& d, Undoing& u) {
  const auto difference = u.was.computed.at("difference").get<std::int64_t>();
  if (difference == 0) return;
  CheckItem(d, u.was, u.was.computed.value("of_pot", ""));
  if (difference > 0) {
    CheckGone(d, u.was, difference, u.was.computed.at("value_fen").get<std::int64_t>());
  }
}

}  // namespace suanpan::opinion
