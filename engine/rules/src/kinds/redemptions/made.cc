#include <algorithm>

#include "src/kinds/lapsing.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/points/grants.h"
#include "src/kinds/points/lots.h"
#include "src/kinds/redemptions/redemptions.h"
#include "suanpan/rules/goods.h"
#include "suanpan/rules/offers.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Reward;
using schema::Supply;
using schema::TakenLot;

bool IsSpending(const RedemptionLine& line) { return line.fund.value() != 0; }

Verdict TestRewards(const Redeeming& r) {
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    const NameId reward = r.fact.lines[i].reward;
    if (FindItem(r.prices->rewards, &Reward::reward, reward) != nullptr) continue;
    return Refuse(RefusalCode::reward_unlisted, fmt::format("lines[{}].reward", i))
        .With("reward", std::string{r.state.names.TextOf(reward)});
  }
  return std::nullopt;
}

Wide PointsOf(const Redeeming& r) {
  Wide points = 0;
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i)
    points += r.RewardOf(i).points.wide() * r.fact.lines[i].quantity.wide();
  return points;
}

/// The lots that pay, or why they cannot.
Verdict ChoosePayment(const Redeeming& r, std::vector<TakenLot>& lots) {
  const Wide needed = PointsOf(r);
  if (!NarrowWide(needed)) return Refuse(RefusalCode::amount_overflow);
  const Wide usable =
      SumOfLots(ChooseLots(r.state, r.holder(), Wide{INT64_MAX}, r.date(), LotUse::kRedeem));
  const Wide available = std::max<Wide>(0, usable - r.keep.wide());
  if (needed > available) {
    return Refuse(RefusalCode::points_short, "lines")
        .With("available_points", std::to_string(static_cast<std::int64_t>(available)))
        .With("needed_points", std::to_string(static_cast<std::int64_t>(needed)));
  }
  lots = ChooseLots(r.state, r.holder(), needed, r.date(), LotUse::kRedeem);
  if (lots.size() <= schema::kLotsMax) return std::nullopt;
  return Refuse(RefusalCode::too_many_lots, "lines").WithCount("lots_max", schema::kLotsMax);
}

/// All that is tested before anything is taken; the lots that pay.
Verdict Test(const Redeeming& r, std::vector<TakenLot>& lots) {
  if (Verdict refusal = TestRewards(r)) return refusal;
  if (Verdict refusal = TestWho(r)) return refusal;
  if (Verdict refusal = TestLimits(r)) return refusal;
  return ChoosePayment(r, lots);
}

Wide CostOf(std::span<const RedemptionLine> lines) { return SumOf(lines, &RedemptionLine::cost); }

void PostLine(const RedemptionMade& fact, const RedemptionLine& line, PostingSink& sink) {
  switch (static_cast<Supply>(line.supply)) {
    case Supply::kStock:
      sink.Post(ExpenseAccount(line.fund, line.pot, fact.fixed.purpose), line.cost);
      sink.PostSum({AccountClass::kStock, {}, line.fund, line.source}, -line.cost.wide());
      sink.Post({AccountClass::kPiecesRedeemed, {}, line.fund, line.source}, line.quantity);
      sink.PostSum({AccountClass::kPiecesOnHand, {}, line.fund, line.source},
                   -line.quantity.wide());
      break;
    case Supply::kPlace:
      sink.Post(PlacesAccount(line.source, AccountClass::kPlacesHeld), line.quantity);
      sink.PostSum(PlacesAccount(line.source, AccountClass::kPlacesFree), -line.quantity.wide());
      break;
    case Supply::kVendor:
      sink.Post(ExpenseAccount(line.fund, line.pot, fact.fixed.purpose), line.cost);
      sink.PostSum({AccountClass::kPayable, {}, line.fund, line.source}, -line.cost.wide());
      break;
    case Supply::kPartner:
      break;
  }
}

/// Counts what the limits look at, places that are held, stock that left its pot.
void Take(BookState& state, Address at, const Redeeming& r) {
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    const RedemptionLine& line = r.fact.lines[i];
    const auto add = [&](auto& map, const auto& key) {
      const Quantity* had = map.Find(key);
      map.Set(key, Quantity{(had == nullptr ? 0 : had->value()) + line.quantity.value()});
    };
    if (r.terms != nullptr && r.terms->per_beneficiary_month != 0)
      add(state.redeemed, AwardKey{r.fact.fixed.scheme, r.For(i), {}, MonthOf(r.date())});
    if (static_cast<Supply>(line.supply) == Supply::kPlace) {
      ChangePlacesOf(state, line.source, r.For(i), line.quantity.wide());
      const std::uint32_t offer = *state.IndexOf(line.source, Role::kOffer);
      state.held_places.Set({at, static_cast<std::uint16_t>(i)}, {offer, line.quantity, r.For(i)});
    }
    if (static_cast<Supply>(line.supply) == Supply::kStock)
      Tie(state, *state.IndexOf(line.fund, Role::kFund), line.pot, -line.cost.wide());
  }
  if (r.terms != nullptr && r.terms->per_day_points.value() != 0) {
    const SpentKey key{r.holder(), r.date()};
    const Points* spent = state.spent.Find(key);
    state.spent.Set(key,
                    Points{(spent == nullptr ? 0 : spent->value()) + r.fact.fixed.points.value()});
  }
}

}  // namespace

Verdict RedemptionMadeRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  if (Verdict refusal = MustHold(state, fact.fixed.holder, event.common.business_day, "holder"))
    return refusal;
  const std::optional<Redeeming> redeeming = Read(state, event, fact);
  if (!redeeming) {
    return Refuse(RefusalCode::policy_missing, "scheme")
        .With("scheme", std::string{state.names.TextOf(fact.fixed.scheme)})
        .With("policy_type", "price_list");
  }
  std::vector<TakenLot> lots;
  if (Verdict refusal = Test(*redeeming, lots)) return refusal;
  const std::span<RedemptionLine> lines = context.arena.Make<RedemptionLine>(fact.lines.size());
  std::ranges::copy(fact.lines, lines.begin());
  if (Verdict refusal = SupplyLines(*redeeming, lines)) return refusal;
  const std::optional<std::int64_t> cost = NarrowWide(CostOf(lines));
  if (!cost) return Refuse(RefusalCode::amount_overflow);
  fact.lines = lines;
  fact.fixed.cost = Fen{*cost};
  fact.fixed.points = Points{static_cast<std::int64_t>(SumOfLots(lots))};
  fact.lots = context.arena.Copy(std::span<const TakenLot>{lots});
  if (std::ranges::any_of(lines, IsSpending))
    fact.fixed.purpose = context.names.Intern(kRewardsPurpose);
  return std::nullopt;
}

Verdict RedemptionMadeRule::Derive(DecideContext& context, const Event& event,
                                   std::vector<Event>& derived) {
  const auto& fact = event.As<Fact>();
  const HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  std::vector<schema::LotChange> changes;
  for (const Lot& lot : LotsOf(context.state, key)) {
    if (lot.quantity.value() >= 0) continue;  // below 0: booked as expired after this date
    schema::LotChange change;
    change.lot = lot.lot;
    change.change = Points{-lot.quantity.value()};
    change.expires = lot.expires;
    change.against = static_cast<std::uint8_t>(schema::LotAgainst::kExpired);
    changes.push_back(change);
  }
  if (changes.empty()) return std::nullopt;
  auto* adjusted = context.arena.One<schema::PointsAdjusted>();
  adjusted->fixed.scheme = key.scheme;
  adjusted->fixed.holder = key.holder;
  adjusted->fixed.reason = static_cast<std::uint8_t>(schema::AdjustReason::kLate);
  adjusted->lots = context.arena.Copy(std::span<const schema::LotChange>{changes});
  derived.push_back(DerivedEvent(context, event, schema::PointsAdjusted::kKind, adjusted));
  return std::nullopt;
}

void RedemptionMadeRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const NameId scheme = fact.fixed.scheme;
  sink.Post(PointsAccount(AccountClass::kPointsRedeemed, scheme), fact.fixed.points);
  sink.PostSum(HolderAccount(scheme, fact.fixed.holder), -fact.fixed.points.wide());
  for (const RedemptionLine& line : fact.lines) PostLine(fact, line, sink);
}

Status RedemptionMadeRule::Apply(BookState& state, Address at, const Event& event,
                                 const Fact& fact) {
  const std::optional<Redeeming> redeeming = Read(state, event, fact);
  std::vector<TakenLot> lots;
  if (MustHold(state, fact.fixed.holder, event.common.business_day, "holder"))
    return Contradiction("a redemption of who holds no points");
  if (!redeeming) return Contradiction("a redemption without a price list");
  if (const Verdict refusal = Test(*redeeming, lots))
    return Contradiction("a redemption that the rules refuse: {}", ToText(refusal->code));
  if (SumOfLots(lots) != fact.fixed.points.wide() || !SameLots(lots, fact.lots))
    return Contradiction("a redemption takes other lots than the first to end");
  const bool spends = std::ranges::any_of(fact.lines, IsSpending);
  const std::string_view purpose = state.names.TextOf(fact.fixed.purpose);
  if (!SuppliedAsTold(*redeeming) || CostOf(fact.lines) != fact.fixed.cost.wide() ||
      purpose != (spends ? kRewardsPurpose : std::string_view{})) {
    return Contradiction("a redemption is supplied otherwise than it says");
  }
  if (const std::optional<Approving> wanted = ApprovalNeeded(*redeeming))
    SUANPAN_RETURN_IF_ERROR(UseApproval(state, *wanted, event.common.approval));
  DropLapsed(state, Lapsing::kRedeemed, event.common.business_day);
  SUANPAN_RETURN_IF_ERROR(TakeLots(state, redeeming->holder(), fact.lots));
  Take(state, at, *redeeming);
  return {};
}

}  // namespace suanpan::rules
