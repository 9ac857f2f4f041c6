// Goods of funds and vendors, what is owed for them, and purchase money.

#include <algorithm>

#include "support/opinion/funds.h"
#include "support/opinion/goods.h"
#include "support/opinion/history_facts.h"

namespace suanpan::opinion {
namespace {

const std::string kDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

std::string AnyOwner(Invite& invite) {
  return invite.dice.OneIn(4) ? "v-" + std::to_string(invite.dice.Below(2)) : invite.Fund();
}

std::string AnyItem(Dice& dice) { return dice.Word({"soap", "soap", "book", "rice", "chair"}); }

/// Goods that somebody has already, mostly.
void AddOwned(Invite& invite, Json& fact) {
  fact.update({{"owner", AnyOwner(invite)}, {"item", AnyItem(invite.dice)}});
  if (invite.state.items.empty() || invite.dice.OneIn(10)) return;
  auto item = invite.state.items.begin();
  std::advance(item, invite.dice.Below(static_cast<int>(invite.state.items.size())));
  fact.update({{"owner", item->first.first}, {"item", item->first.second}});
}

std::int64_t PiecesOf(Invite& invite, const Json& fact) {
  return static_cast<std::int64_t>(OnHand(invite.state, fact.at("owner"), fact.at("item")));
}

/// What a fund says of goods that come to it.
void AddValue(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  fact["funding"] = dice.Word({"gift", "gift", "bought"});
  fact["value_basis"] = dice.Word({"invoice", "market", "agreed", "none"});
  if (fact["value_basis"] != "none" || dice.OneIn(12)) fact["value_fen"] = invite.Amount(900);
  if (fact["funding"] == "bought" || dice.OneIn(2))
    fact["from"] = "o-" + std::to_string(dice.Below(3));
  const std::string fund = fact["owner"];
  const auto known = invite.state.items.find({fund, fact["item"]});
  const bool in_pot = known != invite.state.items.end() && !known->second.pot.empty();
  if (in_pot && !dice.OneIn(6)) {
    fact["pot"] = known->second.pot;
    fact["goods_class"] = known->second.goods_class;
  } else if (dice.OneIn(3) && invite.state.funds.contains(fund)) {
    fact["pot"] = invite.state.funds.at(fund).at("default_pot");
  }
  if (dice.OneIn(16)) fact.erase(dice.Word({"value_fen", "funding", "from", "value_basis"}));
}

}  // namespace

Json AnyGoodsReceipt(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("goods.received");
  fact["owner"] = AnyOwner(invite);
  fact["item"] = AnyItem(dice);
  fact["goods_class"] = dice.Word({"reward", "reward", "material", "merchandise"});
  if (fact["item"] == "chair") fact["goods_class"] = "asset";
  fact["quantity"] = invite.Stated(dice.Between(1, 12));
  if (invite.state.funds.contains(fact["owner"]) || dice.OneIn(12)) AddValue(invite, fact);
  if (dice.OneIn(4)) fact["place"] = "pl-1";
  return fact;
}

Json AnyIssue(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("goods.issued");
  AddOwned(invite, fact);
  const std::int64_t there = std::max<std::int64_t>(1, PiecesOf(invite, fact));
  fact["quantity"] = dice.OneIn(12)  ? there + 1
                     : dice.OneIn(4) ? there
                                     : 1 + static_cast<std::int64_t>(dice.Next() % 3);
  fact["reason"] = dice.Word({"used", "given", "waste", "disposed", "sold_off"});
  const bool of_fund = invite.state.funds.contains(fact["owner"]);
  if (of_fund && !dice.OneIn(12)) {
    fact["purpose"] = dice.Word({"elder_care", "rewards", "elder_care", "music"});
  }
  if (dice.OneIn(3)) fact["place"] = "pl-1";
  if (dice.OneIn(60)) fact["matter"] = "m-1";
  if (!dice.OneIn(8)) return fact;
  fact["irregular"] = Json::array({"purpose_outside_restriction"});
  return invite.Approved("irregular", of_fund ? fact["owner"] : Json("v-0"), fact);
}

Json AnyCount(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("goods.counted");
  AddOwned(invite, fact);
  const std::int64_t there = PiecesOf(invite, fact);
  const bool same = dice.OneIn(4);
  fact["counted"] = std::max<std::int64_t>(0, there + (same ? 0 : dice.Between(-3, 3)));
  if (dice.OneIn(8)) fact["counted"] = "0";
  if (dice.OneIn(4)) fact["place"] = "pl-1";
  return fact;
}

namespace {

struct Owed {
  std::string fund;
  std::string payee;
  std::int64_t amount = 0;
};

/// What funds owe, by the names in the paths of the accounts.
std::vector<Owed> AllOwed(const State& state) {
  std::vector<Owed> owed;
  for (const auto& [fund, terms] : state.funds) {
    const std::string prefix = FundPath(fund) + "payable/";
    std::set<std::string> payees;
    for (const Posting& posting : state.postings) {
      if (!posting.account.starts_with(prefix)) continue;
      payees.insert(posting.account.substr(prefix.size()));
    }
    for (const std::string& payee : payees) {
      const Wide amount = -Balance(state, prefix + payee);
      if (amount > 0) owed.push_back({fund, payee, static_cast<std::int64_t>(amount)});
    }
  }
  return owed;
}

}  // namespace

Json AnyPurchase(Invite& invite) {
  Dice& dice = invite.dice;
  Json request = AnyRequest(invite);
  const std::vector<Owed> owed = AllOwed(invite.state);
  if (!owed.empty() && !dice.OneIn(3)) {
    const Owed& one = dice.Of(owed);
    request.update({{"use", "payable"}, {"fund", one.fund}, {"payee", one.payee}});
    request["amount_fen"] = dice.OneIn(6) ? one.amount + 1 : one.amount;
    request.erase("pot");
  } else {
    request["use"] = "advance";
  }
  return PaidAtOnce(invite, request);
}

Json AnyAdvanceSettled(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("advance.settled");
  const auto& advances = invite.state.advances;
  if (advances.empty() || dice.OneIn(12)) {
    fact["advance"] = invite.AddressOf("money.paid");
    fact.update({{"spent_fen", dice.Below(9)}, {"returned_fen", 0}, {"purpose", "elder_care"}});
    return fact;
  }
  const Advance& one = dice.Of(advances);
  const std::int64_t spent = dice.OneIn(4) ? one.open : dice.OneIn(3) ? 0 : one.open / 2;
  const std::int64_t rest = one.open - spent;
  fact.update({{"advance", one.at}, {"spent_fen", spent}});
  fact["returned_fen"] = dice.OneIn(3) ? 0 : rest + (dice.OneIn(12) ? 1 : 0);
  fact["purpose"] = dice.Word({"elder_care", "elder_care", "rewards", "music"});
  if (fact["returned_fen"] != 0 || dice.OneIn(4)) fact["account"] = invite.Account(one.fund);
  if (!dice.OneIn(6)) fact["evidence"] = Json::array({kDigest});
  if (!dice.OneIn(10)) return fact;
  fact["irregular"] = Json::array({"purpose_outside_restriction"});
  return invite.Approved("irregular", one.fund, fact);
}

}  // namespace suanpan::opinion
