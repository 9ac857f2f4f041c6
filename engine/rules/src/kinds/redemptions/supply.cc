#include <algorithm>
#include <map>

#include "src/kinds/funds.h"
#include "src/kinds/redemptions/redemptions.h"
#include "suanpan/rules/goods.h"
#include "suanpan/rules/offers.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/kinds/goods.h"

namespace suanpan::rules {
namespace {

using schema::RedemptionLine;
using schema::Reward;
using schema::Supply;

/// Goods that may be given away for points. Assets are kept, on accounts of their own.
bool IsGivenAway(const Item* item) {
  return item != nullptr &&
         item->goods_class != static_cast<std::uint8_t>(schema::GoodsClass::kAsset);
}

/// Supplies the lines of one fact, each after what the ones before it took. One test after the
/// other goes over all lines, as the catalogue orders its refusals.
class Supplier {
 public:
  explicit Supplier(const Redeeming& redeeming) : r_(redeeming) {}

  Verdict Fill(std::span<RedemptionLine> lines) {
    using Step = Verdict (Supplier::*)(const Reward&, RedemptionLine&);
    constexpr Step kSteps[] = {&Supplier::Price, &Supplier::FromPlaces, &Supplier::FromStock,
                               &Supplier::Inside, &Supplier::FromVendor};
    for (const Step step : kSteps) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        field_ = fmt::format("lines[{}].reward", i);
        if (Verdict refusal = (this->*step)(r_.RewardOf(i), lines[i])) return refusal;
      }
    }
    return std::nullopt;
  }

 private:
  using Owned = std::pair<NameId, NameId>;

  static bool Is(const RedemptionLine& line, Supply supply) {
    return static_cast<Supply>(line.supply) == supply;
  }

  Verdict Price(const Reward& reward, RedemptionLine& line) {
    const std::optional<std::int64_t> points =
        NarrowWide(reward.points.wide() * line.quantity.wide());
    if (!points) return Refuse(RefusalCode::amount_overflow);
    line.points = Points{*points};
    line.supply = reward.supply;
    if (!Is(line, Supply::kVendor)) return std::nullopt;
    const std::uint32_t fund = *r_.state.IndexOf(reward.fund, Role::kFund);
    line.source = reward.vendor;
    line.fund = reward.fund;
    line.pot = reward.pot.none() ? r_.state.funds[fund].default_pot : reward.pot;
    return std::nullopt;
  }

  Verdict FromStock(const Reward& reward, RedemptionLine& line) {
    if (!Is(line, Supply::kStock)) return std::nullopt;
    const BookState& state = r_.state;
    Taken& taken = stock_[{reward.fund, reward.item}];
    const Wide all = taken.pieces + line.quantity.wide();
    const std::optional<std::int64_t> narrow = NarrowWide(all);
    // What all lines take together, less what the ones before took: the last piece takes the rest.
    const bool there = narrow && IsGivenAway(state.items.Find({reward.fund, reward.item}));
    const std::optional<Issue> issue =
        there ? IssueOf(state, reward.fund, reward.item, Quantity{*narrow}) : std::nullopt;
    if (!issue) {
      return Refuse(RefusalCode::stock_short, field_)
          .With("item", std::string{state.names.TextOf(reward.item)});
    }
    line.source = reward.item;
    line.fund = reward.fund;
    line.pot = issue->pot;
    line.cost = Fen{issue->value.value() - taken.value.value()};
    taken = {all, issue->value};
    return std::nullopt;
  }

  Verdict FromPlaces(const Reward& reward, RedemptionLine& line) {
    if (!Is(line, Supply::kPlace)) return std::nullopt;
    const BookState& state = r_.state;
    const std::optional<std::uint32_t> index = state.IndexOf(reward.offer, Role::kOffer);
    Wide& taken = places_[reward.offer];
    taken += line.quantity.wide();
    const bool open = index && !IsClosed(state, reward.offer, r_.date());
    const Wide free = open ? FreePlaces(state, state.offers[*index]).wide() : 0;
    if (taken > free) {
      return Refuse(RefusalCode::no_place, field_)
          .With("offer", std::string{state.names.TextOf(reward.offer)});
    }
    line.source = reward.offer;
    return std::nullopt;
  }

  Verdict FromVendor(const Reward& reward, RedemptionLine& line) {
    if (!Is(line, Supply::kVendor)) return std::nullopt;
    const BookState& state = r_.state;
    const std::uint32_t fund = *state.IndexOf(reward.fund, Role::kFund);
    const std::optional<std::int64_t> cost = NarrowWide(reward.value.wide() * line.quantity.wide());
    if (!cost) return Refuse(RefusalCode::amount_overflow);
    line.cost = Fen{*cost};
    Wide& taken = pots_[{reward.fund, line.pot}];
    const Wide available = AvailableOf(state, fund, line.pot) - taken;
    taken += *cost;
    if (*cost <= available) return std::nullopt;
    return Refuse(RefusalCode::fund_short, field_)
        .With("fund", std::string{state.names.TextOf(reward.fund)})
        .With("available_fen", std::to_string(static_cast<std::int64_t>(available)))
        .With("needed_fen", std::to_string(*cost));
  }

  Verdict Inside(const Reward& /*reward*/, RedemptionLine& line) {
    if (line.fund.value() == 0) return std::nullopt;
    const BookState& state = r_.state;
    const Fund& fund = state.funds[*state.IndexOf(line.fund, Role::kFund)];
    const NameId purpose = state.names.Find(kRewardsPurpose);
    if (InsideRestriction(fund, line.pot, purpose, {}, {}, r_.date())) return std::nullopt;
    return Refuse(RefusalCode::purpose_outside_restriction, field_)
        .With("fund", std::string{state.names.TextOf(line.fund)})
        .With("purpose", std::string{kRewardsPurpose});
  }

  struct Taken {
    Wide pieces = 0;
    Fen value;
  };
  const Redeeming& r_;
  std::string field_;
  std::map<Owned, Taken> stock_;
  std::map<NameId, Wide> places_;
  std::map<std::pair<NameId, schema::Pot>, Wide> pots_;
};

/// What a line must say by the price list alone.
bool ListedAsTold(const Redeeming& r, std::size_t index) {
  const RedemptionLine& line = r.fact.lines[index];
  const Reward& reward = r.RewardOf(index);
  const auto supply = static_cast<Supply>(reward.supply);
  const bool spends = supply == Supply::kStock || supply == Supply::kVendor;
  const NameId source = supply == Supply::kStock    ? reward.item
                        : supply == Supply::kPlace  ? reward.offer
                        : supply == Supply::kVendor ? reward.vendor
                                                    : NameId{};
  return line.supply == reward.supply && line.source == source &&
         line.fund == (spends ? reward.fund : NameId{}) &&
         line.points.wide() == reward.points.wide() * line.quantity.wide() &&
         (spends || (line.cost.value() == 0 && line.pot.none())) && line.pot.none() != spends;
}

/// Of one item of a fund, or one pot: what all lines took.
struct Sum {
  Wide pieces = 0;
  Wide cost = 0;
};

/// All lines of an item cost floor(V q / Q), V and Q with them added back.
bool CostsAsTold(const BookState& state, NameId fund, NameId item, const Sum& sum) {
  const Wide left = state.accounts.BalanceOf({AccountClass::kStock, {}, fund, item}).wide();
  const Wide pieces =
      state.accounts.BalanceOf<Quantity>({AccountClass::kPiecesOnHand, {}, fund, item}).wide();
  if (pieces < 0 || left < 0) return false;
  const Wide all = left + sum.cost;
  const Wide cost = pieces == 0 ? all : FloorMulDivWide(all, sum.pieces, pieces + sum.pieces);
  return cost == sum.cost;
}

/// Whether what a line took was there: nothing may be below 0 by now.
bool IsThere(const Redeeming& r, std::size_t index) {
  const BookState& state = r.state;
  const RedemptionLine& line = r.fact.lines[index];
  const Reward& reward = r.RewardOf(index);
  switch (static_cast<Supply>(line.supply)) {
    case Supply::kStock: {
      const Item* item = state.items.Find({line.fund, line.source});
      return IsGivenAway(item) && item->pot == line.pot;
    }
    case Supply::kPlace: {
      const std::optional<std::uint32_t> offer = state.IndexOf(line.source, Role::kOffer);
      return offer && FreePlaces(state, state.offers[*offer]).value() >= 0;
    }
    case Supply::kVendor: {
      const std::uint32_t fund = *state.IndexOf(line.fund, Role::kFund);
      const schema::Pot pot = reward.pot.none() ? state.funds[fund].default_pot : reward.pot;
      return line.pot == pot && line.cost.wide() == reward.value.wide() * line.quantity.wide() &&
             AvailableOf(state, fund, pot) >= 0;
    }
    case Supply::kPartner:
      return true;
  }
  return false;
}

bool InsideAsTold(const Redeeming& r, const RedemptionLine& line) {
  if (line.fund.value() == 0) return true;
  const Fund& fund = r.state.funds[*r.state.IndexOf(line.fund, Role::kFund)];
  return InsideRestriction(fund, line.pot, r.fact.fixed.purpose, {}, {}, r.date());
}

}  // namespace

bool SuppliedAsTold(const Redeeming& r) {
  std::map<std::pair<NameId, NameId>, Sum> stock;
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    const RedemptionLine& line = r.fact.lines[i];
    if (!ListedAsTold(r, i) || !IsThere(r, i) || !InsideAsTold(r, line)) return false;
    if (static_cast<Supply>(line.supply) != Supply::kStock) continue;
    Sum& sum = stock[{line.fund, line.source}];
    sum.pieces += line.quantity.wide();
    sum.cost += line.cost.wide();
  }
  return std::ranges::all_of(stock, [&](const auto& one) {
    return CostsAsTold(r.state, one.first.first, one.first.second, one.second);
  });
}

Verdict SupplyLines(const Redeeming& redeeming, std::span<RedemptionLine> lines) {
  return Supplier{redeeming}.Fill(lines);
}

}  // namespace suanpan::rules
