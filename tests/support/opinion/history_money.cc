// Money, approvals, and facts that belong together.

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/donation.h"
#include "support/opinion/funds.h"
#include "support/opinion/history_facts.h"

namespace suanpan::opinion {

Json AnyReceipt(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("funds.received");
  std::string fund = invite.Fund();
  std::string pot = dice.Word({"restricted/government", "restricted/donation",
                               "unrestricted/donation", "restricted/vendor_share"});
  fact["amount_fen"] = invite.Amount(dice.OneIn(2) ? 20'000 : 300);
  if (!invite.state.agreements.empty() && !dice.OneIn(3)) {
    const std::string name = invite.Agreement();
    fact["agreement"] = name;
    const auto known = invite.state.agreements.find(name);
    if (known != invite.state.agreements.end() && !dice.OneIn(24)) fund = known->second.at("fund");
    if (!dice.OneIn(24)) pot = dice.Word({"restricted", "unrestricted"}) + "/vendor_share";
    std::vector<std::string> months;
    for (const Bill& bill : invite.state.bills) {
      if (bill.agreement == name) months.push_back(MonthOf(bill.through));
    }
    if (!months.empty() && dice.OneIn(3)) fact["bills"] = Json::array({dice.Of(months)});
    if (!months.empty() && dice.OneIn(8)) fact["bills"] = {dice.Of(months), dice.Of(months)};
  } else if (dice.OneIn(4)) {
    fact["purpose"] = "elder_care";
  }
  if (!fact.contains("agreement") && invite.state.funds.contains(fund) && dice.OneIn(2)) {
    pot = invite.state.funds.at(fund).at("default_pot");
  }
  fact["fund"] = fund;
  fact["pot"] = pot;
  fact["from"] = invite.Vendor();
  fact["account"] = invite.Account(fund);
  if (dice.OneIn(2)) fact["bank_ref"] = "B" + std::to_string(dice.Below(9'999));
  if (dice.OneIn(8)) fact["receipt_no"] = "R-" + std::to_string(dice.Below(9'999));
  if (dice.OneIn(80)) fact[dice.Word({"grant", "matter"})] = "g-1";
  return fact;
}

namespace {

/// A part of what a fund has in one of its pots, for what the fund is for.
void AskWhatIsThere(Invite& invite, Json& fact) {
  const std::string fund = fact["fund"];
  if (!invite.state.funds.contains(fund)) return;
  const Json& terms = invite.state.funds.at(fund);
  const std::string pot =
      invite.dice.OneIn(2) ? terms.at("default_pot").get<std::string>() : "restricted/government";
  const Wide there = PotBalance(invite.state, fund, pot);
  if (there <= 0) return;
  fact["pot"] = pot;
  fact["amount_fen"] = invite.Amount(static_cast<std::int64_t>(there));
  fact["purpose"] = "elder_care";
  if (terms.at("restriction").contains("places")) fact["place"] = "pl-1";
}

}  // namespace

Json AnyRequest(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("spending.requested");
  fact["use"] = dice.OneIn(12) ? "advance" : "expense";
  fact["fund"] = invite.Fund();
  fact["payee"] = "o-" + std::to_string(dice.Below(3));
  fact["amount_fen"] = invite.Amount(8'000);
  fact["purpose"] = dice.Word({"elder_care", "elder_care", "rewards", "music"});
  if (dice.OneIn(4)) fact["pot"] = dice.Word({"unrestricted/donation", "restricted/government"});
  if (dice.OneIn(3)) fact["place"] = dice.Word({"pl-1", "pl-2"});
  if (!dice.OneIn(4)) AskWhatIsThere(invite, fact);
  if (dice.OneIn(8)) fact["basis"] = invite.AddressOf("agreement.signed");
  if (dice.OneIn(60)) fact["matter"] = "m-1";
  return fact;
}

namespace {

/// A request that can still be paid, mostly.
const Request* AnyOpenRequest(Invite& invite) {
  std::vector<const Request*> open;
  for (const Request& request : invite.state.requests) {
    if (request.paid < request.fact.at("amount_fen").get<std::int64_t>()) open.push_back(&request);
  }
  if (open.empty()) return nullptr;
  const std::size_t recent = open.size() > 3 && !invite.dice.OneIn(6) ? open.size() - 3 : 0;
  return open[recent +
              static_cast<std::size_t>(invite.dice.Below(static_cast<int>(open.size() - recent)))];
}

/// An approval of an action that is still to be used, or null.
const Approval* AnyLive(Invite& invite, const std::string& action) {
  std::vector<const Approval*> live;
  for (const Approval& one : invite.state.approvals) {
    if (one.action == action && !one.used && !one.withdrawn) live.push_back(&one);
  }
  return live.empty() ? nullptr : invite.dice.Of(live);
}

/// The request that somebody approved already, mostly.
const Request* AnyApprovedRequest(Invite& invite, Json& fact) {
  const Approval* approval = AnyLive(invite, "spend");
  if (approval == nullptr || invite.dice.OneIn(6)) return AnyOpenRequest(invite);
  for (const Request& request : invite.state.requests) {
    if (request.at != approval->of) continue;
    fact["actor"] = invite.Other(approval->approver);
    return &request;
  }
  return AnyOpenRequest(invite);
}

/// What is left of a request, as far as an account has it.
std::int64_t LeftOf(Invite& invite, const Request& request) {
  const std::int64_t left = request.fact.at("amount_fen").get<std::int64_t>() - request.paid;
  const std::string fund = request.fact.at("fund");
  const Wide share = BankShare(invite.state, fund, "b-1");
  return share > 0 && share < left ? static_cast<std::int64_t>(share) : left;
}

void Withdraw(Invite& invite, Json& fact) {
  const Approval& one = invite.dice.Of(invite.state.approvals);
  fact["verdict"] = "withdrawn";
  fact["action"] = one.action;
  if (!invite.dice.OneIn(8)) fact["actor"] = one.approver;
  if (!one.of.empty()) fact["of"] = one.of;
  if (!one.subject.empty()) fact["subject"] = one.subject;
}

}  // namespace

Json AnyApproval(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("approval.given");
  if (!invite.state.approvals.empty() && dice.OneIn(7)) {
    Withdraw(invite, fact);
    return fact;
  }
  fact["verdict"] = dice.OneIn(8) ? "rejected" : "approved";
  const Request* request = AnyOpenRequest(invite);
  if (request != nullptr && !dice.OneIn(3)) {
    fact["action"] = dice.OneIn(4) ? "irregular" : "spend";
    if (fact["action"] == "irregular" && dice.OneIn(3)) {
      fact["subject"] = request->fact.at("fund");
    } else {
      fact["of"] = request->at;
      fact["actor"] = invite.Other(request->fact.at("actor"));
    }
  } else if (dice.OneIn(2)) {
    fact["action"] = "waive";
    fact["subject"] = invite.Agreement();
    for (const Bill& bill : invite.state.bills) {
      if (bill.open > 0 && dice.OneIn(2)) fact["subject"] = bill.agreement;
    }
  } else if (dice.OneIn(3)) {
    fact["action"] = dice.Word({"close", "post", "redeem"});
    fact["subject"] = "anything";
  } else {
    fact["action"] = dice.OneIn(6) ? "spend" : "waive";
    fact["of"] = invite.AddressOf("agreement.signed");
  }
  if (dice.OneIn(5)) fact["amount_fen"] = invite.Amount(6'000);
  if (dice.OneIn(60)) fact["decision"] = invite.AddressOf("sale.recorded");
  return fact;
}

namespace {

void AddIrregular(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  fact["irregular"] = Json::array({dice.Word({"purpose_outside_restriction", "approval_missing"})});
  if (dice.OneIn(6)) fact["irregular"].push_back("exceeds_contract");
  fact["approval"] = invite.AddressOf("approval.given");
  for (const Approval& one : invite.state.approvals) {
    if (one.action == "irregular" && !one.used && !dice.OneIn(6)) fact["approval"] = one.at;
  }
}

}  // namespace

Json AnyPayment(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("money.paid");
  const Request* request = AnyApprovedRequest(invite, fact);
  fact["request"] =
      request != nullptr && !dice.OneIn(24) ? request->at : invite.AddressOf("spending.requested");
  const Json asked = request != nullptr ? request->fact : AnyRequest(invite);
  for (const char* field : {"use", "fund", "payee", "amount_fen", "purpose"}) {
    fact[field] = asked.at(field);
  }
  if (asked.contains("pot") && dice.OneIn(2)) fact["pot"] = asked.at("pot");
  if (dice.OneIn(8)) fact["pot"] = "unrestricted/donation";
  if (request != nullptr) fact["amount_fen"] = invite.Stated(LeftOf(invite, *request));
  if (dice.OneIn(3)) fact["amount_fen"] = invite.Amount(1'500);
  if (dice.OneIn(30)) fact[dice.Word({"payee", "purpose", "fund"})] = "f_2";
  fact["account"] = invite.Account(fact["fund"]);
  if (dice.OneIn(4)) fact["bank_ref"] = "B" + std::to_string(dice.Below(9'999));
  if (dice.OneIn(6)) fact["approvals"] = Json::array({invite.AddressOf("approval.given")});
  if (dice.OneIn(20))
    fact["approvals"] = {invite.AddressOf("approval.given"), invite.AddressOf("approval.given")};
  if (dice.OneIn(5)) AddIrregular(invite, fact);
  if (dice.OneIn(80)) fact[dice.Word({"grant", "matter", "agreement"})] = "g-1";
  return fact;
}

Json AnyWaiver(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("due.waived");
  fact["agreement"] = invite.Agreement();
  fact["approval"] = invite.AddressOf("approval.given");
  if (const Approval* one = AnyLive(invite, "waive"); one != nullptr && !dice.OneIn(8)) {
    const Event* signing = invite.state.Find(one->of);
    fact["approval"] = one->at;
    fact["actor"] = invite.Other(one->approver);
    fact["agreement"] = signing != nullptr ? signing->fact.at("agreement") : Json(one->subject);
  }
  const Wide open = OpenOf(invite.state, fact["agreement"]);
  const bool all = open > 0 && dice.OneIn(2);
  fact["amount_fen"] = all ? Json(static_cast<std::int64_t>(open)) : invite.Amount(60);
  fact["reason"] = "hardship";
  return fact;
}

Json PaidAtOnce(Invite& invite, const Json& request) {
  Json approval = invite.Fact("approval.given");
  approval.update({{"of", "#0"}, {"action", "spend"}, {"verdict", "approved"}});
  approval["actor"] = invite.Other(request.at("actor"));
  Json payment = invite.Fact("money.paid");
  payment["actor"] = invite.Other(approval.at("actor"));
  payment["request"] = "#0";
  for (const char* field : {"use", "fund", "payee", "amount_fen", "purpose"}) {
    payment[field] = request.at(field);
  }
  payment["account"] = invite.Account(request.at("fund"));
  if (invite.dice.OneIn(3)) payment["approvals"] = Json::array({"#1"});
  return {request, approval, payment};
}

namespace {

Json SellInOne(Invite& invite) {
  const Json sale = AnySale(invite);
  if (invite.dice.OneIn(2) && sale.contains("agreement")) {
    Json cost = invite.Fact("cost.recorded");
    cost.update({{"agreement", sale.at("agreement")}, {"sale", "#0"}, {"cost_kind", "goods"}});
    cost["amount_fen"] = invite.Amount(700);
    if (!invite.dice.OneIn(4)) cost["sale_line"] = 0;
    return {sale, cost};
  }
  Json refund = invite.Fact("refund.recorded");
  refund["vendor"] = sale.at("vendor");
  refund["sale"] = "#0";
  refund["lines"] = Json::array({{{"sale_line", 0},
                                  {"quantity", sale.at("lines")[0].at("quantity")},
                                  {"amount_fen", sale.at("lines")[0].at("amount_fen")}}});
  return {sale, refund};
}

Json WaiveInOne(Invite& invite) {
  const std::vector<Bill>& bills = invite.state.bills;
  const bool owed =
      std::any_of(bills.begin(), bills.end(), [](const Bill& bill) { return bill.open > 0; });
  if (!owed) return Json::array({AnySettlement(invite)});
  std::string agreement = invite.Agreement();
  for (const Bill& bill : invite.state.bills) {
    if (bill.open > 0 && invite.dice.OneIn(2)) agreement = bill.agreement;
  }
  Json approval = invite.Fact("approval.given");
  approval.update({{"subject", agreement}, {"action", "waive"}, {"verdict", "approved"}});
  Json waiver = invite.Fact("due.waived");
  waiver["actor"] = invite.Other(approval.at("actor"));
  waiver.update({{"agreement", agreement}, {"approval", "#0"}, {"reason", "hardship"}});
  const Wide open = OpenOf(invite.state, agreement);
  waiver["amount_fen"] = open > 0 ? Json(static_cast<std::int64_t>(open)) : Json(1);
  return {approval, waiver};
}

}  // namespace

Json FactsInOne(Invite& invite) {
  switch (invite.dice.Below(4)) {
    case 0:
      return PaidAtOnce(invite, AnyRequest(invite));
    case 1:
      return SellInOne(invite);
    case 2:
      return WaiveInOne(invite);
    default:
      return {AnySale(invite), AnyReceipt(invite), AnySale(invite), AnyRefund(invite)};
  }
}

}  // namespace suanpan::opinion
