// spending.requested and money.paid (events.md 3.4).

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/funds.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

void Sweep(Deciding& d) {
  if (!MustSweep(d, "requests")) return;
  for (Request& request : d.state.requests) {
    if (IsOld(request.date, d.date) && d.state.fault != Fault::kOldRequestPaid) {
      request.swept = true;
    }
  }
}

}  // namespace

void RequestSpending(Deciding& d) {
  (void)FundOf(d);
  RefuseIfNamed(d, "matter");
  if (d.fact.contains("basis")) (void)d.state.Named(d.Text("basis"), "basis");
  CheckFundOpen(d);
  Sweep(d);
  d.state.requests.push_back({d.at, d.date, d.fact});
}

namespace {

Request& RequestOf(const Deciding& d) {
  (void)d.state.Named(d.Text("request"), "request", "spending.requested");
  const auto request = std::find_if(d.state.requests.begin(), d.state.requests.end(),
                                    [&](const Request& r) { return r.at == d.Text("request"); });
  return *request;
}

/// The pot that is paid from: stated, else the request's, else the fund's.
std::string PotOf(const Deciding& d, const Request& request) {
  const Json& fund = d.state.funds.at(d.Text("fund"));
  const Json pot = request.fact.value("pot", fund.at("default_pot"));
  return d.fact.value("pot", pot);
}

void CheckRequest(const Deciding& d, const Request& request) {
  const std::int64_t open = request.fact.at("amount_fen").get<std::int64_t>() - request.paid;
  const bool old = IsOld(request.date, d.date) && d.state.fault != Fault::kOldRequestPaid;
  if (open == 0 || request.swept || old) Refuse("request_mismatch", "request");
  for (const char* field : {"use", "fund", "pot", "payee"}) {
    const bool both = d.fact.contains(field) && request.fact.contains(field);
    if (both && d.fact.at(field) != request.fact.at(field)) Refuse("request_mismatch", field);
  }
  if (d.Amount() > open) {
    Refuse("request_mismatch", "amount_fen", {{"open_fen", std::to_string(open)}});
  }
  if (d.fact.at("purpose") != request.fact.at("purpose")) Refuse("request_mismatch", "purpose");
}

/// All unused ones on the request that fit, but not the payer's own.
std::vector<Approval*> ApprovalsFound(const Deciding& d, const Wanted& wanted) {
  std::vector<Approval*> found;
  bool own = false;
  for (Approval& approval : d.state.approvals) {
    if (approval.used || !Fits(approval, wanted)) continue;
    if (approval.approver == d.Text("actor")) {
      own = true;
    } else {
      found.push_back(&approval);
    }
  }
  if (found.empty() && !SetsAside(d, "approval_missing")) {
    if (own) Refuse("self_approval", "approvals", {{"actor", d.Text("actor")}});
    Refuse("approval_missing", "approvals", {{"request", wanted.of}});
  }
  return found;
}

std::vector<Approval*> ApprovalsStated(const Deciding& d, const Wanted& wanted) {
  const std::vector<Approval*> stated = ApprovalsListed(d, wanted);
  if (stated.empty() && !SetsAside(d, "approval_missing")) {
    Refuse("approval_missing", "approvals", {{"request", wanted.of}});
  }
  return stated;
}

void CheckRestriction(const Deciding& d, const Request& request, const std::string& pot) {
  if (!pot.starts_with("restricted/") || SetsAside(d, "purpose_outside_restriction")) return;
  if (d.state.fault == Fault::kRestrictionForgotten) return;
  const Json& limits = d.state.funds.at(d.Text("fund")).at("restriction");
  const auto lists = [&](const char* field, const std::string& name) {
    const Json list = limits.value(field, Json::array());
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  const bool inside = lists("purposes", d.Text("purpose")) &&
                      (limits.value("places", Json::array()).empty() ||
                       lists("places", request.fact.value("place", ""))) &&
                      limits.value("matters", Json::array()).empty() &&
                      d.date <= limits.value("until", d.date);
  if (!inside) Refuse("purpose_outside_restriction", "purpose", {{"fund", d.Text("fund")}});
}

void CheckCover(const Deciding& d, const std::string& pot) {
  const std::string fund = d.Text("fund");
  const Wide available =
      std::min(PotBalance(d.state, fund, pot), BankShare(d.state, fund, d.Text("account")));
  if (d.Amount() <= available) return;
  Refuse("fund_short", "amount_fen",
         {{"fund", fund},
          {"available_fen", std::to_string(Checked(available))},
          {"needed_fen", std::to_string(d.Amount())}});
}

}  // namespace

void PayMoney(Deciding& d) {
  if (d.fact.at("use") != "expense") Refuse("bad_field", "use");
  CheckAccount(d, FundOf(d));
  RefuseIfNamed(d, "grant");
  if (d.fact.contains("agreement")) Refuse("bad_field", "agreement");
  RefuseIfNamed(d, "matter");
  Request& request = RequestOf(d);
  CheckRequest(d, request);
  const std::string fund = d.Text("fund");
  const std::string pot = PotOf(d, request);
  const Wanted wanted{"spend", request.at, {}, d.Amount()};
  Approval* irregular = nullptr;
  if (!d.fact.value("irregular", Json::array()).empty()) {
    irregular =
        &ApprovalAt(d, d.Text("approval"), "approval", {"irregular", request.at, fund, d.Amount()});
  }
  const std::vector<Approval*> approvals =
      d.fact.contains("approvals") ? ApprovalsStated(d, wanted) : ApprovalsFound(d, wanted);
  CheckRestriction(d, request, pot);
  CheckCover(d, pot);
  Json used = Json::array();
  for (Approval* approval : approvals) {
    approval->used = d.state.fault != Fault::kApprovalUsedTwice;
    used.push_back(approval->at);
  }
  if (irregular != nullptr) irregular->used = true;
  if (!d.fact.contains("pot")) d.computed["pot"] = pot;
  if (!d.fact.contains("approvals")) d.computed["approvals"] = used;
  request.paid += d.Amount();
  Post(d.state, FundPath(fund) + "bank/" + InPath(d.Text("account")), -Wide{d.Amount()});
  Post(d.state, FundPath(fund) + "net/" + pot + "/expense/" + d.Text("purpose"), d.Amount());
}

}  // namespace suanpan::opinion
