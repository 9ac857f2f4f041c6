#include "src/kinds/lapsing.h"
#include "src/kinds/policies/policies.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::PolicyProposed;
using schema::PolicyType;

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

/// A trial is made at a head that the book has had.
Verdict TestDryRun(const BookState& state, const schema::PolicyAdopted& fact) {
  const Seq head = state.head.get();
  if (fact.dry_run.empty() || fact.dry_run.at_seq <= static_cast<std::int64_t>(head.value()))
    return std::nullopt;
  return Refuse(RefusalCode::bad_field, "dry_run.at_seq").WithCount("head_seq", head.value());
}

Approving ApprovingOf(const Event& event, const schema::PolicyAdopted& fact) {
  return Approving::Of(event, {fact.proposal, {}, schema::ApprovalAction::kAdopt});
}

Verdict TestApprovals(DecideContext& context, const Event& event,
                      const schema::PolicyAdopted& fact) {
  const Approving wanted = ApprovingOf(event, fact);
  if (Verdict refusal = TestListed(context, wanted, fact.approvals)) return refusal;
  return TestEnough(context.state, wanted, fact.approvals, "approvals");
}

}  // namespace

bool MayReachBack(PolicyType type) {
  return type == PolicyType::kEarning || type == PolicyType::kAwardItems ||
         type == PolicyType::kExpiry;
}

Verdict TestProposal(const BookState& state, const PolicyProposed& policy) {
  if (Verdict refusal = TestBody(state, policy)) return refusal;
  if (state.RoleOf(policy.policy).role != Role::kPolicy) {
    if (Verdict refusal = MustBeFree(state, policy.policy, "policy")) return refusal;
  }
  return TestNext(state, policy, "version");
}

Verdict PolicyProposedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  if (Verdict refusal = TestProposal(context.state, fact)) return refusal;
  return TestReach(fact, event.common.business_day, "applies_from");
}

Status PolicyProposedRule::Apply(BookState& state, Address at, const Event& event,
                                 const Fact& fact) {
  if (const Verdict refusal = TestBody(state, fact))
    return Contradiction("a policy that says what none may: {}", refusal->field);
  if (TestNext(state, fact, {})) return Contradiction("a policy is proposed out of turn");
  if (TestReach(fact, event.common.business_day, {}))
    return Contradiction("a policy is proposed that reaches back and may not");
  if (state.RoleOf(fact.policy).role != Role::kPolicy) {
    SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.policy, Role::kPolicy, kNeverAdopted));
  }
  DropLapsed(state, Lapsing::kProposals, event.common.business_day);
  state.proposals.Set(at, {std::make_shared<const PolicyText>(fact), event.common.actor,
                           event.common.business_day});
  return {};
}

Verdict PolicyAdoptedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  if (fact.approvals.empty()) return Refuse(RefusalCode::missing_field, "approvals");
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
  return TestDryRun(context.state, fact);
}

Status PolicyAdoptedRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  const Proposal* found = state.proposals.Find(fact.proposal);
  const Date date = event.common.business_day;
  if (found == nullptr || HasLapsed(found->proposed_on, date))
    return Contradiction("a policy is adopted that nobody proposed, or long ago");
  const Proposal proposal = *found;
  const PolicyProposed& policy = proposal.text->value();
  if (const Verdict refusal = TestNext(state, policy, {}))
    return Contradiction("a policy is adopted out of turn");
  if (TestReach(policy, date, {}))
    return Contradiction("a policy is adopted that reaches back and may not");
  if (policy.applies_from < date && fact.dry_run.empty())
    return Contradiction("a policy is adopted that reaches back, without a dry run");
  if (TestDryRun(state, fact)) return Contradiction("a policy with a dry run that is yet to come");
  const Approving wanted = ApprovingOf(event, fact);
  if (TestEnough(state, wanted, fact.approvals, {}))
    return Contradiction("a policy is adopted with fewer approvals than it needs");
  SUANPAN_RETURN_IF_ERROR(UseListed(state, wanted, fact.approvals));
  state.proposals.Erase(fact.proposal);
  AddVersion(state, proposal.text, at, date);
  return {};
}

}  // namespace suanpan::rules
