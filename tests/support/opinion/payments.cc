// spending.requested, money.paid, advance.settled (events.md 3.4).

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
  if (request == d.state.requests.end()) Refuse("request_mismatch", "request");  // taken back
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
  if (found.empty() && own && !SetsAside(d, "approval_missing")) {
    Refuse("self_approval", "approvals", {{"actor", d.Text("actor")}});
  }
  return found;
}

std::vector<Approval*> ApprovalsOf(const Deciding& d, const Wanted& wanted) {
  const std::vector<Approval*> approvals =
      d.fact.contains("approvals") ? ApprovalsListed(d, wanted) : ApprovalsFound(d, wanted);
  if (!SetsAside(d, "approval_missing")) CheckEnough(d, approvals, wanted);
  return approvals;
}

/// The place is that of the request.
void CheckPurpose(const Deciding& d, const Request& request, const std::string& pot) {
  if (d.fact.at("use") == "payable") return;
  CheckRestriction(
      d, {d.Text("fund"), pot, d.Text("purpose"), request.fact.value("place", std::string{})});
}

/// What is owed needs no pot: it left its pot when it was bought.
void CheckMoney(const Deciding& d, const std::string& pot) {
  const std::string fund = d.Text("fund");
  const Wide share = BankShare(d.state, fund, d.Text("account"));
  if (d.fact.at("use") != "payable") {
    return CheckCover(fund, std::min(Available(d.state, fund, pot), share), d.Amount(),
                      "amount_fen");
  }
  const Wide owed = -Balance(d.state, FundPath(fund) + "payable/" + InPath(d.Text("payee")));
  if (d.Amount() > owed) {
    Refuse("payable_short", "amount_fen",
           {{"payable_fen", std::to_string(Checked(owed))},
            {"needed_fen", std::to_string(d.Amount())}});
  }
  CheckCover(fund, share, d.Amount(), "amount_fen");
}

void PostPayment(Deciding& d, const std::string& pot, const std::string& place) {
  const std::string use = d.Text("use");
  const std::string payee = InPath(d.Text("payee"));
  const std::string fund = FundPath(d.Text("fund"));
  Post(d.state, fund + "bank/" + InPath(d.Text("account")), -Wide{d.Amount()});
  if (use == "expense") {
    Post(d.state, fund + "net/" + pot + "/expense/" + d.Text("purpose"), d.Amount());
  } else {
    Post(d.state, fund + use + "/" + payee, d.Amount());
  }
  if (use == "advance") {
    d.state.advances.push_back({d.at, d.Text("fund"), pot, d.Text("payee"), place, d.Amount()});
  }
}

void CheckUse(const Deciding& d) {
  const std::string use = d.Text("use");
  if (use != "expense" && use != "payable" && use != "advance") Refuse("bad_field", "use");
}

}  // namespace

void PayMoney(Deciding& d) {
  CheckUse(d);
  CheckAccount(d, FundOf(d));
  RefuseIfNamed(d, "grant");
  if (d.fact.contains("agreement")) Refuse("bad_field", "agreement");
  RefuseIfNamed(d, "matter");
  Request& request = RequestOf(d);
  CheckRequest(d, request);
  const std::string pot = PotOf(d, request);
  const std::string fund = d.Text("fund");
  std::vector<Approval*> irregular;
  if (d.fact.contains("irregular")) {
    irregular = ApprovalsStated(d, {"irregular", request.at, fund, d.Amount(), fund});
  }
  const std::vector<Approval*> approvals =
      ApprovalsOf(d, {"spend", request.at, {}, d.Amount(), fund, request.paid});
  CheckPurpose(d, request, pot);
  CheckMoney(d, pot);
  Json used = Json::array();
  for (Approval* approval : approvals) {
    approval->used = d.state.fault != Fault::kApprovalUsedTwice;
    used.push_back(approval->at);
  }
  UseAll(irregular);
  if (!d.fact.contains("pot") && d.fact.at("use") != "payable") d.computed["pot"] = pot;
  if (!d.fact.contains("approvals")) d.computed["approvals"] = used;
  request.paid += d.Amount();
  PostPayment(d, pot, request.fact.value("place", std::string{}));
}

namespace {

void CheckSettled(const Deciding& d, std::int64_t spent, std::int64_t returned) {
  if (spent == 0 && returned == 0) Refuse("bad_field", "spent_fen");
  if (returned > 0 && !d.fact.contains("account")) Refuse("missing_field", "account");
}

/// What is left of an advance; of one that is settled, nothing.
Advance AdvanceAt(const Deciding& d) {
  const Event& payment = d.state.Named(d.Text("advance"), "advance", "money.paid");
  if (payment.fact.at("use") != "advance") Refuse("wrong_kind", "advance");
  for (const Advance& advance : d.state.advances) {
    if (advance.at == payment.at) return advance;
  }
  return {payment.at, payment.fact.at("fund"), {}, payment.fact.at("payee"), {}};
}

}  // namespace

void SettleAdvance(Deciding& d) {
  const std::int64_t spent = d.Amount("spent_fen");
  const std::int64_t returned = d.Amount("returned_fen");
  CheckSettled(d, spent, returned);
  const Advance advance = AdvanceAt(d);
  if (d.fact.contains("account")) CheckAccount(d, d.state.funds.at(advance.fund));
  if (spent > 0 && !d.fact.contains("evidence")) Refuse("evidence_missing", "evidence");
  if (Wide{spent} + returned > advance.open) {
    Refuse("exceeds_advance", "spent_fen", {{"open_fen", std::to_string(advance.open)}});
  }
  std::vector<Approval*> irregular;
  if (d.fact.contains("irregular")) {
    irregular = ApprovalsStated(d, {"irregular", advance.at, advance.fund, spent, advance.fund});
  }
  if (spent > 0) {
    CheckRestriction(d, {advance.fund, advance.pot, d.Text("purpose"), advance.place});
  }
  UseAll(irregular);
  d.computed.update({{"fund", advance.fund}, {"pot", advance.pot}, {"payee", advance.payee}});
  for (Advance& one : d.state.advances) {
    if (one.at == advance.at) one.open -= spent + returned;
  }
  std::erase_if(d.state.advances, [](const Advance& one) { return one.open == 0; });
  const std::string fund = FundPath(advance.fund);
  Post(d.state, fund + "net/" + advance.pot + "/expense/" + d.Text("purpose"), spent);
  Post(d.state, fund + "bank/" + InPath(d.Text("account")), returned);
  Post(d.state, fund + "advance/" + InPath(advance.payee), -(Wide{spent} + returned));
}

}  // namespace suanpan::opinion
