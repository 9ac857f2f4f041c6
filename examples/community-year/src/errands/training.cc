// Once a quarter the volunteers learn first aid and how to talk with the old: minutes of training,
// which are no minutes of service.

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kTrainingEnds = 20 * kSecondsPerHour + 1800;
constexpr std::int64_t kTrainingMinutes = 90;
constexpr std::uint32_t kCamePerMille = 850;

/// The second Thursday of the first month of a quarter.
bool IsTrainingDay(YearDay day) {
  const int month = MonthIndex(day);
  const YearDay since = day - FirstDayOfMonth(month);
  return month % 3 == 0 && Weekday(day) == 3 && since >= 7 && since < 14;
}

std::uint32_t WriteTrainees(Station& station) {
  std::uint32_t came = 0;
  JsonText& json = station.writer.json();
  for (const ErrandTeam* team : {&station.errands.riders, &station.errands.menders}) {
    for (const std::string& volunteer : team->volunteers) {
      if (!station.errands.random.PerMille(kCamePerMille)) continue;
      json.Open('{').Field("person", volunteer).Field("role", "trainee");
      json.Field("minutes", kTrainingMinutes).Close('}');
      ++came;
    }
  }
  return came;
}

}  // namespace

void PlanTraining(Station& station, YearDay day) {
  if (station.households.empty() || !IsTrainingDay(day)) return;
  station.Plan(day * kSecondsPerDay + kTrainingEnds, Action::kTraining, 0);
}

Status WriteTraining(Station& station, const Happening& happening) {
  const Errands& errands = station.errands;
  const FactRef session =
      station.writer.BeginFact("session.held", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("session_type", "training").Field("service_kind", "first_aid");
  json.Field("place", station.alliance.place).Field("organiser", station.worker);
  const auto span = static_cast<YearSecond>(kTrainingMinutes * 60);
  json.Field("from", TimeText(happening.second - span)).Field("to", TimeText(happening.second));
  json.Field("minutes", kTrainingMinutes);
  const std::size_t expected = errands.riders.volunteers.size() + errands.menders.volunteers.size();
  json.Field("expected", static_cast<std::int64_t>(expected));
  SUANPAN_RETURN_IF_ERROR(station.writer.EndFact(0));
  station.writer.BeginFact("attendance.recorded", happening.second, station.worker);
  station.writer.Reference("session", session);
  json.Name("rows").Open('[');
  const std::uint32_t came = WriteTrainees(station);
  json.Close(']');
  return station.writer.EndFact(0, came);
}

}  // namespace suanpan::community_year
