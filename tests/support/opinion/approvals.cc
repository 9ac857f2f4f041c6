#include "support/opinion/approvals.h"

#include <algorithm>
#include <set>

#include "support/opinion/policies.h"
#include "support/opinion/relations.h"

namespace suanpan::opinion {
namespace {

/// The kind that an action approves by its address, where facts of it exist already.
std::string KindFor(const std::string& action) {
  if (action == "spend" || action == "transfer" || action == "release") {
    return "spending.requested";
  }
  if (action == "waive") return "agreement.signed";
  if (action == "adopt") return "policy.proposed";
  return {};
}

}  // namespace

std::string FundIn(const State& state, const std::string& kind, const Json& fact) {
  if (kind == "register.closed") return fact.at("of");
  if (kind.starts_with("goods.")) return fact.at("owner");
  if (kind == "advance.settled") {
    const Event* payment = state.Find(fact.at("advance"));
    return payment == nullptr ? "" : payment->fact.value("fund", "");
  }
  const bool of_agreement =
      kind == "cost.recorded" || kind == "settlement.closed" || kind == "due.waived";
  if (!of_agreement) return fact.value("fund", "");
  const auto agreement = state.agreements.find(fact.at("agreement"));
  return agreement == state.agreements.end() ? "" : agreement->second.value("fund", "");
}

namespace {

/// Whether an approver may approve in a tier, as of a day.
bool FitsTier(const State& state, const Json& tier, const Approval& approval,
              const std::string& fund) {
  if (tier.value("decision", false) && approval.decision.empty()) return false;
  const std::string role = tier.value("role", "");
  return role.empty() || HoldsRole(state, approval.approver, role, fund, approval.date);
}

/// The last tier that begins at an amount or below it; none: an empty object.
Json TierFor(const Deciding& d, const Wanted& wanted) {
  const Policy* policy = InForce(d.state, "approval", wanted.action, d.date);
  Json found = Json::object();
  if (policy == nullptr) return found;
  for (const Json& tier : policy->body.at("tiers")) {
    if (tier.at("from_fen").get<std::int64_t>() <= Wide{wanted.before} + wanted.amount)
      found = tier;
  }
  return found;
}

std::size_t NeededIn(const Json& tier, const Wanted& wanted) {
  return static_cast<std::size_t>(std::max(tier.value("approvals", 1), wanted.least));
}

/// Nobody asks for an approval of somebody without a role.
void CheckApprover(const Deciding& d) {
  const Policy* policy = InForce(d.state, "approval", d.Text("action"), d.date);
  if (policy == nullptr || policy->body.at("tiers")[0].at("from_fen") != 0) return;
  std::string fund = d.Text("subject");
  if (d.state.agreements.contains(fund)) fund = d.state.agreements.at(fund).value("fund", "");
  if (d.fact.contains("of")) {
    const Event& event = d.state.Named(d.Text("of"), "of");
    fund = event.fact.empty() ? "" : FundIn(d.state, event.kind, event.fact);
  }
  for (const Json& tier : policy->body.at("tiers")) {
    const std::string role = tier.value("role", "");
    if (role.empty() || HoldsRole(d.state, d.Text("actor"), role, fund, d.date)) return;
  }
  Refuse("role_missing", "actor", {{"role", policy->body.at("tiers")[0].at("role")}});
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
  CheckApprover(d);
  Approval approval{d.at,
                    d.Text("of"),
                    d.Text("subject"),
                    d.Text("action"),
                    d.Text("actor"),
                    d.date,
                    d.Text("decision"),
                    {}};
  if (d.fact.contains("amount_fen")) approval.amount_max = d.Amount();
  d.state.approvals.push_back(approval);
}

bool Fits(const Approval& approval, const Wanted& wanted) {
  const bool target = (!approval.of.empty() && approval.of == wanted.of) ||
                      (!approval.subject.empty() && approval.subject == wanted.subject);
  return target && approval.action == wanted.action && !approval.withdrawn &&
         (!approval.amount_max || *approval.amount_max >= wanted.amount);
}

namespace {

/// The approval at an address that a field names, where it may be used; else refused.
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

[[noreturn]] void RefuseFew(const Json& tier, const Wanted& wanted, const std::string& field) {
  Json detail = {{"needed", NeededIn(tier, wanted)}};
  if (tier.contains("role")) detail["role"] = tier.at("role");
  Refuse("approval_missing", field, detail);
}

}  // namespace

std::vector<Approval*> ApprovalsStated(const Deciding& d, const Wanted& wanted) {
  Approval& stated = ApprovalAt(d, d.Text("approval"), "approval", wanted);
  const Json tier = TierFor(d, wanted);
  std::vector<Approval*> taken{&stated};
  std::set<std::string> people{stated.approver, d.Text("actor")};
  for (Approval& other : d.state.approvals) {
    if (taken.size() >= NeededIn(tier, wanted)) break;
    const bool same = other.of == stated.of && other.subject == stated.subject;
    if (!same || other.used || !Fits(other, wanted) || people.contains(other.approver)) continue;
    if (!FitsTier(d.state, tier, other, wanted.fund)) continue;
    people.insert(other.approver);
    taken.push_back(&other);
  }
  const bool fits = FitsTier(d.state, tier, stated, wanted.fund);
  if (!fits || taken.size() < NeededIn(tier, wanted)) RefuseFew(tier, wanted, "approval");
  return taken;
}

void CheckEnough(const Deciding& d, const std::vector<Approval*>& approvals, const Wanted& wanted) {
  const Json tier = TierFor(d, wanted);
  std::set<std::string> people;
  for (const Approval* approval : approvals) {
    if (FitsTier(d.state, tier, *approval, wanted.fund)) people.insert(approval->approver);
  }
  if (people.size() < NeededIn(tier, wanted)) RefuseFew(tier, wanted, "approvals");
}

void UseAll(const std::vector<Approval*>& approvals) {
  for (Approval* approval : approvals) approval->used = true;
}

std::string RoleLacked(const Deciding& d) {
  const Policy* policy = InForce(d.state, "control", "-", d.date);
  if (policy == nullptr) return {};
  const std::string kind = d.fact.at("kind");
  const Json* row = RowOf(policy->body.at("roles"), "kind", kind);
  if (row == nullptr) return {};
  const std::string role = row->at("role");
  const std::string fund = FundIn(d.state, kind, d.fact);
  return HoldsRole(d.state, d.Text("actor"), role, fund, d.date) ? "" : role;
}

std::vector<Approval*> ApprovalsListed(const Deciding& d, const Wanted& wanted) {
  return ApprovalsListedFor(d, [&](const std::string&) { return wanted; });
}

std::vector<Approval*> ApprovalsListedFor(const Deciding& d,
                                          const std::function<Wanted(const std::string&)>& wanted) {
  std::vector<Approval*> listed;
  const Json& list = d.fact.at("approvals");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string field = "approvals[" + std::to_string(i) + "]";
    if (std::count(list.begin(), list.end(), list[i]) > 1) Refuse("bad_field", field);
    listed.push_back(&ApprovalAt(d, list[i], field, wanted(list[i])));
  }
  return listed;
}

bool SetsAside(const Deciding& d, const char* code) {
  const Json codes = d.fact.value("irregular", Json::array());
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace suanpan::opinion
