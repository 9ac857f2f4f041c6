// Orders with their parcels and ratings, sessions, slots, and who is forgotten.

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"

namespace suanpan::opinion {
namespace {

/// The address of an order: of the last few mostly, of one in a given state where there is one.
std::string OrderOf(Invite& invite, const char* state) {
  std::vector<std::string> orders;
  for (const Order& order : invite.state.orders) {
    if (order.state == state) orders.push_back(order.at);
  }
  if (orders.empty() || invite.dice.OneIn(6)) return invite.AddressOf("order.placed");
  return orders[orders.size() - 1 -
                static_cast<std::size_t>(
                    invite.dice.Below(std::min(4, static_cast<int>(orders.size()))))];
}

}  // namespace

Json AnyOrder(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("order.placed");
  fact.update({{"requester", invite.Neighbour()},
               {"service_kind", dice.Word({"mending", "visiting", "medicine"})}});
  if (dice.OneIn(2)) fact["wanted_by"] = AddDays(invite.Today(), dice.Between(-3, 50));
  if (dice.OneIn(3)) fact["place"] = "pl-1";
  if (dice.OneIn(3)) fact["beneficiary"] = invite.Neighbour();
  return fact;
}

Json AnyOrderMove(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("order.moved");
  const std::pair<const char*, const char*> way =
      dice.Of(std::vector<std::pair<const char*, const char*>>{{"placed", "accepted"},
                                                               {"placed", "accepted"},
                                                               {"accepted", "dispatched"},
                                                               {"accepted", "dispatched"},
                                                               {"dispatched", "taken"},
                                                               {"dispatched", "declined"},
                                                               {"taken", "cancelled"},
                                                               {"placed", "failed"},
                                                               {"taken", "declined"}});
  fact.update({{"order", OrderOf(invite, way.first)}, {"to", way.second}});
  if (dice.OneIn(2)) fact["server"] = invite.Neighbour();
  if (dice.OneIn(3)) fact["team"] = "t-1";
  if (dice.OneIn(4)) fact["reason"] = "too_far";
  return fact;
}

Json AnyCustody(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("custody.passed");
  fact.update({{"order", OrderOf(invite, "taken")},
               {"parcel", "box-" + std::to_string(dice.Below(2))},
               {"from", invite.Neighbour()},
               {"to", invite.Neighbour()},
               {"checked", dice.OneIn(2)}});
  const auto held = invite.state.custody.find({fact["order"], fact["parcel"]});
  if (held != invite.state.custody.end() && !dice.OneIn(6)) fact["from"] = held->second.holder;
  if (dice.OneIn(4)) fact["quantity"] = dice.Between(1, 3);
  return fact;
}

/// The service of an order that somebody took, attested at once.
Json AnyServedOrder(Invite& invite) {
  Dice& dice = invite.dice;
  Json service = invite.Plain("service.recorded");
  const std::string order = OrderOf(invite, "taken");
  service.update({{"person", invite.Neighbour()}, {"service_kind", "mending"}, {"order", order}});
  for (const Order& one : invite.state.orders) {
    if (one.at != order || dice.OneIn(8)) continue;
    service["service_kind"] = one.fact.at("service_kind");
    if (!one.server.empty()) service["person"] = one.server;
  }
  AddTimes(invite, service);
  if (dice.OneIn(3)) return service;
  Json attested = invite.Plain("service.attested");
  attested.update({{"service", "#0"}, {"step", dice.Word({"worker", "served"})}});
  attested["actor"] = invite.Other(service["person"]);
  return {service, attested};
}

Json AnyAssessment(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("assessment.recorded");
  fact.update({{"template", "order_rating"}, {"about", invite.Neighbour()}});
  if (!dice.OneIn(4)) fact["concerns"] = OrderOf(invite, dice.OneIn(2) ? "done" : "confirmed");
  std::int64_t total = 0;
  fact["answers"] = Json::array();
  for (int i = dice.Between(1, 3); i > 0; --i) {
    const int score = dice.Below(6);
    total += score;
    fact["answers"].push_back({{"item", "i" + std::to_string(i)}, {"score", score}});
  }
  if (dice.OneIn(2)) fact["total"] = dice.OneIn(8) ? total + 1 : total;
  return fact;
}

Json AnySession(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("session.held");
  fact.update({{"session_type", dice.Word({"training", "training", "activity", "meeting"})},
               {"organiser", invite.Person()}});
  AddTimes(invite, fact);
  if (dice.OneIn(3)) fact["service_kind"] = "visiting";
  if (dice.OneIn(3)) fact["expected"] = dice.Below(40);
  if (dice.OneIn(32)) fact["matter"] = "mt-1";
  return fact;
}

Json AnyAttendance(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("attendance.recorded");
  fact["session"] = invite.AddressOf("session.held");
  fact["rows"] = Json::array();
  const int first = dice.Below(8);
  for (int i = dice.Between(1, 4); i > 0; --i) {
    Json row = {{"person", "p-" + std::to_string((first + i) % 8)},
                {"role", dice.Word({"trainee", "trainee", "participant", "volunteer"})}};
    if (!dice.OneIn(3)) row["minutes"] = dice.Between(1, 120);
    fact["rows"].push_back(row);
  }
  if (dice.OneIn(16)) fact["rows"].push_back(fact["rows"][0]);
  if (dice.OneIn(3)) fact["uncounted"] = dice.Below(20);
  return fact;
}

Json AnySlot(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("slot.scheduled");
  fact.update({{"slot_type", dice.Word({"stall", "duty", "room"})},
               {"place", "pl-1"},
               {"holder", dice.OneIn(2) ? invite.Vendor() : invite.Neighbour()}});
  Json times = fact;
  AddTimes(invite, times);
  fact.update({{"from", times["from"]}, {"to", times["to"]}});
  return fact;
}

Json AnySlotMark(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("slot.marked");
  fact.update({{"slot", invite.AddressOf("slot.scheduled")},
               {"as", dice.Word({"checked_in", "checked_in", "no_show", "cancelled"})}});
  if (!invite.state.slots.empty() && !dice.OneIn(4)) fact["slot"] = dice.Of(invite.state.slots).at;
  if (dice.OneIn(4)) fact["by"] = invite.Person();
  return fact;
}

Json AnyErasure(Invite& invite) {
  Dice& dice = invite.dice;
  const std::string subject =
      dice.OneIn(12) ? "pl-1" : dice.Word({"p-5", "p-6", "p-7", "p-8", "h-3", "m-1", "v-3"});
  Json facts = Json::array();
  Json erased = invite.Plain("subject.erased");
  erased.update({{"subjects", Json::array({subject})}, {"reason", "asked"}});
  if (dice.OneIn(8)) erased["subjects"].push_back("p-9");
  const std::string one = invite.Other(erased["actor"]);
  for (const std::string& actor : {one, invite.Other(erased["actor"], one)}) {
    Json approval = invite.Plain("approval.given");
    approval.update(
        {{"actor", actor}, {"subject", subject}, {"action", "erase"}, {"verdict", "approved"}});
    erased["approvals"].push_back("#" + std::to_string(facts.size()));
    facts.push_back(approval);
  }
  if (dice.OneIn(8)) erased["approvals"].erase(1);
  facts.push_back(erased);
  return facts;
}

}  // namespace suanpan::opinion
