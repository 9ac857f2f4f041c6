// Points of the generated year, counted by the test alone: households and members of the alliance
// redeem what they have earned.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "read_back.h"

namespace suanpan::community_year {
namespace {

const ReadBack& Year() { return YearOf(4); }

/// Points of a household or member by its own facts: what services and deeds earn less what was
/// redeemed.
class Purses {
 public:
  /// False where it redeems more than it has.
  bool Take(const Fact& fact) {
    const std::string kind = fact.kind();
    if (kind == "service.recorded") services_[fact.address] = &fact;
    if (kind == "service.attested") Attest(*services_.at(TargetOf(fact, "service")));
    if (kind == "points.awarded") points_[fact.text("holder")] += 2;
    if (kind != "redemption.made") return true;
    std::int64_t& points = points_[fact.text("holder")];
    for (const auto& line : fact.json.at("lines")) {
      points -= kPrices.at(line.at("reward")) * line.at("quantity").get<std::int64_t>();
    }
    return points >= 0;
  }

 private:
  static inline const std::map<std::string, std::int64_t> kPrices = {
      {"soap", 3},   {"rice", 4},  {"haircut", 6}, {"june1", 5},
      {"clinic", 5}, {"towel", 2}, {"room", 3}};

  static std::string TargetOf(const Fact& fact, const char* field) {
    return Year().Find(fact, fact.text(field))->address;
  }
  void Attest(const Fact& service) {
    if (service.json.contains("order")) return;  // by volunteers, for nothing
    const std::string kind = service.text("service_kind");
    const bool visit = kind == "visiting";
    const std::int64_t units =
        visit ? static_cast<std::int64_t>(service.json.at("beneficiaries").size())
              : service.number("minutes");
    const std::int64_t cap = visit ? 3 : kind == "mending" ? 120 : units;
    const std::int64_t divisor = visit ? 2 : kind == "tutoring" ? 45 : 60;
    std::int64_t& counted = counted_[service.text("person") + " " + kind];
    const std::int64_t before = counted / divisor;
    counted += std::min(units, cap);
    points_[service.json.value("holder", service.text("person"))] += counted / divisor - before;
  }

  std::map<std::string, const Fact*> services_;
  std::map<std::string, std::int64_t> counted_;
  std::map<std::string, std::int64_t> points_;
};

TEST(Points, NobodyRedeemsMorePointsThanWereEarned) {
  Purses purses;
  for (const Fact& fact : Year().facts) EXPECT_TRUE(purses.Take(fact)) << fact.json;
}

std::size_t Marked(const std::string& as) {
  std::size_t marked = 0;
  for (const Fact* fact : Year().OfKind("slot.marked")) marked += fact->text("as") == as ? 1U : 0U;
  return marked;
}

TEST(Points, EveryMemberHasADutyInEachMonthAndWhoComesServesIt) {
  std::map<std::string, std::set<std::string>> months;
  for (const Fact* slot : Year().OfKind("slot.scheduled"))
    months[slot->text("holder")].insert(slot->text("from").substr(0, 7));
  EXPECT_EQ(months.size(), 12U);
  for (const auto& [member, its_months] : months) EXPECT_EQ(its_months.size(), 12U) << member;
  std::size_t duties = 0;
  for (const Fact* service : Year().OfKind("service.recorded")) {
    if (!service->json.contains("slot")) continue;
    const Fact* slot = Year().Find(*service, service->text("slot"));
    ASSERT_TRUE(slot != nullptr && slot->kind() == "slot.scheduled");
    EXPECT_EQ(slot->text("holder"), service->text("person"));
    EXPECT_EQ(service->text("class"), "duty");
    ++duties;
  }
  EXPECT_EQ(duties, Marked("checked_in"));
  EXPECT_GT(duties, 100U);
  EXPECT_EQ(duties + Marked("no_show"), 144U);
  EXPECT_GT(Marked("no_show"), 0U);
}

TEST(Points, MembersOfTheAllianceTakeGoodsForTheirDuties) {
  std::map<std::string, std::int64_t> rewards;
  for (const Fact* fact : Year().OfKind("redemption.made")) {
    if (fact->text("scheme") != "al") continue;
    EXPECT_EQ(fact->text("holder"), fact->text("by"));
    const auto& line = fact->json.at("lines").at(0);
    rewards[line.at("reward")] += line.at("quantity").get<std::int64_t>();
  }
  EXPECT_GT(rewards["towel"], 50);
  EXPECT_GT(rewards["room"], 10);
}

}  // namespace
}  // namespace suanpan::community_year
