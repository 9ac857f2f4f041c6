#include "support/opinion/deciding.h"

#include <algorithm>

namespace suanpan::opinion {

const Json& FundOf(const Deciding& d, const char* field) {
  const auto fund = d.state.funds.find(d.Text(field));
  if (fund == d.state.funds.end()) Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
  return fund->second;
}

const Json& AgreementOf(const Deciding& d, const char* field) {
  const auto agreement = d.state.agreements.find(d.Text(field));
  if (agreement == d.state.agreements.end()) {
    Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
  }
  return agreement->second;
}

void RefuseIfNamed(const Deciding& d, const char* field) {
  if (d.fact.contains(field)) Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
}

void CheckAccount(const Deciding& d, const Json& fund) {
  const Json& accounts = fund.at("bank_accounts");
  if (std::find(accounts.begin(), accounts.end(), d.fact.at("account")) == accounts.end()) {
    Refuse("unknown_ref", "account", {{"ref", d.Text("account")}});
  }
}

namespace {

void CheckEnvelope(const Deciding& d) {
  for (const Json& address : d.fact.value("refs", Json::array())) {
    (void)d.state.Named(address, "refs");
  }
  for (const char* field : {"replaces", "supplements"}) {
    if (d.fact.contains(field)) (void)d.state.Named(d.Text(field), field);
  }
  if (d.fact.contains("approval")) {
    (void)d.state.Named(d.Text("approval"), "approval", "approval.given");
  }
}

void DecideKind(Deciding& d) {
  static const std::map<std::string, void (*)(Deciding&)> kRules = {
      {"book.opened", OpenBook},
      {"party.registered", RegisterParty},
      {"fund.opened", OpenFund},
      {"agreement.signed", SignAgreement},
      {"sale.recorded", RecordSale},
      {"refund.recorded", RecordRefund},
      {"cost.recorded", RecordCost},
      {"settlement.closed", CloseSettlement},
      {"due.waived", WaiveDue},
      {"funds.received", ReceiveFunds},
      {"spending.requested", RequestSpending},
      {"approval.given", GiveApproval},
      {"money.paid", PayMoney}};
  kRules.at(d.fact.at("kind"))(d);
}

}  // namespace

void DecideFact(Deciding& d) {
  CheckEnvelope(d);
  DecideKind(d);
  d.state.events.push_back({d.at, d.fact.at("kind"), d.date, d.fact, d.computed});
  if (!d.accrual.is_null()) {
    const std::string pledge = "pledge/" + InPath(d.accrual.at("agreement")) + "/";
    const auto change = d.accrual.at("due_change_fen").get<std::int64_t>();
    Post(d.state, pledge + "accrued", change);
    Post(d.state, pledge + "undertaken", -Wide{change});
  }
}

}  // namespace suanpan::opinion
