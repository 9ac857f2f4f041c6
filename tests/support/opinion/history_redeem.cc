// Offers, redemptions, marks of places, and days that are closed.

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"
#include "support/opinion/offers.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"

namespace suanpan::opinion {

Json AnyOffer(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("offer.opened");
  const std::string offer = dice.OneIn(24) ? "v-0" : "of-" + std::to_string(dice.Below(3));
  fact["offer"] = offer;
  fact["offer_kind"] = "activity";
  fact["on"] = AddDays(invite.Today(), dice.Below(60));
  fact["audience"] = dice.Word({"any", "any", "child", "elder"});
  if (dice.OneIn(3)) fact["place"] = "pl-1";
  if (dice.OneIn(2)) fact["per_beneficiary"] = dice.Between(1, 4);
  const auto known = invite.state.offers.find(offer);
  if (known != invite.state.offers.end()) {
    for (const char* field : {"offer_kind", "on", "audience", "place", "per_beneficiary"}) {
      if (dice.OneIn(24)) continue;
      fact.erase(field);
      if (known->second.contains(field)) fact[field] = known->second.at(field);
    }
  }
  const auto taken = static_cast<int>(PlacesIn(invite.state, offer, "held"));
  fact["capacity"] = dice.OneIn(3) ? std::max(1, taken) : dice.Between(1, 9);
  return fact;
}

namespace {

/// A scheme and a holder that has something to spend, mostly.
void AddPayer(Invite& invite, Json& fact) {
  fact.update({{"scheme", invite.Scheme()}, {"holder", invite.Holder()}});
  if (invite.state.lots.empty() || invite.dice.OneIn(8)) return;
  const Lot& lot = invite.dice.Of(invite.state.lots);
  fact.update({{"scheme", lot.scheme}, {"holder", lot.holder}});
}

/// Keyed in late: of points that were there on the day, and whose end is booked by now.
void MakeLate(Invite& invite, Json& fact) {
  const Lot& lot = invite.dice.Of(invite.state.expired);
  fact.update({{"scheme", lot.scheme},
               {"holder", lot.holder},
               {"occurred_at", lot.expires + "T09:30:00+08:00"}});
}

Json AnyLine(Invite& invite, const Json& rewards, const std::string& holder,
             const std::string& date) {
  Dice& dice = invite.dice;
  Json line = {{"reward", "soap"}, {"quantity", dice.OneIn(4) ? 2 : 1}};
  if (!rewards.empty()) {
    line["reward"] =
        rewards[static_cast<std::size_t>(dice.Below(static_cast<int>(rewards.size())))].at(
            "reward");
  }
  if (dice.OneIn(24)) line["reward"] = "unlisted";
  if (dice.OneIn(24)) line["quantity"] = "40";
  if (dice.OneIn(3)) line["beneficiary"] = invite.MemberOf(holder, date);
  return line;
}

}  // namespace

Json AnyRedemption(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("redemption.made");
  AddPayer(invite, fact);
  if (!invite.state.expired.empty() && dice.OneIn(8)) MakeLate(invite, fact);
  const std::string date = invite.BusinessDate(fact);
  const std::string holder = fact["holder"];
  fact["by"] = invite.MemberOf(holder, date);
  const Policy* prices = InForce(invite.state, "price_list", fact["scheme"], date);
  const Json rewards = prices == nullptr ? Json::array() : prices->body.at("rewards");
  fact["lines"] = Json::array();
  for (int i = dice.Of(std::vector<int>{1, 1, 1, 2, 3}); i > 0; --i) {
    fact["lines"].push_back(AnyLine(invite, rewards, holder, date));
  }
  if (dice.OneIn(10)) {
    fact["irregular"] = Json::array({"limit_exceeded"});
    return invite.Approved("irregular", holder, fact);
  }
  const Policy* limits = InForce(invite.state, "redemption", fact["scheme"], date);
  const bool review = limits != nullptr && limits->body.value("review", false);
  return review ? invite.Approved("redeem", holder, fact) : fact;
}

Json AnyMark(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("place.marked");
  fact["as"] = dice.Word({"used", "no_show", "released"});
  std::vector<const Held*> held;
  for (const Held& one : invite.state.held) {
    if (one.left > 0) held.push_back(&one);
  }
  if (held.empty() || dice.OneIn(6)) {
    fact.update({{"redemption", invite.AddressOf("redemption.made")}, {"line", dice.Below(3)}});
  } else {
    const Held& one = *dice.Of(held);
    fact.update({{"redemption", one.redemption}, {"line", one.line}});
  }
  return fact;
}

Json AnyDay(Invite& invite) {
  Dice& dice = invite.dice;
  const Days& days = invite.state.days;
  Json fact = invite.Plain("day.closed");
  fact["date"] = AddDays(invite.BusinessDate(fact), -dice.Below(4));
  if (!days.open.empty() && !dice.OneIn(6)) fact["date"] = days.open;
  if (!days.closed.empty() && dice.OneIn(10)) fact["date"] = days.closed;
  if (dice.OneIn(16)) fact["date"] = AddDays(invite.Today(), 2);
  fact["page"] = dice.OneIn(10) ? days.page + 1 : days.page;
  return fact;
}

}  // namespace suanpan::opinion
