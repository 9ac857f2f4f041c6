// What a reversal takes back of registrations (events.md 4.5): a name goes where nothing needed it
// to be registered since.

#include <algorithm>

#include "src/kinds/registers/registers.h"

namespace suanpan::rules {
namespace {

/// Whether a map has an entry for which this holds.
template <class Map, class Is>
bool Any(const Map& map, Is is) {
  return !map.KeysWhere(is).empty();
}

bool IsInRelation(const BookState& state, NameId name) {
  return std::ranges::any_of(state.relations, [name](const Relation& relation) {
    return relation.from == name || relation.to == name;
  });
}

/// Any account of an owner, or with a detail. One look at every account of the book: names are
/// seldom taken back.
template <class Is>
bool HasAccount(const BookState& state, Is is) {
  return std::ranges::any_of(state.accounts.all(),
                             [&](const Account& account) { return is(account.key); });
}

bool HasItems(const BookState& state, NameId owner) {
  return Any(state.items, [owner](const ItemKey& key, const Item&) { return key.owner == owner; });
}

Verdict TestRegistered(const BookState& state, NameId name, Role role) {
  if (!state.IndexOf(name, role)) return HasDependants("it is not there any more");
  if (state.closed.Find(name) != nullptr) return HasDependants("it is closed");
  if (IsInRelation(state, name)) return HasDependants("a relation");
  return std::nullopt;
}

bool HoldsPoints(const BookState& state, NameId party) {
  const bool accounts = HasAccount(state, [party](const AccountKey& key) {
    return key.detail == party && (key.account_class == AccountClass::kPointsHolder ||
                                   key.account_class == AccountClass::kPointsClaim);
  });
  // What was counted stands also where it gave no point yet, and so no account.
  const bool counted = Any(state.carry, [party](const CarryKey& key, const Quantity& units) {
    return key.person == party && units.value() != 0;
  });
  return accounts || counted || Any(state.pending, [party](Address, const PendingService& service) {
           return service.holder == party;
         });
}

bool IsNamedByPolicy(const BookState& state, NameId fund) {
  const auto names = [fund](const schema::PolicyProposed& policy) {
    return std::ranges::any_of(policy.price_list.rewards, [fund](const schema::Reward& reward) {
      return reward.fund == fund;
    });
  };
  return Any(state.proposals,
             [&](Address, const Proposal& proposal) { return names(proposal.text->value()); }) ||
         std::ranges::any_of(state.policies,
                             [&](const PolicyVersion& version) { return names(version.value()); });
}

}  // namespace

Verdict PartyRegisteredRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const NameId party = undoing.was.event.As<Fact>().party;
  if (Verdict refusal = TestRegistered(state, party, Role::kParty)) return refusal;
  if (state.RoleOf(party).first_agreement != 0) return HasDependants("an agreement");
  if (HoldsPoints(state, party)) return HasDependants("points, or service for them");
  if (HasItems(state, party)) return HasDependants("goods");
  return std::nullopt;
}

Status PartyRegisteredRule::Undo(BookState& state, const Undoing& undoing) {
  const NameId party = undoing.was.event.As<Fact>().party;
  state.parties.Edit(state.RoleOf(party).index).name = NameId{};
  LeaveRole(state, party);
  return {};
}

Verdict PlaceRegisteredRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const NameId place = undoing.was.event.As<Fact>().place;
  if (Verdict refusal = TestRegistered(state, place, Role::kPlace)) return refusal;
  const auto holds = [place](const Place& other) {
    return other.name.value() != 0 && other.within == place;
  };
  if (std::ranges::any_of(state.places, holds)) return HasDependants("a place within it");
  const auto is_there = [place](const Offer& offer) {
    return offer.name.value() != 0 && offer.place == place;
  };
  if (std::ranges::any_of(state.offers, is_there)) return HasDependants("an offer");
  return std::nullopt;
}

Status PlaceRegisteredRule::Undo(BookState& state, const Undoing& undoing) {
  const NameId place = undoing.was.event.As<Fact>().place;
  state.places.Edit(state.RoleOf(place).index).name = NameId{};
  LeaveRole(state, place);
  return {};
}

Verdict FundOpenedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const NameId fund = undoing.was.event.As<Fact>().fund;
  if (Verdict refusal = TestRegistered(state, fund, Role::kFund)) return refusal;
  const std::uint32_t index = state.RoleOf(fund).index;
  const auto shares = [index](const Agreement& agreement) {
    return agreement.name.value() != 0 && agreement.fund == index;
  };
  if (std::ranges::any_of(state.agreements, shares)) return HasDependants("an agreement");
  const bool asked = Any(state.requests, [index](Address, const SpendingRequest& request) {
    return request.fund == index;
  });
  if (asked) return HasDependants("a request");
  const bool used = HasItems(state, fund) || HasAccount(state, [fund](const AccountKey& key) {
                      return key.owner == fund && IsStatutory(key.account_class);
                    });
  if (used) return HasDependants("money or goods were in it");
  if (IsNamedByPolicy(state, fund)) return HasDependants("a price list");
  return std::nullopt;
}

Status FundOpenedRule::Undo(BookState& state, const Undoing& undoing) {
  const NameId fund = undoing.was.event.As<Fact>().fund;
  state.funds.Edit(state.RoleOf(fund).index).name = NameId{};
  LeaveRole(state, fund);
  return {};
}

namespace {

/// The definition before a version, which the reversal must name among its refs: the state keeps
/// the last one alone.
bool IsBefore(const BookState& state, const CopiedEvent& copied, const schema::CodeDefined& fact) {
  if (copied.event.kind->number != schema::CodeDefined::kKind) return false;
  const auto& before = copied.event.As<schema::CodeDefined>();
  return before.list == fact.list && before.code == fact.code &&
         before.version + std::uint64_t{1} == fact.version &&
         state.reversed.Find(copied.at) == nullptr;
}

}  // namespace

Verdict CodeDefinedRule::Cascade(DecideContext& context, const CopiedEvent& was,
                                 const Event& reversal, std::vector<Address>&,
                                 std::vector<Address>& kept) {
  const auto& fact = was.event.As<Fact>();
  if (fact.version == 1) return std::nullopt;
  for (const Address address : reversal.common.refs) {
    const Event* event = context.old_events.Find(address);
    if (event == nullptr || !IsBefore(context.state, {address, *event}, fact)) continue;
    kept.push_back(address);
    return std::nullopt;
  }
  return HasDependants("the version before it is in force again: name that in refs");
}

Verdict CodeDefinedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const CodeVersion* last = state.codes.Find(KeyOf(fact));
  if (last == nullptr || last->version != fact.version) return HasDependants("a later version");
  const bool known =
      fact.version == 1 || (undoing.kept.size() == 1 && IsBefore(state, undoing.kept[0], fact));
  return known ? std::nullopt : Verdict{HasDependants("the version before it is not known")};
}

Status CodeDefinedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (fact.version == 1) {
    state.codes.Erase(KeyOf(fact));
    return {};
  }
  const auto& before = undoing.kept[0].event.As<Fact>();
  state.codes.Set(KeyOf(fact), {before.version, before.valid_from, before.valid_to, before.group,
                                before.gapless, before.protect});
  return {};
}

}  // namespace suanpan::rules
