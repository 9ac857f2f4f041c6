// p-hours: nobody serves twice at once, at two places, or for more than a day's minutes in a day,
// nor while they were at a session elsewhere; and no service has more minutes than it lasted. What
// was taken back is in nobody's way, and what is not credited yet is only shown. Services that were
// recorded before their end, or attested before their day, are shown too.

#include <algorithm>
#include <map>

#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::AttendanceRecorded;
using schema::EntryReversed;
using schema::ServiceAttested;
using schema::ServiceRecorded;
using schema::SessionHeld;

constexpr Wide kDayMinutes = 24 * 60;
constexpr std::uint32_t kSecondsBack = 800U * 86'400U;  ///< what is further back is forgotten
constexpr std::string_view kOpeningKind = "opening";    ///< hours brought in from elsewhere

class Hours final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void Finish() override;

 private:
  /// What has become of an event: of a service by its attestation.
  struct Standing {
    Wide minutes = 0;
    bool counts = false;  ///< credited, or a session
    bool gone = false;    ///< taken back
  };
  /// When and where somebody was: at a service, or at a session only.
  struct Stay {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    NameId place;  ///< 0: not stated
    Date day;
    Address session;
    bool serves = false;
    Standing standing;
  };
  /// One person's stays, by address.
  using Stays = std::map<Address, Stay>;
  /// What is wrong unless something of it is taken back.
  struct Dispute {
    Address at;
    std::vector<Address> with;  ///< other stays
    std::string text;
    enum : std::uint8_t { kTime, kClash, kLongDay } of = kTime;
  };

  void Hold(Address at, const SessionHeld& fact, Date day);
  void Record(Address at, const schema::Event& event);
  void Attest(Address at, const schema::Event& event);
  void Attend(Address at, const AttendanceRecorded& fact);
  void Compare(Address at, NameId person, const Stay& stay);
  void CompareDay(Address at, NameId person, const Stay& stay);
  void Keep(Address at, NameId person, const Stay& stay);
  void Start(Dispute dispute, const Standing& standing);
  /// Changes what has become of an event, wherever it is remembered.
  template <class Change>
  void Update(Address of, const Change& change);
  void TakeBack(const EntryReversed& fact);
  void Settle(const Dispute& dispute);
  void SettleDay(const Dispute& dispute);

  std::map<Address, Stay> sessions_;
  std::map<NameId, Stays> people_;
  std::map<Address, std::vector<NameId>> whose_;
  std::vector<Dispute> disputes_;
  std::map<Address, Standing> disputed_;  ///< what any of them names
};

void Hours::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case SessionHeld::kKind:
      return Hold(at, event.As<SessionHeld>(), event.common.business_day);
    case ServiceRecorded::kKind:
      return Record(at, event);
    case ServiceAttested::kKind:
      return Attest(at, event);
    case AttendanceRecorded::kKind:
      return Attend(at, event.As<AttendanceRecorded>());
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;
  }
}

void Hours::Hold(Address at, const SessionHeld& fact, Date day) {
  const std::uint32_t oldest = fact.from.seconds - std::min(fact.from.seconds, kSecondsBack);
  std::erase_if(sessions_, [oldest](const auto& session) { return session.second.to < oldest; });
  sessions_[at] = {fact.from.seconds, fact.to.seconds, fact.place, day, at, false,
                   {0, true, false}};
}

void Hours::Record(Address at, const schema::Event& event) {
  const auto& fact = event.As<ServiceRecorded>().fixed;
  if (book().names.TextOf(fact.service_kind) == kOpeningKind) return;
  LookAt();
  const Wide minutes = fact.minutes.wide();
  const Stay stay{
      fact.from.seconds, fact.to.seconds, fact.place, event.common.business_day, fact.session, true,
      {minutes}};
  const Wide lasted = stay.to < stay.from ? 0 : (stay.to - stay.from) / 60;
  if (minutes > lasted) {
    Fail(at, "the service has more minutes than it lasted", WideText(lasted) + " or fewer",
         WideText(minutes));
  }
  if (stay.to > event.common.occurred.seconds)
    Start({at, {}, "the service was recorded before its end", Dispute::kTime}, stay.standing);
  Compare(at, fact.person, stay);
  CompareDay(at, fact.person, stay);
  Keep(at, fact.person, stay);
}

void Hours::Attest(Address at, const schema::Event& event) {
  const auto& fact = event.As<ServiceAttested>().fixed;
  const KnownService* service = book().services.Find(fact.service);
  if (service != nullptr && event.common.business_day < service->day)
    Start({at, {}, "the service is attested before the day of it", Dispute::kTime}, {});
  if (!schema::Has(fact.flags, ServiceAttested::kCredited)) return;
  Update(fact.service, [&](Standing& standing) {
    standing.counts = true;
    standing.minutes = fact.credited.wide();
  });
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
  for (const auto& [other_at, other] : people_[person]) {
    const bool apart = stay.from >= other.to || other.from >= stay.to;
    const bool together = !stay.session.none() && stay.session == other.session;
    if (apart || together) continue;
    const bool elsewhere =
        stay.place.value() != 0 && other.place.value() != 0 && stay.place != other.place;
    if (!elsewhere && !(stay.serves && other.serves)) continue;
    std::string text =
        elsewhere ? fmt::format("{} is at {} while being at {} ({})", NameOf(person),
                                NameOf(stay.place), NameOf(other.place), schema::ToText(other_at))
                  : fmt::format("{} serves while serving already ({})", NameOf(person),
                                schema::ToText(other_at));
    disputed_.try_emplace(other_at, other.standing);
    Start({at, {other_at}, std::move(text), Dispute::kClash}, stay.standing);
  }
}

void Hours::CompareDay(Address at, NameId person, const Stay& stay) {
  Wide of_day = stay.standing.minutes;
  const Stays& stays = people_[person];
  const auto is_that_day = [&stay](const Stay& other) {
    return other.day == stay.day && other.serves;
  };
  for (const auto& [other_at, other] : stays) {
    if (is_that_day(other)) of_day += other.standing.minutes;
  }
  if (of_day <= kDayMinutes) return;
  std::vector<Address> with;
  for (const auto& [other_at, other] : stays) {
    if (!is_that_day(other)) continue;
    with.push_back(other_at);
    disputed_.try_emplace(other_at, other.standing);
  }
  Start({at, std::move(with),
         fmt::format("{} serves more than a day on {}", NameOf(person), ToText(stay.day)),
         Dispute::kLongDay},
        stay.standing);
}

void Hours::Start(Dispute dispute, const Standing& standing) {
  disputed_.try_emplace(dispute.at, standing);
  disputes_.push_back(std::move(dispute));
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

template <class Change>
void Hours::Update(Address of, const Change& change) {
  if (const auto found = disputed_.find(of); found != disputed_.end()) change(found->second);
  const auto whose = whose_.find(of);
  if (whose == whose_.end()) return;
  for (const NameId person : whose->second) {
    Stays& stays = people_[person];
    if (const auto stay = stays.find(of); stay != stays.end()) change(stay->second.standing);
  }
}

void Hours::TakeBack(const EntryReversed& fact) {
  sessions_.erase(fact.fixed.of);
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  for (const schema::CopiedEvent& copied : *events) {
    if (!copied.kept) {
      Update(copied.at, [](Standing& standing) { standing.gone = true; });
      if (const auto whose = whose_.find(copied.at); whose != whose_.end()) {
        for (const NameId person : whose->second) people_[person].erase(copied.at);
        whose_.erase(whose);
      }
    } else if (copied.event.kind->number == ServiceRecorded::kKind) {
      const Wide minutes = copied.event.As<ServiceRecorded>().fixed.minutes.wide();
      Update(copied.at, [minutes](Standing& standing) { standing = {minutes, false, false}; });
    }
  }
}

void Hours::Finish() {
  for (const Dispute& dispute : disputes_) {
    if (disputed_[dispute.at].gone) continue;
    if (dispute.of == Dispute::kLongDay) {
      SettleDay(dispute);
    } else {
      Settle(dispute);
    }
  }
}

void Hours::Settle(const Dispute& dispute) {
  if (dispute.of == Dispute::kTime) return Note(dispute.at, dispute.text);
  bool counts = disputed_[dispute.at].counts;
  for (const Address other : dispute.with) {
    if (disputed_[other].gone) return;
    counts = counts && disputed_[other].counts;
  }
  if (counts) {
    Fail(dispute.at, dispute.text);
  } else {
    Note(dispute.at, dispute.text + ", and not both are credited");
  }
}

void Hours::SettleDay(const Dispute& dispute) {
  Wide all = disputed_[dispute.at].minutes;
  Wide credited = disputed_[dispute.at].counts ? all : Wide{0};
  for (const Address other : dispute.with) {
    const Standing& standing = disputed_[other];
    if (standing.gone) continue;
    all += standing.minutes;
    if (standing.counts) credited += standing.minutes;
  }
  const std::string expected = WideText(kDayMinutes) + " minutes or fewer";
  if (credited > kDayMinutes) {
    Fail(dispute.at, dispute.text, expected, WideText(credited));
  } else if (all > kDayMinutes) {
    Note(dispute.at, dispute.text, expected, WideText(all));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeHours(const KnownBook& book) {
  return std::make_unique<Hours>(book);
}

}  // namespace suanpan::audit
