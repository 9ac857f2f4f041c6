#include "src/kinds/funds.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::rules {
namespace {

using schema::ApprovalAction;
using schema::ApprovalGiven;

ApprovalTarget TargetOf(const ApprovalGiven& fact) {
  return {fact.of, fact.subject, static_cast<ApprovalAction>(fact.action)};
}

/// The live approval of a target by one approver, or none.
Address OwnApproval(const BookState& state, const ApprovalTarget& target, NameId approver) {
  const Address* newest = state.newest_approval.Find(target);
  Address at = newest == nullptr ? Address{} : *newest;
  while (!at.none()) {
    const Approval& approval = *state.approvals.Find(at);
    if (approval.approver == approver) return at;
    at = approval.next;
  }
  return {};
}

/// What a name that an action is about must be, as far as this program knows the action yet.
Verdict TestSubject(const BookState& state, const ApprovalGiven& fact) {
  std::uint32_t index = 0;
  switch (static_cast<ApprovalAction>(fact.action)) {
    case ApprovalAction::kWaive:
      return MustBe(state, fact.subject, Role::kAgreement, "subject", index);
    case ApprovalAction::kIrregular:  // of a fund's money, or of a holder's redemption
      if (state.IndexOf(fact.subject, Role::kParty)) return std::nullopt;
      return MustBe(state, fact.subject, Role::kFund, "subject", index);
    default:
      return std::nullopt;
  }
}

/// The kind of event that an action is about; 0: any.
std::uint16_t KindFor(ApprovalAction action) {
  switch (action) {
    case ApprovalAction::kSpend:
    case ApprovalAction::kTransfer:
    case ApprovalAction::kRelease:
      return schema::SpendingRequested::kKind;
    case ApprovalAction::kWaive:
      return schema::AgreementSigned::kKind;
    case ApprovalAction::kAdopt:
      return schema::PolicyProposed::kKind;
    default:
      return 0;
  }
}

/// The fund that the approved matter is about; 0: none.
NameId FundOf(const DecideContext& context, const ApprovalGiven& fact, const Event* target) {
  const BookState& state = context.state;
  if (target != nullptr) {
    const Rule& rule = context.catalogue.RuleOf(*target->kind);
    return rule.fund_of == nullptr ? NameId{} : rule.fund_of(state, *target);
  }
  const NameId fund = FundOfAgreement(state, fact.subject);
  return fund.value() == 0 ? fact.subject : fund;
}

}  // namespace

Verdict ApprovalGivenRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  if (fact.of.none() && fact.subject.value() == 0) return Refuse(RefusalCode::missing_field, "of");
  if (!fact.of.none() && fact.subject.value() != 0)
    return Refuse(RefusalCode::bad_field, "subject");
  if (!fact.decision.none()) {
    const Event* decision = nullptr;
    if (Verdict refusal = MustName(context, fact.decision, kDecisionRecorded, "decision", decision))
      return refusal;
  }
  const Event* target = nullptr;
  if (!fact.of.none()) {
    const std::uint16_t kind = KindFor(static_cast<ApprovalAction>(fact.action));
    if (Verdict refusal = MustName(context, fact.of, kind, "of", target)) return refusal;
  } else if (Verdict refusal = TestSubject(context.state, fact)) {
    return refusal;
  }
  const bool withdrawn = fact.verdict == static_cast<std::uint8_t>(schema::Verdict::kWithdrawn);
  if (!withdrawn && target != nullptr && target->common.actor == event.common.actor) {
    return Refuse(RefusalCode::self_approval, "actor")
        .With("actor", std::string{context.state.names.TextOf(event.common.actor)});
  }
  if (withdrawn && OwnApproval(context.state, TargetOf(fact), event.common.actor).none()) {
    return Refuse(RefusalCode::approval_used, fact.of.none() ? "subject" : "of")
        .With("reason", "no unused approval of this actor, target and action");
  }
  if (fact.verdict != static_cast<std::uint8_t>(schema::Verdict::kApproved)) return std::nullopt;
  return TestApprover(context.state, event, static_cast<ApprovalAction>(fact.action),
                      FundOf(context, fact, target));
}

Status ApprovalGivenRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  const ApprovalTarget target = TargetOf(fact);
  if (fact.verdict == static_cast<std::uint8_t>(schema::Verdict::kApproved)) {
    const Address* newest = state.newest_approval.Find(target);
    state.approvals.Set(at, {target, event.common.actor, fact.amount, fact.decision,
                             event.common.business_day, newest == nullptr ? Address{} : *newest});
    state.newest_approval.Set(target, at);
  } else if (fact.verdict == static_cast<std::uint8_t>(schema::Verdict::kWithdrawn)) {
    const Address own = OwnApproval(state, target, event.common.actor);
    if (own.none()) return Contradiction("an approval is withdrawn that is not there");
    UnlinkApproval(state, own);
  }
  return {};
}

}  // namespace suanpan::rules
