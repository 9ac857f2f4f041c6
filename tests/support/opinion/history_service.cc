// Service and who attests it.

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"

namespace suanpan::opinion {
namespace {

/// An instant of a fact's own text, some minutes before it.
std::string MinutesBefore(const Json& fact, int minutes) {
  const std::int64_t seconds = TimeOf(fact.at("occurred_at"))->seconds - 60 * minutes;
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return DateAt(seconds, 0) + "T" + two(seconds / 3'600 % 24) + ":" + two(seconds / 60 % 60) + ":" +
         two(seconds % 60) + "Z";
}

void AddServed(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  if (dice.OneIn(2)) fact["quantity"] = invite.Stated(dice.Between(1, 5));
  if (!dice.OneIn(2)) return;
  const int first = dice.Below(8);
  fact["beneficiaries"] = Json::array();
  for (int i = dice.Between(1, 3); i > 0; --i) {
    fact["beneficiaries"].push_back("p-" + std::to_string((first + i) % 8));
  }
  if (dice.OneIn(16)) fact["beneficiaries"].push_back(fact["beneficiaries"][0]);
}

Json AttestationOf(Invite& invite, Json fact, const std::string& service,
                   const std::string& person) {
  Dice& dice = invite.dice;
  fact.update({{"service", service}, {"step", dice.Word({"worker", "worker", "served"})}});
  if (dice.OneIn(16)) fact["step"] = "organiser";
  fact["actor"] = invite.Other(person);
  if (dice.OneIn(4)) fact["minutes"] = dice.Between(1, dice.OneIn(4) ? 700 : 60);
  if (dice.OneIn(2)) fact["quality"] = dice.Between(1, 5);
  return fact;
}

}  // namespace

void AddTimes(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  const int minutes = dice.Between(1, dice.OneIn(4) ? 600 : 130);
  const int before = dice.Below(90);
  fact["from"] = MinutesBefore(fact, before + minutes + dice.Below(20));
  fact["to"] = MinutesBefore(fact, dice.OneIn(32) ? before + 900 : before);
  fact["minutes"] = dice.OneIn(16) ? minutes + 30 : minutes;
  if (dice.OneIn(4)) fact["minutes"] = std::to_string(minutes);
}

Json AnyService(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("service.recorded");
  const std::string person = dice.OneIn(6) ? dice.Word({"m-0", "m-1", "p-9"}) : invite.Neighbour();
  fact["person"] = person;
  fact["service_kind"] = dice.Word({"mending", "mending", "mending", "visiting", "cooking"});
  AddTimes(invite, fact);
  AddServed(invite, fact);
  if (person.starts_with("m-") || dice.OneIn(8)) fact["class"] = "duty";
  if (dice.OneIn(6)) fact["holder"] = dice.OneIn(4) ? person : invite.Holder();
  if (dice.OneIn(4)) fact["place"] = "pl-1";
  if (dice.OneIn(4)) fact["team"] = "t-1";
  if (dice.OneIn(4)) fact["distance_m"] = dice.Between(1, 9'000);
  if (dice.OneIn(60)) fact[dice.Word({"order", "session", "slot"})] = invite.AddressOf("any");
  if (dice.OneIn(12)) {
    fact["service_kind"] = "opening";
    return invite.Approved("opening", person, fact);
  }
  if (dice.OneIn(2)) return fact;
  return {fact, AttestationOf(invite, invite.Plain("service.attested"), "#0", person)};
}

Json AnyAttestation(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("service.attested");
  const auto& pending = invite.state.services;
  if (pending.empty() || dice.OneIn(8)) {
    return AttestationOf(invite, fact, invite.AddressOf("service.recorded"), "p-0");
  }
  const std::size_t recent = pending.size() > 4 && !dice.OneIn(4) ? pending.size() - 4 : 0;
  const Service& one = pending[recent + static_cast<std::size_t>(
                                            dice.Below(static_cast<int>(pending.size() - recent)))];
  return AttestationOf(invite, fact, one.at, one.fact.at("person"));
}

}  // namespace suanpan::opinion
