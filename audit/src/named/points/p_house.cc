// p-house: whoever earns for a household, redeems for it or has something of it was a member on
// the day, also by what was recorded later; and memberships that began shortly before somebody
// made use of them.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/relations.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::audit {
namespace {

using schema::PointsAwarded;
using schema::RedemptionMade;
using schema::RelationEnded;
using schema::ServiceRecorded;

constexpr unsigned kShortlyDays = 7;

class House final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;

 private:
  struct Use {
    Address at;
    Date day;
  };
  void Record(Address at, const ServiceRecorded& fact, Date day);
  void Redeem(Address at, const RedemptionMade& fact, Date day);
  void End(Address at, const RelationEnded& fact);
  /// That a person was of a household on the day; remembers it.
  bool MustBelong(Address at, NameId person, NameId holder, Date day, std::string_view what);

  std::map<std::pair<NameId, NameId>, Use> last_use_;  ///< of a membership: person, household
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
      return Redeem(at, event.As<RedemptionMade>(), day);
    case RelationEnded::kKind:
      return End(at, event.As<RelationEnded>());
    case schema::EntryReversed::kKind: {
      const Address of = event.As<schema::EntryReversed>().fixed.of;
      std::erase_if(last_use_, [of](const auto& use) { return use.second.at == of; });
      return;
    }
    default:
      return;
  }
}

void House::Record(Address at, const ServiceRecorded& fact, Date day) {
  if (fact.fixed.holder.value() == 0) return;
  LookAt();
  (void)MustBelong(at, fact.fixed.person, fact.fixed.holder, day, "whose service earns points");
}

void House::Redeem(Address at, const RedemptionMade& fact, Date day) {
  LookAt();
  std::vector<NameId> people{fact.fixed.by};
  for (const schema::RedemptionLine& line : fact.lines) {
    const bool known = std::ranges::find(people, line.beneficiary) != people.end();
    if (line.beneficiary.value() != 0 && !known) people.push_back(line.beneficiary);
  }
  for (const NameId person : people) {
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
  Use& use = last_use_[{person, holder}];
  if (use.at.none() || use.day < day) use = {at, day};
  return true;
}

void House::End(Address at, const RelationEnded& fact) {
  if (static_cast<schema::RelationType>(fact.relation) != schema::RelationType::kMemberOf) return;
  const auto use = last_use_.find({fact.from, fact.to});
  if (use == last_use_.end() || use->second.day <= fact.until) return;
  Fail(at,
       fmt::format("{} had left {} before {}, which made use of the membership", NameOf(fact.from),
                   NameOf(fact.to), schema::ToText(use->second.at)),
       ToText(use->second.day) + " or later", ToText(fact.until));
}

}  // namespace

std::unique_ptr<NamedCheck> MakeHouse(const KnownBook& book) {
  return std::make_unique<House>(book);
}

}  // namespace suanpan::audit
