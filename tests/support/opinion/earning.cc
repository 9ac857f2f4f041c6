#include "support/opinion/earning.h"

#include <algorithm>
#include <set>

#include "support/opinion/calendar.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

constexpr std::int64_t kLateLimitDays = 400;

/// Units of the basis, before caps.
std::int64_t UnitsOf(const Service& service, const std::string& basis) {
  if (basis == "minutes") return service.minutes;
  if (basis == "session") return 1;
  if (basis == "quantity") return service.fact.value("quantity", std::int64_t{0});
  return static_cast<std::int64_t>(service.fact.value("beneficiaries", Json::array()).size());
}

bool IsBad(const Service& service, const Json& item) {
  return item.contains("min_quality") && service.quality &&
         *service.quality < item.at("min_quality").get<int>();
}

bool IsLate(const std::string& attested_on, const Service& service, const Policy& policy) {
  return attested_on > AddDays(service.date, policy.body.value("late_limit_days", kLateLimitDays));
}

std::string KindOf(const Service& service) { return service.fact.at("service_kind"); }
std::string PersonOf(const Service& service) { return service.fact.at("person"); }

}  // namespace

std::int64_t UnitsBefore(const Service& service, const Policy& policy, const Json& item,
                         const std::string& attested_on) {
  if (IsBad(service, item) || IsLate(attested_on, service, policy)) return 0;
  return UnitsOf(service, item.at("basis"));
}

Wide CarryOf(const State& state, const Service& service, const std::string& scheme) {
  Wide units = 0;
  for (const Carried& one : state.carried) {
    const bool same = one.person == PersonOf(service) && one.scheme == scheme &&
                      one.service_kind == KindOf(service);
    if (same) units += one.units;
  }
  return units;
}

/// What caps limit, but for the total: what is counted within each so far.
std::vector<std::pair<std::string, Count>> LimitedSpans(const State& state, const Service& service,
                                                        const Earns& earns) {
  const std::string of = PersonOf(service) + " " + earns.scheme + " " + KindOf(service) + " ";
  const std::string month = MonthOf(service.date);
  std::vector<std::pair<std::string, Count>> spans = {
      {"day", {"used", of + service.date, service.date}},
      {"month", {"used", of + month, LastDayOf(month)}}};
  if (service.fact.contains("session")) {
    const std::string session = service.fact.at("session");
    spans.push_back({"activity", {"used", of + session, state.Find(session)->date}});
  }
  const Json cap = earns.item.value("cap", Json::object());
  std::erase_if(spans, [&](const auto& span) { return !cap.contains(span.first); });
  return spans;
}

namespace {

std::int64_t CountedOf(const Deciding& d, const Service& service, const Earns& earns) {
  // Cells of caps that may be forgotten count nothing any more.
  const std::string counted_on = WaitsFrom(d.state, "used", d.date);
  Wide counted = UnitsBefore(service, *earns.policy, earns.item, counted_on);
  const Json cap = earns.item.value("cap", Json::object());
  const auto limit = [&](const std::string& name, Wide before) {
    if (!cap.contains(name) || d.state.fault == Fault::kCapForgotten) return;
    counted = std::min(counted, std::max<Wide>(0, cap.at(name).get<std::int64_t>() - before));
  };
  if (!service.fact.contains("session")) limit("activity", 0);
  for (const auto& [name, span] : LimitedSpans(d.state, service, earns)) {
    limit(name, CountedIn(d.state, span.list, span.of));
  }
  limit("total", CarryOf(d.state, service, earns.scheme));
  return static_cast<std::int64_t>(counted);
}

}  // namespace

Wide PointsFor(const Json& item, Wide before, Wide counted, Fault fault) {
  const Wide n = item.at("rate").at("n").get<std::int64_t>();
  const Wide m = item.at("rate").at("m").get<std::int64_t>();
  const bool alone = item.at("rounding") == "per_service" || fault == Fault::kCarryLost;
  if (alone) return FloorOf(n * counted, m);
  return FloorOf(n * (before + counted), m) - FloorOf(n * before, m);
}

std::vector<Earns> EarningsOf(const State& state, const Service& service) {
  std::set<std::string> schemes;
  for (const Policy& one : state.policies) {
    if (one.type == "earning") schemes.insert(one.scope);
  }
  std::vector<Earns> found;
  for (const std::string& scheme : schemes) {
    const Policy* policy = InForce(state, "earning", scheme, service.date);
    if (policy == nullptr || policy->body.at("holder") != HolderKind(state, service.holder)) {
      continue;
    }
    const Json* item = RowOf(policy->body.at("items"), "service_kind", KindOf(service));
    if (item != nullptr) found.push_back({scheme, policy, *item});
  }
  return found;
}

void EarnPoints(Deciding& d, const Service& service) {
  const std::vector<Earns> all = EarningsOf(d.state, service);
  std::vector<std::int64_t> counted;
  for (const Earns& earns : all) counted.push_back(CountedOf(d, service, earns));
  SweepCounts(d, "used");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Earns& earns = all[i];
    for (auto [name, span] : LimitedSpans(d.state, service, earns)) {
      span.amount = counted[i];
      AddCount(d.state, span);
    }
    const Wide before = CarryOf(d.state, service, earns.scheme);
    d.state.carried.push_back({PersonOf(service), earns.scheme, KindOf(service), counted[i]});
    const Wide points = PointsFor(earns.item, before, counted[i], d.state.fault);
    GrantPoints(d, {earns.scheme, service.holder, PersonOf(service), Checked(points), counted[i],
                    Checked(before + counted[i]), service.date,
                    earns.policy->body.value("usable_after_days", std::int64_t{0}), "service",
                    RuleOf(*earns.policy)});
  }
}

namespace {

/// By the version that made a grant: the one in force may count otherwise by now.
std::optional<Earns> EarningBy(const State& state, const Service& service, const Event& grant) {
  const Policy* policy = VersionNamed(state, grant.rule);
  if (policy == nullptr) return {};
  const Json* item = RowOf(policy->body.at("items"), "service_kind", KindOf(service));
  if (item == nullptr) return {};
  return Earns{policy->scope, policy, *item};
}

}  // namespace

void UncountService(State& state, const Service& service, const Event& grant) {
  const std::string scheme = grant.computed.at("scheme");
  const auto counted = grant.computed.at("counted").get<std::int64_t>();
  const std::optional<Earns> earns = EarningBy(state, service, grant);
  for (auto [name, span] : LimitedSpans(state, service, *earns)) {
    span.amount =
        -static_cast<std::int64_t>(std::min<Wide>(counted, CountedIn(state, span.list, span.of)));
    AddCount(state, span);
  }
  state.carried.push_back({PersonOf(service), scheme, KindOf(service), -counted});
}

Wide CarryDifference(const State& state, const Service& service,
                     const std::vector<const Event*>& grants) {
  const std::optional<Earns> earns = EarningBy(state, service, *grants.back());
  if (!earns || earns->item.at("rounding") == "per_service") return 0;
  const Wide n = earns->item.at("rate").at("n").get<std::int64_t>();
  const Wide m = earns->item.at("rate").at("m").get<std::int64_t>();
  Wide counted = 0;
  Wide granted = 0;
  for (const Event* grant : grants) {
    counted += grant->computed.at("counted").get<std::int64_t>();
    granted += grant->computed.at("points").get<std::int64_t>();
  }
  const Wide now = CarryOf(state, service, earns->scheme);
  const Wide left = FloorOf(n * (now + counted), m) - granted;
  const Wide due = FloorOf(n * now, m);
  return due > left ? 1 : due < left ? -1 : 0;  // a floor moves by one, other rates are not its own
}

}  // namespace suanpan::opinion
