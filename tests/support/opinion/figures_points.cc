// Figures of service and points.

#include <algorithm>

#include "support/opinion/figures.h"
#include "support/opinion/orders.h"
#include "support/opinion/points.h"

namespace suanpan::opinion {
namespace {

const std::string kSpace = " ";

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string StepsOf(const Service& service) {
  std::string steps;
  for (const char* step : {"served", "worker", "organiser"}) {
    if (!service.steps.contains(step)) continue;
    steps += (steps.empty() ? "" : ",") + std::string(step);
  }
  return OrDash(steps);
}

void Pending(const State& state, Figures& figures) {
  for (const Service& one : state.services) {
    figures["pending " + one.at] =
        one.fact.at("person").get<std::string>() + kSpace + OrDash(one.holder) + kSpace +
        one.fact.at("service_kind").get<std::string>() + kSpace + one.minutes_class + kSpace +
        one.date + kSpace + Text(one.minutes) + kSpace + StepsOf(one) + kSpace +
        (one.quality ? Text(*one.quality) : "-");
  }
}

void Orders(const State& state, Figures& figures) {
  for (const Order& one : state.orders) {
    figures["order " + one.at] = one.state + kSpace + OrDash(one.server) + kSpace + LastDayOf(one) +
                                 kSpace + one.placed_on + kSpace + Text(one.ratings);
  }
  for (const auto& [parcel, holder] : state.custody) {
    figures["custody " + parcel.first + kSpace + parcel.second] = holder.holder;
  }
  for (const Slot& one : state.slots) figures["slot " + one.at] = one.on;
  for (const Session& one : state.sessions) {
    figures["session " + one.at] = one.on + kSpace + Text(one.attendances);
    for (const auto& [person, role] : one.roles)
      figures["attended " + one.at + kSpace + person] = role;
  }
}

void Counts(const State& state, Figures& figures) {
  std::map<std::string, Wide> sums;
  for (const Carried& one : state.carried) {
    sums["carry " + one.person + kSpace + one.scheme + kSpace + one.service_kind] += one.units;
  }
  for (const Count& one : state.counts) sums[one.list + kSpace + one.of] += one.amount;
  for (const auto& [name, sum] : sums) {
    if (sum != 0) figures[name] = Text(sum);
  }
}

void Lots(const State& state, Figures& figures) {
  std::vector<Lot> lots = state.lots;  // of one grant the first to end first
  std::stable_sort(lots.begin(), lots.end(),
                   [](const Lot& a, const Lot& b) { return EndsSooner(a.expires, b.expires); });
  for (const Lot& one : lots) {
    std::string& figure = figures["lot " + one.scheme + kSpace + one.holder + kSpace + one.at];
    if (!figure.empty()) figure += " + ";
    figure += Text(one.quantity) + kSpace + one.earned + kSpace + one.usable_from + kSpace +
              OrDash(one.expires) + kSpace + one.person;
  }
}

void DaysClosed(const State& state, Figures& figures) {
  const Days& days = state.days;
  if (days.closed.empty() && days.open.empty()) return;
  figures["day"] = OrDash(days.closed) + kSpace + OrDash(days.open) + kSpace + Text(days.page);
}

void Jobs(const State& state, Figures& figures) {
  for (const Job& job : state.jobs) {
    const Policy& policy = state.policies[job.policy];
    figures["job " + policy.policy + kSpace + std::to_string(policy.version)] =
        OrDash(job.last_page) + kSpace +
        (job.done ? "done" : job.next.substr(0, job.next.find('.')));
  }
}

}  // namespace

void AddPoints(const State& state, Figures& figures) {
  Orders(state, figures);
  Pending(state, figures);
  Counts(state, figures);
  Lots(state, figures);
  DaysClosed(state, figures);
  Jobs(state, figures);
}

}  // namespace suanpan::opinion
