#include "any_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "forged_book.h"
#include "support/fact_text.h"

namespace suanpan::audit {
namespace {

constexpr int kMonths = 6;  // of 2025

int MonthIn(int day) { return day / 4 % kMonths + 1; }

/// The first, a middle, the last but one and the last day of a month.
std::string DayOf(int day) {
  constexpr int kLast[] = {31, 28, 31, 30, 31, 30};
  const int month = MonthIn(day);
  const int last = kLast[month - 1];
  const int days[] = {1, 15, last - 1, last};
  return fmt::format("2025-{:02}-{:02}", month, days[day % 4]);
}

std::string Person(int who) { return fmt::format("p-{}", who % 3); }
std::string Vendor(int name) { return fmt::format("v-{}", name % 2); }
std::string Agreement(int name) { return fmt::format("ag-{}", name % 6); }

/// One of a list, mostly of its last, or an address of nothing in particular.
std::string OneOf(const std::vector<std::string>& list, int pick) {
  if (list.empty() || pick % 16 == 15) return fmt::format("{}.0", pick % 9 + 1);
  const std::size_t range = pick % 4 == 0 ? list.size() : std::min<std::size_t>(list.size(), 3);
  return list[list.size() - 1 - static_cast<std::size_t>(pick) % range];
}

std::string If(bool condition, std::string text) { return condition ? text : std::string{}; }

}  // namespace

std::ostream& operator<<(std::ostream& out, const AnyFact& fact) {
  return out << "fact " << fact.what << " who " << fact.who << " name " << fact.name << " day "
             << fact.day << " other " << fact.other_day << " amount " << fact.amount << " pick "
             << fact.pick;
}

AnyFacts::AnyFacts() : book_(MakeBook()) {
  book_.compare_refused = false;
  const std::string opened =
      Append("open",
             "2025-01-01 p-0 book.opened label=X utc_offset_minutes=480 unit=u level=community "
             "host=o");
  SUANPAN_INVARIANT(!opened.empty());
  for (const std::string_view fund :
       {"fund=f bank_accounts=[b c] restriction={class=restricted purposes=[care]}",
        "fund=g bank_accounts=[b] restriction={class=restricted purposes=[care music] "
        "until=2025-04-30}"}) {
    const std::string fact = Append("open", fmt::format("2025-01-01 p-0 fund.opened label=F host=o "
                                                        "default_pot=restricted/vendor_share {}",
                                                        fund));
    SUANPAN_INVARIANT(!fact.empty());
  }
}

std::string AnyFacts::Append(std::string_view sort, const std::string& text) {
  const Result<std::string> json = testing::FactJson(text);
  SUANPAN_INVARIANT(json.ok(), "{}: {}", text, json.error().message());
  const testing::Answer answer =
      book_.Append(testing::CommandJson(fmt::format("t/{}", ++commands_), *json));
  if (answer.refusal) {
    const schema::RefusalCode code = answer.refusal->code;
    SUANPAN_INVARIANT(
        code != schema::RefusalCode::bad_json && code != schema::RefusalCode::unknown_field,
        "{}: {}", text, answer.ToText());
    return {};
  }
  ++taken_[std::string{sort}];
  return fmt::format("{}.0", answer.seq.value());
}

void AnyFacts::Play(const AnyFact& fact) {
  const auto keep = [](std::vector<std::string>& list, std::string address) {
    if (!address.empty()) list.push_back(std::move(address));
  };
  switch (fact.what) {
    case 0:
      return Sign(fact);
    case 1:
      return keep(sales_, Append("sale", Sell(fact)));
    case 2:
      (void)Append("refund", Refund(fact));
      return;
    case 3:
      (void)Append("cost", Cost(fact));
      return;
    case 4:
      (void)Append("settle", Settle(fact));
      return;
    case 5:
      (void)Append("receive", Receive(fact));
      return;
    case 6:
      return Approve(fact);
    case 7:
      (void)Append("waive", Waive(fact));
      return;
    case 8: {
      std::string address = Append("ask", Ask(fact));
      if (address.empty()) return;
      return requests_.push_back({std::move(address), fact.name % 4 == 0 ? "g" : "f",
                                  fact.pick % 5 == 0 ? "music" : "care", 1 + fact.amount / 8});
    }
    default:
      (void)Append("pay", Pay(fact));
      return;
  }
}

void AnyFacts::Sign(const AnyFact& fact) {
  constexpr std::string_view kCalendar[] = {"month", "quarter", "year", "end"};
  constexpr std::string_view kLoss[] = {"carry_loss", "net_all", "reset_period"};
  constexpr std::string_view kBase[] = {
      "basis=profit", "basis=profit cost_method=standard_margin margin=3/10", "basis=revenue"};
  // Mostly signed in time, mostly with an end, so that one can follow another.
  const std::string begin = DayOf(fact.day);
  std::string address = Append(
      "sign",
      fmt::format(
          "2025-01-01 {} agreement.signed agreement={} agreement_type=donation_share party={} "
          "signed_on={} valid_from={} {} fund={} {} rate={}/20 loss_policy={} settlement={}",
          Person(fact.who), Agreement(fact.name), Vendor(fact.who),
          fact.pick % 8 == 0 ? DayOf(fact.other_day) : "2025-01-01", begin,
          If(fact.pick % 4 != 1, "valid_to=" + DayOf(fact.other_day)),
          fact.name % 5 == 0 ? "g" : "f", kBase[fact.amount % 3], fact.amount % 21,
          kLoss[fact.pick % 3], kCalendar[fact.pick / 3 % 4]));
  if (!address.empty()) signed_.push_back({std::move(address), Agreement(fact.name)});
}

std::string AnyFacts::Sell(const AnyFact& fact) {
  return fmt::format(
      "{} {} sale.recorded vendor={} {} lines=[{{item=i quantity={} amount_fen={} {}}}] {}",
      DayOf(fact.day), Person(fact.who), Vendor(fact.name),
      If(fact.pick % 5 == 0, "agreement=" + Agreement(fact.other_day)), 1 + fact.pick % 3,
      fact.amount, If(fact.pick % 3 != 0, fmt::format("cost_fen={}", fact.pick)),
      If(fact.pick % 7 == 0 && fact.amount > 0,
         fmt::format("paid=[{{means=cash amount_fen={}}}]", fact.amount)));
}

std::string AnyFacts::Refund(const AnyFact& fact) {
  const bool loose = fact.pick % 3 == 0;
  return fmt::format("{} {} refund.recorded vendor={} {} {} lines=[{{quantity=1 amount_fen={}}}]",
                     DayOf(fact.day), Person(fact.who), Vendor(fact.name),
                     If(!loose, "sale=" + OneOf(sales_, fact.pick)),
                     If(loose && fact.amount % 4 == 0, "agreement=" + Agreement(fact.other_day)),
                     fact.amount / 16);
}

std::string AnyFacts::Cost(const AnyFact& fact) {
  if (fact.pick % 6 == 0) {
    return fmt::format(
        "{} {} cost.recorded agreement={} cost_kind=goods amount_fen={} true_up={{from=2025-{:02} "
        "to=2025-{:02}}}",
        DayOf(fact.day), Person(fact.who), Agreement(fact.name), 1 + fact.amount, MonthIn(fact.day),
        MonthIn(fact.other_day));
  }
  return fmt::format("{} {} cost.recorded agreement={} {} cost_kind=goods amount_fen={}",
                     DayOf(fact.day), Person(fact.who), Agreement(fact.name),
                     If(fact.pick % 2 == 0, "sale=" + OneOf(sales_, fact.pick)), 1 + fact.amount);
}

std::string AnyFacts::Settle(const AnyFact& fact) {
  const rules::BookState& state = book_.state();
  const std::string name = Agreement(fact.name);
  const auto index = state.IndexOf(state.names.Find(name), rules::Role::kAgreement);
  const std::optional<Date> next =
      index ? rules::NextBoundary(state.agreements[*index]) : std::nullopt;
  // Mostly the day that is due, whatever it is; a year ends after the last of the random days.
  return fmt::format("{} {} settlement.closed agreement={} through={}",
                     fact.pick % 8 == 0 ? DayOf(fact.other_day) : "2026-02-01", Person(fact.who),
                     name, next && fact.pick % 3 != 0 ? ToText(*next) : DayOf(fact.day));
}

std::string AnyFacts::Receive(const AnyFact& fact) {
  constexpr std::string_view kAccounts[] = {"b", "b", "b", "c", "d"};
  const bool share = fact.pick % 2 == 0;
  return fmt::format(
      "{} {} funds.received fund={} pot=restricted/{} from=o amount_fen={} account={} {}",
      DayOf(fact.day), Person(fact.who), fact.name % 4 == 0 ? "g" : "f",
      share || fact.pick % 3 == 0 ? "vendor_share" : "donation", 1 + fact.amount,
      kAccounts[fact.other_day % 5], If(share, "agreement=" + Agreement(fact.name)));
}

void AnyFacts::Approve(const AnyFact& fact) {
  constexpr std::string_view kVerdicts[] = {"approved", "approved", "approved",
                                            "approved", "rejected", "withdrawn"};
  std::vector<std::string> requests;
  for (const Request& request : requests_) requests.push_back(request.address);
  const auto signing =
      static_cast<std::size_t>(fact.pick) % std::max<std::size_t>(1, signed_.size());
  std::string target;
  std::string waives;
  switch (fact.name % 8) {
    case 0:
    case 1:
      if (signed_.empty()) return;
      waives = signed_[signing].name;
      target = "action=waive " +
               (fact.name % 8 == 0 ? "of=" + signed_[signing].address : "subject=" + waives);
      break;
    case 2:
      target = "action=irregular subject=f";
      break;
    case 3:
      target = "action=irregular of=" + OneOf(requests, fact.pick);
      break;
    default:
      target = "action=spend of=" + OneOf(requests, fact.pick);
  }
  const std::string address = Append(
      "approve",
      fmt::format("{} {} approval.given {} verdict={} {}", DayOf(fact.day), Person(fact.who),
                  target, kVerdicts[fact.other_day % 6],
                  If(fact.amount % 5 == 0, fmt::format("amount_fen={}", 1 + fact.amount / 8))));
  if (address.empty()) return;
  approvals_.push_back(address);
  if (!waives.empty()) waived_.push_back(fmt::format("agreement={} approval={}", waives, address));
}

std::string AnyFacts::Waive(const AnyFact& fact) {
  const bool any = waived_.empty() || fact.pick % 8 == 0;
  return fmt::format("{} {} due.waived {} amount_fen={} reason=illness", DayOf(fact.day),
                     Person(fact.who),
                     any ? fmt::format("agreement={} approval={}", Agreement(fact.name),
                                       OneOf(approvals_, fact.pick))
                         : OneOf(waived_, fact.pick & ~15),
                     1 + fact.amount % 9);
}

std::string AnyFacts::Ask(const AnyFact& fact) {
  return fmt::format(
      "{} {} spending.requested use=expense fund={} {} payee=o-3 amount_fen={} purpose={}",
      DayOf(fact.day), Person(fact.who), fact.name % 4 == 0 ? "g" : "f",
      If(fact.pick % 4 == 0, "pot=restricted/donation"), 1 + fact.amount / 8,
      fact.pick % 5 == 0 ? "music" : "care");
}

std::string AnyFacts::Pay(const AnyFact& fact) {
  Request request{"1.0", "f", "care", 1};
  if (!requests_.empty()) {
    const std::size_t range = std::min<std::size_t>(requests_.size(), 4);
    request = requests_[requests_.size() - 1 - static_cast<std::size_t>(fact.pick) % range];
  }
  std::string irregular;
  if (fact.name % 4 == 0) {
    irregular = fmt::format("irregular=[{}] approval={}",
                            fact.name % 8 == 0 ? "approval_missing" : "purpose_outside_restriction",
                            OneOf(approvals_, fact.amount));
  }
  return fmt::format(
      "{} {} money.paid request={} use=expense fund={} payee=o-3 amount_fen={} purpose={} "
      "account={} {} {}",
      DayOf(fact.day), Person(fact.who), request.address, request.fund,
      fact.amount % 3 == 0 ? request.amount : 1 + fact.amount % request.amount,
      fact.other_day % 8 == 0 ? "music" : request.purpose, fact.amount % 6 == 0 ? "c" : "b",
      If(fact.other_day % 3 == 0, fmt::format("approvals=[{}]", OneOf(approvals_, fact.day))),
      irregular);
}

}  // namespace suanpan::audit
