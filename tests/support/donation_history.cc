#include "support/donation_history.h"

#include <fmt/format.h>

#include "suanpan/schema/kinds/donations.h"
#include "support/fact_text.h"

namespace suanpan::testing {
namespace {

constexpr int kFirstMonth = 2025 * 12 + 11;  // December 2025; histories run six months
constexpr int kMonths = 6;
constexpr std::string_view kLoss[] = {"carry_loss", "net_all", "reset_period"};
constexpr std::string_view kCalendar[] = {"month", "quarter", "year", "end"};
constexpr std::string_view kBase[] = {
    "basis=profit", "basis=profit cost_method=standard_margin margin=3/10", "basis=revenue"};

std::string MonthText(int month) { return fmt::format("{}-{:02}", month / 12, month % 12 + 1); }
int MonthNumber(std::string_view text) {
  return NumberIn(text.substr(0, 4)) * 12 + NumberIn(text.substr(5, 2)) - 1;
}
int MonthOfStep(const Step& step) { return kFirstMonth + step.month % kMonths; }
std::string Day(int month) { return MonthText(month) + "-10"; }

std::vector<std::string> Boundaries(int calendar) {
  const std::vector<std::string> ends = {"2026-06-30", "2026-07-31", "2026-08-31"};
  std::vector<std::string> days;
  if (calendar == 0) {
    days = {"2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"};
  }
  if (calendar == 1) days = {"2025-12-31", "2026-03-31"};
  if (calendar == 2) days = {"2025-12-31"};
  days.insert(days.end(), ends.begin(), ends.end());
  return days;
}

}  // namespace

DonationHistory::DonationHistory(const std::vector<Terms>& terms, const rules::SchemaStamp& schema)
    : book_(rules::Catalogue::Standard(), schema) {
  book_.compare_refused = true;
  std::vector<std::string> facts = {
      "2025-12-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u level=community host=o",
      "2025-12-01 p-acct fund.opened fund=f host=o label=F bank_accounts=[b] "
      "default_pot=restricted/donation restriction={class=restricted purposes=[help]}"};
  for (const Terms& t : terms) {
    const std::size_t i = models_.size();
    facts.push_back(fmt::format(
        "2025-12-01 p-acct agreement.signed agreement=ag-{0} agreement_type=donation_share "
        "party=v-{0} signed_on=2025-01-01 valid_from=2025-12-01 valid_to=2026-06-30 fund=f {1} "
        "rate={2}/{3} loss_policy={4} settlement={5}",
        i, kBase[t.base % 3], t.n, t.m, kLoss[t.loss % 3], kCalendar[t.calendar % 4]));
    ModelAgreement model;
    model.revenue = t.base % 3 == 2;
    model.standard_margin = t.base % 3 == 1;
    if (model.standard_margin) model.margin_n = 3, model.margin_m = 10;
    model.n = t.n;
    model.m = t.m;
    model.loss = static_cast<ModelLoss>(t.loss % 3);
    constexpr int kMonthsPerPeriod[] = {1, 3, 12, 0};
    model.months_per_period = kMonthsPerPeriod[t.calendar % 4];
    models_.push_back(model);
    boundaries_.push_back(Boundaries(t.calendar % 4));
  }
  Must(facts);
}

Seq DonationHistory::Must(const std::vector<std::string>& facts) {
  std::string json;
  for (const std::string& fact : facts) json += (json.empty() ? "" : ",") + *FactJson(fact);
  const Answer answer = book_.Append(CommandJson(fmt::format("t/{}", ++commands_), json));
  SUANPAN_INVARIANT(!answer.refusal, "{}: {}", answer.ToText(), json);
  return answer.seq;
}

void DonationHistory::Play(const Step& step) {
  switch (step.what % Step::kWhats) {
    case Step::kSale:
      return Sell(step);
    case Step::kRefund:
      return Refund(step);
    case Step::kLooseRefund:
    case Step::kLooseCost:
      return Loose(step);
    case Step::kCost:
      return Cost(step);
    case Step::kTrueUp:
      return TrueUp(step);
    case Step::kSettle:
      return Settle(step);
    case Step::kReceive:
    case Step::kWaive:
      return Pay(step);
    default:
      return Poison(step);
  }
}

void DonationHistory::Sell(const Step& step) {
  const std::size_t i = Of(step);
  const int month = MonthOfStep(step);
  // The second line has no cost; the first one has, every other time.
  std::vector<Line> lines = {{1 + step.pick % 4, step.amount, step.pick % 2 == 0 ? step.cost : -1}};
  if (step.pick % 3 == 0) lines.push_back({2, step.amount / 2, -1});
  std::string text;
  for (const Line& line : lines) {
    const std::string cost = line.cost < 0 ? "" : fmt::format(" cost_fen={}", line.cost);
    text +=
        fmt::format("{{item=x quantity={} amount_fen={}{}}} ", line.quantity, line.amount, cost);
  }
  const Seq seq =
      Must({fmt::format("{} p-till sale.recorded vendor=v-{} lines=[{}]", Day(month), i, text)});
  const int sale = static_cast<int>(sales_.size());
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const std::int64_t cost = lines[l].cost;
    models_[i].Sell(sale, static_cast<int>(l), month, lines[l].amount, cost < 0 ? nullptr : &cost);
  }
  sales_.push_back({i, month, fmt::format("{}.0", seq.value()), lines});
}

void DonationHistory::Refund(const Step& step) {
  if (sales_.empty()) return;
  const std::size_t pick = static_cast<std::size_t>(step.pick);
  Sale& sale = sales_[pick % sales_.size()];
  const std::size_t l = pick % sale.lines.size();
  Line& line = sale.lines[l];
  const int left = line.quantity - line.returned;
  if (left == 0) return;
  const int quantity = 1 + step.cost % left;
  const int amount = quantity == left ? line.amount - line.returned_amount
                                      : step.amount % (line.amount - line.returned_amount + 1);
  const int known = std::max(line.cost, 0);
  // What the default rule gives back, also where a cost is stated.
  const int default_cost =
      quantity == left ? known - line.returned_cost : known * quantity / line.quantity;
  const bool stated = step.amount % 5 == 0;
  const int month = MonthOfStep(step);
  Must(
      {fmt::format("{} p-till refund.recorded vendor=v-{} sale={} "
                   "lines=[{{sale_line={} quantity={} amount_fen={}{}}}]",
                   Day(month), sale.agreement, sale.address, l, quantity, amount,
                   stated ? fmt::format(" cost_fen={}", step.cost) : "")});
  models_[sale.agreement].Refund(static_cast<int>(pick % sales_.size()), static_cast<int>(l), month,
                                 amount, stated ? step.cost : default_cost,
                                 stated || line.cost >= 0);
  line.returned += quantity;
  line.returned_amount += amount;
  line.returned_cost += default_cost;
}

/// A refund or a cost that names no sale.
void DonationHistory::Loose(const Step& step) {
  const std::size_t i = Of(step);
  const int month = MonthOfStep(step);
  if (step.what % Step::kWhats == Step::kLooseCost) {
    const int amount = step.pick % 3 == 0 ? -1 - step.cost : 1 + step.cost;
    Must({fmt::format("{} p-acct cost.recorded agreement=ag-{} cost_kind=goods amount_fen={}",
                      Day(month), i, amount)});
    return models_[i].Cost(-1, -1, month, amount);
  }
  const bool stated = step.pick % 2 == 0;
  Must({fmt::format("{} p-till refund.recorded vendor=v-{} lines=[{{quantity=1 amount_fen={}{}}}]",
                    Day(month), i, step.amount,
                    stated ? fmt::format(" cost_fen={}", step.cost) : "")});
  models_[i].Refund(-1, -1, month, step.amount, stated ? step.cost : 0, stated);
}

void DonationHistory::Cost(const Step& step) {
  if (sales_.empty()) return;
  const std::size_t pick = static_cast<std::size_t>(step.pick);
  const Sale& sale = sales_[pick % sales_.size()];
  const std::size_t l = pick % sale.lines.size();
  Must(
      {fmt::format("{} p-acct cost.recorded agreement=ag-{} sale={} sale_line={} cost_kind=goods "
                   "amount_fen={}",
                   Day(MonthOfStep(step)), sale.agreement, sale.address, l, 1 + step.cost)});
  models_[sale.agreement].Cost(static_cast<int>(pick % sales_.size()), static_cast<int>(l),
                               sale.month, 1 + step.cost);
}

void DonationHistory::TrueUp(const Step& step) {
  ModelAgreement& model = models_[Of(step)];
  const int from = MonthOfStep(step);
  const int to = from + step.pick % 2;
  for (const int done : model.trued_up) {
    if (done >= from && done <= to) return;
  }
  if (!model.standard_margin) return;
  Must(
      {fmt::format("2026-12-30 p-acct cost.recorded agreement=ag-{} cost_kind=goods amount_fen={} "
                   "true_up={{from={} to={}}}",
                   Of(step), 1 + step.cost, MonthText(from), MonthText(to))});
  model.TrueUp(from, to, 1 + step.cost);
}

void DonationHistory::Settle(const Step& step) {
  const std::size_t i = Of(step);
  if (boundaries_[i].empty()) return;
  const std::string through = boundaries_[i].front();
  boundaries_[i].erase(boundaries_[i].begin());
  Must({fmt::format("2026-12-30 p-acct settlement.closed agreement=ag-{} through={}", i, through)});
  models_[i].Settle(MonthNumber(through));
}

void DonationHistory::Pay(const Step& step) {
  const std::size_t i = Of(step);
  const std::int64_t amount = 1 + step.amount / 8;
  if (step.what % Step::kWhats == Step::kReceive) {
    Must(
        {fmt::format("2026-12-30 p-acct funds.received fund=f pot=restricted/vendor_share from=v "
                     "amount_fen={} account=b agreement=ag-{}",
                     amount, i)});
    bank_ += amount;
    return models_[i].Receive(amount);
  }
  if (models_[i].Open() == 0) return;
  const std::int64_t waived = 1 + amount % models_[i].Open();
  Must({fmt::format("2026-12-30 p-sup approval.given subject=ag-{} action=waive verdict=approved",
                    i),
        fmt::format("2026-12-30 p-acct due.waived agreement=ag-{} amount_fen={} reason=illness "
                    "approval=#0",
                    i, waived)});
  models_[i].Waive(waived);
}

/// Good facts with new names and a bad one at the end: the book must not notice.
void DonationHistory::Poison(const Step& step) {
  const std::size_t i = Of(step);
  const std::string day = Day(MonthOfStep(step));
  std::string json;
  for (const std::string& fact :
       {fmt::format("{} p-new{} sale.recorded vendor=v-{} lines=[{{item=new-{} quantity=1 "
                    "amount_fen={} cost_fen={}}} {{item=y quantity=3 amount_fen=7}}]",
                    day, commands_, i, commands_, step.amount, step.cost),
        fmt::format("{} p-till refund.recorded vendor=v-{} sale=#0 lines=[{{sale_line=1 quantity=1 "
                    "amount_fen=2}}]",
                    day, i),
        fmt::format("{} p-acct party.registered party=new-party-{} party_type=vendor", day,
                    commands_),
        fmt::format("{} p-acct spending.requested use=expense fund=f payee=x amount_fen=5 "
                    "purpose=help",
                    day),
        std::string{"2026-12-30 p-sup approval.given of=#3 action=spend verdict=approved"},
        fmt::format(
            "{} p-till sale.recorded vendor=v-{} lines=[{{item=x quantity=1 amount_fen=5}}] "
            "paid=[{{means=cash amount_fen=4}}]",
            day, i)}) {
    json += (json.empty() ? "" : ",") + *FactJson(fact);
  }
  const Answer answer = book_.Append(CommandJson(fmt::format("t/{}", ++commands_), json));
  SUANPAN_INVARIANT(answer.refusal && answer.refusal->code == schema::RefusalCode::paid_mismatch,
                    "{}", answer.ToText());
}

void DonationHistory::SellAndTakeBack(const Step& step) {
  Sell(step);
  const int month = MonthOfStep(step);
  Sale& sale = sales_.back();
  std::string text;
  for (std::size_t l = 0; l < sale.lines.size(); ++l) {
    const Line& line = sale.lines[l];
    text +=
        fmt::format("{{sale_line={} quantity={} amount_fen={}}} ", l, line.quantity, line.amount);
    models_[sale.agreement].Refund(static_cast<int>(sales_.size()) - 1, static_cast<int>(l), month,
                                   line.amount, std::max(line.cost, 0), line.cost >= 0);
  }
  Must({fmt::format("{} p-till refund.recorded vendor=v-{} sale={} lines=[{}]", Day(month),
                    sale.agreement, sale.address, text)});
  sales_.pop_back();
}

std::string DonationHistory::FiguresOf(std::size_t agreement) const {
  const rules::Agreement& a = book_.AgreementOf(fmt::format("ag-{}", agreement));
  const auto figures = rules::FiguresOf(book_.state(), a);
  return fmt::format("{} {} {}", figures->base.value(), figures->due_total.value(),
                     figures->residue);
}

std::string DonationHistory::Difference() const {
  for (std::size_t i = 0; i < models_.size(); ++i) {
    if (std::string difference = DifferenceOf(i); !difference.empty()) return difference;
  }
  return book_.Balance("fund/f/bank/b") == bank_ ? "" : "the bank differs";
}

std::string DonationHistory::DifferenceOfBills(std::size_t i) const {
  std::string real;
  const rules::UndoVector<rules::Bill>& bills = book_.state().bills;
  for (std::uint32_t link = book_.AgreementOf(fmt::format("ag-{}", i)).first_bill; link != 0;
       link = bills[link - 1].next) {
    real += fmt::format("{}:{} ", bills[link - 1].due.value(), bills[link - 1].open.value());
  }
  std::string model;
  for (const ModelBill& bill : models_[i].bills)
    model += fmt::format("{}:{} ", bill.due, bill.open);
  return real == model ? "" : fmt::format("ag-{} bills: model {}, book {}", i, model, real);
}

std::string DonationHistory::DifferenceOf(std::size_t i) const {
  const ModelAgreement& model = models_[i];
  const rules::Agreement& real = book_.AgreementOf(fmt::format("ag-{}", i));
  std::string difference;
  const auto same = [&](std::string_view what, std::int64_t expected, std::int64_t actual) {
    if (expected == actual || !difference.empty()) return;
    difference = fmt::format("ag-{} {}: model {}, book {}", i, what, expected, actual);
  };
  const auto balance = [&](std::string_view path) {
    return book_.Balance(fmt::format(fmt::runtime(path), i));
  };
  same("B", model.Base(), real.base.value());
  same("T", model.Due(), real.due_total.value());
  same("r", model.Residue(), rules::FiguresOf(book_.state(), real)->residue);
  same("H", model.high, real.high.value());
  same("advance", model.advance, real.advance.value());
  same("base total", model.Base(), balance("base/ag-{}/total"));
  same("sales", -model.sales, balance("base/ag-{}/sales"));
  same("refunds", model.refunds, balance("base/ag-{}/refunds"));
  same("costs", model.costs, balance("base/ag-{}/costs"));
  same("unpriced", model.revenue ? 0 : model.Waiting(), balance("base/ag-{}/unpriced"));
  std::int64_t six = 0;
  for (const std::string_view path :
       {"base/ag-{}/sales", "base/ag-{}/refunds", "base/ag-{}/costs", "base/ag-{}/standard_cost",
        "base/ag-{}/unpriced", "base/ag-{}/total"}) {
    six += balance(path);
  }
  same("sum of base accounts", 0, six);
  same("undertaken", -model.Due(), balance("pledge/ag-{}/undertaken"));
  same("accrued", model.Due() - model.settled, balance("pledge/ag-{}/accrued"));
  same("billed", model.Open(), balance("pledge/ag-{}/billed"));
  same("received", model.received, balance("pledge/ag-{}/received"));
  same("advance account", -model.advance, balance("pledge/ag-{}/advance"));
  same("waived", model.waived, balance("pledge/ag-{}/waived"));
  if (difference.empty()) difference = DifferenceOfBills(i);
  return difference;
}

}  // namespace suanpan::testing
