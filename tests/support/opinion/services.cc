// service.recorded, service.attested (events.md 3.5, 4.10).

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/earning.h"
#include "support/opinion/orders.h"
#include "support/opinion/points.h"
#include "support/opinion/relations.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {

namespace {

void CheckBeneficiaries(const Deciding& d) {
  const Json list = d.fact.value("beneficiaries", Json::array());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto here = list.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(list.begin(), here, list[i]) != here) {
      Refuse("bad_field", "beneficiaries[" + std::to_string(i) + "]");
    }
  }
}

void CheckNamed(const Deciding& d) {
  const std::vector<std::pair<const char*, const char*>> named = {
      {"order", "order.placed"}, {"session", "session.held"}, {"slot", "slot.scheduled"}};
  for (const auto& [field, kind] : named) {
    if (!d.fact.contains(field)) continue;
    (void)d.state.Named(d.Text(field), field, kind);
    if (!d.state.Stands(d.Text(field))) Refuse("unknown_address", field);
  }
}

/// Whose points it may become: as stated, else as the registers say; or empty.
std::string HolderFor(const Deciding& d) {
  const std::string person = d.Text("person");
  if (d.fact.contains("holder")) {
    const std::string holder = d.Text("holder");
    const bool is_member = Membership(d.state, person, holder, d.date) != nullptr;
    if (holder != person && !is_member) Refuse("not_member", "holder");
    if (IsClosed(d.state, holder, d.date)) Refuse("already_closed", "holder");
    return holder;
  }
  if (d.Text("class") == "duty" && IsMemberParty(d.state, person))
    return IsClosed(d.state, person, d.date) ? "" : person;
  const std::string household = HouseholdOf(d.state, person, d.date);
  const bool earns = !d.state.erased.contains(household) && !IsClosed(d.state, household, d.date);
  return earns ? household : "";
}

std::string ClassOf(const Deciding& d) {
  if (d.Text("service_kind") == "opening") return "opening";
  return d.fact.value("class", "service");
}

void ApproveOpening(const Deciding& d) {
  if (!d.fact.contains("approval")) Refuse("opening_needs_approval", "approval");
  UseAll(ApprovalsStated(d, {"opening", {}, d.Text("person")}));
}

}  // namespace

void RecordService(Deciding& d) {
  CheckTimes(d);
  CheckBeneficiaries(d);
  CheckNamed(d);
  const std::string holder = HolderFor(d);
  CheckSpan(d);
  if (d.fact.contains("order")) {
    Order* order = OrderAt(d, d.Text("order"));
    if (order == nullptr || order->state != "taken") Refuse("illegal_transition", "order");
    order->state = "done";
  }
  if (ClassOf(d) == "opening") ApproveOpening(d);
  if (!d.fact.contains("holder") && !holder.empty()) d.computed["holder"] = holder;
  if (MustSweep(d, "services")) {
    std::erase_if(d.state.services, [&](const Service& one) { return IsOld(one.since, d.date); });
  }
  Service service{d.at, d.date, d.fact, holder, ClassOf(d), d.Amount("minutes")};
  if (d.fact.contains("session")) {
    for (Session& session : d.state.sessions) {
      const bool here = session.at == d.Text("session") && !IsOld(session.on, d.date);
      if (here) ++session.services;
    }
  }
  service.since = WaitsFrom(d.state, "services", d.date);
  d.state.services.push_back(service);
}

namespace {

Service& PendingAt(const Deciding& d) {
  const Event& recorded = d.state.Named(d.Text("service"), "service", "service.recorded");
  for (Service& service : d.state.services) {
    if (service.at == recorded.at) return service;
  }
  Refuse("not_pending", "service");
}

bool HasAllSteps(const State& state, const Service& service) {
  for (const Earns& earns : EarningsOf(state, service)) {
    for (const Json& step : earns.policy->body.at("attest_steps")) {
      if (!service.steps.contains(step)) return false;
    }
  }
  return true;
}

void Credit(Deciding& d, const Service& service) {
  const std::string person = service.fact.at("person");
  d.computed["credited"] = true;
  d.computed["person"] = person;
  d.computed["class"] = service.minutes_class;
  d.computed["credited_minutes"] = service.minutes;
  const std::string path = "minutes/" + InPath(person) + "/" + service.minutes_class;
  Post(d.state, path, service.minutes);
  Post(d.state, "minutes/served/" + service.minutes_class, -Wide{service.minutes});
  if (service.fact.contains("order")) {
    Order* order = OrderAt(d, service.fact.at("order"));
    if (order != nullptr && order->state == "done") order->state = "confirmed";
  }
  EarnPoints(d, service);
}

}  // namespace

void AttestService(Deciding& d) {
  const Event& recorded = d.state.Named(d.Text("service"), "service", "service.recorded");
  if (recorded.fact.at("person") == d.fact.at("actor")) Refuse("self_attestation", "actor");
  Service& service = PendingAt(d);
  const bool again = service.steps.contains(d.Text("step"));
  if (again && d.state.fault != Fault::kStepTwice) Refuse("step_repeated", "step");
  const std::int64_t minutes = d.fact.value("minutes", service.minutes);
  if (minutes > service.minutes) Refuse("minutes_exceed_span", "minutes");
  if (!service.attested.empty()) d.computed["previous"] = service.attested;
  service.attested = d.at;
  service.steps.insert(d.Text("step"));
  service.minutes = minutes;
  if (d.fact.contains("quality")) service.quality = d.fact.at("quality").get<int>();
  if (!HasAllSteps(d.state, service)) return;
  const Service credited = service;
  std::erase_if(d.state.services, [&](const Service& one) { return one.at == credited.at; });
  Credit(d, credited);
}

}  // namespace suanpan::opinion
