// Households, places, relations, codes, and what comes to an end.

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"

namespace suanpan::opinion {
namespace {

Json Named(Json fact, const Json& fields) {
  fact.update(fields);
  return fact;
}

Json Membership(Invite& invite, const std::string& of, bool household) {
  Dice& dice = invite.dice;
  Json fact = invite.Plain("relation.started");
  fact.update({{"relation", "member_of"}, {"from", invite.Neighbour()}, {"to", of}});
  fact["since"] = AddDays(invite.BusinessDate(fact), -dice.Below(400));
  if (household && !dice.OneIn(5)) fact["as"] = dice.Word({"adult", "adult", "child", "elder"});
  return fact;
}

}  // namespace

Json AnyHousehold(Invite& invite) {
  Dice& dice = invite.dice;
  const bool household = !dice.OneIn(4);
  const std::string name =
      household ? "h-" + std::to_string(dice.Below(4)) : "m-" + std::to_string(dice.Below(2));
  Json facts = Json::array();
  if (!invite.state.parties.contains(name) || dice.OneIn(8)) {
    facts.push_back(Named(invite.Plain("party.registered"),
                          {{"party", name}, {"party_type", household ? "household" : "member"}}));
  }
  for (int i = dice.Between(1, 2); i > 0; --i) facts.push_back(Membership(invite, name, household));
  return facts;
}

Json AnyPlace(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("place.registered");
  fact["place"] = "pl-" + std::to_string(dice.Below(24));
  fact["place_type"] =
      dice.Word({"station", "space", "corner", "room", "stall", "site", "collection_point"});
  fact["label"] = "社区工作站";
  if (dice.OneIn(2) && !invite.state.places.empty()) {
    fact["within"] = "pl-" + std::to_string(dice.Below(24));
    for (const auto& [name, place] : invite.state.places) {
      if (dice.OneIn(2)) fact["within"] = name;
    }
  }
  if (dice.OneIn(8)) fact["within"] = fact["place"];
  return fact;
}

namespace {

/// The end of a fund wants an approval.
Json FundClosing(Invite& invite, Json fact) {
  fact["of"] = invite.Fund();
  return invite.Approved("close", fact["of"], fact);
}

/// A name that the book knows, of whatever.
std::string AnyName(Invite& invite) {
  const State& state = invite.state;
  std::vector<std::string> names;
  const auto add = [&](const auto& known, int one_in) {
    for (const auto& [name, value] : known) {
      if (invite.dice.OneIn(one_in)) names.push_back(name);
    }
  };
  add(state.parties, 1);
  add(state.places, 1);
  add(state.offers, 1);
  add(state.agreements, 4);
  for (const auto& name : state.policy_names) {
    if (invite.dice.OneIn(8)) names.push_back(name);
  }
  return names.empty() || invite.dice.OneIn(12) ? "o-none" : invite.dice.Of(names);
}

}  // namespace

Json AnyClosing(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("register.closed");
  fact["outcome"] = dice.Word({"left", "removed", "done", "terminated"});
  fact["on"] = AddDays(invite.BusinessDate(fact), dice.OneIn(12) ? 1 : -dice.Below(30));
  if (dice.OneIn(4)) return FundClosing(invite, fact);
  fact["of"] = AnyName(invite);
  if (!invite.state.closed.empty() && dice.OneIn(6)) {
    auto closed = invite.state.closed.begin();
    std::advance(closed, dice.Below(static_cast<int>(invite.state.closed.size())));
    fact["of"] = closed->first;
  }
  return fact;
}

Json AnyRelation(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("relation.started");
  const auto numbered = [&](const char* name, int count) {
    return name + std::to_string(dice.Below(count));
  };
  switch (dice.Below(4)) {
    case 0:
      fact.update({{"relation", "member_of"}, {"from", invite.Neighbour()}});
      fact["to"] = invite.Holder();
      if (dice.OneIn(2)) fact["as"] = dice.Word({"adult", "child", "elder"});
      break;
    case 1:
      fact.update(
          {{"relation", "in_unit"}, {"from", numbered("u-", 4)}, {"to", numbered("u-", 4)}});
      break;
    case 2:
      fact.update({{"relation", dice.Word({"in_category", "located_at", "classified"})},
                   {"from", invite.Vendor()},
                   {"to", numbered("c-", 3)}});
      break;
    default:
      fact["relation"] = dice.Word({"holds_role", "related_to", "uses", "partner_of", "works_with",
                                    "incubated_by", "pilot_of"});
      fact.update({{"from", numbered("o-", 6)}, {"to", numbered("o-", 6)}, {"as", "treasurer"}});
  }
  fact["since"] = AddDays(invite.BusinessDate(fact), dice.Between(-90, dice.OneIn(6) ? 60 : 0));
  return fact;
}

Json AnyRelationEnd(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("relation.ended");
  fact["until"] = AddDays(invite.BusinessDate(fact), dice.Between(-60, 10));
  if (invite.state.relations.empty() || dice.OneIn(8)) {
    fact.update({{"relation", "member_of"}, {"from", invite.Neighbour()}, {"to", "h-1"}});
    return fact;
  }
  const Relation& one = dice.Of(invite.state.relations);
  fact.update({{"relation", one.relation}, {"from", one.from}, {"to", one.to}});
  return fact;
}

Json AnyCode(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("code.defined");
  fact["list"] = dice.Word({"service_kind", "purpose", "item", "summary", "doc_series"});
  fact["code"] = dice.Word({"mending", "elder_care", "tidy", "litter"});
  fact["label"] = "助老";
  const auto known = invite.state.codes.find({fact["list"], fact["code"]});
  const int last = known == invite.state.codes.end() ? 0 : known->second.at("version").get<int>();
  fact["version"] = dice.OneIn(4) ? dice.Between(1, 3) : last + 1;
  fact["valid_from"] = AddDays(invite.Today(), dice.Between(-30, 30));
  if (dice.OneIn(3)) fact["valid_to"] = AddDays(invite.Today(), dice.Between(-20, 300));
  if (dice.OneIn(4)) fact["group"] = "care";
  if (dice.OneIn(4)) fact["gapless"] = dice.OneIn(2);
  if (dice.OneIn(4)) fact["protected"] = dice.OneIn(2);
  return fact;
}

namespace {

/// Without what may name something that is not there yet.
Json Bare(Invite& invite, Json fact) {
  for (const char* field : {"refs", "replaces", "supplements"}) fact.erase(field);
  fact["occurred_at"] = invite.Plain("any").at("occurred_at");
  return fact;
}

Json FirstMoney(Invite& invite, const Json& fund) {
  Json fact = invite.Plain("funds.received");
  fact.update({{"fund", fund.at("fund")},
               {"pot", fund.at("default_pot")},
               {"from", "o-donor"},
               {"account", fund.at("bank_accounts")[0]}});
  fact["amount_fen"] = invite.dice.Between(1'000, 60'000);
  return fact;
}

}  // namespace

Json CommunityOpening(Invite& invite) {
  Dice& dice = invite.dice;
  Json fund = Bare(invite, AnyFund(invite));
  if (fund["bank_accounts"].size() > 2) fund["bank_accounts"].erase(2);
  if (!dice.OneIn(4)) fund["restriction"].erase("places");
  if (!dice.OneIn(4)) fund["restriction"].erase("matters");
  Json facts = Json::array();
  if (!invite.state.book) facts.push_back(Bare(invite, AnyBook(invite)));
  facts.push_back(fund);
  facts.push_back(FirstMoney(invite, fund));
  const auto party = [&](const std::string& name, const char* type) {
    if (invite.state.parties.contains(name)) return;
    facts.push_back(
        Named(invite.Plain("party.registered"), {{"party", name}, {"party_type", type}}));
  };
  party("v-0", "vendor");
  party("v-1", "vendor");
  party("m-0", "member");
  for (int h = 0; h < 3; ++h) {
    const std::string household = "h-" + std::to_string(h);
    party(household, "household");
    for (int i = 0; i < 2; ++i) {
      Json member = Membership(invite, household, true);
      member["from"] = "p-" + std::to_string(2 * h + i);
      if (invite.state.relations.empty()) facts.push_back(member);
    }
  }
  return facts;
}

}  // namespace suanpan::opinion
