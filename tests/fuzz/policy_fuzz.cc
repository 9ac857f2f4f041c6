// The auditor's policy from arbitrary bytes: an accepted one, written plainly from its values, is
// accepted with the same values; nobody signing never makes a quorum, everybody signing always
// does.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "suanpan/audit/policy.h"
#include "suanpan/base/invariant.h"

namespace {

using suanpan::audit::Policy;

std::string Written(const Policy& policy) {
  std::string text;
  for (const auto& key : policy.logs) text += "log " + ToText(key) + "\n";
  for (const Policy::Witness& witness : policy.witnesses) {
    text += "witness " + witness.name + " " + ToText(witness.key) + "\n";
  }
  for (const Policy::Group& group : policy.groups) {
    text += "group " + group.name + " " + std::to_string(group.threshold);
    for (const std::string& member : group.members) text += " " + member;
    text += "\n";
  }
  return text + "quorum " + (policy.quorum.empty() ? "none" : policy.quorum) + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto policy = suanpan::audit::ParsePolicy(text);
  if (!policy.ok()) return 0;
  const std::string written = Written(*policy);
  const auto again = suanpan::audit::ParsePolicy(written);
  SUANPAN_INVARIANT(again.ok() && Written(*again) == written);
  std::set<std::string> everybody;
  for (const Policy::Witness& witness : policy->witnesses) everybody.insert(witness.name);
  SUANPAN_INVARIANT(everybody.size() == policy->WitnessKeys().size());
  SUANPAN_INVARIANT(policy->IsSatisfiedBy({}) == policy->quorum.empty());
  SUANPAN_INVARIANT(policy->IsSatisfiedBy(everybody));
  return 0;
}
