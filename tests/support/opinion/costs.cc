// cost.recorded (events.md 3.3, 4.1, 4.10; docs/decisions/0003).

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"
#include "support/opinion/sales.h"

namespace suanpan::opinion {
namespace {

bool Posts(const Json& agreement, const std::string& kind) {
  if (agreement.at("basis") == "revenue") return false;
  const Json kinds = agreement.value("cost_kinds", Json::array());
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// The sale must be of the agreement, or of its vendor and of none.
void CheckSale(const Deciding& d, const Event& sale) {
  const std::string agreement = AgreementOfSale(sale);
  if (agreement.empty()) {
    const Json& vendor = d.state.agreements.at(d.Text("agreement")).at("party");
    if (sale.fact.at("vendor") == vendor) return;
    Refuse("bad_field", "sale", {{"vendor", sale.fact.at("vendor")}});
  }
  if (agreement != d.Text("agreement")) {
    Refuse("bad_field", "agreement", {{"agreement", agreement}});
  }
}

void CheckTrueUp(const Deciding& d, const Json& agreement) {
  if (agreement.at("basis") == "revenue") Refuse("basis_is_revenue", "true_up");
  const Json& range = d.fact.at("true_up");
  const int months = MonthNumber(range.at("to")) - MonthNumber(range.at("from")) + 1;
  if (!IsStandard(agreement) || d.fact.contains("sale") || months < 1 || months > 120) {
    Refuse("bad_field", "true_up");
  }
  for (std::string month = range.at("from"); month <= range.at("to"); month = AddMonths(month, 1)) {
    if (IsTruedUp(d.state, d.Text("agreement"), month)) {
      Refuse("true_up_done", "true_up", {{"month", month}});
    }
  }
}

/// Each month's R becomes priced base of the same month; the cost lies in the last.
std::vector<BaseEntry> TrueUp(Deciding& d, const std::string& agreement) {
  const Json& range = d.fact.at("true_up");
  std::vector<BaseEntry> entries;
  for (std::string month = range.at("from"); month <= range.at("to"); month = AddMonths(month, 1)) {
    Wide standard = 0;
    for (const BaseEntry& entry : d.state.base) {
      if (entry.agreement == agreement && entry.month == month) standard += entry.standard;
    }
    entries.push_back({agreement, month, standard, -standard});
    d.state.trued_up.emplace_back(agreement, month);
  }
  entries.push_back({agreement, range.at("to"), -Wide{d.Amount()}, 0});
  return entries;
}

/// The cost itself, and the line that waited for it.
std::vector<BaseEntry> PlainCost(Deciding& d, const std::string& agreement,
                                 const std::string& month, const std::optional<SoldLine>& line) {
  Wide amount = -Wide{d.Amount()};
  const auto waits = line ? d.state.waiting.find(*line) : d.state.waiting.end();
  if (waits != d.state.waiting.end()) {
    amount += waits->second.amount;
    d.state.priced[d.at] = *waits;
    d.state.waiting.erase(waits);
  }
  return {{agreement, month, amount, 0}};
}

}  // namespace

void RecordCost(Deciding& d) {
  const Json agreement = AgreementOf(d);
  const std::string name = d.Text("agreement");
  const bool true_up = d.fact.contains("true_up");
  std::string month = true_up ? d.fact.at("true_up").at("to") : Json(MonthOf(d.date));
  std::optional<SoldLine> line;
  if (d.fact.contains("sale")) {
    const Event& sale = d.state.Named(d.Text("sale"), "sale", "sale.recorded");
    CheckStands(d, sale);
    CheckSale(d, sale);
    line = SoldLine{sale.at, SaleLine(sale, d.fact, "sale_line")};
    month = MonthOf(sale.date);
  } else if (d.fact.contains("sale_line")) {
    Refuse("missing_field", "sale");
  }
  if (true_up) CheckTrueUp(d, agreement);
  d.computed["month"] = month;
  d.computed["entry_fen"] = 0;
  if (!Posts(agreement, d.Text("cost_kind"))) return;
  d.computed["posted"] = true;
  const Wide b =
      MoveBase(d, name, month, true_up ? TrueUp(d, name) : PlainCost(d, name, month, line));
  d.computed["entry_fen"] = Checked(b);
  const std::string base = "base/" + InPath(name) + "/";
  const Wide rest = -Wide{d.Amount()} - b;
  Post(d.state, base + "costs", d.Amount());
  Post(d.state, base + "total", b);
  Post(d.state, base + (true_up ? "standard_cost" : "unpriced"), rest);
}

}  // namespace suanpan::opinion
