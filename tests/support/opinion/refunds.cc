// refund.recorded (events.md 3.3, 4.10; docs/decisions/0004, 0011).

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"
#include "support/opinion/sales.h"

namespace suanpan::opinion {
namespace {

/// A line that came back.
struct Back {
  Wide amount = 0;
  Wide cost = 0;
  std::int64_t pro_rata = 0;
  std::optional<SoldLine> line;
  bool cost_known = false;  ///< stated at the sale or in the refund
};

Refunded Before(const State& state, const SoldLine& line) {
  Refunded sum{line};
  for (const Refunded& one : state.refunded) {
    if (one.line != line) continue;
    sum.quantity += one.quantity;
    sum.amount += one.amount;
    sum.pro_rata += one.pro_rata;
  }
  return sum;
}

/// The share of the cost stated at the sale; the piece that completes the line takes the rest.
std::int64_t ProRata(const State& state, const Json& sold, const Refunded& before,
                     std::int64_t quantity) {
  const Wide cost = sold.value("cost_fen", std::int64_t{0});
  const auto sold_quantity = sold.at("quantity").get<std::int64_t>();
  if (before.quantity + quantity == sold_quantity) {
    const Wide rest = cost - before.pro_rata;
    const bool keeps = state.fault == Fault::kRefundKeepsAFen && rest > 0;
    return static_cast<std::int64_t>(keeps ? rest - 1 : rest);
  }
  return static_cast<std::int64_t>(FloorOf(cost * quantity, sold_quantity));
}

void CheckLeft(const Json& sold, const Refunded& before, const Json& row,
               const std::string& field) {
  const auto quantity = sold.at("quantity").get<std::int64_t>();
  const auto amount = sold.at("amount_fen").get<std::int64_t>();
  const bool exceeds = Wide{before.quantity} + row.at("quantity").get<std::int64_t>() > quantity ||
                       Wide{before.amount} + row.at("amount_fen").get<std::int64_t>() > amount;
  if (!exceeds) return;
  Refuse("refund_exceeds_sale", field,
         {{"sold_quantity", std::to_string(quantity)},
          {"sold_fen", std::to_string(amount)},
          {"refunded_quantity", std::to_string(before.quantity)},
          {"refunded_fen", std::to_string(before.amount)}});
}

/// The line of the sale that a row names, each once.
int NamedLine(const Event& sale, const Json& rows, std::size_t i, const std::string& field) {
  const int line = SaleLine(sale, rows[i], field + ".sale_line");
  for (std::size_t j = 0; j < i; ++j) {
    if (SaleLine(sale, rows[j], {}) == line) Refuse("bad_field", field + ".sale_line");
  }
  const Json& sold = sale.fact.at("lines")[static_cast<std::size_t>(line)];
  if (rows[i].value("item", sold.at("item")) != sold.at("item")) {
    Refuse("bad_field", field + ".item");
  }
  return line;
}

std::vector<Back> BackOf(const State& state, const Event& sale, const Json& rows) {
  std::vector<Back> backs;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string field = "lines[" + std::to_string(i) + "]";
    const int line = NamedLine(sale, rows, i, field);
    const Json& sold = sale.fact.at("lines")[static_cast<std::size_t>(line)];
    const Refunded before = Before(state, {sale.at, line});
    CheckLeft(sold, before, rows[i], field);
    const std::int64_t pro_rata = ProRata(state, sold, before, rows[i].at("quantity"));
    backs.push_back({rows[i].at("amount_fen").get<std::int64_t>(),
                     rows[i].value("cost_fen", pro_rata), pro_rata, SoldLine{sale.at, line},
                     sold.contains("cost_fen") || rows[i].contains("cost_fen")});
  }
  return backs;
}

std::vector<Back> LooseBackOf(const Json& rows) {
  std::vector<Back> backs;
  for (const Json& row : rows) {
    if (row.contains("sale_line")) Refuse("missing_field", "sale");
    backs.push_back({row.at("amount_fen").get<std::int64_t>(),
                     row.value("cost_fen", std::int64_t{0}),
                     0,
                     {},
                     row.contains("cost_fen")});
  }
  return backs;
}

/// What the lines do to an agreement.
struct Effect {
  std::vector<BaseEntry> entries;
  bool moves_base = false;  ///< not where every line waits
  Wide amounts = 0;
  Wide costs = 0;
  Wide waiting = 0;
};

Effect EffectOf(Deciding& d, const std::string& agreement, const std::vector<Back>& backs,
                Json& lines) {
  const Json& terms = d.state.agreements.at(agreement);
  const std::string month = MonthOf(d.date);
  Effect effect;
  for (std::size_t i = 0; i < backs.size(); ++i) {
    const Back& back = backs[i];
    effect.amounts += back.amount;
    const bool waits = back.line && d.state.waiting.contains(*back.line);
    const bool standard = IsStandard(terms) && !back.cost_known;
    effect.moves_base = effect.moves_base || !waits;
    if (terms.at("basis") == "revenue") {
      effect.entries.push_back({agreement, month, -back.amount, 0});
    } else if (waits) {
      lines[i]["unpriced"] = true;
      effect.waiting += back.amount;
      effect.entries.push_back({agreement, month});
    } else if (standard) {
      lines[i]["standard_cost"] = true;
      const bool priced = IsTruedUp(d.state, agreement, month);
      effect.entries.push_back(
          {agreement, month, priced ? -back.amount : 0, priced ? 0 : -back.amount});
    } else {
      const Wide cost = back.cost;
      effect.costs += cost;
      effect.entries.push_back({agreement, month, cost - back.amount, 0});
    }
  }
  return effect;
}

void Remember(State& state, const Json& rows, const std::vector<Back>& backs) {
  for (std::size_t i = 0; i < backs.size(); ++i) {
    if (!backs[i].line) continue;
    state.refunded.push_back({*backs[i].line, rows[i].at("quantity"),
                              static_cast<std::int64_t>(backs[i].amount), backs[i].pro_rata,
                              state.posting});
    const auto waits = state.waiting.find(*backs[i].line);
    if (waits == state.waiting.end()) continue;
    waits->second.amount -= static_cast<std::int64_t>(backs[i].amount);
    if (waits->second.amount == 0) state.waiting.erase(waits);
  }
}

Json LinesOf(const Json& rows, const std::vector<Back>& backs) {
  Json lines = Json::array();
  for (std::size_t i = 0; i < backs.size(); ++i) {
    Json line = Json::object();
    if (backs[i].pro_rata != 0) {
      line["pro_rata_fen"] = backs[i].pro_rata;
      if (!rows[i].contains("cost_fen")) line["cost_fen"] = backs[i].pro_rata;
    }
    lines.push_back(line);
  }
  return lines;
}

std::string AgreementOfRefund(const Deciding& d, const Event* sale) {
  if (sale == nullptr) return AgreementFor(d);
  if (sale->fact.at("vendor") != d.fact.at("vendor")) {
    Refuse("agreement_not_of_vendor", "sale", {{"vendor", sale->fact.at("vendor")}});
  }
  const std::string agreement = AgreementOfSale(*sale);
  if (d.fact.contains("agreement") && d.Text("agreement") != agreement) {
    Refuse("agreement_not_of_vendor", "agreement");
  }
  return agreement;
}

}  // namespace

void RecordRefund(Deciding& d) {
  CheckPaid(d);
  const Event* sale = nullptr;
  if (d.fact.contains("sale")) {
    sale = &d.state.Named(d.Text("sale"), "sale", "sale.recorded");
    CheckStands(d, *sale);
  }
  const std::string agreement = AgreementOfRefund(d, sale);
  const Json& rows = d.fact.at("lines");
  const std::vector<Back> backs =
      sale != nullptr ? BackOf(d.state, *sale, rows) : LooseBackOf(rows);
  (void)Checked(SumOf(rows, "amount_fen"), "lines");
  Json lines = LinesOf(rows, backs);
  d.computed["entry_fen"] = 0;
  if (!agreement.empty()) {
    if (!d.fact.contains("agreement")) d.computed["agreement"] = agreement;
    const Effect effect = EffectOf(d, agreement, backs, lines);
    const Wide b = MoveBase(d, agreement, MonthOf(d.date), effect.entries);
    if (!effect.moves_base) d.derived.clear();
    d.computed["entry_fen"] = Checked(b);
    const std::string base = "base/" + InPath(agreement) + "/";
    Post(d.state, base + "refunds", effect.amounts);
    Post(d.state, base + "costs", -effect.costs);
    Post(d.state, base + "unpriced", -effect.waiting);
    Post(d.state, base + "total", b);
    Post(d.state, base + "standard_cost", effect.costs + effect.waiting - effect.amounts - b);
  }
  const bool all_empty =
      std::all_of(lines.begin(), lines.end(), [](const Json& line) { return line.empty(); });
  if (!all_empty) d.computed["lines"] = lines;
  Remember(d.state, rows, backs);
}

}  // namespace suanpan::opinion
