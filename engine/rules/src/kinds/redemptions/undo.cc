// What a reversal gives back of a redemption (events.md 4.5): the same lots, the places, the pieces
// at the cost they left with.

#include "src/kinds/points/undo.h"

#include "src/kinds/redemptions/redemptions.h"
#include "suanpan/rules/goods.h"
#include "suanpan/rules/offers.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/kinds/goods.h"

namespace suanpan::rules {
namespace {

using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Supply;

/// Takes an amount out of a cell that counts towards a limit; one that was forgotten stays so.
template <class Map, class Key, class Unit>
void Uncount(Map& map, const Key& key, Amount<Unit> amount) {
  const Amount<Unit>* counted = map.Find(key);
  if (counted == nullptr) return;
  if (*counted <= amount) {
    map.Erase(key);
  } else {
    map.Set(key, Amount<Unit>{counted->value() - amount.value()});
  }
}

}  // namespace

Verdict RedemptionMadeRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    const RedemptionLine& line = fact.lines[i];
    if (static_cast<Supply>(line.supply) == Supply::kPlace) {
      const HeldPlace* held =
          state.held_places.Find({undoing.was.at, static_cast<std::uint16_t>(i)});
      if (held != nullptr && held->left == line.quantity) continue;
      return Refuse(RefusalCode::place_used, "of")
          .WithCount("line", i)
          .With("reason", "a place of it was marked: reverse the mark first, if it is wrong");
    }
    if (static_cast<Supply>(line.supply) != Supply::kStock) continue;
    const Item* item = state.items.Find({line.fund, line.source});
    const bool same = item != nullptr && item->pot == line.pot &&
                      item->goods_class != static_cast<std::uint8_t>(schema::GoodsClass::kAsset);
    if (!same) {
      return Refuse(RefusalCode::has_dependants, "of")
          .With("reason", "the item lies in another pot, or is an asset, by now");
    }
  }
  return std::nullopt;
}

Status RedemptionMadeRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const HolderKey holder{fact.fixed.scheme, fact.fixed.holder};
  const Date made_on = undoing.was.event.common.business_day;
  // Only what the policy of that day limits was counted.
  const schema::PolicyProposed* policy =
      InForce(state, schema::PolicyType::kRedemption, holder.scheme, made_on);
  const bool by_day = policy != nullptr && policy->redemption.per_day_points.value() != 0;
  const bool by_month = policy != nullptr && policy->redemption.per_beneficiary_month != 0;
  if (by_day) Uncount(state.spent, SpentKey{holder, made_on}, fact.fixed.points);
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    const RedemptionLine& line = fact.lines[i];
    const NameId beneficiary = BeneficiaryOf(fact, line);
    if (by_month) {
      Uncount(state.redeemed, AwardKey{holder.scheme, beneficiary, {}, MonthOf(made_on)},
              line.quantity);
    }
    if (static_cast<Supply>(line.supply) == Supply::kPlace) {
      state.held_places.Erase({undoing.was.at, static_cast<std::uint16_t>(i)});
      ChangePlacesOf(state, line.source, beneficiary, -line.quantity.wide());
    }
    if (static_cast<Supply>(line.supply) == Supply::kStock) {
      const std::optional<std::uint32_t> fund = state.IndexOf(line.fund, Role::kFund);
      if (!fund) return Contradiction("pieces come back to no fund");
      Tie(state, *fund, line.pot, line.cost.wide());
    }
  }
  return RestoreLots(state, holder, fact.lots, undoing.on);
}

Verdict RedemptionMadeRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                       const Undoing& undoing, std::vector<Event>& derived) {
  const auto& fact = undoing.was.event.As<Fact>();
  AddRestored(context, reversal, {fact.fixed.scheme, fact.fixed.holder}, fact.lots,
              schema::LotAgainst::kRedeemed, derived);
  return std::nullopt;
}

}  // namespace suanpan::rules
