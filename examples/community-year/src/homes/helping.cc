// Households help their neighbours: the service is written down when it is done and attested in the
// evening; once a month many clean the yards.

#include <algorithm>

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

constexpr std::int64_t kMinutes[] = {30, 45, 60, 90, 100, 120, 150};

/// Whether a Saturday is the first of its month.
bool CleansYards(YearDay day) {
  return Weekday(day) == 5 && day - FirstDayOfMonth(MonthIndex(day)) < 7;
}

std::uint32_t AnyAdult(Random& random, const Household& household) {
  const auto adults = static_cast<std::uint32_t>(
      std::ranges::count(household.members, std::string_view{"adult"}, &Member::as));
  return random.Below(adults);  // adults come first
}

}  // namespace

void PlanHelping(Station& station, YearDay day) {
  if (station.households.empty()) return;
  Random& random = station.home_random;
  const auto households = static_cast<std::uint32_t>(station.households.size());
  const std::uint32_t services = random.Below(households / 5 + 1);
  const std::uint32_t first = random.Below(households);
  for (std::uint32_t i = 0; i < services; ++i) {
    // Another household each time: nobody is in two places at once.
    const YearSecond done =
        day * kSecondsPerDay + 11 * kSecondsPerHour + random.Below(7 * kSecondsPerHour / 60) * 60;
    station.Plan(done, Action::kService, (first + i) % households);
  }
  if (!CleansYards(day)) return;
  for (std::uint32_t i = 0; i < households; ++i) {
    if (!random.PerMille(300)) continue;
    station.Plan(day * kSecondsPerDay + 10 * kSecondsPerHour + i, Action::kDeed, i);
  }
}

Status WriteService(Station& station, const Happening& happening) {
  Random& random = station.home_random;
  const Household& household = station.households[happening.subject];
  Attending attending;
  attending.household = happening.subject;
  attending.member = AnyAdult(random, household);
  attending.help = static_cast<Help>(random.Below(kHelps));
  const HelpTerms& terms = TermsOf(attending.help);
  const std::int64_t minutes =
      kMinutes[random.Below(static_cast<std::uint32_t>(std::size(kMinutes)))];
  const auto helped = static_cast<std::uint32_t>(terms.by_beneficiary ? random.Between(1, 4) : 1);
  attending.units = terms.by_beneficiary ? helped : minutes;
  attending.service =
      station.writer.BeginFact("service.recorded", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("person", household.members[attending.member].ref).Field("holder", household.ref);
  json.Field("service_kind", terms.service_kind);
  const auto span = static_cast<YearSecond>(minutes * 60);
  json.Field("from", TimeText(happening.second - span)).Field("to", TimeText(happening.second));
  json.Field("minutes", minutes).Name("beneficiaries").Open('[');
  for (std::uint32_t i = 1; i <= helped; ++i) {
    const auto neighbours = static_cast<std::uint32_t>(station.households.size());
    json.Text(station.households[(happening.subject + i) % neighbours].members.front().ref);
  }
  json.Close(']');
  const auto subject = static_cast<std::uint32_t>(station.attending.size());
  station.attending.push_back(attending);
  const YearDay day = DayOf(happening.second);
  station.Plan(day * kSecondsPerDay + 20 * kSecondsPerHour + subject % 3600, Action::kAttest,
               subject);
  return station.writer.EndFact(0, helped);
}

Status WriteAttest(Station& station, const Happening& happening) {
  const Attending& attending = station.attending[happening.subject];
  station.writer.BeginFact("service.attested", happening.second, station.supervisor);
  station.writer.Reference("service", attending.service);
  station.writer.json().Field("step", "worker");
  Household& household = station.households[attending.household];
  household.purse.Grant(
      Count(household.members[attending.member], attending.help, attending.units));
  return station.writer.EndFact(1, 2);
}

Status WriteDeed(Station& station, const Happening& happening) {
  Household& household = station.households[happening.subject];
  station.writer.BeginFact("points.awarded", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("scheme", kScheme).Field("holder", household.ref);
  json.Field("person", household.members.front().ref);
  json.Field("item", kCleanDeed).Field("times", 1);
  household.purse.Grant(kCleanPoints);
  return station.writer.EndFact(1, 2);
}

}  // namespace suanpan::community_year
