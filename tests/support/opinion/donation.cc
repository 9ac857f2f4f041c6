#include "support/opinion/donation.h"

#include <algorithm>

#include "support/opinion/calendar.h"

namespace suanpan::opinion {
namespace {

/// The settlement period of a month, as far as periods stand apart.
int PeriodOf(const Json& agreement, const std::string& month) {
  const std::string calendar = agreement.at("settlement");
  if (agreement.at("loss_policy") != "reset_period" || calendar == "end") return 0;
  return MonthNumber(month) / (calendar == "month" ? 1 : calendar == "quarter" ? 3 : 12);
}

/// B of each settlement period by itself, or of everything.
std::vector<Wide> BasesOf(const State& state, const std::string& name, const std::string& through) {
  const Json& agreement = state.agreements.at(name);
  std::map<int, BaseEntry> sums;
  for (const BaseEntry& entry : state.base) {
    if (entry.agreement != name || entry.month > through) continue;
    BaseEntry& sum = sums[PeriodOf(agreement, entry.month)];
    sum.priced += entry.priced;
    sum.standard += entry.standard;
  }
  std::vector<Wide> bases;
  for (const auto& [period, sum] : sums) {
    Wide base = sum.priced;
    if (IsStandard(agreement)) {
      const Json& margin = agreement.at("margin");
      base += FloorOf(margin.at("n").get<int>() * sum.standard, margin.at("m").get<int>());
    }
    bases.push_back(base);
  }
  return bases;
}

/// N * B, or the sum of what is above 0 of it.
Wide ScaledOf(const State& state, const std::string& name, const std::string& through) {
  const Json& agreement = state.agreements.at(name);
  Wide scaled = 0;
  for (const Wide base : BasesOf(state, name, through)) {
    const Wide one = agreement.at("rate").at("n").get<int>() * base;
    scaled += agreement.at("loss_policy") == "reset_period" ? std::max<Wide>(0, one) : one;
  }
  return scaled;
}

void CheckMonths(const State& state, const std::string& agreement) {
  std::map<std::string, BaseEntry> months;
  for (const BaseEntry& entry : state.base) {
    if (entry.agreement != agreement) continue;
    BaseEntry& month = months[entry.month];
    month.priced += entry.priced;
    month.standard += entry.standard;
  }
  for (const auto& [name, month] : months) {
    (void)Checked(month.priced);
    (void)Checked(month.standard);
  }
}

}  // namespace

bool IsStandard(const Json& agreement) {
  return agreement.value("cost_method", "per_line") == "standard_margin";
}

bool IsTruedUp(const State& state, const std::string& agreement, const std::string& month) {
  return std::find(state.trued_up.begin(), state.trued_up.end(), std::pair{agreement, month}) !=
         state.trued_up.end();
}

Wide BaseOf(const State& state, const std::string& agreement, const std::string& through) {
  Wide sum = 0;
  for (const Wide base : BasesOf(state, agreement, through)) sum += base;
  return sum;
}

Wide DueOf(const State& state, const std::string& agreement, const std::string& through) {
  const Wide scaled = ScaledOf(state, agreement, through);
  const Wide m = state.agreements.at(agreement).at("rate").at("m").get<int>();
  return state.fault == Fault::kFloorTowardZero ? scaled / m : FloorOf(scaled, m);
}

Wide ResidueOf(const State& state, const std::string& agreement) {
  const Wide m = state.agreements.at(agreement).at("rate").at("m").get<int>();
  return ScaledOf(state, agreement, kAllMonths) - m * DueOf(state, agreement);
}

std::int64_t HighOf(const State& state, const std::string& agreement) {
  std::int64_t high = 0;
  for (const Bill& bill : state.bills) {
    if (bill.agreement == agreement) high = bill.high;
  }
  return high;
}

Wide SettledOf(const State& state, const std::string& agreement) {
  Wide sum = 0;
  for (const Bill& bill : state.bills) sum += bill.agreement == agreement ? bill.due : 0;
  return sum;
}

Wide OpenOf(const State& state, const std::string& agreement) {
  Wide sum = 0;
  for (const Bill& bill : state.bills) sum += bill.agreement == agreement ? bill.open : 0;
  return sum;
}

Wide AdvanceOf(const State& state, const std::string& agreement) {
  return -Balance(state, "pledge/" + InPath(agreement) + "/advance");
}

void Accrue(Deciding& d, const std::string& agreement, const std::string& month, Wide base_before,
            Wide due_before, const std::string& reason) {
  const Wide base = BaseOf(d.state, agreement);
  const Wide due = DueOf(d.state, agreement);
  d.derived.push_back({"donation.accrued",
                       {{"agreement", agreement},
                        {"entry_fen", Checked(base - base_before)},
                        {"base_fen", Checked(base)},
                        {"due_total_fen", Checked(due)},
                        {"due_change_fen", Checked(due - due_before)},
                        {"residue", Checked(ResidueOf(d.state, agreement))},
                        {"month", month},
                        {"reason", reason}},
                       {}});
}

Wide MoveBase(Deciding& d, const std::string& agreement, const std::string& month,
              const std::vector<BaseEntry>& entries, std::string reason) {
  if (reason.empty()) reason = d.fact.contains("replaces") ? "amendment" : "entry";
  const Wide base_before = BaseOf(d.state, agreement);
  const Wide due_before = DueOf(d.state, agreement);
  d.state.base.insert(d.state.base.end(), entries.begin(), entries.end());
  CheckMonths(d.state, agreement);
  Accrue(d, agreement, month, base_before, due_before, reason);
  return BaseOf(d.state, agreement) - base_before;
}

Allocation PayBills(State& state, const std::string& agreement, std::int64_t amount,
                    const std::optional<Json>& months) {
  std::vector<Bill*> bills;
  for (Bill& bill : state.bills) {
    const bool named = !months || std::find(months->begin(), months->end(),
                                            MonthOf(bill.through)) != months->end();
    if (bill.agreement == agreement && bill.open > 0 && named) bills.push_back(&bill);
  }
  if (state.fault == Fault::kNewestBillFirst) std::reverse(bills.begin(), bills.end());
  Allocation allocation{{}, amount};
  for (Bill* bill : bills) {
    const std::int64_t part = std::min(bill->open, allocation.rest);
    if (part == 0) continue;
    bill->open -= part;
    allocation.rest -= part;
    allocation.paid.emplace_back(MonthOf(bill->through), part);
    state.taken_off.push_back({state.posting, bill->at, part});
  }
  return allocation;
}

}  // namespace suanpan::opinion
