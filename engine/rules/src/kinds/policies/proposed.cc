#include "src/kinds/lapsing.h"
#include "src/kinds/policies/policies.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::PolicyProposed;
using schema::PolicyType;

/// Policies that may reach back: what they change can only be given, never taken.
bool MayReachBack(PolicyType type) {
  return type == PolicyType::kEarning || type == PolicyType::kAwardItems ||
         type == PolicyType::kExpiry;
}

Verdict TestReach(const PolicyProposed& policy, Date date, std::string_view field) {
  if (policy.applies_from >= date || MayReachBack(policy.type())) return std::nullopt;
  return Refuse(RefusalCode::retroactive_not_allowed, field)
      .With("applies_from", ToText(policy.applies_from));
}

/// Its number must be the next one of its name, and its key must be free or its own.
Verdict TestNext(const BookState& state, const PolicyProposed& policy, std::string_view field) {
  const PolicyVersion* newest = NewestOf(state, policy.policy);
  const std::uint32_t next = newest == nullptr ? 1 : newest->value().version + 1;
  const auto refuse = [&] { return Refuse(RefusalCode::version_not_next, field); };
  if (policy.version != next) return refuse().WithCount("version", next);
  const PolicyKey key = KeyOf(policy);
  if (newest != nullptr && KeyOf(newest->value()) != key)
    return refuse().With("reason", "the policy was adopted about something else");
  const std::uint32_t* holder = state.newest_policy.Find(key);
  if (holder != nullptr && state.policies[*holder - 1].value().policy != policy.policy) {
    return refuse().With(
        "policy", std::string{state.names.TextOf(state.policies[*holder - 1].value().policy)});
  }
  return std::nullopt;
}

constexpr auto kAdopt = schema::ApprovalAction::kAdopt;

/// How many approvals an adoption needs: by the policy of approvals in force, else one.
std::size_t ApprovalsNeeded(const BookState& state, Date date) {
  const PolicyProposed* policy = InForce(state, {PolicyType::kApproval, kAdopt, {}}, date);
  if (policy == nullptr || policy->approval.tiers[0].from.value() > 0) return 1;
  return policy->approval.tiers[0].approvals;
}

Verdict TestApprovals(DecideContext& context, const Event& event,
                      const schema::PolicyAdopted& fact) {
  if (fact.approvals.empty()) return Refuse(RefusalCode::missing_field, "approvals");
  for (std::size_t i = 0; i < fact.approvals.size(); ++i) {
    const std::string field = fmt::format("approvals[{}]", i);
    if (std::ranges::count(fact.approvals, fact.approvals[i]) > 1)
      return Refuse(RefusalCode::bad_field, field);
    const Event* named = nullptr;
    if (Verdict refusal =
            MustName(context, fact.approvals[i], schema::ApprovalGiven::kKind, field, named)) {
      return refusal;
    }
    if (Verdict refusal =
            TestApproval(context.state, fact.approvals[i], {fact.proposal, {}, kAdopt},
                         event.common.actor, {}, field)) {
      return refusal;
    }
  }
  const std::size_t needed = ApprovalsNeeded(context.state, event.common.business_day);
  if (fact.approvals.size() >= needed) return std::nullopt;
  return Refuse(RefusalCode::approval_missing, "approvals").WithCount("needed", needed);
}

}  // namespace

Verdict PolicyProposedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  if (Verdict refusal = TestBody(context.state, fact)) return refusal;
  const Role role = context.state.RoleOf(fact.policy).role;
  if (role != Role::kPolicy) {
    if (Verdict refusal = MustBeFree(context.state, fact.policy, "policy")) return refusal;
  }
  if (Verdict refusal = TestNext(context.state, fact, "version")) return refusal;
  return TestReach(fact, event.common.business_day, "applies_from");
}

Status PolicyProposedRule::Apply(BookState& state, Address at, const Event& event,
                                 const Fact& fact) {
  if (const Verdict refusal = TestBody(state, fact))
    return Contradiction("a policy that says what none may: {}", refusal->field);
  if (state.RoleOf(fact.policy).role != Role::kPolicy) {
    SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.policy, Role::kPolicy, kNeverAdopted));
  }
  DropLapsed(state, Lapsing::kProposals, event.common.business_day);
  state.proposals.Set(at, {std::make_shared<const PolicyText>(fact), event.common.actor,
                           event.common.business_day});
  return {};
}

Verdict PolicyAdoptedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal =
          MustName(context, fact.proposal, PolicyProposed::kKind, "proposal", named)) {
    return refusal;
  }
  const Date date = event.common.business_day;
  const Proposal* proposal = context.state.proposals.Find(fact.proposal);
  if (proposal == nullptr || HasLapsed(proposal->proposed_on, date)) {
    return Refuse(RefusalCode::version_not_next, "proposal")
        .With("reason", fmt::format("adopted already, or older than {} days", kOpenDays));
  }
  const PolicyProposed& policy = proposal->text->value();
  if (Verdict refusal = TestNext(context.state, policy, "proposal")) return refusal;
  if (Verdict refusal = TestApprovals(context, event, fact)) return refusal;
  if (Verdict refusal = TestReach(policy, date, "proposal")) return refusal;
  if (policy.applies_from < date && fact.dry_run.empty())
    return Refuse(RefusalCode::dry_run_missing, "dry_run");
  return std::nullopt;
}

Status PolicyAdoptedRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  const Proposal* found = state.proposals.Find(fact.proposal);
  if (found == nullptr) return Contradiction("a policy is adopted that nobody proposed");
  const Proposal proposal = *found;
  const PolicyProposed& policy = proposal.text->value();
  if (const Verdict refusal = TestNext(state, policy, {}))
    return Contradiction("a policy is adopted out of turn");
  if (fact.approvals.empty()) return Contradiction("a policy is adopted without approval");
  for (const Address approval : fact.approvals) {
    SUANPAN_RETURN_IF_ERROR(
        UseApproval(state, approval, {fact.proposal, {}, kAdopt}, event.common.actor, {}));
  }
  state.proposals.Erase(fact.proposal);
  state.EditRole(policy.policy).index = static_cast<std::uint32_t>(state.policies.size());
  const PolicyKey key = KeyOf(policy);
  const std::uint32_t* previous = state.newest_policy.Find(key);
  if (previous == nullptr && key.type == PolicyType::kEarning) state.schemes.PushBack(key.scheme);
  state.policies.PushBack(
      {proposal.text, at, event.common.business_day, previous == nullptr ? 0 : *previous});
  state.newest_policy.Set(key, static_cast<std::uint32_t>(state.policies.size()));
  return {};
}

}  // namespace suanpan::rules
