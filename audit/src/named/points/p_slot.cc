// p-slot: an offer gives no more places than it has, to nobody more than one person may have (what
// was released or missed is one less), and to children or elders what is for them; places that were
// taken after the day, that nobody marked after it, and people who stayed away more than once, are
// shown.

#include <map>

#include "src/named/points/points_checks.h"
#include "src/named/points/spend_limits.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/offers.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::Audience;
using schema::EntryReversed;
using schema::OfferOpened;
using schema::PlaceMark;
using schema::PlaceMarked;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Supply;

class Slot final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void Finish() override;

 private:
  struct Offer {
    Address opened;
    Date on;
    Audience audience = Audience::kAny;
    Wide per_beneficiary = 1;
    Wide capacity = 0;
    Wide held = 0;
    Wide used = 0;  ///< or missed
    std::map<NameId, Wide> taken_by;
  };
  struct Line {
    Address redemption;
    std::size_t line = 0;
    friend auto operator<=>(const Line&, const Line&) = default;
  };
  struct HeldLine {
    NameId offer;
    NameId beneficiary;
    Wide left = 0;
  };

  void Open(Address at, const OfferOpened& fact);
  void Redeem(Address at, const schema::Event& event);
  void CompareAudience(Address at, const Offer& offer, NameId holder, NameId person, Date day);
  void CompareCapacity(Address at, NameId name, const Offer& offer);
  void Mark(Address at, const PlaceMarked::Fixed& fact);
  void TakeBack(const EntryReversed& fact);
  void TakeBackMark(const schema::CopiedEvent& mark, const schema::CopiedEvent& redemption);

  std::map<NameId, Offer> offers_;
  std::map<Line, HeldLine> held_;
  std::map<Line, NameId> late_;             ///< taken after the day of the offer
  std::map<NameId, std::uint64_t> missed_;  ///< by a beneficiary
};

void Slot::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case OfferOpened::kKind:
      return Open(at, event.As<OfferOpened>());
    case RedemptionMade::kKind:
      return Redeem(at, event);
    case PlaceMarked::kKind:
      return Mark(at, event.As<PlaceMarked>().fixed);
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;
  }
}

void Slot::Open(Address at, const OfferOpened& fact) {
  Offer& offer = offers_[fact.offer];
  if (offer.opened.none()) offer.opened = at;
  offer.on = fact.on;
  offer.audience = static_cast<Audience>(fact.audience);
  offer.per_beneficiary = fact.per_beneficiary == 0 ? 1 : fact.per_beneficiary;
  offer.capacity = fact.capacity.wide();
  CompareCapacity(at, fact.offer, offer);
}

void Slot::CompareCapacity(Address at, NameId name, const Offer& offer) {
  const Wide taken = offer.held + offer.used;
  if (taken <= offer.capacity) return;
  Fail(at, fmt::format("{} gives more places than it has", NameOf(name)),
       WideText(offer.capacity) + " or fewer", WideText(taken));
}

void Slot::Redeem(Address at, const schema::Event& event) {
  const auto& fact = event.As<RedemptionMade>();
  for (std::size_t i = 0; i < fact.lines.size(); ++i) {
    const RedemptionLine& line = fact.lines[i];
    if (static_cast<Supply>(line.supply) != Supply::kPlace) continue;
    LookAt();
    const auto found = offers_.find(line.source);
    if (found == offers_.end()) {
      Fail(at, fmt::format("a place of {}, which was never offered", NameOf(line.source)));
      continue;
    }
    Offer& offer = found->second;
    const NameId person = BeneficiaryOf(fact, line);
    held_[{at, i}] = {line.source, person, line.quantity.wide()};
    if (event.common.business_day > offer.on) late_[{at, i}] = line.source;
    offer.held += line.quantity.wide();
    Wide& taken = offer.taken_by[person];
    taken += line.quantity.wide();
    CompareCapacity(at, line.source, offer);
    CompareAudience(at, offer, fact.fixed.holder, person, event.common.business_day);
    if (taken <= offer.per_beneficiary || event.common.irregular != 0) continue;
    Fail(at,
         fmt::format("{} has more places of {} than one may have", NameOf(person),
                     NameOf(line.source)),
         WideText(offer.per_beneficiary) + " or fewer", WideText(taken));
  }
}

void Slot::CompareAudience(Address at, const Offer& offer, NameId holder, NameId person, Date day) {
  const std::size_t index = static_cast<std::size_t>(offer.audience) - 1U;
  if (offer.audience == Audience::kAny || index >= std::size(schema::kAudienceWords)) return;
  const std::string_view wanted = schema::kAudienceWords[index];
  const Parties::Membership* membership = book().parties.MembershipOf(person, holder, day);
  const std::string_view as =
      membership == nullptr ? std::string_view{} : book().names.TextOf(membership->as);
  if (as == wanted) return;
  Fail(at, fmt::format("{} has a place that is for others", NameOf(person)), std::string{wanted},
       as.empty() ? "none" : std::string{as});
}

void Slot::Mark(Address at, const PlaceMarked::Fixed& fact) {
  LookAt();
  const auto held = held_.find({fact.redemption, fact.line});
  if (held == held_.end() || held->second.offer != fact.offer) {
    return Fail(at, fmt::format("line {} of {} holds no such place", fact.line,
                                schema::ToText(fact.redemption)));
  }
  Offer& offer = offers_[fact.offer];
  offer.held -= 1;
  const auto as = static_cast<PlaceMark>(fact.as);
  if (as != PlaceMark::kReleased) offer.used += 1;
  if (as != PlaceMark::kUsed) offer.taken_by[held->second.beneficiary] -= 1;
  if (as == PlaceMark::kNoShow) ++missed_[held->second.beneficiary];
  held->second.left -= 1;
  if (held->second.left <= 0) held_.erase(held);
}

void Slot::TakeBack(const EntryReversed& fact) {
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  const schema::CopiedEvent& was = events->front();
  if (was.event.kind->number == PlaceMarked::kKind) {
    if (events->back().event.kind->number == RedemptionMade::kKind)
      TakeBackMark(was, events->back());
    return;
  }
  if (was.event.kind->number == OfferOpened::kKind) {
    const auto& opened = was.event.As<OfferOpened>();
    offers_[opened.offer].capacity -= opened.change.wide();
    if (offers_[opened.offer].capacity <= 0) offers_.erase(opened.offer);
  }
  if (was.event.kind->number != RedemptionMade::kKind) return;
  for (std::size_t i = 0; i < was.event.As<RedemptionMade>().lines.size(); ++i) {
    late_.erase({was.at, i});
    const auto held = held_.find({was.at, i});
    if (held == held_.end()) continue;
    Offer& offer = offers_[held->second.offer];
    offer.held -= held->second.left;
    offer.taken_by[held->second.beneficiary] -= held->second.left;
    held_.erase(held);
  }
}

void Slot::TakeBackMark(const schema::CopiedEvent& mark, const schema::CopiedEvent& redemption) {
  const auto& fact = mark.event.As<PlaceMarked>().fixed;
  const auto& lines = redemption.event.As<RedemptionMade>().lines;
  if (fact.line >= lines.size()) return;
  const NameId person = BeneficiaryOf(redemption.event.As<RedemptionMade>(), lines[fact.line]);
  Offer& offer = offers_[fact.offer];
  HeldLine& held = held_[{fact.redemption, fact.line}];
  held = {fact.offer, person, held.left + 1};
  offer.held += 1;
  const auto as = static_cast<PlaceMark>(fact.as);
  if (as != PlaceMark::kReleased) offer.used -= 1;
  if (as != PlaceMark::kUsed) offer.taken_by[person] += 1;
  if (as == PlaceMark::kNoShow && missed_[person] != 0) --missed_[person];
}

void Slot::Finish() {
  for (const auto& [name, offer] : offers_) {
    if (offer.held <= 0 || offer.on >= book().newest_day) continue;
    const bool one = offer.held == 1;
    Note(offer.opened,
         fmt::format("{} of {} on {} {} taken, and nobody said what became of {}",
                     one ? "one place" : WideText(offer.held) + " places", NameOf(name),
                     ToText(offer.on), one ? "was" : "were", one ? "it" : "them"));
  }
  for (const auto& [line, name] : late_) {
    Note(line.redemption, fmt::format("a place of {} is taken after the day of it", NameOf(name)),
         ToText(offers_[name].on) + " or earlier");
  }
  for (const auto& [person, times] : missed_) {
    if (times < 2) continue;
    Note({}, fmt::format("{} stayed away from {} places", NameOf(person), times));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeSlot(const KnownBook& book) { return std::make_unique<Slot>(book); }

}  // namespace suanpan::audit
