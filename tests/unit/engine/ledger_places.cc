// Many households want the same few places at once.

#include <barrier>
#include <thread>

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

constexpr int kHouseholds = 64;
constexpr int kPlaces = 10;
constexpr int kOffers = 8;

/// Proposes, approves and adopts a policy, as facts `first` to `first` + 2 of a command.
void Adopt(std::vector<Json>& facts, std::string_view policy, std::string_view policy_type,
           const Json& body) {
  const std::string proposal = fmt::format("#{}", facts.size());
  const std::string approval = fmt::format("#{}", facts.size() + 1);
  facts.push_back(FactOf("policy.proposed", {{"policy", policy},
                                             {"policy_type", policy_type},
                                             {"version", 1},
                                             {"applies_from", "2025-06-01"},
                                             {"body", body}}));
  facts.push_back(
      FactOf("approval.given",
             {{"of", proposal}, {"action", "adopt"}, {"verdict", "approved"}, {"actor", "p-2"}}));
  facts.push_back(
      FactOf("policy.adopted", {{"proposal", proposal}, {"approvals", Json::array({approval})}}));
}

std::string Household(int number) { return fmt::format("h-{}", number); }
std::string Member(int number) { return fmt::format("p-m{}", number); }

/// A scheme whose price list has a place of each offer, and the offers.
std::vector<Json> Offers() {
  std::vector<Json> facts;
  Adopt(facts, "deeds", "award_items",
        {{"scheme", "hh"}, {"items", Json::array({Json{{"item", "clean"}, {"points", 1}}})}});
  Json rewards = Json::array();
  for (int offer = 0; offer < kOffers; ++offer) {
    rewards.push_back({{"reward", fmt::format("day_{}", offer)},
                       {"points", 1},
                       {"supply", "place"},
                       {"offer", fmt::format("of-{}", offer)}});
  }
  Adopt(facts, "shop", "price_list", {{"scheme", "hh"}, {"rewards", rewards}});
  for (int offer = 0; offer < kOffers; ++offer) {
    facts.push_back(FactOf("offer.opened", {{"offer", fmt::format("of-{}", offer)},
                                            {"offer_kind", "activity"},
                                            {"on", "2025-06-01"},
                                            {"capacity", kPlaces},
                                            {"audience", "any"}}));
  }
  return facts;
}

/// Households of one member each, with a point for each offer.
std::vector<Json> Households() {
  std::vector<Json> facts;
  for (int h = 0; h < kHouseholds; ++h) {
    facts.push_back(
        FactOf("party.registered", {{"party", Household(h)}, {"party_type", "household"}}));
    facts.push_back(FactOf("relation.started", {{"relation", "member_of"},
                                                {"from", Member(h)},
                                                {"to", Household(h)},
                                                {"as", "adult"},
                                                {"since", "2025-01-01"}}));
    facts.push_back(FactOf("points.awarded", {{"scheme", "hh"},
                                              {"holder", Household(h)},
                                              {"person", Member(h)},
                                              {"item", "clean"},
                                              {"times", kOffers}}));
  }
  return facts;
}

/// All households redeem a place of one offer at the same time; the results and codes, counted.
std::map<std::string, int> Rush(LedgerHolder& holder, int offer) {
  std::vector<std::string> results(kHouseholds);
  std::vector<std::thread> threads;
  std::barrier start{kHouseholds};  // else the first threads are done before the last are made
  for (int h = 0; h < kHouseholds; ++h) {
    threads.emplace_back([&, h] {
      const Json line{
          {"reward", fmt::format("day_{}", offer)}, {"quantity", 1}, {"beneficiary", Member(h)}};
      const Json fact = FactOf("redemption.made", {{"scheme", "hh"},
                                                   {"holder", Household(h)},
                                                   {"by", Member(h)},
                                                   {"lines", Json::array({line})}});
      const std::string command = CommandOf("zz", fmt::format("h{}/{}", h, offer + 1), {fact});
      start.arrive_and_wait();
      const Json answer = holder.Send(command);
      results.at(static_cast<std::size_t>(h)) =
          answer["result"] == "refused" ? answer["code"] : answer["result"];
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::map<std::string, int> counts;
  for (const std::string& result : results) ++counts[result];
  return counts;
}

TEST_P(LedgerTest, OfSixtyFourRedemptionsAtOnceForTenPlacesTenAreMade) {
  const auto holder = Opened();
  holder->Commit(CommandOf("zz", "office/2", Offers()));
  holder->Commit(CommandOf("zz", "office/3", Households()));
  const std::map<std::string, int> expected{{"committed", kPlaces},
                                            {"no_place", kHouseholds - kPlaces}};
  for (int offer = 0; offer < kOffers; ++offer) EXPECT_EQ(Rush(*holder, offer), expected) << offer;
  const SealedHead sealed = holder->Seal("zz");
  holder->Reopen();
  EXPECT_EQ(holder->Seal("zz").state, sealed.state);
  EXPECT_EQ(holder->Entries("zz").size(), 3U + kOffers * kPlaces);
  EXPECT_EQ(Rush(*holder, 0), (std::map<std::string, int>{{"duplicate", kPlaces},
                                                          {"no_place", kHouseholds - kPlaces}}))
      << "the same commands again, after opening";
}

}  // namespace
}  // namespace suanpan::engine::test
