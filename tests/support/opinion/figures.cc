#include "support/opinion/figures.h"

#include <set>

#include "support/opinion/donation.h"
#include "support/opinion/funds.h"
#include "support/opinion/settlement.h"

namespace suanpan::opinion {
namespace {

const std::string kSpace = " ";

void Accounts(const State& state, Figures& figures) {
  struct Turnover {
    Wide debit = 0;
    Wide credit = 0;
    Wide postings = 0;
    Wide last_seq = 0;
  };
  std::map<std::string, Turnover> accounts;
  for (const Posting& posting : state.postings) {
    Turnover& account = accounts[posting.account];
    (posting.amount > 0 ? account.debit : account.credit) +=
        posting.amount > 0 ? Wide{posting.amount} : -Wide{posting.amount};
    ++account.postings;
    account.last_seq = posting.seq;
  }
  for (const auto& [path, a] : accounts) {
    figures["account " + path] = Text(a.debit) + kSpace + Text(a.credit) + kSpace +
                                 Text(a.postings) + kSpace + Text(a.last_seq);
  }
}

void Registers(const State& state, Figures& figures) {
  for (const auto& [name, party] : state.parties) {
    figures["party " + name] = party.at("party_type");
  }
  for (const auto& [name, fund] : state.funds) {
    figures["fund " + name] = Text(FundBalance(state, name));
    std::set<std::string> pots;
    const std::string net = FundPath(name) + "net/";
    for (const Posting& posting : state.postings) {
      if (!posting.account.starts_with(net)) continue;
      const std::string rest = posting.account.substr(net.size());
      pots.insert(rest.substr(0, rest.find('/', rest.find('/') + 1)));
    }
    for (const std::string& pot : pots) {
      figures["pot " + name + kSpace + pot] = Text(PotBalance(state, name, pot));
    }
  }
}

void Agreements(const State& state, Figures& figures) {
  for (const auto& [name, terms] : state.agreements) {
    Wide waits = 0;
    for (const auto& [line, one] : state.waiting) waits += one.agreement == name ? 1 : 0;
    figures["agreement " + name] =
        Text(BaseOf(state, name)) + kSpace + Text(DueOf(state, name)) + kSpace +
        Text(ResidueOf(state, name)) + kSpace + Text(HighOf(state, name)) + kSpace +
        Text(SettledOf(state, name)) + kSpace + SettledThrough(state, name) + kSpace +
        Text(AdvanceOf(state, name)) + kSpace + Text(waits);
  }
}

void Months(const State& state, Figures& figures) {
  std::map<std::pair<std::string, std::string>, BaseEntry> months;
  for (const BaseEntry& entry : state.base) {
    BaseEntry& month = months[{entry.agreement, entry.month}];
    month.priced += entry.priced;
    month.standard += entry.standard;
  }
  for (const auto& [place, month] : months) {
    const bool trued_up = IsTruedUp(state, place.first, place.second);
    figures["month " + place.first + kSpace + place.second] =
        Text(month.priced) + kSpace + Text(month.standard) + kSpace + (trued_up ? "1" : "0");
  }
}

void Open(const State& state, Figures& figures) {
  for (const Bill& bill : state.bills) {
    figures["bill " + bill.agreement + kSpace + bill.through] =
        bill.settled_on + kSpace + bill.due_on + kSpace + Text(bill.due) + kSpace + Text(bill.open);
  }
  for (const auto& [line, one] : state.waiting) {
    figures["waiting " + line.first + kSpace + Text(line.second)] =
        one.agreement + kSpace + Text(one.amount);
  }
  std::map<SoldLine, Refunded> refunded;
  for (const Refunded& one : state.refunded) {
    Refunded& sum = refunded[one.line];
    sum.quantity += one.quantity;
    sum.amount += one.amount;
    sum.pro_rata += one.pro_rata;
  }
  for (const auto& [line, sum] : refunded) {
    figures["refunded " + line.first + kSpace + Text(line.second)] =
        Text(sum.quantity) + kSpace + Text(sum.amount) + kSpace + Text(sum.pro_rata);
  }
}

void Spending(const State& state, Figures& figures) {
  for (const Approval& one : state.approvals) {
    if (one.withdrawn) continue;
    figures["approval " + one.at] = one.used ? "used"
                                             : one.of + kSpace + one.subject + kSpace + one.action +
                                                   kSpace + one.approver + kSpace +
                                                   Text(one.amount_max.value_or(0));
  }
  for (const Request& request : state.requests) {
    const auto amount = request.fact.at("amount_fen").get<std::int64_t>();
    if (request.swept || request.paid == amount) continue;
    figures["request " + request.at] = Text(request.paid) + kSpace + Text(amount);
  }
  if (!state.requests_swept.empty()) figures["swept"] = state.requests_swept;
}

}  // namespace

std::string Text(Wide value) { return std::to_string(Checked(value)); }

Figures FiguresOf(const State& state) {
  Figures figures;
  Registers(state, figures);
  Accounts(state, figures);
  Agreements(state, figures);
  Months(state, figures);
  Open(state, figures);
  Spending(state, figures);
  return figures;
}

std::string Difference(const Figures& a, const Figures& b) {
  const auto value = [](const Figures& figures, const std::string& name) {
    const auto found = figures.find(name);
    return found == figures.end() ? "nothing" : "'" + found->second + "'";
  };
  Figures all = a;
  all.insert(b.begin(), b.end());
  for (const auto& [name, any] : all) {
    if (value(a, name) != value(b, name)) {
      return name + ": " + value(a, name) + " against " + value(b, name);
    }
  }
  return {};
}

}  // namespace suanpan::opinion
