#include "suanpan/rules/policies.h"

#include "suanpan/base/invariant.h"
#include "suanpan/rules/book_state.h"
#include "suanpan/schema/field_rules.h"
#include "suanpan/schema/table_reader.h"
#include "suanpan/schema/table_writer.h"

namespace suanpan::rules {

using schema::PolicyType;

PolicyText::PolicyText(const schema::PolicyProposed& stated) {
  schema::TableWriter writer;
  writer.Write(stated, bytes_);
  const bool read = schema::TableReader::Read(AsBytes(bytes_), value_, arena_);
  SUANPAN_INVARIANT(read, "a table that was just written");
}

PolicyKey KeyOf(const schema::PolicyProposed& policy) {
  PolicyKey key{policy.type(), {}, {}};
  switch (policy.type()) {
    case PolicyType::kEarning:
      key.scheme = policy.earning.scheme;
      break;
    case PolicyType::kAwardItems:
      key.scheme = policy.award_items.scheme;
      break;
    case PolicyType::kExpiry:
      key.scheme = policy.expiry.scheme;
      break;
    case PolicyType::kRedemption:
      key.scheme = policy.redemption.scheme;
      break;
    case PolicyType::kPriceList:
      key.scheme = policy.price_list.scheme;
      break;
    case PolicyType::kTransfer:
      key.scheme = policy.transfer.scheme;
      break;
    case PolicyType::kApproval:
      key.action = static_cast<schema::ApprovalAction>(policy.approval.action);
      break;
    default:
      break;
  }
  return key;
}

const schema::PolicyProposed* InForce(const BookState& state, const PolicyKey& key, Date date) {
  const std::uint32_t* newest = state.newest_policy.Find(key);
  std::uint32_t link = newest == nullptr ? 0 : *newest;
  while (link != 0) {
    const PolicyVersion& version = state.policies[link - 1];
    if (version.value().applies_from <= date) return &version.value();
    link = version.previous;
  }
  return nullptr;
}

const schema::PolicyProposed* VersionOf(const BookState& state, NameId policy,
                                        std::uint32_t version) {
  const std::optional<std::uint32_t> newest = state.IndexOf(policy, Role::kPolicy);
  if (!newest || *newest == kNeverAdopted) return nullptr;
  // Of one key only this name was ever adopted, so its versions are the chain.
  std::uint32_t link = *newest + 1;
  while (link != 0) {
    const PolicyVersion& one = state.policies[link - 1];
    if (one.value().version == version) return &one.value();
    link = one.previous;
  }
  return nullptr;
}

Date ExpiryOf(const BookState& state, NameId scheme, Date earned) {
  const schema::PolicyProposed* policy = InForce(state, PolicyType::kExpiry, scheme, earned);
  if (policy == nullptr) return {};
  const unsigned n = policy->expiry.n;
  switch (static_cast<schema::ExpiryRule>(policy->expiry.rule)) {
    case schema::ExpiryRule::kMonths:
      return AddMonths(earned, n).value_or(Date{});
    case schema::ExpiryRule::kEndOfYear: {
      const unsigned december = MonthOf(earned).value() / 12U * 12U + 11U + n * 12U;
      return december > schema::kPeriodMax ? Date{}
                                           : LastDay(Month{static_cast<std::uint16_t>(december)});
    }
    case schema::ExpiryRule::kNone:
      return {};
  }
  return {};
}

void AddVersion(BookState& state, PolicyTextPtr text, Address at, Date on) {
  const schema::PolicyProposed& policy = text->value();
  const auto index = static_cast<std::uint32_t>(state.policies.size());
  state.EditRole(policy.policy).index = index;
  const PolicyKey key = KeyOf(policy);
  const std::uint32_t* previous = state.newest_policy.Find(key);
  if (previous == nullptr && key.type == PolicyType::kEarning) state.schemes.PushBack(key.scheme);
  const bool reaches_back = policy.applies_from < on;
  state.policies.PushBack({std::move(text), at, on, previous == nullptr ? 0 : *previous});
  state.newest_policy.Set(key, index + 1);
  if (reaches_back) state.catch_ups.PushBack({index, Address{Seq{1}, 0}, {}, false});
}

const PolicyVersion* NewestOf(const BookState& state, NameId policy) {
  const std::optional<std::uint32_t> index = state.IndexOf(policy, Role::kPolicy);
  return index && *index != kNeverAdopted ? &state.policies[*index] : nullptr;
}

}  // namespace suanpan::rules
