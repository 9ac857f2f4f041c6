#include "src/kinds/registers.h"

#include <fmt/format.h>

#include <algorithm>

namespace suanpan::rules {
namespace {

using schema::AgreementSigned;
using schema::PartyType;

bool Overlap(const Agreement& a, Date from, Date to) {
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

}  // namespace

Verdict BookOpenedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (context.state.calendar.get().opened) {
    return Refuse(RefusalCode::book_exists).With("reason", "book.opened is a book's first fact");
  }
  if (fact.utc_offset_minutes % 15 != 0)
    return Refuse(RefusalCode::bad_field, "utc_offset_minutes");
  return std::nullopt;
}

Status BookOpenedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  if (state.calendar.get().opened) return Contradiction("the book is opened twice");
  BookCalendar& calendar = state.calendar.Edit();
  calendar.opened = true;
  calendar.utc_offset_minutes = fact.utc_offset_minutes;
  calendar.unit = fact.unit;
  calendar.level = fact.level;
  calendar.host = fact.host;
  return {};
}

Verdict PartyRegisteredRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (Verdict refusal = MustBeFree(context.state, fact.party, "party")) return refusal;
  const auto type = static_cast<PartyType>(fact.party_type);
  const bool is_private =
      type == PartyType::kPerson || type == PartyType::kHousehold || type == PartyType::kVendor;
  if (is_private && !fact.label.empty()) {
    return Refuse(RefusalCode::label_forbidden, "label")
        .With("reason", "persons, households and vendors are known by their refs only");
  }
  return std::nullopt;
}

Status PartyRegisteredRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.party, Role::kParty, state.parties.size()));
  state.parties.PushBack({fact.party, static_cast<PartyType>(fact.party_type), fact.party_class,
                          fact.number, event.common.business_day});
  return {};
}

Verdict AgreementSignedRule::Decide(DecideContext& context, Event&, Fact& fact) {
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
  if (Verdict refusal = MustBeFree(state, fact.agreement, "agreement")) return refusal;
  if (fact.valid_from < fact.signed_on) {
    return Refuse(RefusalCode::agreement_backdated, "valid_from")
        .With("signed_on", ToText(fact.signed_on));
  }
  std::uint32_t link = state.RoleOf(fact.party).first_agreement;
  for (; link != 0; link = state.agreements[link - 1].next_of_vendor) {
    const Agreement& other = state.agreements[link - 1];
    if (other.matter.value() == 0 && Overlap(other, fact.valid_from, fact.valid_to)) {
      return Refuse(RefusalCode::agreement_overlaps, "valid_from")
          .With("agreement", std::string{state.names.TextOf(other.name)});
    }
  }
  return std::nullopt;
}

Status AgreementSignedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.fund, Role::kFund);
  if (!fund) return Contradiction("agreement {} names no fund", state.names.TextOf(fact.agreement));
  SUANPAN_RETURN_IF_ERROR(CheckTerms(state, fact));
  SUANPAN_RETURN_IF_ERROR(
      TakeRole(state, fact.agreement, Role::kAgreement, state.agreements.size()));
  NameRole& party = state.EditRole(fact.party);
  Agreement agreement;
  agreement.name = fact.agreement;
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

Verdict FundOpenedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (Verdict refusal = MustBeFree(context.state, fact.fund, "fund")) return refusal;
  for (std::size_t i = 1; i < fact.bank_accounts.size(); ++i) {
    const auto before = fact.bank_accounts.first(i);
    if (std::find(before.begin(), before.end(), fact.bank_accounts[i]) == before.end()) continue;
    return Refuse(RefusalCode::bad_field, fmt::format("bank_accounts[{}]", i))
        .With("reason", "named twice");
  }
  return std::nullopt;
}

Status FundOpenedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.fund, Role::kFund, state.funds.size()));
  Fund fund;
  fund.name = fact.fund;
  fund.host = fact.host;
  fund.committee = fact.committee;
  fund.bank_accounts.assign(fact.bank_accounts.begin(), fact.bank_accounts.end());
  fund.default_pot = fact.default_pot;
  fund.restriction_class = static_cast<schema::PotClass>(fact.restriction.restriction_class);
  fund.purposes.assign(fact.restriction.purposes.begin(), fact.restriction.purposes.end());
  fund.places.assign(fact.restriction.places.begin(), fact.restriction.places.end());
  fund.matters.assign(fact.restriction.matters.begin(), fact.restriction.matters.end());
  fund.until = fact.restriction.until;
  state.funds.PushBack(std::move(fund));
  return {};
}

}  // namespace suanpan::rules
