// The roster of a month, who came, what the evening is worth, and what members take for it.

#include <algorithm>

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kEvening = 18 * kSecondsPerHour + 1800;
constexpr std::int64_t kEveningMinutes[] = {120, 135, 150, 180};
constexpr std::uint32_t kNoShowPerMille = 80;
constexpr std::int64_t kTowelsAtOnce = 3;

/// The tenth of every third month.
bool TakesRewards(YearDay day) {
  const int month = MonthIndex(day);
  return month % 3 == 2 && day == FirstDayOfMonth(month) + 9;
}

Status WriteReward(Station& station, const Happening& happening, AllianceMember& member,
                   std::string_view reward, std::int64_t quantity, std::int64_t points) {
  station.writer.BeginFact("redemption.made", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("scheme", kAllianceScheme).Field("holder", member.ref).Field("by", member.ref);
  json.Name("lines").Open('[').Open('{').Field("reward", reward).Field("quantity", quantity);
  json.Close('}').Close(']');
  member.purse.Take(points * quantity);
  return station.writer.EndFact(0, 1 + static_cast<std::uint32_t>(points * quantity));
}

}  // namespace

void PlanDuties(Station& station, YearDay day) {
  if (station.households.empty()) return;
  const bool first = day == FirstDayOfMonth(MonthIndex(day));
  const YearSecond morning = day * kSecondsPerDay + 9 * kSecondsPerHour;
  for (std::uint32_t i = 0; i < station.alliance.members.size(); ++i) {
    if (first) station.Plan(morning + i * 20, Action::kRoster, i);
    if (TakesRewards(day))
      station.Plan(morning + 7 * kSecondsPerHour + i * 60, Action::kDutyReward, i);
  }
}

Status WriteRoster(Station& station, const Happening& happening) {
  Alliance& alliance = station.alliance;
  const auto subject = static_cast<std::uint32_t>(alliance.evenings.size());
  DutyEvening evening;
  evening.member = happening.subject;
  // Every second evening another member, so that the station is open and nobody meets.
  const YearDay day = DayOf(happening.second) + 2 + 2 * happening.subject;
  evening.from = day * kSecondsPerDay + kEvening;
  evening.minutes = kEveningMinutes[alliance.random.Below(std::size(kEveningMinutes))];
  const auto span = static_cast<YearSecond>(evening.minutes * 60);
  evening.slot = station.writer.BeginFact("slot.scheduled", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("slot_type", "duty").Field("place", station.alliance.place);
  json.Field("holder", alliance.members[evening.member].ref);
  json.Field("from", TimeText(evening.from)).Field("to", TimeText(evening.from + span));
  station.Plan(evening.from, Action::kDutyMark, subject);
  alliance.evenings.push_back(evening);
  return station.writer.EndFact(0);
}

Status WriteDutyMark(Station& station, const Happening& happening) {
  const DutyEvening& evening = station.alliance.evenings[happening.subject];
  const bool came = !station.alliance.random.PerMille(kNoShowPerMille);
  station.writer.BeginFact("slot.marked", happening.second, station.worker);
  station.writer.Reference("slot", evening.slot);
  station.writer.json().Field("as", came ? "checked_in" : "no_show");
  const auto span = static_cast<YearSecond>(evening.minutes * 60);
  if (came) station.Plan(evening.from + span + 300, Action::kDuty, happening.subject);
  return station.writer.EndFact(0);
}

Status WriteDuty(Station& station, const Happening& happening) {
  DutyEvening& evening = station.alliance.evenings[happening.subject];
  evening.service = station.writer.BeginFact("service.recorded", happening.second, station.worker);
  const auto span = static_cast<YearSecond>(evening.minutes * 60);
  JsonText& json = station.writer.json();
  json.Field("person", station.alliance.members[evening.member].ref);
  json.Field("service_kind", kDutyKind).Field("class", "duty");
  json.Field("from", TimeText(evening.from)).Field("to", TimeText(evening.from + span));
  json.Field("minutes", evening.minutes).Field("place", station.alliance.place);
  station.writer.Reference("slot", evening.slot);
  station.Plan((DayOf(happening.second) + 1) * kSecondsPerDay + 9 * kSecondsPerHour + 1800,
               Action::kDutyAttest, happening.subject);
  return station.writer.EndFact(0);
}

Status WriteDutyAttest(Station& station, const Happening& happening) {
  const DutyEvening& evening = station.alliance.evenings[happening.subject];
  station.writer.BeginFact("service.attested", happening.second, station.supervisor);
  station.writer.Reference("service", evening.service);
  station.writer.json().Field("step", "worker");
  AllianceMember& member = station.alliance.members[evening.member];
  member.purse.Grant(CountDuty(member, evening.minutes));
  return station.writer.EndFact(1, 2);
}

/// Most take towels to give away, every third the room that a partner lends.
Status WriteDutyReward(Station& station, const Happening& happening) {
  AllianceMember& member = station.alliance.members[happening.subject];
  const std::int64_t balance = member.purse.balance();
  if (happening.subject % 3 == 0) {
    if (balance < kRoomPoints) return {};
    return WriteReward(station, happening, member, kRoom, 1, kRoomPoints);
  }
  std::int64_t& pieces = station.alliance.towel_pieces;
  const std::int64_t quantity = std::min({balance / kTowelPoints, pieces, kTowelsAtOnce});
  if (quantity == 0) return {};
  pieces -= quantity;
  return WriteReward(station, happening, member, kTowel, quantity, kTowelPoints);
}

}  // namespace suanpan::community_year
