// p-hours: nobody serves twice at once, at two places, or for more than a day's minutes in a day;
// and no service has more minutes than it lasted.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"

namespace suanpan::audit {
namespace {

using schema::EntryReversed;
using schema::ServiceRecorded;

constexpr Wide kDayMinutes = 24 * 60;
constexpr std::uint32_t kSecondsBack = 800U * 86'400U;  ///< what is further back is forgotten
constexpr std::string_view kOpeningKind = "opening";    ///< hours brought in from elsewhere

class Hours final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override {
    if (event.kind->number == ServiceRecorded::kKind) Record(at, event);
    if (event.kind->number == EntryReversed::kKind) TakeBack(event.As<EntryReversed>().fixed);
  }

 private:
  struct Stay {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    NameId place;  ///< 0: not stated
    Date day;
    Wide minutes = 0;
  };
  /// One person's services, by address.
  using Stays = std::map<Address, Stay>;

  void Record(Address at, const schema::Event& event);
  void Compare(Address at, NameId person, const Stay& stay);
  void TakeBack(const EntryReversed::Fixed& fact);

  std::map<NameId, Stays> people_;
  std::map<Address, NameId> whose_;
};

void Hours::Record(Address at, const schema::Event& event) {
  const auto& fact = event.As<ServiceRecorded>().fixed;
  if (book().names.TextOf(fact.service_kind) == kOpeningKind) return;
  LookAt();
  const Stay stay{fact.from.seconds, fact.to.seconds, fact.place, event.common.business_day,
                  fact.minutes.wide()};
  const Wide lasted = stay.to < stay.from ? 0 : (stay.to - stay.from) / 60;
  if (stay.to < stay.from || stay.minutes > lasted) {
    Fail(at, "the service has more minutes than it lasted", WideText(lasted) + " or fewer",
         WideText(stay.minutes));
  }
  Compare(at, fact.person, stay);
  Stays& stays = people_[fact.person];
  std::erase_if(stays, [&](const auto& other) {
    const bool old = other.second.to < stay.from - std::min(stay.from, kSecondsBack);
    if (old) whose_.erase(other.first);
    return old;
  });
  stays[at] = stay;
  whose_[at] = fact.person;
}

void Hours::Compare(Address at, NameId person, const Stay& stay) {
  Wide of_day = stay.minutes;
  for (const auto& [other_at, other] : people_[person]) {
    if (other.day == stay.day) of_day += other.minutes;
    if (stay.from >= other.to || other.from >= stay.to) continue;
    const bool elsewhere =
        stay.place.value() != 0 && other.place.value() != 0 && stay.place != other.place;
    Fail(at, elsewhere
                 ? fmt::format("{} serves at {} while serving at {} ({})", NameOf(person),
                               NameOf(stay.place), NameOf(other.place), schema::ToText(other_at))
                 : fmt::format("{} serves while serving already ({})", NameOf(person),
                               schema::ToText(other_at)));
  }
  if (of_day <= kDayMinutes) return;
  Fail(at, fmt::format("{} serves more than a day on {}", NameOf(person), ToText(stay.day)),
       WideText(kDayMinutes) + " minutes or fewer", WideText(of_day));
}

void Hours::TakeBack(const EntryReversed::Fixed& fact) {
  const auto whose = whose_.find(fact.of);
  if (whose == whose_.end()) return;
  people_[whose->second].erase(fact.of);
  whose_.erase(whose);
}

}  // namespace

std::unique_ptr<NamedCheck> MakeHours(const KnownBook& book) {
  return std::make_unique<Hours>(book);
}

}  // namespace suanpan::audit
