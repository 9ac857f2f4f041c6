#include "src/kinds/authority/authority.h"

#include <algorithm>
#include <vector>

#include "src/kinds/common.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"

namespace suanpan::rules {
namespace {

using schema::ApprovalAction;
using schema::ApprovalTier;
using schema::PolicyProposed;
using schema::PolicyType;

const PolicyProposed* PolicyOf(const BookState& state, ApprovalAction action, Date date) {
  return InForce(state, PolicyKey{PolicyType::kApproval, action, {}}, date);
}

/// The tier that an amount reaches; null: no policy says anything about it, and anybody else
/// approves.
const ApprovalTier* TierOf(const BookState& state, const Approving& wanted) {
  const PolicyProposed* policy = PolicyOf(state, wanted.target.action, wanted.date);
  if (policy == nullptr) return nullptr;
  const Wide reached = wanted.before.wide() + wanted.amount.wide();
  const ApprovalTier* tier = nullptr;
  for (const ApprovalTier& one : policy->approval.tiers) {
    if (one.from.wide() <= reached) tier = &one;
  }
  return tier;
}

std::size_t Needed(const ApprovalTier* tier, const Approving& wanted) {
  return std::max<std::size_t>(wanted.least, tier == nullptr ? 1 : tier->approvals);
}

bool CountsIn(const BookState& state, const ApprovalTier* tier, const Approving& wanted,
              const Approval& approval) {
  if (tier == nullptr) return true;
  if (tier->decision == schema::kTrue && approval.decision.none()) return false;
  return tier->role.value() == 0 ||
         HoldsRole(state, approval.approver, tier->role, wanted.fund, approval.given_on);
}

std::string ActionOf(const Approving& wanted) {
  return std::string{
      schema::kApprovalActionWords[static_cast<std::size_t>(wanted.target.action) - 1U]};
}

Refusal NotEnough(const BookState& state, const ApprovalTier* tier, const Approving& wanted,
                  std::string_view field) {
  Refusal refusal = Refuse(RefusalCode::approval_missing, field)
                        .WithCount("needed", Needed(tier, wanted))
                        .With("action", ActionOf(wanted));
  if (tier != nullptr && tier->role.value() != 0)
    refusal = std::move(refusal).With("role", std::string{state.names.TextOf(tier->role)});
  if (tier != nullptr && tier->decision == schema::kTrue)
    refusal = std::move(refusal).With("reason", "each must cite a decision");
  return refusal;
}

/// The live approvals of a target, oldest first.
std::vector<Address> LiveOf(const BookState& state, const ApprovalTarget& target) {
  std::vector<Address> live;
  const Address* newest = state.newest_approval.Find(target);
  for (Address at = newest == nullptr ? Address{} : *newest; !at.none();
       at = state.approvals.Find(at)->next) {
    live.push_back(at);
  }
  std::ranges::reverse(live);
  return live;
}

/// The stated one and, as far as more are wanted, others that count.
std::vector<Address> TakenWith(const BookState& state, const Approving& wanted, Address stated) {
  const ApprovalTier* tier = TierOf(state, wanted);
  std::vector<Address> taken{stated};
  std::vector<NameId> approvers{state.approvals.Find(stated)->approver};
  for (const Address at : LiveOf(state, wanted.target)) {
    if (taken.size() >= Needed(tier, wanted)) break;
    const Approval& approval = *state.approvals.Find(at);
    const bool known = std::ranges::find(approvers, approval.approver) != approvers.end();
    if (known || TestServes(state, wanted, at, {}) || !CountsIn(state, tier, wanted, approval))
      continue;
    taken.push_back(at);
    approvers.push_back(approval.approver);
  }
  return taken;
}

void Use(BookState& state, Address address) {
  UnlinkApproval(state, address);
  state.used_approvals.Set(address, 1);
}

Status DoesNotServe(Address address, const Refusal& refusal) {
  return Contradiction("approval {} does not serve here: {}", schema::ToText(address),
                       ToText(refusal.code));
}

}  // namespace

void UnlinkApproval(BookState& state, Address address) {
  const Approval gone = *state.approvals.Find(address);
  const Address* newest = state.newest_approval.Find(gone.target);
  SUANPAN_INVARIANT(newest != nullptr);
  if (*newest == address) {
    if (gone.next.none()) {
      state.newest_approval.Erase(gone.target);
    } else {
      state.newest_approval.Set(gone.target, gone.next);
    }
  } else {
    Address before = *newest;
    while (state.approvals.Find(before)->next != address)
      before = state.approvals.Find(before)->next;
    Approval changed = *state.approvals.Find(before);
    changed.next = gone.next;
    state.approvals.Set(before, changed);
  }
  state.approvals.Erase(address);
}

Verdict TestServes(const BookState& state, const Approving& wanted, Address address,
                   std::string_view field) {
  const Approval* approval = state.approvals.Find(address);
  if (approval == nullptr && state.used_approvals.Find(address) != nullptr) {
    return Refuse(RefusalCode::approval_used, field).With("approval", schema::ToText(address));
  }
  const bool fits = approval != nullptr && approval->target == wanted.target &&
                    (approval->amount_max.value() == 0 || wanted.amount <= approval->amount_max);
  if (!fits) {
    return Refuse(RefusalCode::approval_missing, field)
        .With("approval", schema::ToText(address))
        .With("action", ActionOf(wanted));
  }
  if (approval->approver == wanted.user) {
    return Refuse(RefusalCode::self_approval, field)
        .With("actor", std::string{state.names.TextOf(wanted.user)});
  }
  return std::nullopt;
}

bool Counts(const BookState& state, const Approving& wanted, Address address) {
  const Approval* approval = state.approvals.Find(address);
  return approval != nullptr && CountsIn(state, TierOf(state, wanted), wanted, *approval);
}

Verdict TestApproval(const BookState& state, const Approving& wanted, Address stated,
                     std::string_view field) {
  if (Verdict refusal = TestServes(state, wanted, stated, field)) return refusal;
  const ApprovalTier* tier = TierOf(state, wanted);
  const bool enough = CountsIn(state, tier, wanted, *state.approvals.Find(stated)) &&
                      TakenWith(state, wanted, stated).size() >= Needed(tier, wanted);
  return enough ? Verdict{} : NotEnough(state, tier, wanted, field);
}

Status UseApproval(BookState& state, const Approving& wanted, Address stated) {
  if (const Verdict refusal = TestApproval(state, wanted, stated, {}))
    return DoesNotServe(stated, *refusal);
  for (const Address address : TakenWith(state, wanted, stated)) Use(state, address);
  return {};
}

Verdict TestListed(DecideContext& context, const Approving& wanted,
                   std::span<const Address> listed) {
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (Verdict refusal = TestListedOne(context, wanted, listed, i)) return refusal;
  }
  return std::nullopt;
}

Verdict TestListedOne(DecideContext& context, const Approving& wanted,
                      std::span<const Address> listed, std::size_t index) {
  const std::string field = fmt::format("approvals[{}]", index);
  if (std::ranges::count(listed, listed[index]) > 1) return Refuse(RefusalCode::bad_field, field);
  const Event* named = nullptr;
  if (Verdict refusal =
          MustName(context, listed[index], schema::ApprovalGiven::kKind, field, named)) {
    return refusal;
  }
  return TestServes(context.state, wanted, listed[index], field);
}

Verdict TestEnough(const BookState& state, const Approving& wanted, std::span<const Address> listed,
                   std::string_view field) {
  const ApprovalTier* tier = TierOf(state, wanted);
  std::vector<NameId> approvers;
  for (const Address address : listed) {
    const Approval* approval = state.approvals.Find(address);
    if (approval == nullptr || !CountsIn(state, tier, wanted, *approval)) continue;
    if (std::ranges::find(approvers, approval->approver) == approvers.end())
      approvers.push_back(approval->approver);
  }
  if (approvers.size() >= Needed(tier, wanted)) return std::nullopt;
  return NotEnough(state, tier, wanted, field);
}

Status UseListed(BookState& state, const Approving& wanted, std::span<const Address> listed) {
  for (const Address address : listed) {
    if (const Verdict refusal = TestServes(state, wanted, address, {}))
      return DoesNotServe(address, *refusal);
    Use(state, address);
  }
  return {};
}

Verdict TestApprover(const BookState& state, const Event& event, ApprovalAction action,
                     NameId fund) {
  const Date date = event.common.business_day;
  const PolicyProposed* policy = PolicyOf(state, action, date);
  if (policy == nullptr) return std::nullopt;
  const std::span<const ApprovalTier> tiers = policy->approval.tiers;
  if (tiers[0].from.value() > 0) return std::nullopt;  // below it anybody else approves
  for (const ApprovalTier& tier : tiers) {
    if (tier.role.value() == 0 || HoldsRole(state, event.common.actor, tier.role, fund, date))
      return std::nullopt;
  }
  return Refuse(RefusalCode::role_missing, "actor")
      .With("role", std::string{state.names.TextOf(tiers[0].role)});
}

}  // namespace suanpan::rules
