// Orders of a day, and the steps they go: each step writes its fact and plans the next.

#include <algorithm>

#include "src/desks.h"
#include "src/errands/steps.h"

namespace suanpan::community_year {
namespace {

constexpr YearDay kLastOrderDay = 340;  // 7 December: all have ended before the year does
constexpr std::uint32_t kOrdersADay = 3;
constexpr std::uint32_t kAdvancePerMille = 700;  // of the orders of medicine
constexpr std::uint32_t kRatedPerMille = 600;
constexpr std::int64_t kAdvanceMinYuan = 20;
constexpr std::int64_t kAdvanceMaxYuan = 120;
constexpr YearDay kWantedDays = 3;

constexpr YearDay kFirstGiftDay = 2;
constexpr YearDay kSecondGiftDay = 183;
constexpr std::uint32_t kGiftYuan = 4'000;

ErrandKind AnyKind(Random& random) {
  const std::uint32_t drawn = random.Below(100);
  if (drawn < 40) return ErrandKind::kMedicine;
  return drawn < 75 ? ErrandKind::kShopping : ErrandKind::kRepair;
}

ErrandFate AnyFate(Random& random) {
  const std::uint32_t drawn = random.Below(100);
  if (drawn < 76) return ErrandFate::kServed;
  if (drawn < 83) return ErrandFate::kDeclinedFirst;
  if (drawn < 90) return ErrandFate::kCancelled;
  return drawn < 94 ? ErrandFate::kFailed : ErrandFate::kUntaken;
}

/// The elder of a household, or whoever heads it.
const std::string& AnyRequester(Random& random, const std::vector<Household>& households) {
  const Household& household =
      households[random.Below(static_cast<std::uint32_t>(households.size()))];
  const Member* elder = household.Find("elder");
  return elder == nullptr ? household.members.front().ref : elder->ref;
}

/// How many of its first two steps an order goes that nobody takes.
void Shorten(Random& random, std::vector<ErrandStep>& way) { way.resize(random.Below(3)); }

void PlanNext(Station& station, YearSecond second, std::uint32_t subject) {
  Errand& errand = station.errands.all[subject];
  if (errand.next == errand.way.size()) return;
  const std::uint32_t minutes = MinutesTo(errand.way[errand.next]);
  station.Plan(second + minutes * 60 + station.errands.random.Below(240), Action::kErrandStep,
               subject);
}

Errand MakeErrand(Station& station) {
  Errands& errands = station.errands;
  Random& random = errands.random;
  Errand errand;
  errand.kind = AnyKind(random);
  const ErrandFate fate = AnyFate(random);
  errand.requester = AnyRequester(random, station.households);
  ErrandTeam& team = errand.kind == ErrandKind::kRepair ? errands.menders : errands.riders;
  errand.team = team.ref;
  errand.server = team.Next();
  const bool wants_money =
      errand.kind == ErrandKind::kMedicine && random.PerMille(kAdvancePerMille);
  const std::int64_t advance_fen = random.Between(kAdvanceMinYuan, kAdvanceMaxYuan) * 100;
  const bool served = fate == ErrandFate::kServed || fate == ErrandFate::kDeclinedFirst;
  if (served && wants_money && advance_fen <= errands.money_free_fen) {
    errand.advance_fen = advance_fen;
    errands.money_free_fen -= advance_fen;  // held from now on, so that the payment is covered
  }
  errand.way = WayOf(errand.kind, fate, errand.advance_fen != 0, random.PerMille(kRatedPerMille));
  if (fate == ErrandFate::kUntaken) Shorten(random, errand.way);
  return errand;
}

}  // namespace

void PlanErrands(Station& station, YearDay day) {
  if (station.households.empty()) return;
  if (day == kFirstGiftDay || day == kSecondGiftDay)
    station.Plan(day * kSecondsPerDay + 10 * kSecondsPerHour, Action::kErrandGift, kGiftYuan);
  if (day > kLastOrderDay || TrafficPercent(day, Category::kServices) == 0) return;
  Random& random = station.errands.random;
  const std::uint32_t orders = random.Below(kOrdersADay);
  for (std::uint32_t i = 0; i < orders; ++i) {
    station.Plan(day * kSecondsPerDay + 8 * kSecondsPerHour + random.Below(3 * kSecondsPerHour),
                 Action::kOrder, 0);
  }
}

Status WriteErrandGift(Station& station, const Happening& happening) {
  const std::int64_t amount_fen = std::int64_t{happening.subject} * 100;
  station.writer.BeginFact("funds.received", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("fund", station.fund).Field("pot", kErrandPot).Field("from", station.errands.donor);
  json.Field("amount_fen", amount_fen).Field("account", kBankAccount);
  json.Field("bank_ref", station.errands.NextBankRef());
  station.errands.money_free_fen += amount_fen;
  return station.writer.EndFact(0);
}

Status WriteOrder(Station& station, const Happening& happening) {
  const auto subject = static_cast<std::uint32_t>(station.errands.all.size());
  Errand errand = MakeErrand(station);
  errand.order = station.writer.BeginFact("order.placed", happening.second, errand.requester);
  JsonText& json = station.writer.json();
  json.Field("requester", errand.requester);
  json.Field("service_kind", TermsOf(errand.kind).service_kind);
  json.Field("wanted_by", ToText(DateOf(DayOf(happening.second) + kWantedDays)));
  json.Field("beneficiary", errand.requester);
  station.errands.all.push_back(std::move(errand));
  PlanNext(station, happening.second, subject);
  return station.writer.EndFact(0);
}

Status WriteErrandStep(Station& station, const Happening& happening) {
  Errand& errand = station.errands.all[happening.subject];
  const ErrandStep step = errand.way[errand.next++];
  SUANPAN_RETURN_IF_ERROR(WriteStep(station, errand, step, happening.second));
  PlanNext(station, happening.second, happening.subject);
  return {};
}

}  // namespace suanpan::community_year
