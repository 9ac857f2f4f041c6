#include "support/opinion/figures.h"

#include <set>

#include "support/opinion/donation.h"
#include "support/opinion/funds.h"
#include "support/opinion/offers.h"
#include "support/opinion/settlement.h"

namespace suanpan::opinion {
namespace {

const std::string kSpace = " ";

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

/// What a field of a fact says, - for nothing.
std::string Told(const Json& fact, const char* field) {
  if (!fact.contains(field)) return "-";
  const Json& value = fact.at(field);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

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
  for (const auto& [name, place] : state.places) {
    figures["place " + name] = Told(place, "place_type") + kSpace + Told(place, "within");
  }
  for (const auto& [name, at] : state.erased) figures["erased " + name] = at;
  for (const auto& [name, fact] : state.closed) {
    figures["closed " + name] = Told(fact, "on") + kSpace + Told(fact, "outcome");
  }
  for (const Relation& one : state.relations) {
    figures["relation " + one.relation + kSpace + one.from + kSpace + one.to + kSpace + one.since] =
        OrDash(one.as) + kSpace + OrDash(one.until);
  }
  for (const auto& [place, code] : state.codes) {
    std::string text = Text(code.at("version").get<std::int64_t>());
    for (const char* field : {"valid_from", "valid_to", "group", "gapless", "protected"}) {
      text += kSpace + Told(code, field);
    }
    figures["code " + place.first + kSpace + place.second] = text;
  }
}

void Policies(const State& state, Figures& figures) {
  for (const Proposal& one : state.proposals) {
    figures["proposal " + one.at] =
        Told(one.fact, "policy") + kSpace + Told(one.fact, "policy_type") + kSpace +
        Told(one.fact, "version") + kSpace + Told(one.fact, "applies_from") + kSpace +
        Told(one.fact, "actor");
  }
  for (const Policy& one : state.policies) {
    figures["policy " + one.type + kSpace + one.scope + kSpace + Text(one.version)] =
        one.policy + kSpace + one.applies_from + kSpace + one.adopted_at;
  }
}

void Funds(const State& state, Figures& figures) {
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

void Goods(const State& state, Figures& figures) {
  for (const auto& [place, item] : state.items) {
    figures["item " + place.first + kSpace + place.second] =
        OrDash(item.pot) + kSpace + item.goods_class;
  }
  for (const Advance& one : state.advances) {
    figures["advance " + one.at] =
        Text(one.open) + kSpace + one.pot + kSpace + one.fund + kSpace + one.payee;
  }
}

void Places(const State& state, Figures& figures) {
  for (const auto& [name, offer] : state.offers) {
    figures["offer " + name] = Told(offer, "offer_kind") + kSpace + Told(offer, "on") + kSpace +
                               Told(offer, "audience") + kSpace + Told(offer, "place") + kSpace +
                               Text(offer.value("per_beneficiary", std::int64_t{1}));
  }
  for (const Held& one : state.held) {
    if (one.left == 0) continue;
    figures["held " + one.redemption + kSpace + Text(one.line)] =
        one.offer + kSpace + one.beneficiary + kSpace + Text(one.left);
  }
  for (const PlaceTaken& one : state.places_taken) {
    const Wide taken = PlacesOf(state, one.beneficiary, one.offer);
    if (taken == 0) continue;
    figures["place-of " + one.beneficiary + kSpace + one.offer] = Text(taken);
  }
}

void Requests(const State& state, Figures& figures) {
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
  if (state.swept.contains("requests")) figures["swept"] = state.swept.at("requests");
}

}  // namespace

std::string Text(Wide value) { return std::to_string(Checked(value)); }

Figures FiguresOf(const State& state) {
  Figures figures;
  Registers(state, figures);
  Policies(state, figures);
  Funds(state, figures);
  Accounts(state, figures);
  Agreements(state, figures);
  Months(state, figures);
  Open(state, figures);
  Requests(state, figures);
  Goods(state, figures);
  Places(state, figures);
  AddPoints(state, figures);
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
