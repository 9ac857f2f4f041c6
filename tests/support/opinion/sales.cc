#include "support/opinion/sales.h"

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"

namespace suanpan::opinion {

Wide SumOf(const Json& rows, const char* field) {
  Wide sum = 0;
  for (const Json& row : rows) sum += row.value(field, std::int64_t{0});
  return sum;
}

void CheckPaid(const Deciding& d) {
  if (!d.fact.contains("paid")) return;
  if (SumOf(d.fact.at("paid"), "amount_fen") != SumOf(d.fact.at("lines"), "amount_fen")) {
    Refuse("paid_mismatch", "paid");
  }
}

std::string AgreementFor(const Deciding& d) {
  if (d.fact.contains("agreement")) {
    const Json& stated = AgreementOf(d);
    if (stated.at("party") != d.fact.at("vendor")) {
      Refuse("agreement_not_of_vendor", "agreement", {{"vendor", stated.at("party")}});
    }
    return d.Text("agreement");
  }
  for (const auto& [name, terms] : d.state.agreements) {
    if (terms.at("party") == d.fact.at("vendor") && terms.at("valid_from") <= d.date &&
        terms.value("valid_to", d.date) >= d.date) {
      return name;
    }
  }
  return {};
}

Counts HowSold(const State& state, const std::string& agreement, const Json& line,
               const std::string& month) {
  const Json& terms = state.agreements.at(agreement);
  if (terms.at("basis") == "revenue" || line.contains("cost_fen")) return Counts::kPriced;
  if (!IsStandard(terms)) return Counts::kWaiting;
  return IsTruedUp(state, agreement, month) ? Counts::kPriced : Counts::kStandard;
}

void CheckStands(const Deciding& d, const Event& sale) {
  const auto reversed = d.state.reversed.find(sale.at);
  if (reversed == d.state.reversed.end()) return;
  Refuse("sale_reversed", "sale", {{"by", reversed->second.by}});
}

std::string AgreementOfSale(const Event& sale) {
  return sale.fact.value("agreement", sale.computed.value("agreement", ""));
}

int SaleLine(const Event& sale, const Json& row, const std::string& field) {
  const std::size_t lines = sale.fact.at("lines").size();
  if (!row.contains("sale_line")) {
    if (lines > 1) Refuse("missing_field", field);
    return 0;
  }
  const int line = row.at("sale_line");
  if (static_cast<std::size_t>(line) >= lines) Refuse("bad_field", field);
  return line;
}

constexpr std::size_t kWaitingMax = 20'000;

void CheckWaiting(const Deciding& d, const std::string& agreement, std::size_t more,
                  const std::string& field) {
  std::size_t waiting = more;
  for (const auto& [line, one] : d.state.waiting) waiting += one.agreement == agreement ? 1U : 0U;
  if (more > 0 && waiting > kWaitingMax) {
    Refuse("unpriced_limit", field, {{"lines_max", kWaitingMax}});
  }
}

namespace {

struct Sold {
  std::vector<BaseEntry> entries;
  bool moves_base = false;  ///< not where every line waits
  Wide amounts = 0;
  Wide costs = 0;
  std::map<int, std::int64_t> waiting;
};

Sold Sell(const Deciding& d, const std::string& agreement, const std::string& month) {
  Sold sold;
  const bool revenue = d.state.agreements.at(agreement).at("basis") == "revenue";
  const Json& lines = d.fact.at("lines");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Wide amount = lines[i].at("amount_fen").get<std::int64_t>();
    const Wide cost = revenue ? 0 : lines[i].value("cost_fen", std::int64_t{0});
    sold.amounts += amount;
    sold.costs += cost;
    const Counts how = HowSold(d.state, agreement, lines[i], month);
    sold.moves_base = sold.moves_base || how != Counts::kWaiting;
    switch (how) {
      case Counts::kPriced:
        sold.entries.push_back({agreement, month, amount - cost, 0});
        break;
      case Counts::kStandard:
        sold.entries.push_back({agreement, month, 0, amount});
        break;
      case Counts::kWaiting:
        sold.entries.push_back({agreement, month});
        sold.waiting[static_cast<int>(i)] = static_cast<std::int64_t>(amount);
    }
  }
  return sold;
}

}  // namespace

void RecordSale(Deciding& d) {
  CheckPaid(d);
  const std::string agreement = AgreementFor(d);
  if (d.fact.contains("slot")) (void)d.state.Named(d.Text("slot"), "slot", "slot.scheduled");
  d.computed["entry_fen"] = 0;
  if (agreement.empty()) {
    (void)Checked(SumOf(d.fact.at("lines"), "amount_fen"), "lines");
    return;
  }
  if (!d.fact.contains("agreement")) d.computed["agreement"] = agreement;
  const std::string month =
      MonthOf(d.state.fault == Fault::kLateSaleToday ? d.recorded_date : d.date);
  const Sold sold = Sell(d, agreement, month);
  CheckWaiting(d, agreement, sold.waiting.size(), "lines");
  (void)Checked(sold.amounts, "lines");
  Wide waiting = 0;
  for (const auto& [line, amount] : sold.waiting) {
    d.state.waiting[{d.at, line}] = {agreement, amount};
    waiting += amount;
  }
  const Wide b = MoveBase(d, agreement, month, sold.entries);
  if (!sold.moves_base) d.derived.clear();
  d.computed["entry_fen"] = Checked(b);
  const std::string base = "base/" + InPath(agreement) + "/";
  Post(d.state, base + "sales", -sold.amounts);
  Post(d.state, base + "costs", sold.costs);
  Post(d.state, base + "unpriced", waiting);
  Post(d.state, base + "total", b);
  Post(d.state, base + "standard_cost", sold.amounts - sold.costs - waiting - b);
}

}  // namespace suanpan::opinion
