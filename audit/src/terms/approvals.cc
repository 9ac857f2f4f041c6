#include "src/terms/approvals.h"

#include <algorithm>

#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/policies.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

using schema::ApprovalAction;
using schema::ApprovalGiven;
using schema::ToText;

namespace {

constexpr std::uint16_t kDecisionRecorded = 16;  // no such kind yet

/// The kind of event that an action is about; 0: any.
std::uint16_t KindOf(ApprovalAction action) {
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

}  // namespace

void Approvals::CheckTarget(Address at, const schema::Event& event, const ApprovalGiven& fact) {
  const auto action = static_cast<ApprovalAction>(fact.action);
  const std::uint64_t seq = at.seq().value();
  if (!fact.decision.none()) (void)events_.Find(at, fact.decision, kDecisionRecorded, "decision");
  if (fact.of.none()) {
    if (action == ApprovalAction::kWaive && registers_.AgreementOf(fact.subject) == nullptr) {
      findings_.Fail(kV7, "unknown_agreement", seq,
                     registers_.NameOf(fact.subject) + " is no agreement of this book");
    }
    if (action == ApprovalAction::kIrregular && registers_.FundOf(fact.subject) == nullptr &&
        !registers_.IsParty(fact.subject)) {
      findings_.Fail(kV7, "unknown_fund", seq,
                     registers_.NameOf(fact.subject) + " is no fund and no party of this book");
    }
    return;
  }
  const schema::Event* target = events_.Find(at, fact.of, KindOf(action), "of");
  const bool withdrawn = fact.verdict == static_cast<std::uint8_t>(schema::Verdict::kWithdrawn);
  if (target == nullptr || withdrawn || target->common.actor != event.common.actor) return;
  findings_.Fail(kV7, "self_approval", seq,
                 fmt::format("{} decides on event {} of their own",
                             registers_.NameOf(event.common.actor), ToText(fact.of)),
                 "anybody else", registers_.NameOf(event.common.actor));
}

void Approvals::Take(Address at, const schema::Event& event) {
  if (event.kind->number != ApprovalGiven::kKind) return;
  const auto& fact = event.As<ApprovalGiven>();
  CheckTarget(at, event, fact);
  const Target target{fact.of, fact.subject, static_cast<ApprovalAction>(fact.action)};
  switch (static_cast<schema::Verdict>(fact.verdict)) {
    case schema::Verdict::kApproved:
      unused_.emplace(at, Given{target, event.common.actor, fact.amount});
      of_target_[target].insert(at);
      return;
    case schema::Verdict::kWithdrawn:
      return Withdraw(at, target, event.common.actor);
    case schema::Verdict::kRejected:
      return;  // blocks nobody else's approval
  }
}

void Approvals::Withdraw(Address at, const Target& target, NameId approver) {
  const auto all = of_target_.find(target);
  if (all != of_target_.end()) {
    for (auto newest = all->second.rbegin(); newest != all->second.rend(); ++newest) {
      const auto given = unused_.find(*newest);
      if (given->second.approver == approver) return Forget(given);
    }
  }
  findings_.Fail(kV7, "approval_used", at.seq().value(),
                 fmt::format("{} withdraws an approval that is used, or was never given",
                             registers_.NameOf(approver)));
}

void Approvals::Forget(std::map<Address, Given>::iterator approval) {
  const auto all = of_target_.find(approval->second.target);
  all->second.erase(approval->first);
  if (all->second.empty()) of_target_.erase(all);
  unused_.erase(approval);
}

const Approvals::Target* Approvals::TargetOf(Address approval) const {
  const auto found = unused_.find(approval);
  return found == unused_.end() ? nullptr : &found->second.target;
}

std::vector<Address> Approvals::Usable(const Target& target, NameId user, Fen amount,
                                       std::size_t max) const {
  std::vector<Address> usable;
  const auto all = of_target_.find(target);
  if (all == of_target_.end()) return usable;
  for (auto newest = all->second.rbegin(); newest != all->second.rend(); ++newest) {
    const Given& given = unused_.at(*newest);
    if (given.approver != user && given.Covers(amount)) usable.push_back(*newest);
    if (usable.size() == max) break;
  }
  std::ranges::reverse(usable);
  return usable;
}

void Approvals::Use(Address at, Address approval, const Target& target, NameId user, Fen amount) {
  const std::uint64_t seq = at.seq().value();
  const auto found = unused_.find(approval);
  if (found == unused_.end()) {
    const bool used = used_.contains(approval);
    return findings_.Fail(
        kV7, used ? "approval_used" : "approval_missing", seq,
        fmt::format("{} is {}", ToText(approval),
                    used ? "an approval that was used before" : "no approval that is in force"));
  }
  const Given given = found->second;
  if (given.target != target) {
    return findings_.Fail(
        kV7, "approval_missing", seq,
        fmt::format("approval {} was given for something else than this", ToText(approval)));
  }
  if (!given.Covers(amount)) {
    findings_.Fail(kV7, "approval_missing", seq,
                   fmt::format("approval {} is for a smaller amount", ToText(approval)),
                   fmt::format("{} fen or less", given.amount_max.value()),
                   fmt::format("{} fen", amount.value()));
  }
  if (given.approver == user) {
    findings_.Fail(
        kV7, "self_approval", seq,
        fmt::format("{} uses approval {} of their own", registers_.NameOf(user), ToText(approval)),
        "anybody else's", registers_.NameOf(user));
  }
  Forget(found);
  used_.insert(approval);
}

}  // namespace suanpan::audit
