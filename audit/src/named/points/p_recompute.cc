// p-recompute: every grant is what the policy in force on the day gives for the service or the
// deed, after caps, with the carry of the cumulative rule, also where a policy reaches back; every
// deduction is what its deed takes; and a reversal takes back all that was granted, and grants anew
// what the carry leaves to others.

#include <algorithm>
#include <map>
#include <set>

#include "src/named/known/earning.h"
#include "src/named/points/points_checks.h"
#include "src/named/points/row_recount.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::audit {
namespace {

using schema::EntryReversed;
using schema::GrantReason;
using schema::PointsAdjusted;
using schema::PointsAwarded;
using schema::PointsDeducted;
using schema::PointsGranted;
using schema::RuleApplied;
using schema::ServiceAttested;

std::string GrantText(Wide points, Wide counted, Wide carry) {
  return fmt::format("{} points, {} counted, {} in all", points, counted, carry);
}

class Recompute final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override {
    if (event.common.cause == 0) EndFact();
    switch (event.kind->number) {
      case ServiceAttested::kKind:
        return Attest(at, event);
      case PointsAwarded::kKind:
        return Award(at, event);
      case RuleApplied::kKind:
        return Apply(at, event.As<RuleApplied>());
      case PointsGranted::kKind:
        return Grant(at, event);
      case PointsDeducted::kKind:
        return Deduct(at, event);
      case EntryReversed::kKind:
        return Reverse(at, event.As<EntryReversed>());
      case PointsAdjusted::kKind:
        return Adjust(event.As<PointsAdjusted>());
      default:
        return;
    }
  }
  void EndEntry(Seq /*seq*/) override { EndFact(); }

 private:
  /// A grant that must follow the fact at hand.
  struct Expected {
    PointsGranted::Fixed grant;
    NameId kind;  ///< of the service, where a policy reaches back
    Wide points = 0;
    Wide counted = 0;
    Wide carry_total = 0;
  };
  struct Cancelled {
    Wide due = 0;  ///< what must be taken back, from lots or as a claim
    Wide done = 0;
  };

  void Attest(Address at, const schema::Event& event);
  void Award(Address at, const schema::Event& event);
  void Apply(Address at, const RuleApplied& fact);
  void ApplyRow(Address at, const schema::CaughtRow& row, const schema::PolicyProposed& policy,
                std::map<CountedUnits::Key, Wide>& added);
  void Grant(Address at, const schema::Event& event);
  void CompareGrant(Address at, const PointsGranted::Fixed& grant, const Expected& expected);
  void Deduct(Address at, const schema::Event& event);
  void Reverse(Address at, const EntryReversed& fact);
  /// The grants of one scheme that are taken back together.
  void Cancel(const TakenBack& back, NameId scheme);
  /// What those who stay counted are entitled to beyond what they were granted.
  [[nodiscard]] Wide LeftByCarry(const TakenBack& back, NameId scheme, Wide counted,
                                 Wide points) const;
  void Adjust(const PointsAdjusted& fact);
  /// What should have followed the fact and did not.
  void EndFact();
  [[nodiscard]] Wide OwedBy(const Lots::HolderKey& key) const {
    const auto found = book().totals.holders().find(key);
    return found == book().totals.holders().end() ? 0 : found->second.owed;
  }

  RowRecount recount_;
  Address fact_;
  std::vector<Expected> expected_;
  std::map<Lots::HolderKey, Cancelled> cancelled_;
};

void Recompute::Attest(Address at, const schema::Event& event) {
  fact_ = at;
  const auto& fact = event.As<ServiceAttested>();
  if (!schema::Has(fact.fixed.flags, ServiceAttested::kCredited)) return;
  const KnownService* waiting = book().services.Find(fact.fixed.service);
  if (waiting == nullptr) {
    return Fail(at, fmt::format("it credits {}, which is no service that waits for it",
                                schema::ToText(fact.fixed.service)));
  }
  const KnownService service = waiting->With(fact);
  const Month newest = book().services.newest();
  const Date day = event.common.business_day;
  const Date counted_on = newest.value() == 0 ? day : std::max(day, FirstDay(newest));
  for (const EarningTerms& terms : EarningOf(book(), service)) {
    const Earned earned = EarnedBy(book(), service, terms, counted_on);
    Expected expected;
    expected.grant.scheme = terms.scheme;
    expected.grant.holder = service.holder;
    expected.grant.person = service.person;
    expected.grant.reason = static_cast<std::uint8_t>(GrantReason::kService);
    expected.grant.earned = service.day;
    expected.grant.usable_from = AddDays(service.day, terms.policy->earning.usable_after_days);
    expected.points = earned.points;
    expected.counted = earned.counted;
    expected.carry_total =
        book().counted.Total(CountedUnits::KeyOf(service, terms.scheme)) + earned.counted;
    expected_.push_back(expected);
  }
}

void Recompute::Award(Address at, const schema::Event& event) {
  fact_ = at;
  const auto& fact = event.As<PointsAwarded>().fixed;
  const Date day = event.common.business_day;
  const std::optional<DeedTerms> deed = DeedOf(book(), fact.scheme, fact.item, day);
  if (!deed || deed->points < 0) {
    return Fail(at, fmt::format("no policy in force on {} gives points for {}", ToText(day),
                                NameOf(fact.item)));
  }
  Wide counted = fact.times;
  if (deed->max_per_month != 0) {
    const Wide used = book().counted.OfDeed(fact.scheme, fact.holder, fact.item, MonthOf(day));
    const bool forgotten = book().counted.ForgotDeeds(MonthOf(day));
    counted = forgotten ? 0 : std::clamp<Wide>(deed->max_per_month - used, 0, counted);
  }
  if (counted != fact.counted) {
    Fail(at, "the deed counts more or less often than its policy lets it", WideText(counted),
         WideText(fact.counted));
  }
  Expected expected;
  expected.grant.scheme = fact.scheme;
  expected.grant.holder = fact.holder;
  expected.grant.person = fact.person.value() == 0 ? fact.holder : fact.person;
  expected.grant.reason = static_cast<std::uint8_t>(GrantReason::kItem);
  expected.grant.earned = day;
  expected.grant.usable_from = day;
  expected.points = deed->points * counted;
  expected.counted = counted;
  expected_.push_back(expected);
}

void Recompute::Apply(Address at, const RuleApplied& fact) {
  fact_ = at;
  const schema::PolicyProposed* policy = book().policies.Version(fact.rule, fact.version);
  if (policy == nullptr) {
    return Fail(at,
                fmt::format("no version {} of {} was adopted", fact.version, NameOf(fact.rule)));
  }
  std::map<CountedUnits::Key, Wide> added;
  for (const schema::CaughtRow& row : fact.rows) {
    LookAt();
    ApplyRow(at, row, *policy, added);
  }
  // What counts in all is told as it is after the page.
  for (Expected& expected : expected_) {
    if (policy->type() != schema::PolicyType::kEarning) break;
    const CountedUnits::Key key{expected.grant.person, expected.grant.scheme, expected.kind};
    expected.carry_total = book().counted.Total(key) + added[key];
  }
  if (fact.done == schema::kTrue) recount_.Forget(*policy);
}

void Recompute::ApplyRow(Address at, const schema::CaughtRow& row,
                         const schema::PolicyProposed& policy,
                         std::map<CountedUnits::Key, Wide>& added) {
  const bool earning = policy.type() == schema::PolicyType::kEarning;
  if (!earning && policy.type() != schema::PolicyType::kAwardItems) return;
  const bool opening = !earning && IsOpeningItem(book(), row.of);
  const RowRecount::Row due = recount_.Take(row, policy, opening);
  const RowRecount::Row told{row.before.wide(), row.counted.wide(), row.points.wide(),
                             row.granted.wide()};
  const auto text = [](const RowRecount::Row& of) {
    return fmt::format("{} before, {} counted, {} points, {} granted", of.before, of.counted,
                       of.points, of.granted);
  };
  if (due != told) {
    Fail(at,
         fmt::format("{} of {} is decided again otherwise than the policy says",
                     schema::ToText(row.source), NameOf(row.person)),
         text(due), text(told));
  }
  const Wide more = AddedBy(row);
  const NameId scheme = earning ? policy.earning.scheme : policy.award_items.scheme;
  added[{row.person, scheme, row.of}] += more;
  if (row.granted.value() <= 0 && more == 0) return;
  Expected expected;
  expected.kind = row.of;
  expected.grant.scheme = scheme;
  expected.grant.holder = row.holder;
  expected.grant.person = row.person;
  expected.grant.reason = static_cast<std::uint8_t>(GrantReason::kCatchUp);
  expected.grant.earned = row.date;
  expected.grant.usable_from =
      earning ? AddDays(row.date, policy.earning.usable_after_days) : row.date;
  expected.points = row.granted.wide();
  expected.counted = more;
  expected_.push_back(expected);
}

void Recompute::Grant(Address at, const schema::Event& event) {
  LookAt();
  const auto& grant = event.As<PointsGranted>().fixed;
  const auto due = std::ranges::find_if(expected_, [&](const Expected& expected) {
    return expected.grant.scheme == grant.scheme && expected.grant.holder == grant.holder &&
           expected.grant.reason == grant.reason;
  });
  if (due == expected_.end()) {
    return Fail(at, fmt::format("{} points are granted to {} and nothing before it earns them",
                                grant.points.value(), NameOf(grant.holder)));
  }
  CompareGrant(at, grant, *due);
  expected_.erase(due);
}

void Recompute::CompareGrant(Address at, const PointsGranted::Fixed& grant,
                             const Expected& expected) {
  const bool same = grant.points.wide() == expected.points &&
                    grant.counted.wide() == expected.counted &&
                    grant.carry_total.wide() == expected.carry_total;
  if (!same) {
    Fail(at, "the grant is not what the policy gives",
         GrantText(expected.points, expected.counted, expected.carry_total),
         GrantText(grant.points.wide(), grant.counted.wide(), grant.carry_total.wide()));
  }
  if (grant.person != expected.grant.person) {
    Fail(at, "the grant is told as somebody else's", NameOf(expected.grant.person),
         NameOf(grant.person));
  }
  if (grant.earned != expected.grant.earned || grant.usable_from != expected.grant.usable_from) {
    Fail(at, "the grant is earned or usable on another day than its service or deed",
         ToText(expected.grant.earned) + ", usable from " + ToText(expected.grant.usable_from),
         ToText(grant.earned) + ", usable from " + ToText(grant.usable_from));
  }
  const Wide owed = OwedBy({grant.scheme, grant.holder});
  const Wide offset = std::clamp<Wide>(owed, 0, std::max<Wide>(grant.points.wide(), 0));
  if (grant.offset.wide() == offset) return;
  Fail(at, "the grant pays another part of what its holder owes than all it can", WideText(offset),
       WideText(grant.offset.wide()));
}

void Recompute::Deduct(Address at, const schema::Event& event) {
  fact_ = at;
  LookAt();
  const auto& fact = event.As<PointsDeducted>();
  const Date day = event.common.business_day;
  const Lots::HolderKey key{fact.fixed.scheme, fact.fixed.holder};
  const std::optional<DeedTerms> deed = DeedOf(book(), key.scheme, fact.fixed.item, day);
  if (!deed || deed->points > 0) {
    return Fail(at, fmt::format("no policy in force on {} takes points for {}", ToText(day),
                                NameOf(fact.fixed.item)));
  }
  const Wide wanted = -deed->points * fact.fixed.times;
  std::vector<KnownLot> lots = book().lots.Choose(key, wanted, day, LotUse::kTake);
  if (lots.size() > schema::kLotsMax) lots.resize(schema::kLotsMax);
  Wide taken = 0;
  for (const KnownLot& lot : lots) taken += lot.left;
  const schema::PolicyProposed* earning =
      book().policies.InForce(schema::PolicyType::kEarning, key.scheme, day);
  const Wide floor = earning == nullptr ? 0 : earning->earning.negative_floor.wide();
  const Wide claim = std::clamp<Wide>(floor - OwedBy(key), 0, wanted - taken);
  const auto text = [](Wide points, Wide owed) {
    return fmt::format("{} points, {} of them owed", points, owed);
  };
  if (fact.fixed.points.wide() == taken + claim && fact.fixed.claim.wide() == claim) return;
  Fail(at, "the deduction is not what the policy takes", text(taken + claim, claim),
       text(fact.fixed.points.wide(), fact.fixed.claim.wide()));
}

void Recompute::Reverse(Address at, const EntryReversed& fact) {
  fact_ = at;
  const std::optional<TakenBack> back = Services::Reversed(fact, book().kinds);
  if (!back) return;
  std::set<NameId> schemes;
  for (const PointsGranted::Fixed& grant : back->grants) {
    if (schemes.insert(grant.scheme).second) Cancel(*back, grant.scheme);
  }
}

Wide Recompute::LeftByCarry(const TakenBack& back, NameId scheme, Wide counted, Wide points) const {
  const schema::EarningItem* item = nullptr;  // of the version that granted last
  for (std::size_t i = 0; i < back.grants.size(); ++i) {
    if (back.grants[i].scheme != scheme) continue;
    const schema::PolicyProposed* policy =
        book().policies.Version(back.rules[i].policy, back.rules[i].version);
    if (policy == nullptr || policy->type() != schema::PolicyType::kEarning) return 0;
    item = Policies::ItemOf(policy->earning.items, &schema::EarningItem::service_kind,
                            back.service.service_kind);
  }
  const bool cumulative = item != nullptr && static_cast<schema::EarningRounding>(item->rounding) ==
                                                 schema::EarningRounding::kCumulative;
  if (!cumulative) return 0;
  const Wide all = book().counted.Total(CountedUnits::KeyOf(back.service, scheme));
  const Wide left = PointsFor(*item, all - counted) - (PointsFor(*item, all) - points);
  return std::clamp<Wide>(left, -1, 1);
}

void Recompute::Cancel(const TakenBack& back, NameId scheme) {
  Wide counted = 0;
  Wide points = 0;
  const PointsGranted::Fixed* first = nullptr;
  for (const PointsGranted::Fixed& grant : back.grants) {
    if (grant.scheme != scheme) continue;
    if (first == nullptr) first = &grant;
    counted += grant.counted.wide();
    points += grant.points.wide();
    cancelled_[{scheme, grant.holder}].due += grant.points.wide();
  }
  const Wide difference = LeftByCarry(back, scheme, counted, points);
  cancelled_[{scheme, first->holder}].due += std::max<Wide>(0, -difference);
  if (difference <= 0) return;
  Expected expected;
  expected.grant = *first;
  expected.grant.reason = static_cast<std::uint8_t>(GrantReason::kCarry);
  expected.points = difference;
  expected.carry_total = first->carry_total.wide() - first->counted.wide();
  expected_.push_back(expected);
}

void Recompute::Adjust(const PointsAdjusted& fact) {
  if (static_cast<schema::AdjustReason>(fact.fixed.reason) != schema::AdjustReason::kReversal)
    return;
  LookAt();
  Cancelled& cancelled = cancelled_[{fact.fixed.scheme, fact.fixed.holder}];
  cancelled.done += fact.fixed.claim_change.wide();
  for (const schema::LotChange& row : fact.lots) {
    if (static_cast<schema::LotAgainst>(row.against) == schema::LotAgainst::kIssued)
      cancelled.done -= row.change.wide();
  }
}

void Recompute::EndFact() {
  for (const Expected& missing : expected_) {
    Fail(fact_,
         fmt::format("a grant to {} should follow and does not", NameOf(missing.grant.holder)),
         GrantText(missing.points, missing.counted, missing.carry_total), "none");
  }
  expected_.clear();
  for (const auto& [key, cancelled] : cancelled_) {
    if (cancelled.due == cancelled.done) continue;
    Fail(fact_,
         fmt::format("a reversal takes another number of points back from {} than were granted",
                     NameOf(key.holder)),
         WideText(cancelled.due), WideText(cancelled.done));
  }
  cancelled_.clear();
}

}  // namespace

std::unique_ptr<NamedCheck> MakeRecompute(const KnownBook& book) {
  return std::make_unique<Recompute>(book);
}

}  // namespace suanpan::audit
