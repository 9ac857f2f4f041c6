// policy.proposed, policy.adopted (events.md 3.2, 4.7, 4.10).

#include "support/opinion/policies.h"

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

bool MayBeRetroactive(const std::string& type) {
  return type == "earning" || type == "award_items" || type == "expiry";
}

/// Whether a proposal has the next version of its policy, which stays about the same, and no other
/// policy stands in its place.
bool IsNext(const State& state, const Json& fact) {
  const std::string name = fact.at("policy");
  const std::string type = fact.at("policy_type");
  std::int64_t adoptions = 0;
  for (const Policy& one : state.policies) {
    const bool same_place = one.type == type && one.scope == ScopeOf(type, fact.at("body"));
    if ((one.policy == name) != same_place) return false;
    if (one.policy == name) ++adoptions;
  }
  return fact.at("version") == adoptions + 1;
}

}  // namespace

std::string ScopeOf(const std::string& type, const Json& body) {
  if (type == "control") return "-";
  return body.at(type == "approval" ? "action" : "scheme");
}

const Policy* InForce(const State& state, const std::string& type, const std::string& scope,
                      const std::string& date) {
  const Policy* found = nullptr;
  for (const Policy& one : state.policies) {
    const bool counts = one.type == type && one.scope == scope && one.applies_from <= date;
    if (counts && (found == nullptr || state.fault != Fault::kFirstPolicyCounts)) found = &one;
  }
  return found;
}

const Policy* VersionNamed(const State& state, const Json& rule) {
  if (!rule.is_object()) return nullptr;
  for (const Policy& one : state.policies) {
    if (one.policy == rule.at("policy") && one.version == rule.at("version")) return &one;
  }
  return nullptr;
}

const Json* RowOf(const Json& rows, const char* field, const std::string& code) {
  for (const Json& row : rows) {
    if (row.at(field) == code) return &row;
  }
  return nullptr;
}

void ProposePolicy(Deciding& d) {
  CheckBody(d);
  const std::string name = d.Text("policy");
  const std::string role = d.state.RoleOf(name);
  if (!role.empty() && role != "policy") Refuse("ref_taken", "policy", {{"ref", name}});
  if (!IsNext(d.state, d.fact)) Refuse("version_not_next", "version");
  if (!MayBeRetroactive(d.Text("policy_type")) && d.Text("applies_from") < d.date) {
    Refuse("retroactive_not_allowed", "applies_from");
  }
  if (MustSweep(d, "proposals")) {
    std::erase_if(d.state.proposals, [&](const Proposal& one) { return IsOld(one.date, d.date); });
  }
  d.state.policy_names.insert(name);
  d.state.proposals.push_back({d.at, d.date, d.fact});
}

namespace {

std::vector<Approval*> ApprovalsOf(const Deciding& d, const Proposal& proposal) {
  const Wanted wanted{"adopt", proposal.at, {}};
  std::vector<Approval*> approvals = ApprovalsListed(d, wanted);
  CheckEnough(d, approvals, wanted);
  return approvals;
}

void CheckApplies(const Deciding& d, const Json& proposed) {
  if (proposed.at("applies_from").get<std::string>() >= d.date) return;
  if (!MayBeRetroactive(proposed.at("policy_type"))) Refuse("retroactive_not_allowed", "proposal");
  if (!d.fact.contains("dry_run")) Refuse("dry_run_missing", "dry_run");
}

/// A trial cannot have been made at a head that is yet to come.
void CheckDryRun(const Deciding& d) {
  const std::uint64_t head = d.state.seq - 1;
  if (d.fact.contains("dry_run") && d.fact.at("dry_run").at("at_seq") > head) {
    Refuse("bad_field", "dry_run.at_seq");
  }
}

}  // namespace

void AdoptPolicy(Deciding& d) {
  if (!d.fact.contains("approvals") || d.fact.at("approvals").empty())
    Refuse("missing_field", "approvals");
  const std::string address = d.Text("proposal");
  (void)d.state.Named(address, "proposal", "policy.proposed");
  std::vector<Proposal>& all = d.state.proposals;
  const auto proposal =
      std::find_if(all.begin(), all.end(), [&](const Proposal& one) { return one.at == address; });
  const bool there = proposal != all.end() && !IsOld(proposal->date, d.date);
  if (!there || !IsNext(d.state, proposal->fact)) Refuse("version_not_next", "proposal");
  const Json proposed = proposal->fact;
  const std::vector<Approval*> approvals = ApprovalsOf(d, *proposal);
  CheckApplies(d, proposed);
  CheckDryRun(d);
  UseAll(approvals);
  const std::string type = proposed.at("policy_type");
  const Json& body = proposed.at("body");
  d.state.policies.push_back({d.at, proposed.at("policy"), type, ScopeOf(type, body),
                              proposed.at("version"), proposed.at("applies_from"), body});
  const bool reaches_back = proposed.at("applies_from").get<std::string>() < d.date;
  if (reaches_back) d.state.jobs.push_back({d.state.policies.size() - 1, "1.0", {}});
  all.erase(proposal);
}

}  // namespace suanpan::opinion
