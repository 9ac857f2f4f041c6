// p-house: whoever earns for a household, redeems for it or has something of it was a member on
// the day, also by what was recorded later, that they had left or that they never were one; and
// memberships that began shortly before somebody made use of them.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/relations.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::PointsAwarded;
using schema::RedemptionMade;
using schema::RelationEnded;
using schema::RelationStarted;
using schema::RelationType;
using schema::ServiceRecorded;

constexpr unsigned kShortlyDays = 7;
constexpr unsigned kDaysBack = 800;  ///< a use that is further back is forgotten

class House final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void EndEntry(Seq seq) override;
  void Finish() override;

 private:
  struct Membership {
    NameId person;
    NameId holder;
    friend auto operator<=>(const Membership&, const Membership&) = default;
  };
  /// What was recorded of a membership afterwards.
  struct Change {
    Address at;
    Membership of;
    bool ended = false;            ///< else it is taken back that it began
    std::map<Address, Date> uses;  ///< on days on which there is no membership any more
  };
  void Record(Address at, const ServiceRecorded& fact, Date day);
  void Redeem(Address at, const schema::Event& event);
  void End(Address at, const RelationEnded& fact);
  void TakeBack(Address at, const schema::EntryReversed& fact);
  /// The memberships that a fact makes use of.
  [[nodiscard]] static std::vector<Membership> UsedBy(const schema::Event& event);
  /// That a person was of a household on the day; remembers it.
  bool MustBelong(Address at, NameId person, NameId holder, Date day, std::string_view what);
  [[nodiscard]] bool Holds(const Membership& of, Date day) const {
    return book().parties.BelongsTo(of.person, of.holder, day);
  }

  std::map<Membership, std::map<Address, Date>> uses_;
  std::vector<Change> now_;      ///< in the entry at hand
  std::vector<Change> changes_;  ///< that leave uses without a membership
};

void House::Take(Address at, const schema::Event& event) {
  const Date day = event.common.business_day;
  switch (event.kind->number) {
    case ServiceRecorded::kKind:
      return Record(at, event.As<ServiceRecorded>(), day);
    case PointsAwarded::kKind: {
      const auto& fact = event.As<PointsAwarded>().fixed;
      LookAt();
      if (fact.person.value() != 0)
        (void)MustBelong(at, fact.person, fact.holder, day, "whose deed earns points");
      return;
    }
    case RedemptionMade::kKind:
      return Redeem(at, event);
    case RelationEnded::kKind:
      return End(at, event.As<RelationEnded>());
    case schema::EntryReversed::kKind:
      return TakeBack(at, event.As<schema::EntryReversed>());
    default:
      return;
  }
}

void House::Record(Address at, const ServiceRecorded& fact, Date day) {
  if (fact.fixed.holder.value() == 0) return;
  LookAt();
  (void)MustBelong(at, fact.fixed.person, fact.fixed.holder, day, "whose service earns points");
}

std::vector<House::Membership> House::UsedBy(const schema::Event& event) {
  if (event.kind->number == ServiceRecorded::kKind) {
    const auto& fact = event.As<ServiceRecorded>().fixed;
    return {{fact.person, fact.holder}};
  }
  if (event.kind->number == PointsAwarded::kKind) {
    const auto& fact = event.As<PointsAwarded>().fixed;
    return {{fact.person, fact.holder}};
  }
  if (event.kind->number != RedemptionMade::kKind) return {};
  const auto& fact = event.As<RedemptionMade>();
  const NameId holder = fact.fixed.holder;
  std::vector<Membership> used{{fact.fixed.by, holder}};
  for (const schema::RedemptionLine& line : fact.lines) {
    const Membership one{line.beneficiary, holder};
    const bool known = std::ranges::find(used, one) != used.end();
    if (line.beneficiary.value() != 0 && !known) used.push_back(one);
  }
  return used;
}

void House::Redeem(Address at, const schema::Event& event) {
  LookAt();
  const auto& fact = event.As<RedemptionMade>();
  const Date day = event.common.business_day;
  for (const auto& [person, holder] : UsedBy(event)) {
    const std::string_view what = person == fact.fixed.by ? "who redeems" : "for whom is redeemed";
    if (!MustBelong(at, person, fact.fixed.holder, day, what)) continue;
    const Parties::Membership* membership =
        book().parties.MembershipOf(person, fact.fixed.holder, day);
    if (membership == nullptr) continue;  // the holder itself
    if (day.value() - membership->since.value() >= static_cast<int>(kShortlyDays)) continue;
    Note(at,
         fmt::format("{}, {}, became a member of {} shortly before", NameOf(person), what,
                     NameOf(fact.fixed.holder)),
         fmt::format("{} days or more before", kShortlyDays), ToText(membership->since));
  }
}

bool House::MustBelong(Address at, NameId person, NameId holder, Date day, std::string_view what) {
  if (person == holder) return true;
  if (!book().parties.BelongsTo(person, holder, day)) {
    Fail(at, fmt::format("{}, {}, is no member of {} on {}", NameOf(person), what, NameOf(holder),
                         ToText(day)));
    return false;
  }
  std::map<Address, Date>& uses = uses_[{person, holder}];
  std::erase_if(uses, [day](const auto& use) { return AddDays(use.second, kDaysBack) < day; });
  uses[at] = day;
  return true;
}

void House::End(Address at, const RelationEnded& fact) {
  if (static_cast<RelationType>(fact.relation) == RelationType::kMemberOf)
    now_.push_back({at, {fact.from, fact.to}, true, {}});
}

void House::TakeBack(Address at, const schema::EntryReversed& fact) {
  const Address of = fact.fixed.of;
  for (Change& change : changes_) change.uses.erase(of);
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  for (const Membership& membership : UsedBy(events->front().event)) {
    if (const auto uses = uses_.find(membership); uses != uses_.end()) uses->second.erase(of);
  }
  if (fact.fixed.kind != RelationStarted::kKind) return;
  const auto& was = events->front().event.As<RelationStarted>();
  if (static_cast<RelationType>(was.relation) == RelationType::kMemberOf)
    now_.push_back({at, {was.from, was.to}, false, {}});
}

void House::EndEntry(Seq /*seq*/) {
  for (Change& change : now_) {
    for (const auto& [at, day] : uses_[change.of]) {
      if (!Holds(change.of, day)) change.uses[at] = day;
    }
    if (!change.uses.empty()) changes_.push_back(std::move(change));
  }
  now_.clear();
}

void House::Finish() {
  for (const Change& change : changes_) {
    Address last;
    Date day;
    for (const auto& [at, used_on] : change.uses) {
      if (Holds(change.of, used_on) || (!last.none() && used_on < day)) continue;
      last = at;
      day = used_on;
    }
    if (last.none()) continue;  // it was put right
    Fail(change.at,
         fmt::format("{} {} {} on {}, when {} made use of the membership", NameOf(change.of.person),
                     change.ended ? "had left" : "was no member of", NameOf(change.of.holder),
                     ToText(day), schema::ToText(last)));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeHouse(const KnownBook& book) {
  return std::make_unique<House>(book);
}

}  // namespace suanpan::audit
