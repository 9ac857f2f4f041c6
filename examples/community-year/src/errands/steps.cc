// What happens to an order: it is moved, a parcel is carried, the errand is done, attested, rated.

#include "src/errands/steps.h"

#include <fmt/format.h>

namespace suanpan::community_year {
namespace {

constexpr std::int64_t kRideMinutes = 60;
constexpr std::int64_t kRepairMinutes = 90;

struct Move {
  std::string_view to;
  std::string_view actor;
  std::string_view server = {};
  std::string_view team = {};
  std::string_view reason = {};
};

Status WriteMove(Station& station, const Errand& errand, YearSecond second, const Move& move) {
  station.writer.BeginFact("order.moved", second, move.actor);
  station.writer.Reference("order", errand.order);
  JsonText& json = station.writer.json();
  json.Field("to", move.to);
  if (!move.team.empty()) json.Field("team", move.team);
  if (!move.server.empty()) json.Field("server", move.server);
  if (!move.reason.empty()) json.Field("reason", move.reason);
  return station.writer.EndFact(0);
}

/// Dispatched to the team, unless it is offered to one of it first.
Status WriteMoveStep(Station& station, const Errand& errand, ErrandStep step, YearSecond second) {
  const bool repair = errand.kind == ErrandKind::kRepair;
  const ErrandTeam& team = repair ? station.errands.menders : station.errands.riders;
  const std::string& busy =
      team.volunteers.front() == errand.server ? team.volunteers.back() : team.volunteers.front();
  const auto move = [&](const Move& told) { return WriteMove(station, errand, second, told); };
  switch (step) {
    case ErrandStep::kAccept:
      return move({.to = "accepted", .actor = station.worker});
    case ErrandStep::kOffer:
      return move({.to = "dispatched", .actor = station.worker, .server = busy});
    case ErrandStep::kDecline:
      return move({.to = "declined", .actor = busy, .reason = "no_time"});
    case ErrandStep::kDispatch:
      return move({.to = "dispatched", .actor = station.worker, .team = team.ref});
    case ErrandStep::kTake:
      return move({.to = "taken", .actor = errand.server, .server = errand.server});
    case ErrandStep::kCancel:
      return move({.to = "cancelled", .actor = errand.requester, .reason = "not_needed"});
    default:
      return move({.to = "failed", .actor = station.worker, .reason = "nobody_home"});
  }
}

/// Counted and looked at by whoever takes it over.
Status WriteCustody(Station& station, Errand& errand, ErrandStep step, YearSecond second) {
  Errands& errands = station.errands;
  const bool collects = step == ErrandStep::kCollect;
  if (collects) errand.parcel = ++errands.parcels;
  const bool medicine = errand.kind == ErrandKind::kMedicine;
  station.writer.BeginFact("custody.passed", second, errand.server);
  station.writer.Reference("order", errand.order);
  JsonText& json = station.writer.json();
  json.Field("parcel", fmt::format("P-{:05}", errand.parcel));
  const std::string& shop = medicine ? errands.pharmacy : errands.market;
  json.Field("from", collects ? shop : errand.server);
  json.Field("to", collects ? errand.server : errand.requester);
  json.Flag("checked", true);
  return station.writer.EndFact(0);
}

Status WriteServed(Station& station, Errand& errand, YearSecond second) {
  const bool repair = errand.kind == ErrandKind::kRepair;
  const std::int64_t minutes =
      (repair ? kRepairMinutes : kRideMinutes) + 5 * station.errands.random.Between(-4, 4);
  errand.service = station.writer.BeginFact("service.recorded", second, errand.server);
  JsonText& json = station.writer.json();
  json.Field("person", errand.server).Field("service_kind", TermsOf(errand.kind).service_kind);
  json.Field("from", TimeText(second - static_cast<YearSecond>(minutes * 60)));
  json.Field("to", TimeText(second)).Field("minutes", minutes);
  json.Name("beneficiaries").Open('[').Text(errand.requester).Close(']');
  station.writer.Reference("order", errand.order);
  json.Field("team", errand.team);
  if (!repair) json.Field("distance_m", 100 * station.errands.random.Between(8, 90));
  return station.writer.EndFact(0, 1);
}

/// Volunteers of a team earn no points: nothing is granted.
Status WriteAttested(Station& station, const Errand& errand, YearSecond second) {
  station.writer.BeginFact("service.attested", second, station.supervisor);
  station.writer.Reference("service", errand.service);
  station.writer.json().Field("step", "worker");
  return station.writer.EndFact(0);
}

Status WriteRating(Station& station, const Errand& errand, YearSecond second) {
  Random& random = station.errands.random;
  const std::int64_t on_time = random.Between(3, 5);
  const std::int64_t kind = random.Between(4, 5);
  station.writer.BeginFact("assessment.recorded", second, errand.requester);
  JsonText& json = station.writer.json();
  json.Field("template", "order_rating").Field("about", errand.server);
  station.writer.Reference("concerns", errand.order);
  json.Field("respondent", errand.requester).Name("answers").Open('[');
  json.Open('{').Field("item", "on_time").Field("score", on_time).Close('}');
  json.Open('{').Field("item", "kind").Field("score", kind).Close('}').Close(']');
  json.Field("total", on_time + kind).Field("of", 10);
  return station.writer.EndFact(0, 2);
}

}  // namespace

Status WriteStep(Station& station, Errand& errand, ErrandStep step, YearSecond second) {
  switch (step) {
    case ErrandStep::kAskMoney:
    case ErrandStep::kApproveMoney:
    case ErrandStep::kPayMoney:
    case ErrandStep::kSettle:
      return WriteMoneyStep(station, errand, step, second);
    case ErrandStep::kCollect:
    case ErrandStep::kHandOver:
      return WriteCustody(station, errand, step, second);
    case ErrandStep::kServe:
      return WriteServed(station, errand, second);
    case ErrandStep::kAttest:
      return WriteAttested(station, errand, second);
    case ErrandStep::kRate:
      return WriteRating(station, errand, second);
    default:
      return WriteMoveStep(station, errand, step, second);
  }
}

}  // namespace suanpan::community_year
