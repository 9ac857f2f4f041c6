// funds.received, due.waived (events.md 3.3, 3.4).

#include "support/opinion/funds.h"

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/donation.h"

namespace suanpan::opinion {

std::string FundPath(const std::string& fund) { return "fund/" + InPath(fund) + "/"; }

Wide PotBalance(const State& state, const std::string& fund, const std::string& pot) {
  return -BalanceBelow(state, FundPath(fund) + "net/" + pot + "/");
}

Wide FundBalance(const State& state, const std::string& fund) {
  return -BalanceBelow(state, FundPath(fund) + "net/");
}

namespace {

/// Value of the goods of a fund that lie in a pot.
Wide GoodsIn(const State& state, const std::string& fund, const std::string& pot) {
  Wide value = 0;
  for (const auto& [place, item] : state.items) {
    if (place.first != fund || item.pot != pot) continue;
    value += Balance(state, FundPath(fund) + "stock/" + InPath(place.second));
    value += Balance(state, FundPath(fund) + "asset/" + InPath(place.second));
  }
  return value;
}

}  // namespace

Wide Available(const State& state, const std::string& fund, const std::string& pot) {
  Wide available = PotBalance(state, fund, pot) - GoodsIn(state, fund, pot);
  for (const Advance& advance : state.advances) {
    if (advance.fund == fund && advance.pot == pot) available -= advance.open;
  }
  return available;
}

void CheckRestriction(const Deciding& d, const Spending& spending) {
  if (!spending.pot.starts_with("restricted/")) return;
  if (SetsAside(d, "purpose_outside_restriction")) return;
  if (d.state.fault == Fault::kRestrictionForgotten) return;
  const Json& limits = d.state.funds.at(spending.fund).at("restriction");
  const auto lists = [&](const char* field, const std::string& name) {
    const Json list = limits.value(field, Json::array());
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  const bool inside =
      lists("purposes", spending.purpose) &&
      (limits.value("places", Json::array()).empty() || lists("places", spending.place)) &&
      limits.value("matters", Json::array()).empty() && d.date <= limits.value("until", d.date);
  if (!inside) Refuse("purpose_outside_restriction", spending.field, {{"fund", spending.fund}});
}

void CheckCover(const std::string& fund, Wide available, Wide needed, const std::string& field) {
  if (needed <= available) return;
  Refuse("fund_short", field,
         {{"fund", fund},
          {"available_fen", std::to_string(Checked(available))},
          {"needed_fen", std::to_string(Checked(needed))}});
}

Wide BankShare(const State& state, const std::string& fund, const std::string& account) {
  return Balance(state, FundPath(fund) + "bank/" + InPath(account));
}

namespace {

void CheckPot(const Deciding& d) {
  if (!d.fact.contains("agreement")) return;
  const Json& fund = d.state.agreements.at(d.Text("agreement")).at("fund");
  if (fund != d.fact.at("fund")) Refuse("pot_wrong", "fund", {{"fund", fund}});
  if (!d.Text("pot").ends_with("/vendor_share")) Refuse("pot_wrong", "pot");
}

void Allocate(Deciding& d) {
  const std::string agreement = d.Text("agreement");
  std::optional<Json> months;
  if (d.fact.contains("bills")) months = d.fact.at("bills");
  const Allocation allocation = PayBills(d.state, agreement, d.Amount(), months);
  Json rows = Json::array();
  for (const auto& [month, amount] : allocation.paid) {
    rows.push_back({{"period", month}, {"amount_fen", amount}});
  }
  if (!rows.empty()) d.computed["allocated"] = rows;
  if (allocation.rest != 0) d.computed["advance_fen"] = allocation.rest;
  const std::string pledge = "pledge/" + InPath(agreement) + "/";
  Post(d.state, pledge + "received", d.Amount());
  Post(d.state, pledge + "billed", -(Wide{d.Amount()} - allocation.rest));
  Post(d.state, pledge + "advance", -Wide{allocation.rest});
}

}  // namespace

void ReceiveFunds(Deciding& d) {
  CheckAccount(d, FundOf(d));
  RefuseIfNamed(d, "grant");
  RefuseIfNamed(d, "matter");
  const bool pays_bills = d.fact.contains("agreement");
  if (pays_bills && d.fact.contains("purpose")) Refuse("bad_field", "purpose");
  if (!pays_bills && d.fact.contains("bills")) Refuse("bad_field", "bills");
  if (pays_bills) (void)AgreementOf(d);
  CheckPot(d);
  if (!pays_bills) CheckFundOpen(d);
  const std::string fund = FundPath(d.Text("fund"));
  (void)Checked(FundBalance(d.state, d.Text("fund")) + d.Amount(), "amount_fen");
  if (d.fact.contains("agreement")) Allocate(d);
  const std::string pot = fund + "net/" + d.Text("pot") + "/";
  Post(d.state, fund + "bank/" + InPath(d.Text("account")), d.Amount());
  Post(d.state, pot + (d.fact.contains("purpose") ? "expense/" + d.Text("purpose") : "income"),
       -Wide{d.Amount()});
}

void WaiveDue(Deciding& d) {
  const std::string agreement = d.Text("agreement");
  const Json& terms = AgreementOf(d);
  const std::vector<Approval*> approvals =
      ApprovalsStated(d, {"waive", terms.at("at"), agreement, d.Amount(), terms.value("fund", "")});
  const Wide billed = OpenOf(d.state, agreement);
  if (d.Amount() > billed) {
    Refuse("exceeds_billed", "amount_fen",
           {{"billed_fen", std::to_string(Checked(billed))},
            {"needed_fen", std::to_string(d.Amount())}});
  }
  UseAll(approvals);
  (void)PayBills(d.state, agreement, d.Amount());
  const std::string pledge = "pledge/" + InPath(agreement) + "/";
  Post(d.state, pledge + "waived", d.Amount());
  Post(d.state, pledge + "billed", -Wide{d.Amount()});
}

}  // namespace suanpan::opinion
