#include "src/kinds/authority/control.h"

#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"

namespace suanpan::rules {

namespace {
/// The families `request` and `names` of events.md section 9.
constexpr int kNamesEnd = 300;
}  // namespace

Verdict TestControl(const BookState& state, const Rule& rule, const schema::Event& fact) {
  const Date date = fact.common.business_day;
  const schema::PolicyProposed* policy =
      InForce(state, PolicyKey{schema::PolicyType::kControl, {}, {}}, date);
  if (policy == nullptr) return std::nullopt;
  for (const schema::ControlRole& row : policy->control.roles) {
    if (row.kind != fact.kind->name) continue;
    const NameId fund = rule.fund_of == nullptr ? NameId{} : rule.fund_of(state, fact);
    if (HoldsRole(state, fact.common.actor, row.role, fund, date)) return std::nullopt;
    return schema::Refuse(schema::RefusalCode::role_missing, "actor")
        .With("role", std::string{state.names.TextOf(row.role)});
  }
  return std::nullopt;
}

bool IsBeforeAuthority(const schema::Refusal& refusal) {
  return schema::NumberOf(refusal.code) < kNamesEnd;
}

}  // namespace suanpan::rules
