// Facts that are taken back, whatever they are.

#include <algorithm>

#include "support/opinion/history_facts.h"

namespace suanpan::opinion {
namespace {

/// A fact of the log: mostly one that stands, mostly one of the last.
std::string AnyFactOf(Invite& invite) {
  Dice& dice = invite.dice;
  std::vector<std::string> standing;
  for (const Event& event : invite.state.events) {
    const bool derived = event.fact.empty() && event.kind != "day.closed";
    const bool never = event.kind == "approval.given" || event.kind == "entry.reversed";
    if (derived || (never && !dice.OneIn(40))) continue;
    if (invite.state.Stands(event.at)) standing.push_back(event.at);
  }
  if (standing.empty() || dice.OneIn(12)) return invite.AddressOf("entry.reversed");
  const auto count = static_cast<int>(standing.size());
  const int recent = dice.OneIn(3) ? count : std::min(count, 8);
  return standing[static_cast<std::size_t>(count - 1 - dice.Below(recent))];
}

/// The last attestation of a service, without which what it earned is not taken back.
std::string LastAttestationOf(const State& state, const std::string& service) {
  std::string last;
  for (const Event& event : state.events) {
    if (event.kind == "service.attested" && event.fact.value("of", "") == service &&
        state.Stands(event.at)) {
      last = event.at;
    }
  }
  return last;
}

}  // namespace

Json AnyReversal(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("entry.reversed");
  fact.erase("refs");
  const std::string of = AnyFactOf(invite);
  fact.update({{"of", of}, {"reason", dice.Word({"keyed_in_error", "late"})}});
  const std::string attested = LastAttestationOf(invite.state, of);
  if (!attested.empty() && !dice.OneIn(6)) fact["refs"] = Json::array({attested});
  if (dice.OneIn(16)) return fact;
  Json approval = invite.Plain("approval.given");
  approval.update({{"of", dice.OneIn(24) ? invite.AddressOf("sale.recorded") : of},
                   {"action", "reverse"},
                   {"verdict", "approved"}});
  approval["actor"] = invite.Other(fact.at("actor"));
  fact["approval"] = "#0";
  return {approval, fact};
}

}  // namespace suanpan::opinion
