#include "src/kinds/offers.h"

#include <algorithm>

#include "suanpan/rules/relations.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::rules {
namespace {

using schema::OfferOpened;
using schema::PlaceMark;

Offer OfferOf(const OfferOpened& fact) {
  return {fact.offer,
          fact.offer_kind,
          fact.on,
          fact.capacity,
          fact.audience,
          fact.place,
          std::max<std::uint16_t>(1, fact.per_beneficiary),
          {}};
}

/// The first term, in the order of the fields, in which an offer that is opened again differs; the
/// capacity is none. Empty where all are the same.
std::string_view DifferentTerm(const Offer& now, const Offer& again) {
  if (now.kind != again.kind) return "offer_kind";
  if (now.on != again.on) return "on";
  if (now.audience != again.audience) return "audience";
  if (now.place != again.place) return "place";
  if (now.per_beneficiary != again.per_beneficiary) return "per_beneficiary";
  return {};
}

/// Places that are taken: held, used, or not used by whom they were held for.
Wide Taken(const BookState& state, NameId offer) {
  Wide taken = 0;
  for (const AccountClass account_class :
       {AccountClass::kPlacesHeld, AccountClass::kPlacesUsed, AccountClass::kPlacesNoShow}) {
    taken += state.accounts.BalanceOf<Quantity>(PlacesAccount(offer, account_class)).wide();
  }
  return taken;
}

/// A mark after which the beneficiary has one place less to count.
bool IsGivenBack(const schema::PlaceMarked& fact) {
  return fact.fixed.as != static_cast<std::uint8_t>(PlaceMark::kUsed);
}

}  // namespace

Verdict OfferOpenedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  fact.change = fact.capacity;
  const std::optional<std::uint32_t> index = state.IndexOf(fact.offer, Role::kOffer);
  if (!index) return MustBeFree(state, fact.offer, "offer");
  if (IsClosed(state, fact.offer, event.common.business_day))
    return Refuse(RefusalCode::already_closed, "offer");
  const Offer& now = state.offers[*index];
  const std::string_view differs = DifferentTerm(now, OfferOf(fact));
  if (!differs.empty()) {
    return Refuse(RefusalCode::bad_field, differs)
        .With("reason", "an offer that is opened again may only change its capacity");
  }
  const Wide taken = Taken(state, fact.offer);
  if (fact.capacity.wide() < taken) {
    return Refuse(RefusalCode::below_held, "capacity")
        .With("taken", std::to_string(static_cast<std::int64_t>(taken)));
  }
  fact.change = Quantity{fact.capacity.value() - now.capacity.value()};
  return std::nullopt;
}

void OfferOpenedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.Post(PlacesAccount(fact.offer, AccountClass::kPlacesFree), fact.change);
  sink.PostSum(PlacesAccount(fact.offer, AccountClass::kPlacesCapacity), -fact.change.wide());
}

Status OfferOpenedRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  Offer offer = OfferOf(fact);
  offer.openings.push_back(at);
  if (offer.capacity.value() <= 0) return Contradiction("an offer without places");
  const std::optional<std::uint32_t> index = state.IndexOf(fact.offer, Role::kOffer);
  const Quantity before = index ? state.offers[*index].capacity : Quantity{};
  if (fact.change.wide() != fact.capacity.wide() - before.wide()) {
    return Contradiction("the capacity of {} is changed by another number than is recorded",
                         state.names.TextOf(fact.offer));
  }
  if (!index) {
    SUANPAN_RETURN_IF_ERROR(TakeRole(state, fact.offer, Role::kOffer, state.offers.size()));
    state.offers.PushBack(offer);
    return {};
  }
  if (IsClosed(state, fact.offer, event.common.business_day))
    return Contradiction("{} is opened again and is closed", state.names.TextOf(fact.offer));
  const std::string_view differs = DifferentTerm(state.offers[*index], offer);
  if (!differs.empty()) {
    return Contradiction("{} is opened again with another {}", state.names.TextOf(fact.offer),
                         differs);
  }
  if (fact.capacity.wide() < Taken(state, fact.offer)) {
    return Contradiction("{} has fewer places than are taken", state.names.TextOf(fact.offer));
  }
  state.offers.Edit(*index).capacity = fact.capacity;
  state.offers.Edit(*index).openings.push_back(at);
  return {};
}

Verdict OfferOpenedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const std::optional<std::uint32_t> index = state.IndexOf(fact.offer, Role::kOffer);
  if (!index || state.offers[*index].openings.back() != undoing.was.at)
    return HasDependants("it was opened again");
  if (state.closed.Find(fact.offer) != nullptr) return HasDependants("it is closed");
  const bool first = state.offers[*index].openings.size() == 1;
  if (first && Taken(state, fact.offer) != 0) return HasDependants("places of it were taken");
  return std::nullopt;
}

Status OfferOpenedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  Offer& offer = state.offers.Edit(*state.IndexOf(fact.offer, Role::kOffer));
  offer.openings.pop_back();
  offer.capacity = Quantity{offer.capacity.value() - fact.change.value()};
  if (!offer.openings.empty()) return {};
  offer.name = NameId{};
  LeaveRole(state, fact.offer);
  return {};
}

Verdict PlaceMarkedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const Event* redemption = nullptr;
  if (Verdict refusal =
          MustName(context, fact.fixed.redemption, kRedemptionMade, "redemption", redemption)) {
    return refusal;
  }
  const HeldPlace* held = context.state.held_places.Find({fact.fixed.redemption, fact.fixed.line});
  if (held == nullptr) {
    return Refuse(RefusalCode::not_held, "line")
        .With("redemption", schema::ToText(fact.fixed.redemption))
        .WithCount("line", fact.fixed.line);
  }
  fact.fixed.offer = context.state.offers[held->offer].name;
  return std::nullopt;
}

void PlaceMarkedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  AccountClass to = AccountClass::kPlacesFree;
  if (fact.fixed.as == static_cast<std::uint8_t>(PlaceMark::kUsed)) to = AccountClass::kPlacesUsed;
  if (fact.fixed.as == static_cast<std::uint8_t>(PlaceMark::kNoShow))
    to = AccountClass::kPlacesNoShow;
  sink.Post(PlacesAccount(fact.fixed.offer, to), Quantity{1});
  sink.Post(PlacesAccount(fact.fixed.offer, AccountClass::kPlacesHeld), Quantity{-1});
}

Status PlaceMarkedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const HeldPlaceKey key{fact.fixed.redemption, fact.fixed.line};
  const HeldPlace* found = state.held_places.Find(key);
  if (found == nullptr || state.offers[found->offer].name != fact.fixed.offer) {
    return Contradiction("a place is marked that line {} of {} does not hold", fact.fixed.line,
                         schema::ToText(fact.fixed.redemption));
  }
  HeldPlace held = *found;
  if (IsGivenBack(fact)) ChangePlacesOf(state, fact.fixed.offer, held.beneficiary, -1);
  held.left = Quantity{held.left.value() - 1};
  if (held.left.value() <= 0) {
    state.held_places.Erase(key);
  } else {
    state.held_places.Set(key, held);
  }
  return {};
}

Verdict PlaceMarkedRule::Cascade(DecideContext&, const CopiedEvent& was, const Event&,
                                 std::vector<Address>&, std::vector<Address>& kept) {
  kept.push_back(was.event.As<Fact>().fixed.redemption);
  return std::nullopt;
}

Verdict PlaceMarkedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const bool known =
      undoing.kept.size() == 1 && undoing.kept[0].at == fact.fixed.redemption &&
      state.IndexOf(fact.fixed.offer, Role::kOffer) &&
      undoing.kept[0].event.kind->number == kRedemptionMade &&
      state.reversed.Find(fact.fixed.redemption) == nullptr &&
      fact.fixed.line < undoing.kept[0].event.As<schema::RedemptionMade>().lines.size();
  return known ? std::nullopt : Verdict{Refuse(RefusalCode::has_dependants, "of")};
}

Status PlaceMarkedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const auto& redemption = undoing.kept[0].event.As<schema::RedemptionMade>();
  const std::optional<std::uint32_t> offer = state.IndexOf(fact.fixed.offer, Role::kOffer);
  if (!offer) return Contradiction("a mark of no offer");
  const schema::RedemptionLine& line = redemption.lines[fact.fixed.line];
  const NameId beneficiary = line.beneficiary.value() == 0 ? redemption.fixed.by : line.beneficiary;
  const HeldPlaceKey key{fact.fixed.redemption, fact.fixed.line};
  const HeldPlace* found = state.held_places.Find(key);
  HeldPlace held = found == nullptr ? HeldPlace{*offer, {}, beneficiary} : *found;
  held.left = Quantity{held.left.value() + 1};
  state.held_places.Set(key, held);
  if (IsGivenBack(fact)) ChangePlacesOf(state, fact.fixed.offer, beneficiary, 1);
  return {};
}

}  // namespace suanpan::rules
