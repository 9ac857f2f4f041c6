#include "support/donation_history.h"

#include <fmt/format.h>

#include "suanpan/schema/kinds/donations.h"
#include "support/fact_text.h"
#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"
#include "support/opinion/settlement.h"
#include "support/state_figures.h"

namespace suanpan::testing {
namespace {

constexpr int kFirstMonth = 2025 * 12 + 11;  // December 2025; histories run six months
constexpr int kMonths = 6;
constexpr std::string_view kLoss[] = {"carry_loss", "net_all", "reset_period"};
constexpr std::string_view kCalendar[] = {"month", "quarter", "year", "end"};
constexpr std::string_view kBase[] = {
    "basis=profit", "basis=profit cost_method=standard_margin margin=3/10", "basis=revenue"};

std::string MonthText(int month) { return fmt::format("{}-{:02}", month / 12, month % 12 + 1); }
int MonthOfStep(const Step& step) { return kFirstMonth + step.month % kMonths; }
std::string Day(int month) { return MonthText(month) + "-10"; }

/// The day that the next settlement runs through; empty after the end of August.
std::string NextThrough(const opinion::State& state, const std::string& agreement) {
  if (const auto next = opinion::NextBoundary(state, agreement)) return *next;
  const std::string settled = opinion::SettledThrough(state, agreement);
  const std::string next = opinion::LastDayOf(opinion::AddMonths(opinion::MonthOf(settled), 1));
  return next <= "2026-08-31" ? next : std::string{};
}

}  // namespace

DonationHistory::DonationHistory(const std::vector<Terms>& terms, const rules::SchemaStamp& schema)
    : book_(rules::Catalogue::Standard(), schema), terms_(terms) {
  book_.compare_refused = true;
  std::vector<std::string> facts = {
      "2025-12-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u level=community host=o",
      "2025-12-01 p-acct fund.opened fund=f host=o label=F bank_accounts=[b] "
      "default_pot=restricted/donation restriction={class=restricted purposes=[help]}"};
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Terms& t = terms[i];
    facts.push_back(fmt::format(
        "2025-12-01 p-acct agreement.signed agreement=ag-{0} agreement_type=donation_share "
        "party=v-{0} signed_on=2025-01-01 valid_from=2025-12-01 valid_to=2026-06-30 fund=f {1} "
        "rate={2}/{3} loss_policy={4} settlement={5}",
        i, kBase[t.base % 3], t.n, t.m, kLoss[t.loss % 3], kCalendar[t.calendar % 4]));
  }
  Must(facts);
}

Seq DonationHistory::Must(const std::vector<std::string>& facts) {
  std::string json;
  for (const std::string& fact : facts) json += (json.empty() ? "" : ",") + *FactJson(fact);
  const Answer answer = Tell(json);
  SUANPAN_INVARIANT(!answer.refusal, "{}: {}", answer.ToText(), json);
  return answer.seq;
}

Answer DonationHistory::Tell(const std::string& facts) {
  const std::string command = CommandJson(fmt::format("t/{}", ++commands_), facts);
  Answer answer = book_.Append(command);
  const opinion::Json other = opinion_.Answer(command, book_.recorded_at.value(), "test");
  SUANPAN_INVARIANT((other.at("result") == "committed") == !answer.refusal, "{}: {}: {}",
                    answer.ToText(), other.dump(), command);
  return answer;
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
    case Step::kReverse:
      return Reverse(step);
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
  sales_.push_back({i, fmt::format("{}.0", seq.value()), lines});
  Record(seq);
}

void DonationHistory::Record(Seq seq, int line) {
  facts_.push_back(fmt::format("{}.{}", seq.value(), line));
}

const DonationHistory::Sale* DonationHistory::AnySale(const Step& step, std::size_t& line) const {
  if (sales_.empty()) return nullptr;
  const auto pick = static_cast<std::size_t>(step.pick);
  const Sale& sale = sales_[pick % sales_.size()];
  line = pick % sale.lines.size();
  return known().Stands(sale.address) ? &sale : nullptr;
}

void DonationHistory::Refund(const Step& step) {
  std::size_t l = 0;
  const Sale* sale = AnySale(step, l);
  if (sale == nullptr) return;
  const Line& line = sale->lines[l];
  int left = line.quantity;
  int left_amount = line.amount;
  for (const opinion::Refunded& done : known().refunded) {
    if (done.line != opinion::SoldLine{sale->address, static_cast<int>(l)}) continue;
    left -= static_cast<int>(done.quantity);
    left_amount -= static_cast<int>(done.amount);
  }
  if (left == 0) return;
  const int quantity = 1 + step.cost % left;
  const int amount = quantity == left ? left_amount : step.amount % (left_amount + 1);
  const bool stated = step.amount % 5 == 0;
  const int month = MonthOfStep(step);
  Record(
      Must({fmt::format("{} p-till refund.recorded vendor=v-{} sale={} "
                        "lines=[{{sale_line={} quantity={} amount_fen={}{}}}]",
                        Day(month), sale->agreement, sale->address, l, quantity, amount,
                        stated ? fmt::format(" cost_fen={}", step.cost) : "")}));
}

/// A refund or a cost that names no sale.
void DonationHistory::Loose(const Step& step) {
  const std::size_t i = Of(step);
  const int month = MonthOfStep(step);
  if (step.what % Step::kWhats == Step::kLooseCost) {
    const int amount = step.pick % 3 == 0 ? -1 - step.cost : 1 + step.cost;
    Record(
        Must({fmt::format("{} p-acct cost.recorded agreement=ag-{} cost_kind=goods "
                          "amount_fen={}",
                          Day(month), i, amount)}));
    return;
  }
  const bool stated = step.pick % 2 == 0;
  Record(Must({fmt::format(
      "{} p-till refund.recorded vendor=v-{} lines=[{{quantity=1 amount_fen={}{}}}]", Day(month), i,
      step.amount, stated ? fmt::format(" cost_fen={}", step.cost) : "")}));
}

void DonationHistory::Cost(const Step& step) {
  std::size_t l = 0;
  const Sale* sale = AnySale(step, l);
  if (sale == nullptr) return;
  Record(Must(
      {fmt::format("{} p-acct cost.recorded agreement=ag-{} sale={} sale_line={} cost_kind=goods "
                   "amount_fen={}",
                   Day(MonthOfStep(step)), sale->agreement, sale->address, l, 1 + step.cost)}));
}

void DonationHistory::TrueUp(const Step& step) {
  const int from = MonthOfStep(step);
  const int to = from + step.pick % 2;
  const std::string agreement = fmt::format("ag-{}", Of(step));
  for (int month = from; month <= to; ++month) {
    if (opinion::IsTruedUp(known(), agreement, MonthText(month))) return;
  }
  if (terms_[Of(step)].base % 3 != 1) return;
  Record(Must(
      {fmt::format("2026-12-30 p-acct cost.recorded agreement={} cost_kind=goods amount_fen={} "
                   "true_up={{from={} to={}}}",
                   agreement, 1 + step.cost, MonthText(from), MonthText(to))}));
}

void DonationHistory::Settle(const Step& step) {
  const std::string agreement = fmt::format("ag-{}", Of(step));
  const std::string through = NextThrough(known(), agreement);
  if (through.empty()) return;
  Record(Must({fmt::format("2026-12-30 p-acct settlement.closed agreement={} through={}", agreement,
                           through)}));
}

void DonationHistory::Pay(const Step& step) {
  const std::size_t i = Of(step);
  const std::int64_t amount = 1 + step.amount / 8;
  if (step.what % Step::kWhats == Step::kReceive) {
    Record(Must(
        {fmt::format("2026-12-30 p-acct funds.received fund=f pot=restricted/vendor_share from=v "
                     "amount_fen={} account=b agreement=ag-{}",
                     amount, i)}));
    return;
  }
  const auto open = static_cast<std::int64_t>(opinion::OpenOf(known(), fmt::format("ag-{}", i)));
  if (open == 0) return;
  const std::int64_t waived = 1 + amount % open;
  const Seq seq =
      Must({fmt::format(
                "2026-12-30 p-sup approval.given subject=ag-{} action=waive verdict=approved", i),
            fmt::format("2026-12-30 p-acct due.waived agreement=ag-{} amount_fen={} reason=illness "
                        "approval=#0",
                        i, waived)});
  Record(seq, 1);
}

Answer DonationHistory::TakeBack(const std::string& fact) {
  const std::string approval = *FactJson(
      fmt::format("2026-12-30 p-boss approval.given of={} action=reverse verdict=approved", fact));
  const std::string reversal = *FactJson(
      fmt::format("2026-12-30 p-clerk entry.reversed of={} reason=mistake approval=#0", fact));
  return Tell(approval + "," + reversal);
}

void DonationHistory::Reverse(const Step& step) {
  if (facts_.empty()) return;
  const std::string fact = facts_[static_cast<std::size_t>(step.pick) % facts_.size()];
  const Answer answer = TakeBack(fact);
  SUANPAN_INVARIANT(!answer.refusal || !known().Stands(fact) ||
                        answer.refusal->code == schema::RefusalCode::has_dependants ||
                        answer.refusal->code == schema::RefusalCode::fund_short,
                    "{}: {}", fact, answer.ToText());
}

void DonationHistory::SellAndReverse(const Step& step) {
  Sell(step);
  const Answer answer = TakeBack(sales_.back().address);
  SUANPAN_INVARIANT(!answer.refusal, "{}", answer.ToText());
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
  const Answer answer = Tell(json);
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
  return opinion::Difference(test::FiguresOf(book_.state()), opinion::FiguresOf(known()));
}

}  // namespace suanpan::testing
