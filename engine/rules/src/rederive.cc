#include "src/rederive.h"

#include "suanpan/schema/kinds/donations.h"

namespace suanpan::rules {
namespace {

bool SameCommon(const schema::EventCommon& a, const schema::EventCommon& b) {
  return a.occurred == b.occurred && a.business_day == b.business_day && a.period == b.period &&
         a.cause == b.cause && a.rule.policy == b.rule.policy && a.rule.version == b.rule.version &&
         a.actor == b.actor && a.cause_address == b.cause_address && !b.HasTail() == !a.HasTail();
}

}  // namespace

Status Rederived::Begin(BookState& state, Address at, const schema::Event& fact) {
  SUANPAN_RETURN_IF_ERROR(End());
  expected_.clear();
  met_ = 0;
  const Rule& rule = catalogue_.RuleOf(*fact.kind);
  if (!rule.derived_from_state) return {};
  arena_.Reset();
  NoOldEvents none;
  DecideContext context{catalogue_.kinds(), state, none, arena_, at, catalogue_, state.names};
  if (const Verdict refusal = rule.derive(context, fact, expected_))
    return Contradiction("what follows it cannot be made: {}", ToText(refusal->code));
  std::erase_if(expected_, [](const schema::Event& event) {
    return event.kind->number == schema::DonationAccrued::kKind;
  });
  return {};
}

Status Rederived::Meet(const schema::Event& event) {
  if (met_ == expected_.size()) return Contradiction("a derived event that nothing calls for");
  const schema::Event& expected = expected_[met_++];
  const bool same = event.kind == expected.kind && SameCommon(expected.common, event.common) &&
                    SamePayload(expected, event);
  return same ? Status{} : Contradiction("another {} than the rules make", event.kind->name);
}

Status Rederived::End() const {
  if (met_ == expected_.size()) return {};
  return Contradiction("the fact before lacks a {}", expected_[met_].kind->name);
}

bool Rederived::SamePayload(const schema::Event& a, const schema::Event& b) {
  if (!tables_) tables_.emplace();
  std::string one;
  std::string other;
  a.kind->encode(a.payload, *tables_, one);
  b.kind->encode(b.payload, *tables_, other);
  return one == other;
}

}  // namespace suanpan::rules
