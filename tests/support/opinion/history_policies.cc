// Policies: proposed, approved, adopted, in one command or one after the other.

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"
#include "support/opinion/policies.h"

namespace suanpan::opinion {
namespace {

const std::vector<std::string> kTypes = {"earning",    "award_items", "expiry",   "price_list",
                                         "redemption", "transfer",    "approval", "control"};

Json EarningItem(Dice& dice, const std::string& service_kind) {
  Json item = {{"service_kind", service_kind},
               {"basis", dice.Word({"minutes", "minutes", "minutes", "session", "beneficiary",
                                    "quantity"})}};
  const bool minutes = item["basis"] == "minutes";
  item["rate"] = {{"n", dice.Between(1, 3)},
                  {"m", minutes ? dice.Of(std::vector<int>{60, 45, 7}) : 2}};
  item["rounding"] = dice.Word({"cumulative", "cumulative", "per_service"});
  const int most = minutes ? 200 : 3;
  Json cap = Json::object();
  if (dice.OneIn(3)) cap["activity"] = dice.Between(1, most);
  if (dice.OneIn(3)) cap["day"] = dice.Between(1, most);
  if (dice.OneIn(3)) cap["month"] = dice.Between(1, 4 * most);
  if (dice.OneIn(6)) cap["total"] = dice.Between(1, 20 * most);
  if (!cap.empty()) item["cap"] = cap;
  if (dice.OneIn(4)) item["min_quality"] = dice.Between(1, 5);
  return item;
}

Json Earning(Invite& invite, const std::string& scheme) {
  Dice& dice = invite.dice;
  Json body = {{"scheme", scheme}, {"holder", scheme == "hh" ? "household" : "member"}};
  body["items"] = Json::array({EarningItem(dice, "mending")});
  if (!dice.OneIn(3)) body["items"].push_back(EarningItem(dice, "visiting"));
  if (dice.OneIn(4)) body["items"].push_back(EarningItem(dice, "opening"));
  if (dice.OneIn(16)) body["items"].push_back(EarningItem(dice, "mending"));
  body["attest_steps"] = Json::array({"worker"});
  if (dice.OneIn(3)) body["attest_steps"].push_back("served");
  if (dice.OneIn(4)) body["usable_after_days"] = dice.Between(1, 40);
  if (dice.OneIn(6)) body["late_limit_days"] = dice.Between(1, 60);
  if (dice.OneIn(2)) body["negative_floor"] = dice.Below(12);
  return body;
}

Json Deeds(Invite& invite, const std::string& scheme) {
  Dice& dice = invite.dice;
  Json tidy = {{"item", "tidy"}, {"points", dice.Between(1, 12)}};
  if (dice.OneIn(3)) tidy["max_per_month"] = dice.Between(1, 6);
  const Json litter = {{"item", "litter"}, {"points", -dice.Between(1, 9)}};
  Json body = {{"scheme", scheme}, {"items", {tidy, litter}}};
  if (dice.OneIn(2)) body["items"].push_back({{"item", "feast"}, {"points", dice.Between(1, 40)}});
  if (dice.OneIn(24)) body["items"].push_back(tidy);
  if (dice.OneIn(2)) body["base_points"] = dice.Between(1, 10);
  return body;
}

Json Expiry(Invite& invite, const std::string& scheme) {
  Dice& dice = invite.dice;
  Json body = {{"scheme", scheme},
               {"rule", dice.Word({"months", "months", "months", "end_of_year", "none"})}};
  if (body["rule"] == "months") body["n"] = dice.Of(std::vector<int>{1, 1, 2, 3, 12});
  if (body["rule"] == "end_of_year") body["n"] = dice.Below(2);
  if (dice.OneIn(12)) body["n"] = 0;
  if (dice.OneIn(4)) body["restore_grace_days"] = dice.Below(30);
  if (dice.OneIn(4)) body["on_household_end"] = dice.Word({"keep", "donate", "forfeit"});
  return body;
}

Json Windows(Invite& invite) {
  const int month = std::stoi(invite.Today().substr(5, 2));
  Json windows = Json::array();
  for (int next = 0; next < 6; ++next) {
    const int from = invite.dice.Between(1, 8);
    windows.push_back(
        {{"month", (month + next - 1) % 12 + 1},
         {"from_day", from},
         {"to_day", invite.dice.OneIn(24) ? from - 1 : invite.dice.Between(from, 31)}});
    if (windows.back()["to_day"] == 0) windows.back()["to_day"] = 1;
  }
  return windows;
}

Json Limits(Invite& invite, const std::string& scheme) {
  Dice& dice = invite.dice;
  Json body = {{"scheme", scheme}};
  if (dice.OneIn(4)) body["windows"] = Windows(invite);
  if (dice.OneIn(4)) body["min_balance"] = dice.Between(1, 8);
  if (dice.OneIn(5)) body["min_minutes"] = dice.Between(1, 90);
  if (dice.OneIn(4)) body["keep_points"] = dice.Below(5);
  if (dice.OneIn(4)) body["per_day_points"] = dice.Between(2, 12);
  if (dice.OneIn(4)) body["per_beneficiary_month"] = dice.Between(1, 4);
  if (dice.OneIn(4)) body["review"] = !dice.OneIn(3);
  return body;
}

/// A reward without what it has no use for, but now and then.
Json Reward(Invite& invite, const std::string& reward, const std::string& supply) {
  Dice& dice = invite.dice;
  Json row = {{"reward", reward}, {"points", dice.Between(1, 4)}, {"supply", supply}};
  if (supply == "place") row["offer"] = reward;
  if (supply == "stock") row["item"] = reward;
  if (supply == "vendor") row["vendor"] = "v-" + std::to_string(dice.Below(2));
  if (supply == "stock" || supply == "vendor") {
    row["fund"] = invite.Fund();
    if (supply == "vendor" || dice.OneIn(2)) row["value_fen"] = dice.Between(1, 400);
    if (dice.OneIn(6)) row["pot"] = dice.Word({"restricted/government", "unrestricted/donation"});
  }
  if (dice.OneIn(60)) row["value_fen"] = 300;
  if (dice.OneIn(60)) row.erase("fund");
  return row;
}

Json Prices(Invite& invite, const std::string& scheme) {
  Json rewards = {Reward(invite, "soap", "stock"),  Reward(invite, "of-0", "place"),
                  Reward(invite, "meal", "vendor"), Reward(invite, "ticket", "partner"),
                  Reward(invite, "book", "stock"),  Reward(invite, "of-1", "place")};
  for (Json& row : rewards) {  // the code of a reward has no dash
    if (row["supply"] == "place") row["reward"] = row["reward"] == "of-0" ? "haircut" : "outing";
  }
  if (invite.dice.OneIn(4)) rewards.erase(static_cast<std::size_t>(invite.dice.Below(6)));
  if (invite.dice.OneIn(24)) rewards.push_back(rewards[0]);
  return {{"scheme", scheme}, {"rewards", rewards}};
}

Json Tiers(Invite& invite) {
  Dice& dice = invite.dice;
  Json tiers = Json::array();
  std::int64_t from = dice.OneIn(8) ? 10 : 0;
  for (int i = dice.Between(1, 3); i > 0; --i) {
    tiers.push_back({{"from_fen", from}, {"approvals", dice.Of(std::vector<int>{1, 1, 1, 2})}});
    from += dice.OneIn(24) ? 0 : dice.Between(1, 1'000);
  }
  if (dice.OneIn(3)) tiers[0]["role"] = "treasurer";
  if (dice.OneIn(3)) tiers[0]["decision"] = true;
  return {{"action", dice.Word({"adopt", "adopt", "spend"})}, {"tiers", tiers}};
}

Json Body(Invite& invite, const std::string& type) {
  const std::string scheme = invite.Scheme();
  if (type == "earning") return Earning(invite, scheme);
  if (type == "award_items") return Deeds(invite, scheme);
  if (type == "expiry") return Expiry(invite, scheme);
  if (type == "price_list") return Prices(invite, scheme);
  if (type == "redemption") return Limits(invite, scheme);
  if (type == "approval") return Tiers(invite);
  if (type == "control") {
    return {{"roles", Json::array({{{"kind", "money.paid"}, {"role", "treasurer"}}})}};
  }
  return {{"scheme", scheme},
          {"allowed", invite.dice.Word({"any", "any", "donate_only", "none", "household"})}};
}

/// What nobody has adopted yet, mostly: the first of all that a community needs first.
std::string AnyType(Invite& invite) {
  for (const std::string& type : kTypes) {
    const auto& all = invite.state.policies;
    const bool there =
        std::any_of(all.begin(), all.end(), [&](const Policy& one) { return one.type == type; });
    if (!there && !invite.dice.OneIn(3)) return type;
  }
  return invite.dice.Of(kTypes);
}

std::int64_t NextVersion(const State& state, const std::string& policy) {
  return 1 + std::count_if(state.policies.begin(), state.policies.end(),
                           [&](const Policy& one) { return one.policy == policy; });
}

/// A draft, as it may come after those before.
Json Draft(Invite& invite, Json fact) {
  Dice& dice = invite.dice;
  const std::string type = AnyType(invite);
  const Json body = Body(invite, type);
  std::string name = type + "/" + (type == "control" ? "all" : ScopeOf(type, body));
  if (dice.OneIn(24)) name = dice.Word({"earning/hh", "pol-2", "f-0", "h-0"});
  fact.update({{"policy", name}, {"policy_type", type}, {"body", body}});
  fact["version"] = NextVersion(invite.state, name) + (dice.OneIn(16) ? dice.Between(1, 2) : 0);
  const bool back = dice.OneIn(type == "expiry" || type == "earning" ? 5 : 24);
  fact["applies_from"] = AddDays(invite.BusinessDate(fact), back            ? -dice.Below(60)
                                                            : dice.OneIn(8) ? dice.Below(30)
                                                                            : 0);
  return fact;
}

const std::string kDigest = "00000000000000000000000000000000000000000000000000000000000000aa";

void AddDryRun(Invite& invite, Json& fact) {
  fact["dry_run"] = {{"at_seq", invite.dice.Between(1, 9)}, {"digest", kDigest}};
}

Json ApprovalOf(Invite& invite, const std::string& proposal, const std::string& author) {
  Json fact = invite.Plain("approval.given");
  fact.update({{"of", proposal}, {"action", "adopt"}, {"verdict", "approved"}});
  fact["actor"] = invite.Other(author);
  return fact;
}

}  // namespace

Json AnyProposal(Invite& invite) { return Draft(invite, invite.Fact("policy.proposed")); }

Json AnyPolicy(Invite& invite) {
  Dice& dice = invite.dice;
  const Json draft = Draft(invite, invite.Plain("policy.proposed"));
  Json facts = Json::array({draft});
  Json approvals = Json::array();
  for (int i = dice.OneIn(4) ? 2 : 1; i > 0; --i) {
    facts.push_back(ApprovalOf(invite, "#0", draft.at("actor")));
    approvals.push_back("#" + std::to_string(approvals.size() + 1));
  }
  Json adoption = invite.Plain("policy.adopted");
  adoption.update({{"proposal", "#0"}, {"approvals", approvals}});
  const bool back = draft.at("applies_from").get<std::string>() < invite.BusinessDate(draft);
  if (back ? !dice.OneIn(6) : dice.OneIn(12)) AddDryRun(invite, adoption);
  adoption["actor"] = invite.Other(facts[1].at("actor"), facts.back().at("actor"));
  adoption["occurred_at"] = draft.at("occurred_at");
  facts.push_back(adoption);
  return facts;
}

Json AnyAdoption(Invite& invite) {
  Dice& dice = invite.dice;
  if (invite.state.proposals.empty() && !dice.OneIn(4)) return AnyProposal(invite);
  Json fact = invite.Fact("policy.adopted");
  const bool open = !invite.state.proposals.empty() && !dice.OneIn(8);
  const std::string proposal =
      open ? dice.Of(invite.state.proposals).at : invite.AddressOf("policy.proposed");
  fact["proposal"] = proposal;
  fact["approvals"] = Json::array();
  for (const auto& one : invite.state.approvals) {
    if (one.of == proposal && !dice.OneIn(8)) fact["approvals"].push_back(one.at);
  }
  const Event* proposed = invite.state.Find(proposal);
  const bool back = proposed != nullptr && proposed->fact.contains("applies_from") &&
                    proposed->fact.at("applies_from").get<std::string>() < invite.Today();
  if (back ? !dice.OneIn(6) : dice.OneIn(12)) AddDryRun(invite, fact);
  if (!fact["approvals"].empty()) return fact;
  const std::string author = proposed == nullptr ? "" : proposed->fact.value("actor", "");
  const Json approval = ApprovalOf(invite, proposal, author);
  fact["approvals"] =
      Json::array({dice.OneIn(16) ? invite.AddressOf("approval.given") : std::string{"#0"}});
  fact["actor"] = invite.Other(approval.at("actor"));
  return {approval, fact};
}

}  // namespace suanpan::opinion
