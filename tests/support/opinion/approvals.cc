#include "support/opinion/approvals.h"

#include <algorithm>

namespace suanpan::opinion {
namespace {

/// The kind that an action approves by its address, where facts of it exist already.
std::string KindFor(const std::string& action) {
  if (action == "spend") return "spending.requested";
  if (action == "waive") return "agreement.signed";
  if (action == "adopt") return "policy.proposed";
  return {};
}

void CheckSubject(const Deciding& d) {
  const std::string subject = d.Text("subject");
  const std::string action = d.Text("action");
  const bool known = action == "waive" ? d.state.agreements.contains(subject)
                     : action == "irregular"
                         ? d.state.funds.contains(subject) || d.state.parties.contains(subject)
                         : true;
  if (!known) Refuse("unknown_ref", "subject", {{"ref", subject}});
}

/// The newest that is the same.
void Withdraw(Deciding& d) {
  for (auto one = d.state.approvals.rbegin(); one != d.state.approvals.rend(); ++one) {
    Approval& approval = *one;
    const bool same = approval.of == d.Text("of") && approval.subject == d.Text("subject") &&
                      approval.action == d.Text("action") && approval.approver == d.Text("actor");
    if (!same || approval.used || approval.withdrawn) continue;
    approval.withdrawn = true;
    return;
  }
  Refuse("approval_used", d.fact.contains("of") ? "of" : "subject");
}

}  // namespace

void GiveApproval(Deciding& d) {
  if (!d.fact.contains("of") && !d.fact.contains("subject")) Refuse("missing_field", "of");
  if (d.fact.contains("of") && d.fact.contains("subject")) Refuse("bad_field", "subject");
  if (d.fact.contains("decision")) {
    (void)d.state.Named(d.Text("decision"), "decision", "decision.recorded");
  }
  if (d.fact.contains("of")) {
    const Event& event = d.state.Named(d.Text("of"), "of", KindFor(d.Text("action")));
    const bool withdrawn = d.fact.at("verdict") == "withdrawn";
    if (!withdrawn && event.fact.value("actor", "") == d.Text("actor")) {
      Refuse("self_approval", "actor", {{"actor", d.Text("actor")}});
    }
  } else {
    CheckSubject(d);
  }
  if (d.fact.at("verdict") == "withdrawn") return Withdraw(d);
  if (d.fact.at("verdict") == "rejected") return;
  Approval approval{d.at, d.Text("of"), d.Text("subject"), d.Text("action"), d.Text("actor"), {}};
  if (d.fact.contains("amount_fen")) approval.amount_max = d.Amount();
  d.state.approvals.push_back(approval);
}

bool Fits(const Approval& approval, const Wanted& wanted) {
  const bool target = (!approval.of.empty() && approval.of == wanted.of) ||
                      (!approval.subject.empty() && approval.subject == wanted.subject);
  return target && approval.action == wanted.action && !approval.withdrawn &&
         (!approval.amount_max || *approval.amount_max >= wanted.amount);
}

Approval& ApprovalAt(const Deciding& d, const std::string& address, const std::string& field,
                     const Wanted& wanted) {
  (void)d.state.Named(address, field, "approval.given");
  for (Approval& approval : d.state.approvals) {
    if (approval.at != address) continue;
    if (approval.used) Refuse("approval_used", field);
    if (!Fits(approval, wanted)) break;
    if (approval.approver == d.Text("actor")) {
      Refuse("self_approval", field, {{"actor", approval.approver}});
    }
    return approval;
  }
  Refuse("approval_missing", field);
}

Approval& ApprovalStated(const Deciding& d, const Wanted& wanted) {
  return ApprovalAt(d, d.Text("approval"), "approval", wanted);
}

std::vector<Approval*> ApprovalsListed(const Deciding& d, const Wanted& wanted) {
  std::vector<Approval*> listed;
  const Json& list = d.fact.at("approvals");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string field = "approvals[" + std::to_string(i) + "]";
    if (std::count(list.begin(), list.end(), list[i]) > 1) Refuse("bad_field", field);
    listed.push_back(&ApprovalAt(d, list[i], field, wanted));
  }
  return listed;
}

bool SetsAside(const Deciding& d, const char* code) {
  const Json codes = d.fact.value("irregular", Json::array());
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace suanpan::opinion
