// Figures of service and points.

#include "support/opinion/figures.h"

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
  for (const Lot& one : state.lots) {
    figures["lot " + one.scheme + kSpace + one.holder + kSpace + one.at] =
        Text(one.quantity) + kSpace + one.earned + kSpace + one.usable_from + kSpace +
        OrDash(one.expires) + kSpace + one.person;
  }
}

}  // namespace

void AddPoints(const State& state, Figures& figures) {
  Pending(state, figures);
  Counts(state, figures);
  Lots(state, figures);
}

}  // namespace suanpan::opinion
