#include "src/kinds/erasures/erased.h"

#include <algorithm>
#include <vector>

namespace suanpan::rules {
namespace {

using schema::SubjectErased;

constexpr std::size_t kErasureApprovals = 2;  ///< events.md section 5

/// Facts that end what was open when a name was erased, and the field that may name it; empty: any.
struct Settling {
  std::string_view kind;
  std::string_view field;
};
constexpr Settling kSettling[] = {
    {"register.closed", ""},   {"relation.ended", ""},   {"approval.given", "subject"},
    {"settlement.closed", ""}, {"due.waived", ""},       {"funds.received", "from"},
    {"money.paid", "payee"},   {"advance.settled", ""},  {"order.moved", ""},
    {"service.attested", ""},  {"points.moved", "from"}, {"place.marked", ""},
    {"custody.passed", ""},    {"entry.reversed", ""}};

bool Settles(std::string_view kind, std::string_view field) {
  return std::ranges::any_of(kSettling, [&](const Settling& row) {
    return row.kind == kind && (row.field.empty() || row.field == field);
  });
}

/// The first ref of a fact that may not be named any more.
class FirstErased final : public schema::RefSink {
 public:
  FirstErased(const BookState& state, std::string_view kind) : state_(state), kind_(kind) {}
  void Ref(const std::string& field, NameId name) override {
    if (found || state_.erased.Find(name) == nullptr || Settles(kind_, field)) return;
    found = Refuse(RefusalCode::subject_erased, field)
                .With("ref", std::string{state_.names.TextOf(name)});
  }
  Verdict found;

 private:
  const BookState& state_;
  std::string_view kind_;
};

/// Only who may be a person or a party of persons: what has terms or money of its own is closed.
Verdict TestSubjects(const BookState& state, const SubjectErased& fact) {
  for (std::size_t i = 0; i < fact.subjects.size(); ++i) {
    const std::string field = fmt::format("subjects[{}]", i);
    const auto before = fact.subjects.first(i);
    if (std::ranges::find(before, fact.subjects[i]) != before.end())
      return Refuse(RefusalCode::bad_field, field).With("reason", "named twice");
    const Role role = state.RoleOf(fact.subjects[i]).role;
    if (role != Role::kNone && role != Role::kParty)
      return UnknownRef(state, fact.subjects[i], field);
  }
  return std::nullopt;
}

Verdict TestNotYet(const BookState& state, const SubjectErased& fact) {
  for (std::size_t i = 0; i < fact.subjects.size(); ++i) {
    if (state.erased.Find(fact.subjects[i]) == nullptr) continue;
    return Refuse(RefusalCode::subject_erased, fmt::format("subjects[{}]", i))
        .With("ref", std::string{state.names.TextOf(fact.subjects[i])});
  }
  return std::nullopt;
}

Approving ApprovingOf(const Event& event, NameId subject) {
  Approving wanted = Approving::Of(event, {{}, subject, schema::ApprovalAction::kErase});
  wanted.least = kErasureApprovals;
  return wanted;
}

/// Whom an approval is about; one of nobody here is tested as one of the first.
NameId SubjectOf(const BookState& state, const SubjectErased& fact, Address address) {
  const Approval* approval = state.approvals.Find(address);
  const bool here =
      approval != nullptr &&
      std::ranges::find(fact.subjects, approval->target.subject) != fact.subjects.end();
  return here ? approval->target.subject : fact.subjects.front();
}

std::vector<Address> ApprovalsFor(const BookState& state, const SubjectErased& fact,
                                  NameId subject) {
  std::vector<Address> approvals;
  for (const Address address : fact.approvals) {
    if (SubjectOf(state, fact, address) == subject) approvals.push_back(address);
  }
  return approvals;
}

Verdict TestApprovals(const BookState& state, const Event& event, const SubjectErased& fact) {
  for (const NameId subject : fact.subjects) {
    const std::vector<Address> approvals = ApprovalsFor(state, fact, subject);
    if (Verdict refusal = TestEnough(state, ApprovingOf(event, subject), approvals, "approvals")) {
      return std::move(*refusal).With("ref", std::string{state.names.TextOf(subject)});
    }
  }
  return std::nullopt;
}

}  // namespace

Verdict TestErased(const BookState& state, const Event& fact) {
  if (state.erased.size() == 0 || fact.kind->number == SubjectErased::kKind) return std::nullopt;
  FirstErased found{state, fact.kind->name};
  // Nobody acts under an erased name any more, whatever it is for.
  if (state.erased.Find(fact.common.actor) != nullptr) {
    return Refuse(RefusalCode::subject_erased, "actor")
        .With("ref", std::string{state.names.TextOf(fact.common.actor)});
  }
  if (!fact.common.replaces.none()) return std::nullopt;
  schema::RefFields refs{found};
  fact.kind->list_refs(refs, fact.payload);
  return std::move(found.found);
}

Verdict SubjectErasedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (Verdict refusal = TestSubjects(state, fact)) return refusal;
  if (fact.approvals.empty()) return Refuse(RefusalCode::missing_field, "approvals");
  for (std::size_t i = 0; i < fact.approvals.size(); ++i) {
    const NameId subject = SubjectOf(state, fact, fact.approvals[i]);
    if (Verdict refusal = TestListedOne(context, ApprovingOf(event, subject), fact.approvals, i))
      return refusal;
  }
  if (Verdict refusal = TestApprovals(state, event, fact)) return refusal;
  return TestNotYet(state, fact);
}

Status SubjectErasedRule::Apply(BookState& state, Address at, const Event& event,
                                const Fact& fact) {
  if (fact.subjects.empty() || TestSubjects(state, fact) || TestNotYet(state, fact))
    return Contradiction("names are erased that cannot be, or were before");
  if (const Verdict refusal = TestApprovals(state, event, fact))
    return Contradiction("names are erased with fewer approvals than that needs");
  for (const NameId subject : fact.subjects) {
    const std::vector<Address> approvals = ApprovalsFor(state, fact, subject);
    SUANPAN_RETURN_IF_ERROR(UseListed(state, ApprovingOf(event, subject), approvals));
  }
  for (const NameId subject : fact.subjects) state.erased.Set(subject, at);
  return {};
}

}  // namespace suanpan::rules
