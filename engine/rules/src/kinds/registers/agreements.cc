#include <algorithm>

#include "src/kinds/registers/registers.h"

namespace suanpan::rules {
namespace {

using schema::AgreementSigned;

bool Overlap(const Agreement& a, Date from, Date to) {
  if (!a.InForce(a.valid_from)) return false;  // closed before it began
  const bool ends_before = a.valid_to.value() != 0 && a.valid_to < from;
  const bool starts_after = to.value() != 0 && a.valid_from > to;
  return !ends_before && !starts_after;
}

Verdict TestTerms(const AgreementSigned& fact) {
  const bool standard =
      fact.cost_method == static_cast<std::uint8_t>(schema::CostMethod::kStandardMargin);
  if (standard && fact.margin.m == 0) return Refuse(RefusalCode::missing_field, "margin");
  if (!standard && fact.margin.m != 0) return Refuse(RefusalCode::bad_field, "margin");
  if (standard && fact.basis == static_cast<std::uint8_t>(schema::Basis::kRevenue)) {
    return Refuse(RefusalCode::bad_field, "cost_method");
  }
  if (fact.valid_to.value() != 0 && fact.valid_to < fact.valid_from) {
    return Refuse(RefusalCode::bad_field, "valid_to");
  }
  return std::nullopt;
}

/// The first term in which a signing differs from the one that it replaces, but for those that an
/// amendment may change; empty where there is none.
std::string_view OtherTerm(const AgreementSigned& was, const AgreementSigned& now) {
  const auto method = [](const AgreementSigned& fact) {
    return std::max<std::uint8_t>(fact.cost_method, 1);
  };
  if (was.agreement != now.agreement) return "agreement";
  if (was.agreement_type != now.agreement_type) return "agreement_type";
  if (was.party != now.party) return "party";
  if (was.fund != now.fund) return "fund";
  if (was.basis != now.basis) return "basis";
  if (was.settlement != now.settlement) return "settlement";
  if (method(was) != method(now)) return "cost_method";
  if (was.margin != now.margin) return "margin";
  if (!std::ranges::equal(was.cost_kinds, now.cost_kinds)) return "cost_kinds";
  if (was.terms_days != now.terms_days) return "terms_days";
  if (was.matter != now.matter) return "matter";
  return {};
}

/// An amendment changes rate, dates and loss policy, nothing else (events.md 4.5).
Verdict TestAmendment(DecideContext& context, const Event& event, const AgreementSigned& fact) {
  if (event.common.replaces.none()) return std::nullopt;
  const Event* was = context.old_events.Find(event.common.replaces);
  if (was == nullptr) return Refuse(RefusalCode::unknown_address, "replaces");
  const std::string_view differs = OtherTerm(was->As<AgreementSigned>(), fact);
  if (differs.empty()) return std::nullopt;
  return Refuse(RefusalCode::bad_field, differs)
      .With("reason", "an amendment changes rate, dates and loss policy only");
}

/// The agreement that a signing amends where it stands, with all that was recorded under it.
std::optional<std::uint32_t> AmendedBy(const BookState& state, const Event& event) {
  const Address amended = state.amended.get();
  if (amended.none() || amended != event.common.replaces) return std::nullopt;
  return state.IndexOf(event.As<AgreementSigned>().agreement, Role::kAgreement);
}

/// The agreement with other terms.
Agreement WithTerms(Agreement agreement, const AgreementSigned& fact) {
  agreement.signed_on = fact.signed_on;
  agreement.valid_from = fact.valid_from;
  agreement.valid_to = fact.valid_to;
  agreement.rate = fact.rate;
  agreement.loss_policy = static_cast<schema::LossPolicy>(fact.loss_policy);
  return agreement;
}

/// What is settled stays within the dates, and more is due by consent only.
Verdict TestNewTerms(const BookState& state, const Agreement& agreement,
                     const AgreementSigned& fact) {
  if (fact.valid_to.value() != 0 && fact.valid_to < agreement.settled_through) {
    return Refuse(RefusalCode::bad_field, "valid_to")
        .With("settled_through", ToText(agreement.settled_through));
  }
  const std::optional<DonationFigures> figures = FiguresOf(state, WithTerms(agreement, fact));
  if (!figures) return Refuse(RefusalCode::amount_overflow, "rate");
  if (figures->due_total <= agreement.due_total || fact.consent) return std::nullopt;
  return Refuse(RefusalCode::consent_missing, "consent")
      .With("due_total_fen", std::to_string(agreement.due_total.value()))
      .With("amended_fen", std::to_string(figures->due_total.value()));
}

/// What the arithmetic on an agreement relies on, also where nobody decided.
Status CheckTerms(const BookState& state, const AgreementSigned& fact) {
  if (!IsIntroduced(state, fact.party)) {
    return Contradiction("the party of an agreement was not introduced");
  }
  const bool standard =
      fact.cost_method == static_cast<std::uint8_t>(schema::CostMethod::kStandardMargin);
  if (fact.rate.m == 0 || (standard && fact.margin.m == 0)) {
    return Contradiction("an agreement without a rate or margin");
  }
  return {};
}

/// Changes the terms of an agreement that stands.
Status Amend(BookState& state, Address at, const Event& event, std::uint32_t fund) {
  const auto& fact = event.As<AgreementSigned>();
  const std::optional<std::uint32_t> index = AmendedBy(state, event);
  if (!index) return Contradiction("an amendment of another agreement than was taken back");
  const Agreement& agreement = state.agreements[*index];
  const std::uint8_t method = std::max<std::uint8_t>(fact.cost_method, 1);
  const bool same = agreement.vendor == fact.party && agreement.fund == fund &&
                    agreement.basis == static_cast<schema::Basis>(fact.basis) &&
                    agreement.calendar == static_cast<schema::Calendar>(fact.settlement) &&
                    agreement.cost_method == static_cast<schema::CostMethod>(method) &&
                    agreement.margin == fact.margin &&
                    std::ranges::equal(agreement.cost_kinds, fact.cost_kinds) &&
                    agreement.terms_days == fact.terms_days && agreement.matter == fact.matter;
  if (!same) return Contradiction("an amendment changes more than it may");
  if (const Verdict refusal = TestNewTerms(state, agreement, fact))
    return Contradiction("an amendment cannot be: {}", ToText(refusal->code));
  Agreement amended = WithTerms(agreement, fact);
  amended.signing = at;
  state.agreements.Edit(*index) = std::move(amended);
  state.amended.Edit() = Address{};
  return {};
}

}  // namespace

const Agreement* OverlappingOf(const BookState& state, NameId vendor, NameId but, Date from,
                               Date to) {
  std::uint32_t link = state.RoleOf(vendor).first_agreement;
  for (; link != 0; link = state.agreements[link - 1].next_of_vendor) {
    const Agreement& other = state.agreements[link - 1];
    if (other.name != but && other.matter.value() == 0 && Overlap(other, from, to)) return &other;
  }
  return nullptr;
}

Verdict AgreementSignedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (fact.agreement_type != static_cast<std::uint8_t>(schema::AgreementType::kDonationShare)) {
    return Refuse(RefusalCode::bad_field, "agreement_type")
        .With("reason", "only donation_share is supported yet");
  }
  if (Verdict refusal = TestTerms(fact)) return refusal;
  std::uint32_t fund = 0;
  if (Verdict refusal = MustBe(state, fact.fund, Role::kFund, "fund", fund)) return refusal;
  if (fact.matter.value() != 0) {
    return Refuse(RefusalCode::unknown_ref, "matter")
        .With("ref", std::string{state.names.TextOf(fact.matter)});
  }
  if (Verdict refusal = TestAmendment(context, event, fact)) return refusal;
  const std::optional<std::uint32_t> amended = AmendedBy(state, event);
  if (!amended) {
    if (Verdict refusal = MustBeFree(state, fact.agreement, "agreement")) return refusal;
  }
  if (fact.valid_from < fact.signed_on) {
    return Refuse(RefusalCode::agreement_backdated, "valid_from")
        .With("signed_on", ToText(fact.signed_on));
  }
  if (const Agreement* other =
          OverlappingOf(state, fact.party, fact.agreement, fact.valid_from, fact.valid_to)) {
    return Refuse(RefusalCode::agreement_overlaps, "valid_from")
        .With("agreement", std::string{state.names.TextOf(other->name)});
  }
  return amended ? TestNewTerms(state, state.agreements[*amended], fact) : std::nullopt;
}

Status AgreementSignedRule::Apply(BookState& state, Address at, const Event& event,
                                  const Fact& fact) {
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.fund, Role::kFund);
  if (!fund) return Contradiction("agreement {} names no fund", state.names.TextOf(fact.agreement));
  SUANPAN_RETURN_IF_ERROR(CheckTerms(state, fact));
  if (!state.amended.get().none()) return Amend(state, at, event, *fund);
  SUANPAN_RETURN_IF_ERROR(
      TakeRole(state, fact.agreement, Role::kAgreement, state.agreements.size()));
  NameRole& party = state.EditRole(fact.party);
  Agreement agreement;
  agreement.name = fact.agreement;
  agreement.signing = at;
  agreement.vendor = fact.party;
  agreement.fund = *fund;
  agreement.signed_on = fact.signed_on;
  agreement.valid_from = fact.valid_from;
  agreement.valid_to = fact.valid_to;
  agreement.basis = static_cast<schema::Basis>(fact.basis);
  agreement.rate = fact.rate;
  agreement.loss_policy = static_cast<schema::LossPolicy>(fact.loss_policy);
  agreement.calendar = static_cast<schema::Calendar>(fact.settlement);
  if (fact.cost_method != 0)
    agreement.cost_method = static_cast<schema::CostMethod>(fact.cost_method);
  agreement.margin = fact.margin;
  agreement.cost_kinds.assign(fact.cost_kinds.begin(), fact.cost_kinds.end());
  agreement.terms_days = fact.terms_days;
  agreement.matter = fact.matter;
  agreement.next_of_vendor = party.first_agreement;
  state.agreements.PushBack(std::move(agreement));
  party.first_agreement = static_cast<std::uint32_t>(state.agreements.size());
  return {};
}

std::optional<BaseMove> AgreementSignedRule::MovesBase(const BookState& state, const Event& event) {
  // A new one has no facts yet: what has some was amended, and T follows from the same B.
  const NameId name = event.As<Fact>().agreement;
  const std::optional<std::uint32_t> index = state.IndexOf(name, Role::kAgreement);
  if (!index || state.agreements[*index].facts == 0) return std::nullopt;
  return BaseMove{name, Fen{}, event.common.period, schema::AccrualReason::kAmendment};
}

Verdict AgreementSignedRule::Derive(DecideContext& context, const Event& event,
                                    std::vector<Event>& derived) {
  const std::optional<BaseMove> move = MovesBase(context.state, event);
  return move ? MakeAccrual(context, event, *move, derived) : std::nullopt;
}

Verdict AgreementSignedRule::Cascade(DecideContext& context, const CopiedEvent& was, const Event&,
                                     std::vector<Address>&, std::vector<Address>&) {
  const std::optional<std::uint32_t> index =
      context.state.IndexOf(was.event.As<Fact>().agreement, Role::kAgreement);
  if (!index || context.amended || context.state.agreements[*index].facts == 0) return std::nullopt;
  return HasDependants("facts stand under it: only an amendment can take its place");
}

Verdict AgreementSignedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const NameId name = undoing.was.event.As<Fact>().agreement;
  const std::optional<std::uint32_t> index = state.IndexOf(name, Role::kAgreement);
  if (!index || state.agreements[*index].signing != undoing.was.at)
    return HasDependants("it was amended");
  if (state.closed.Find(name) != nullptr) return HasDependants("it is closed");
  return std::nullopt;
}

Status AgreementSignedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const std::uint32_t index = state.RoleOf(fact.agreement).index;
  if (state.agreements[index].facts != 0) {
    state.amended.Edit() = undoing.was.at;
    return {};
  }
  const NameId vendor = state.agreements[index].vendor;
  const std::uint32_t next = state.agreements[index].next_of_vendor;
  std::uint32_t before = state.RoleOf(vendor).first_agreement;
  if (before == index + 1) {
    state.EditRole(vendor).first_agreement = next;
  } else {
    while (state.agreements[before - 1].next_of_vendor != index + 1)
      before = state.agreements[before - 1].next_of_vendor;
    state.agreements.Edit(before - 1).next_of_vendor = next;
  }
  LeaveRole(state, fact.agreement);
  state.agreements.Edit(index) = Agreement{};
  return {};
}

}  // namespace suanpan::rules
