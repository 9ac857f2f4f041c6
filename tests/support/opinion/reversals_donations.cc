// Sales, refunds, costs, settlements, receipts and waivers taken back (events.md 4.1, 4.5, 4.10).

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"
#include "support/opinion/funds.h"
#include "support/opinion/points.h"
#include "support/opinion/reversals.h"
#include "support/opinion/sales.h"

namespace suanpan::opinion {
namespace {

std::string AgreementOfFact(const Event& event) {
  return event.fact.value("agreement", event.computed.value("agreement", ""));
}

/// What a sold line adds to the base now: months that were trued up since, or are not any more,
/// have moved it.
BaseEntry EntryOf(const State& state, const std::string& agreement, const Json& line,
                  const std::string& month) {
  const Wide amount = line.at("amount_fen").get<std::int64_t>();
  const bool revenue = state.agreements.at(agreement).at("basis") == "revenue";
  const Wide cost = revenue ? 0 : line.value("cost_fen", std::int64_t{0});
  switch (HowSold(state, agreement, line, month)) {
    case Counts::kPriced:
      return {agreement, month, amount - cost, 0};
    case Counts::kStandard:
      return {agreement, month, 0, amount};
    case Counts::kWaiting:
      break;
  }
  return {agreement, month};
}

/// What a returned line took out of it; nothing where it was waiting for its cost.
std::optional<BaseEntry> BackOf(const State& state, const std::string& agreement, const Json& row,
                                const Json& computed, const std::string& month) {
  const Wide amount = row.at("amount_fen").get<std::int64_t>();
  if (state.agreements.at(agreement).at("basis") == "revenue") {
    return BaseEntry{agreement, month, -amount, 0};
  }
  if (computed.value("unpriced", false)) return {};
  if (computed.value("standard_cost", false)) {
    const bool priced = IsTruedUp(state, agreement, month);
    return BaseEntry{agreement, month, priced ? -amount : 0, priced ? 0 : -amount};
  }
  const Wide cost = row.value("cost_fen", computed.value("cost_fen", std::int64_t{0}));
  return BaseEntry{agreement, month, cost - amount, 0};
}

Json ComputedLine(const Event& event, std::size_t i) {
  return event.computed.contains("lines") ? event.computed.at("lines")[i] : Json::object();
}

BaseEntry Turned(BaseEntry entry) {
  entry.priced = -entry.priced;
  entry.standard = -entry.standard;
  return entry;
}

}  // namespace

void UndoSale(Deciding& d, Undoing& u) {
  if (IsNamedBy(d.state, u.was.at, "sale", {"refund.recorded", "cost.recorded"})) {
    RefuseDependants();
  }
  std::erase_if(d.state.waiting, [&](const auto& one) { return one.first.first == u.was.at; });
  u.agreement = AgreementOfSale(u.was);
  u.month = MonthOf(u.was.date);
  if (u.agreement.empty()) return;
  for (const Json& line : u.was.fact.at("lines")) {
    if (HowSold(d.state, u.agreement, line, u.month) == Counts::kWaiting) continue;
    u.base.push_back(Turned(EntryOf(d.state, u.agreement, line, u.month)));
  }
}

void UndoRefund(Deciding& d, Undoing& u) {
  const Json& rows = u.was.fact.at("lines");
  u.agreement = AgreementOfFact(u.was);
  u.month = MonthOf(u.was.date);
  const std::string sale = u.was.fact.value("sale", "");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int line = rows[i].value("sale_line", 0);
    for (const Event& event : d.state.events) {
      const bool later = !sale.empty() && event.kind == "cost.recorded" &&
                         event.fact.value("sale", "") == sale &&
                         event.fact.value("sale_line", 0) == line && d.state.Stands(event.at) &&
                         NumbersOf(event.at) > NumbersOf(u.was.at);
      if (later) RefuseDependants();
    }
    const Json computed = ComputedLine(u.was, i);
    if (u.agreement.empty()) continue;
    const auto entry = BackOf(d.state, u.agreement, rows[i], computed, u.month);
    if (entry) {
      u.base.push_back(Turned(*entry));
    } else {
      Waiting& waiting = d.state.waiting[{sale, line}];
      waiting = {u.agreement, waiting.amount + rows[i].at("amount_fen").get<std::int64_t>()};
    }
  }
  std::erase_if(d.state.refunded, [&](const Refunded& one) { return one.refund == u.was.at; });
}

namespace {

/// R of a month by all facts that stand: what a true-up took out of it.
Wide StandardSales(const State& state, const std::string& agreement, const std::string& month) {
  Wide sum = 0;
  for (const Event& event : state.events) {
    const bool counts = (event.kind == "sale.recorded" || event.kind == "refund.recorded") &&
                        state.Stands(event.at) && MonthOf(event.date) == month &&
                        AgreementOfFact(event) == agreement;
    if (!counts) continue;
    const Json& lines = event.fact.at("lines");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Wide amount = lines[i].at("amount_fen").get<std::int64_t>();
      if (event.kind == "sale.recorded") sum += lines[i].contains("cost_fen") ? 0 : amount;
      if (ComputedLine(event, i).value("standard_cost", false)) sum -= amount;
    }
  }
  return sum;
}

}  // namespace

void UndoCost(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  if (!u.was.computed.value("posted", false)) return;
  u.agreement = fact.at("agreement");
  u.month = u.was.computed.at("month");
  if (!fact.contains("true_up")) {
    const Wide entry = u.was.computed.at("entry_fen").get<std::int64_t>();
    u.base.push_back({u.agreement, u.month, -entry, 0});
    const auto priced = d.state.priced.find(u.was.at);
    if (priced == d.state.priced.end()) return;
    CheckWaiting(d, u.agreement, 1, "of");
    d.state.waiting.insert(priced->second);
    return;
  }
  const Json& range = fact.at("true_up");
  for (std::string month = range.at("from"); month <= range.at("to"); month = AddMonths(month, 1)) {
    const Wide standard = StandardSales(d.state, u.agreement, month);
    u.base.push_back({u.agreement, month, -standard, standard});
    std::erase(d.state.trued_up, std::pair{u.agreement, month});
  }
  u.base.push_back({u.agreement, u.month, fact.at("amount_fen").get<std::int64_t>(), 0});
}

namespace {

/// What an event took off bills is open again.
void Reopen(State& state, const std::string& event) {
  for (const TakenOff& share : state.taken_off) {
    if (share.event != event) continue;
    for (Bill& bill : state.bills) bill.open += bill.at == share.bill ? share.amount : 0;
  }
  std::erase_if(state.taken_off, [&](const TakenOff& share) { return share.event == event; });
}

}  // namespace

void UndoSettlement(Deciding& d, Undoing& u) {
  const std::string agreement = u.was.fact.at("agreement");
  const auto last = std::find_if(d.state.bills.rbegin(), d.state.bills.rend(),
                                 [&](const Bill& bill) { return bill.agreement == agreement; });
  const std::int64_t used = u.was.computed.at("from_advance_fen");
  const bool untouched = last != d.state.bills.rend() && last->at == u.was.at &&
                         last->open == std::max<std::int64_t>(0, last->due) - used;
  const Wide left = u.was.computed.at("to_advance_fen").get<std::int64_t>();
  if (!untouched || AdvanceOf(d.state, agreement) < left) RefuseDependants();
  std::erase_if(d.state.bills, [&](const Bill& bill) { return bill.at == u.was.at; });
  Reopen(d.state, u.was.at);
}

void UndoWaiver(Deciding& d, Undoing& u) { Reopen(d.state, u.was.at); }

void UndoReceipt(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  if (fact.contains("agreement")) {
    const Wide advance = u.was.computed.value("advance_fen", std::int64_t{0});
    if (AdvanceOf(d.state, fact.at("agreement")) < advance) RefuseDependants();
    Reopen(d.state, u.was.at);
  }
  const std::string fund = fact.at("fund");
  if (d.state.closed.contains(fund)) RefuseDependants();
  CheckCover(fund, Available(d.state, fund, fact.at("pot")),
             fact.at("amount_fen").get<std::int64_t>(), "of");
}

}  // namespace suanpan::opinion
