// Points that are given, taken and moved.

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"
#include "support/opinion/points.h"

namespace suanpan::opinion {
namespace {

const std::string kDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

std::int64_t BalanceOf(Invite& invite, const std::string& scheme, const std::string& holder) {
  return static_cast<std::int64_t>(
      PointsIn(LiveLots(invite.state, scheme, holder, invite.Today())));
}

}  // namespace

Json AnyAward(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("points.awarded");
  fact["scheme"] = invite.Scheme();
  fact["holder"] = invite.Holder();
  fact["item"] = dice.Word({"tidy", "tidy", "tidy", "feast", "litter"});
  fact["times"] = dice.OneIn(24) ? 1'000 : dice.Between(1, 3);
  if (dice.OneIn(2)) fact["person"] = invite.MemberOf(fact["holder"], invite.BusinessDate(fact));
  if (!dice.OneIn(8)) return fact;
  fact["item"] = "opening";
  if (!dice.OneIn(8)) fact["times"] = 1;
  return invite.Approved("opening", fact["holder"], fact);
}

Json ManyAwards(Invite& invite) {
  Dice& dice = invite.dice;
  Json facts = Json::array();
  for (int i = dice.Between(30, 90); i > 0; --i) {
    Json fact = invite.Plain("points.awarded");
    const std::string day = AddDays(invite.Today(), -1 - dice.Below(60));
    fact["occurred_at"] = day + "T12:00:00+08:00";
    fact.update({{"scheme", "hh"}, {"item", "tidy"}, {"times", 1}});
    fact["holder"] = "h-" + std::to_string(dice.Below(3));
    facts.push_back(fact);
  }
  return facts;
}

Json AnyDeduction(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("points.deducted");
  fact["scheme"] = invite.Scheme();
  fact["holder"] = invite.Holder();
  fact["item"] = dice.OneIn(12) ? "tidy" : "litter";
  fact["times"] = dice.Between(1, 3);
  fact["reason"] = "photo";
  if (!dice.OneIn(8)) fact["evidence"] = Json::array({kDigest});
  if (dice.OneIn(3)) fact["person"] = invite.Neighbour();
  return fact;
}

namespace {

void AddTarget(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  const std::string reason = fact["reason"];
  const bool none =
      reason == "donate" || reason == "forfeit" || (reason == "death" && dice.OneIn(2));
  if (!none || dice.OneIn(24)) {
    const std::string field =
        reason == "death" ? "to" : dice.Word({"to", "to", "to", "to_book", "from_book"});
    fact[field] = field == "to" ? invite.Holder() : std::string{"city/b"};
    if (field != "to" && !dice.OneIn(12)) fact["move"] = "mv-" + std::to_string(dice.Below(99));
  }
  if (dice.OneIn(40)) fact["to_book"] = "city/c";
  if (dice.OneIn(40)) fact["move"] = "mv-1";
}

}  // namespace

Json AnyMove(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("points.moved");
  fact["scheme"] = invite.Scheme();
  fact["from"] = invite.Holder();
  fact["reason"] = dice.Word({"transfer", "transfer", "donate", "donate", "split", "merge",
                              "forfeit", "move_away", "death"});
  AddTarget(invite, fact);
  const std::int64_t there = BalanceOf(invite, fact["scheme"], fact["from"]);
  const std::int64_t most = std::max<std::int64_t>(1, dice.OneIn(8) ? there + 5 : there);
  fact["points"] = dice.OneIn(4) ? Json(most) : invite.Amount(most);
  return invite.Approved("move", fact["from"], fact);
}

}  // namespace suanpan::opinion
