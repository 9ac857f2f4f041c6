#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddProposals(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kProposals);
  for (const auto* pair : state.proposals.Sorted()) {
    const Proposal& proposal = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(proposal.author).Of(proposal.proposed_on).Of(proposal.text->bytes());
    out.Leaf(key, value);
  }
}

void AddVersions(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kPolicies);
  for (const PolicyVersion& version : state.policies) {
    Field key = out.field();
    key.Of(version.value().policy).Big(version.value().version);
    Field value = out.field();
    value.Of(version.adopted).Of(version.adopted_on).Of(version.text->bytes());
    out.Leaf(key, value);
  }
}

}  // namespace

void AddPolicies(const BookState& state, Sections& out) {
  AddProposals(state, out);
  AddVersions(state, out);
}

}  // namespace suanpan::rules
