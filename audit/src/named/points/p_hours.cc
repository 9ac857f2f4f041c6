// p-hours: nobody serves twice at once, at two places, or for more than a day's minutes in a day,
// nor while they were at a session elsewhere; and no service has more minutes than it lasted.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/sessions.h"

namespace suanpan::audit {
namespace {

using schema::AttendanceRecorded;
using schema::EntryReversed;
using schema::ServiceRecorded;
using schema::SessionHeld;

constexpr Wide kDayMinutes = 24 * 60;
constexpr std::uint32_t kSecondsBack = 800U * 86'400U;  ///< what is further back is forgotten
constexpr std::string_view kOpeningKind = "opening";    ///< hours brought in from elsewhere

class Hours final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;

 private:
  /// When and where somebody was: at a service, or at a session only.
  struct Stay {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    NameId place;  ///< 0: not stated
    Date day;
    Wide minutes = 0;
    Address session;
    bool serves = false;
  };
  /// One person's stays, by address.
  using Stays = std::map<Address, Stay>;

  void Hold(Address at, const SessionHeld& fact, Date day);
  void Record(Address at, const schema::Event& event);
  void Attend(Address at, const AttendanceRecorded& fact);
  void Compare(Address at, NameId person, const Stay& stay);
  void Keep(Address at, NameId person, const Stay& stay);
  void TakeBack(Address of);

  std::map<Address, Stay> sessions_;
  std::map<NameId, Stays> people_;
  std::map<Address, std::vector<NameId>> whose_;
};

void Hours::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case SessionHeld::kKind:
      return Hold(at, event.As<SessionHeld>(), event.common.business_day);
    case ServiceRecorded::kKind:
      return Record(at, event);
    case AttendanceRecorded::kKind:
      return Attend(at, event.As<AttendanceRecorded>());
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>().fixed.of);
    default:
      return;
  }
}

void Hours::Hold(Address at, const SessionHeld& fact, Date day) {
  const std::uint32_t oldest = fact.from.seconds - std::min(fact.from.seconds, kSecondsBack);
  std::erase_if(sessions_, [oldest](const auto& session) { return session.second.to < oldest; });
  sessions_[at] = {fact.from.seconds, fact.to.seconds, fact.place, day, 0, at, false};
}

void Hours::Record(Address at, const schema::Event& event) {
  const auto& fact = event.As<ServiceRecorded>().fixed;
  if (book().names.TextOf(fact.service_kind) == kOpeningKind) return;
  LookAt();
  const Stay stay{fact.from.seconds,   fact.to.seconds, fact.place, event.common.business_day,
                  fact.minutes.wide(), fact.session,    true};
  const Wide lasted = stay.to < stay.from ? 0 : (stay.to - stay.from) / 60;
  if (stay.minutes > lasted) {
    Fail(at, "the service has more minutes than it lasted", WideText(lasted) + " or fewer",
         WideText(stay.minutes));
  }
  Compare(at, fact.person, stay);
  Keep(at, fact.person, stay);
}

void Hours::Attend(Address at, const AttendanceRecorded& fact) {
  const auto session = sessions_.find(fact.session);
  if (session == sessions_.end()) return;
  for (const schema::AttendanceRow& row : fact.rows) {
    LookAt();
    Compare(at, row.person, session->second);
    Keep(at, row.person, session->second);
  }
}

void Hours::Compare(Address at, NameId person, const Stay& stay) {
  Wide of_day = stay.minutes;
  for (const auto& [other_at, other] : people_[person]) {
    if (other.day == stay.day) of_day += other.minutes;
    const bool apart = stay.from >= other.to || other.from >= stay.to;
    const bool together = !stay.session.none() && stay.session == other.session;
    if (apart || together) continue;
    const bool elsewhere =
        stay.place.value() != 0 && other.place.value() != 0 && stay.place != other.place;
    if (elsewhere) {
      Fail(at, fmt::format("{} is at {} while being at {} ({})", NameOf(person), NameOf(stay.place),
                           NameOf(other.place), schema::ToText(other_at)));
    } else if (stay.serves && other.serves) {
      Fail(at, fmt::format("{} serves while serving already ({})", NameOf(person),
                           schema::ToText(other_at)));
    }
  }
  if (of_day <= kDayMinutes || !stay.serves) return;
  Fail(at, fmt::format("{} serves more than a day on {}", NameOf(person), ToText(stay.day)),
       WideText(kDayMinutes) + " minutes or fewer", WideText(of_day));
}

void Hours::Keep(Address at, NameId person, const Stay& stay) {
  Stays& stays = people_[person];
  const std::uint32_t oldest = stay.from - std::min(stay.from, kSecondsBack);
  std::erase_if(stays, [&](const auto& other) {
    const bool old = other.second.to < oldest;
    if (old) whose_.erase(other.first);
    return old;
  });
  stays[at] = stay;
  whose_[at].push_back(person);
}

void Hours::TakeBack(Address of) {
  sessions_.erase(of);
  const auto whose = whose_.find(of);
  if (whose == whose_.end()) return;
  for (const NameId person : whose->second) people_[person].erase(of);
  whose_.erase(whose);
}

}  // namespace

std::unique_ptr<NamedCheck> MakeHours(const KnownBook& book) {
  return std::make_unique<Hours>(book);
}

}  // namespace suanpan::audit
