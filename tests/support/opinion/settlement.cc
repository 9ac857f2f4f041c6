#include "support/opinion/settlement.h"

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"

namespace suanpan::opinion {
namespace {

/// The last day of the settlement period that a month lies in; none under `end`.
std::optional<std::string> EndOfPeriod(const Json& agreement, const std::string& month) {
  const std::string calendar = agreement.at("settlement");
  if (calendar == "end") return {};
  const int length = calendar == "month" ? 1 : calendar == "quarter" ? 3 : 12;
  const int past = MonthNumber(month) % length;
  return LastDayOf(AddMonths(month, length - 1 - past));
}

bool IsEnded(const State& state, const std::string& agreement) {
  const Json& terms = state.agreements.at(agreement);
  const std::string settled = SettledThrough(state, agreement);
  return terms.contains("valid_to") && settled >= terms.at("valid_to").get<std::string>();
}

void CheckThrough(const Deciding& d, const std::string& agreement) {
  const std::string through = d.Text("through");
  const std::string settled = SettledThrough(d.state, agreement);
  if (through <= settled) {
    Refuse("settlement_not_next", "through", {{"settled_through", settled}});
  }
  if (IsEnded(d.state, agreement)) {
    if (through != LastDayOf(MonthOf(through))) Refuse("through_not_boundary", "through");
  } else {
    const std::optional<std::string> next = NextBoundary(d.state, agreement);
    if (!next) Refuse("through_not_boundary", "through");
    if (through > *next) Refuse("settlement_not_next", "through", {{"next", *next}});
    if (through < *next) Refuse("through_not_boundary", "through", {{"next", *next}});
  }
  if (d.date <= through) {
    Refuse("through_not_boundary", "through", {{"not_before", AddDays(through, 1)}});
  }
}

/// What is due through a day by T and what was due before.
Wide DueNow(const State& state, const std::string& agreement, Wide due_total, Wide high) {
  if (state.agreements.at(agreement).at("loss_policy") == "carry_loss") {
    if (state.fault == Fault::kLossForgotten) return due_total - SettledOf(state, agreement);
    return std::max<Wide>(0, due_total - high);
  }
  return due_total - SettledOf(state, agreement);
}

}  // namespace

std::string SettledThrough(const State& state, const std::string& agreement) {
  std::string through;
  for (const Bill& bill : state.bills) {
    if (bill.agreement == agreement) through = bill.through;
  }
  return through;
}

std::optional<std::string> NextBoundary(const State& state, const std::string& agreement) {
  const Json& terms = state.agreements.at(agreement);
  if (IsEnded(state, agreement)) return {};
  const std::string settled = SettledThrough(state, agreement);
  const std::string month = settled.empty() ? MonthOf(terms.at("valid_from").get<std::string>())
                                            : MonthOf(AddDays(settled, 1));
  std::optional<std::string> next = EndOfPeriod(terms, month);
  if (!terms.contains("valid_to")) return next;
  const std::string last = terms.at("valid_to");
  return next ? std::min(*next, last) : last;
}

void CloseSettlement(Deciding& d) {
  const Json& terms = AgreementOf(d);
  const std::string name = d.Text("agreement");
  CheckThrough(d, name);
  const Wide due_total = DueOf(d.state, name, MonthOf(d.Text("through")));
  const Wide before = HighOf(d.state, name);
  const Wide due = DueNow(d.state, name, due_total, before);
  const Wide high = std::max(before, due_total);
  const Wide used = due > 0 ? std::min(due, AdvanceOf(d.state, name)) : 0;
  Wide unused = 0;
  if (due < 0) unused = PayBills(d.state, name, Checked(-due)).rest;
  const int terms_days = d.fact.value("terms_days", terms.value("terms_days", 0));
  if (!d.fact.contains("terms_days") && terms_days != 0) d.computed["terms_days"] = terms_days;
  const std::string due_on = AddDays(d.date, terms_days);
  d.computed["due_fen"] = Checked(due);
  d.computed["high_fen"] = Checked(high);
  d.computed["due_on"] = due_on;
  d.computed["from_advance_fen"] = Checked(used);
  d.computed["to_advance_fen"] = Checked(unused);
  d.state.bills.push_back({name, d.Text("through"), d.date, due_on, Checked(due),
                           due > 0 ? Checked(due - used) : 0, Checked(high), d.at});
  (void)Checked(SettledOf(d.state, name));
  const std::string pledge = "pledge/" + InPath(name) + "/";
  Post(d.state, pledge + "billed", due);
  Post(d.state, pledge + "accrued", -due);
  Post(d.state, pledge + "advance", used);
  Post(d.state, pledge + "billed", -used);
  Post(d.state, pledge + "billed", unused);
  Post(d.state, pledge + "advance", -unused);
}

}  // namespace suanpan::opinion
