#include <algorithm>

#include "src/kinds/registers/registers.h"
#include "suanpan/rules/offers.h"

namespace suanpan::rules {
namespace {

using schema::RegisterClosed;

/// Where something is left of a fund: a pot, or an account beside the pots. Costs one look at every
/// account of the book, for which the few funds that are ever closed are worth no index.
std::optional<AccountKey> LeftOfFund(const BookState& state, NameId fund) {
  for (const Account& account : state.accounts.all()) {
    const AccountKey& key = account.key;
    if (key.owner != fund || !IsStatutory(key.account_class)) continue;
    const bool left = IsNet(key.account_class) ? state.accounts.NetOf(fund, key.pot) != 0
                                               : account.balance().value() != 0;
    if (left) return key;
  }
  return std::nullopt;
}

/// Points that a party holds or owes in any scheme.
std::optional<AccountKey> LeftOfParty(const BookState& state, NameId party) {
  for (const NameId scheme : state.accounts.Schemes()) {
    for (const AccountClass owed : {AccountClass::kPointsHolder, AccountClass::kPointsClaim}) {
      const AccountKey key{owed, {}, scheme, party};
      if (state.accounts.BalanceOn(key).value() != 0) return key;
    }
  }
  return std::nullopt;
}

std::optional<AccountKey> BalanceLeft(const BookState& state, NameId name, Role role) {
  const AccountKey held = PlacesAccount(name, AccountClass::kPlacesHeld);
  switch (role) {
    case Role::kFund:
      return LeftOfFund(state, name);
    case Role::kParty:
      return LeftOfParty(state, name);
    case Role::kOffer:
      return state.accounts.BalanceOn(held).value() == 0 ? std::nullopt : std::optional{held};
    default:
      return std::nullopt;
  }
}

Verdict TestClosing(const BookState& state, const RegisterClosed& fact, Date business_day) {
  if (fact.on > business_day) {
    return Refuse(RefusalCode::bad_field, "on").With("not_after", ToText(business_day));
  }
  const NameRole& role = state.RoleOf(fact.of);
  if (role.role == Role::kNone || role.role == Role::kPolicy) {
    return Refuse(RefusalCode::unknown_ref, "of")
        .With("ref", std::string{state.names.TextOf(fact.of)});
  }
  if (const Closing* closing = state.closed.Find(fact.of)) {
    return Refuse(RefusalCode::already_closed, "of").With("on", ToText(closing->on));
  }
  if (role.role == Role::kAgreement && state.agreements[role.index].settled_through > fact.on) {
    return Refuse(RefusalCode::bad_field, "on")
        .With("settled_through", ToText(state.agreements[role.index].settled_through));
  }
  if (const std::optional<AccountKey> left = BalanceLeft(state, fact.of, role.role)) {
    return Refuse(RefusalCode::balance_left, "of").With("account", PathOf(*left, state.names));
  }
  return std::nullopt;
}

ApprovalTarget TargetOf(const RegisterClosed& fact) {
  return {{}, fact.of, schema::ApprovalAction::kClose};
}

}  // namespace

Verdict RegisterClosedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (Verdict refusal = TestClosing(state, fact, event.common.business_day)) return refusal;
  if (state.RoleOf(fact.of).role != Role::kFund) return std::nullopt;
  if (event.common.approval.none()) return Refuse(RefusalCode::missing_field, "approval");
  return TestApproval(state, Approving::Of(event, TargetOf(fact)).At(fact.of),
                      event.common.approval, "approval");
}

Status RegisterClosedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  if (const Verdict refusal = TestClosing(state, fact, event.common.business_day)) {
    return Contradiction("{} cannot be closed: {} of {}", state.names.TextOf(fact.of),
                         ToText(refusal->code), refusal->field);
  }
  const NameRole& role = state.RoleOf(fact.of);
  if (role.role == Role::kFund) {
    SUANPAN_RETURN_IF_ERROR(UseApproval(state, Approving::Of(event, TargetOf(fact)).At(fact.of),
                                        event.common.approval));
  }
  if (role.role == Role::kAgreement) {
    Date& valid_to = state.agreements.Edit(role.index).valid_to;
    valid_to = valid_to.value() == 0 ? fact.on : std::min(valid_to, fact.on);
  }
  state.closed.Set(fact.of, {fact.on, fact.outcome});
  return {};
}

Verdict RegisterClosedRule::Cascade(DecideContext& context, const CopiedEvent& was, const Event&,
                                    std::vector<Address>&, std::vector<Address>& kept) {
  const BookState& state = context.state;
  const std::optional<std::uint32_t> agreement =
      state.IndexOf(was.event.As<Fact>().of, Role::kAgreement);
  if (agreement) kept.push_back(state.agreements[*agreement].signing);
  return std::nullopt;
}

Verdict RegisterClosedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const Closing* closing = state.closed.Find(fact.of);
  if (closing == nullptr || closing->on != fact.on || closing->outcome != fact.outcome)
    return HasDependants("it is not closed like that");
  const std::optional<std::uint32_t> index = state.IndexOf(fact.of, Role::kAgreement);
  if (!index) return std::nullopt;
  const Agreement& agreement = state.agreements[*index];
  const bool known = undoing.kept.size() == 1 && undoing.kept[0].at == agreement.signing &&
                     undoing.kept[0].event.kind->number == schema::AgreementSigned::kKind;
  if (!known) return HasDependants("its signing is not known");
  const Date end = undoing.kept[0].event.As<schema::AgreementSigned>().valid_to;
  if (agreement.matter.value() == 0 &&
      OverlappingOf(state, agreement.vendor, agreement.name, agreement.valid_from, end) != nullptr)
    return HasDependants("a later agreement of the vendor");
  return std::nullopt;
}

Status RegisterClosedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (const std::optional<std::uint32_t> index = state.IndexOf(fact.of, Role::kAgreement)) {
    state.agreements.Edit(*index).valid_to =
        undoing.kept[0].event.As<schema::AgreementSigned>().valid_to;
  }
  state.closed.Erase(fact.of);
  return {};
}

}  // namespace suanpan::rules
