#include <algorithm>

#include "src/kinds/lapsing.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/redemptions/redemptions.h"
#include "suanpan/rules/offers.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"

namespace suanpan::rules {
namespace {

using schema::PolicyProposed;
using schema::PolicyType;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Reward;

std::string LineField(std::size_t line, std::string_view field) {
  return fmt::format("lines[{}].{}", line, field);
}

bool InWindow(const schema::RedemptionBody& terms, Date date) {
  if (terms.windows.empty()) return true;
  const unsigned month = MonthOf(date).value() % 12U + 1U;
  const unsigned day = date.value() - FirstDay(MonthOf(date)).value() + 1U;
  return std::ranges::any_of(terms.windows, [&](const schema::RedemptionWindow& window) {
    return window.month == month && window.from_day <= day && day <= window.to_day;
  });
}

/// The offer of a place reward; null: the line is for something else, or there is no such offer.
const Offer* OfferOf(const Redeeming& r, std::size_t line) {
  const Reward& reward = r.RewardOf(line);
  if (static_cast<schema::Supply>(reward.supply) != schema::Supply::kPlace) return nullptr;
  const std::optional<std::uint32_t> index = r.state.IndexOf(reward.offer, Role::kOffer);
  return index ? &r.state.offers[*index] : nullptr;
}

Verdict NotMember(const Redeeming& r, NameId person, std::string_view field) {
  return Refuse(RefusalCode::not_member, field)
      .With("person", std::string{r.state.names.TextOf(person)});
}

/// Children and elders have places that nobody else can take.
bool Fits(const Redeeming& r, const Offer& offer, NameId person) {
  const auto audience = static_cast<schema::Audience>(offer.audience);
  if (audience == schema::Audience::kAny) return true;
  const std::optional<NameId> as = MembershipOf(r.state, person, r.fact.fixed.holder, r.date());
  return as && r.state.names.TextOf(*as) ==
                   schema::kAudienceWords[static_cast<std::size_t>(audience) - 1U];
}

Verdict TestThresholds(const Redeeming& r) {
  if (r.terms == nullptr) return std::nullopt;
  const Wide balance =
      SumOfLots(ChooseLots(r.state, r.holder(), Wide{INT64_MAX}, r.date(), LotUse::kHold));
  if (balance < r.terms->min_balance.wide()) {
    return Refuse(RefusalCode::threshold_not_met, "holder")
        .With("min_balance", std::to_string(r.terms->min_balance.value()));
  }
  Wide minutes = 0;
  for (const AccountClass of :
       {AccountClass::kMinutesService, AccountClass::kMinutesDuty, AccountClass::kMinutesOpening}) {
    minutes += r.state.accounts.BalanceOf<Minutes>({of, {}, r.fact.fixed.by, {}}).wide();
  }
  if (minutes >= r.terms->min_minutes.wide()) return std::nullopt;
  return Refuse(RefusalCode::threshold_not_met, "by")
      .With("min_minutes", std::to_string(r.terms->min_minutes.value()));
}

/// Pieces of earlier lines of this fact for the same person: of the offer, or of any.
Wide Earlier(const Redeeming& r, std::size_t line, const Offer* offer) {
  Wide pieces = 0;
  for (std::size_t i = 0; i < line; ++i) {
    if (r.For(i) == r.For(line) && (offer == nullptr || OfferOf(r, i) == offer))
      pieces += r.fact.lines[i].quantity.wide();
  }
  return pieces;
}

bool WithinBeneficiary(const Redeeming& r, std::size_t line) {
  const std::uint16_t most = r.terms == nullptr ? std::uint16_t{0} : r.terms->per_beneficiary_month;
  if (most == 0) return true;
  if (IsForgotten(r.state, Lapsing::kRedeemed, LastDay(MonthOf(r.date())))) return false;
  const Quantity* had =
      r.state.redeemed.Find({r.fact.fixed.scheme, r.For(line), {}, MonthOf(r.date())});
  const Wide pieces = (had == nullptr ? 0 : had->wide()) + Earlier(r, line, nullptr) +
                      r.fact.lines[line].quantity.wide();
  return pieces <= most;
}

bool WithinOffer(const Redeeming& r, std::size_t line) {
  const Offer* offer = OfferOf(r, line);
  if (offer == nullptr) return true;
  const Quantity* had = r.state.places_of.Find({offer->name, r.For(line)});
  const Wide places = (had == nullptr ? 0 : had->wide()) + Earlier(r, line, offer) +
                      r.fact.lines[line].quantity.wide();
  return places <= offer->per_beneficiary;
}

Verdict Exceeded(const std::string& field, std::string_view limit) {
  return Refuse(RefusalCode::limit_exceeded, field).With("limit", std::string{limit});
}

Verdict FirstExceeded(const Redeeming& r) {
  if (r.terms != nullptr && r.terms->per_day_points.value() != 0) {
    const Points* spent = r.state.spent.Find({r.holder(), r.date()});
    Wide points = spent == nullptr ? 0 : spent->wide();
    for (std::size_t i = 0; i < r.fact.lines.size(); ++i)
      points += r.RewardOf(i).points.wide() * r.fact.lines[i].quantity.wide();
    const bool forgotten = IsForgotten(r.state, Lapsing::kRedeemed, r.date());
    if (forgotten || points > r.terms->per_day_points.wide())
      return Exceeded("lines", "per_day_points");
  }
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    if (!WithinBeneficiary(r, i))
      return Exceeded(LineField(i, "quantity"), "per_beneficiary_month");
    if (!WithinOffer(r, i)) return Exceeded(LineField(i, "quantity"), "per_beneficiary");
  }
  return std::nullopt;
}

/// What the rewards are worth by the list; its amounts are stated where somebody pays for them.
Fen ListedValue(const Redeeming& r) {
  Wide value = 0;
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i)
    value += r.RewardOf(i).value.wide() * r.fact.lines[i].quantity.wide();
  return Fen{NarrowWide(value).value_or(INT64_MAX)};
}

}  // namespace

const Reward& Redeeming::RewardOf(std::size_t line) const {
  const Reward* reward = FindItem(prices->rewards, &Reward::reward, fact.lines[line].reward);
  SUANPAN_INVARIANT(reward != nullptr, "line {}", line);
  return *reward;
}

NameId Redeeming::For(std::size_t line) const { return BeneficiaryOf(fact, fact.lines[line]); }

std::optional<Redeeming> Read(const BookState& state, const Event& event,
                              const RedemptionMade& fact) {
  const NameId scheme = fact.fixed.scheme;
  Redeeming r{state, event, fact};
  const PolicyProposed* prices = InForce(state, PolicyType::kPriceList, scheme, r.date());
  if (prices == nullptr) return std::nullopt;
  r.prices = &prices->price_list;
  const PolicyProposed* terms = InForce(state, PolicyType::kRedemption, scheme, r.date());
  const PolicyProposed* awards = InForce(state, PolicyType::kAwardItems, scheme, r.date());
  if (terms != nullptr) r.terms = &terms->redemption;
  if (terms != nullptr && Has(terms->redemption.flags, schema::RedemptionBody::kKeepStated)) {
    r.keep = terms->redemption.keep_points;
  } else if (awards != nullptr) {
    r.keep = awards->award_items.base_points;
  }
  return r;
}

Verdict TestWho(const Redeeming& r) {
  if (r.terms != nullptr && !InWindow(*r.terms, r.date()))
    return Refuse(RefusalCode::window_closed, "occurred_at").With("date", ToText(r.date()));
  const NameId holder = r.fact.fixed.holder;
  if (!BelongsTo(r.state, r.fact.fixed.by, holder, r.date()))
    return NotMember(r, r.fact.fixed.by, "by");
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    if (!BelongsTo(r.state, r.For(i), holder, r.date()))
      return NotMember(r, r.For(i), LineField(i, "beneficiary"));
  }
  for (std::size_t i = 0; i < r.fact.lines.size(); ++i) {
    const Offer* offer = OfferOf(r, i);
    if (offer == nullptr || Fits(r, *offer, r.For(i))) continue;
    return Refuse(RefusalCode::wrong_audience, LineField(i, "beneficiary"))
        .With("audience", std::string{schema::kAudienceWords[offer->audience - 1U]});
  }
  return TestThresholds(r);
}

std::optional<Approving> ApprovalNeeded(const Redeeming& r) {
  const bool irregular = r.event.common.irregular != 0;
  const bool review = r.terms != nullptr && r.terms->review == schema::kTrue;
  if (!irregular && !review) return std::nullopt;
  const auto action =
      irregular ? schema::ApprovalAction::kIrregular : schema::ApprovalAction::kRedeem;
  return Approving::Of(r.event, {{}, r.fact.fixed.holder, action}, ListedValue(r));
}

Verdict TestLimits(const Redeeming& r) {
  if (r.event.common.irregular == 0) {
    if (Verdict refusal = FirstExceeded(r)) return refusal;
  }
  const std::optional<Approving> wanted = ApprovalNeeded(r);
  if (!wanted) return std::nullopt;
  if (r.event.common.approval.none()) return Refuse(RefusalCode::missing_field, "approval");
  return TestApproval(r.state, *wanted, r.event.common.approval, "approval");
}

}  // namespace suanpan::rules
