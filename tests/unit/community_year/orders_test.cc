// Orders of the generated year go their way step by step, by the rule of the catalogue alone.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "read_back.h"

namespace suanpan::community_year {
namespace {

const ReadBack& Year() { return YearOf(4); }

/// Where an order stands, followed from fact to fact.
class Orders {
 public:
  void Take(const Fact& fact) {
    const std::string kind = fact.kind();
    if (kind == "order.placed") states_[&fact] = "placed";
    if (kind == "order.moved") Move(fact);
    if (kind == "custody.passed") Pass(fact);
    if (kind == "service.recorded" && fact.json.contains("order"))
      Shift(fact, OrderOf(fact, "order"), {"taken"}, "done");
    if (kind == "service.attested") Attest(fact);
    if (kind != "assessment.recorded") return;
    EXPECT_EQ(states_.at(OrderOf(fact, "concerns")), "confirmed");
  }
  /// How many orders stand at each state.
  [[nodiscard]] std::map<std::string, std::size_t> Counts() const {
    std::map<std::string, std::size_t> counts;
    for (const auto& [order, state] : states_) ++counts[state];
    return counts;
  }
  [[nodiscard]] std::size_t declined() const { return declined_; }
  [[nodiscard]] const std::map<const Fact*, std::string>& states() const { return states_; }
  /// Who has the parcel of an order; nobody for an order without.
  [[nodiscard]] const std::map<const Fact*, std::string>& holders() const { return holders_; }

 private:
  static const Fact* OrderOf(const Fact& fact, const char* field) {
    return Year().Find(fact, fact.text(field));
  }
  void Shift(const Fact& fact, const Fact* order, const std::set<std::string>& from,
             const std::string& to) {
    EXPECT_TRUE(from.contains(states_.at(order))) << fact.json << " at " << states_.at(order);
    states_[order] = to;
  }
  void Move(const Fact& fact) {
    static const std::map<std::string, std::set<std::string>> kFrom = {
        {"accepted", {"placed"}},
        {"dispatched", {"accepted"}},
        {"taken", {"dispatched"}},
        {"declined", {"dispatched", "taken"}},
        {"cancelled", {"placed", "accepted", "dispatched", "taken"}},
        {"failed", {"placed", "accepted", "dispatched", "taken"}}};
    const std::string to = fact.text("to");
    if (to == "declined") ++declined_;
    Shift(fact, OrderOf(fact, "order"), kFrom.at(to), to == "declined" ? "accepted" : to);
  }
  void Pass(const Fact& fact) {
    std::string& holder = holders_[OrderOf(fact, "order")];
    EXPECT_TRUE(holder.empty() || fact.text("from") == holder) << fact.json;
    holder = fact.text("to");
  }
  void Attest(const Fact& fact) {
    const Fact* service = Year().Find(fact, fact.text("service"));
    if (!service->json.contains("order")) return;
    EXPECT_NE(service->text("person"), fact.text("actor"));
    Shift(fact, OrderOf(*service, "order"), {"done"}, "confirmed");
  }

  std::map<const Fact*, std::string> states_;
  std::map<const Fact*, std::string> holders_;
  std::size_t declined_ = 0;
};

Orders Followed() {
  Orders orders;
  for (const Fact& fact : Year().facts) orders.Take(fact);
  return orders;
}

TEST(Orders, EachIsMovedOnlyAsItMayAndAllEndsOccur) {
  const Orders orders = Followed();
  auto counts = orders.Counts();
  EXPECT_GT(counts["confirmed"], 200U);
  EXPECT_GT(counts["cancelled"], 5U);
  EXPECT_GT(counts["failed"], 5U);
  EXPECT_GT(orders.declined(), 5U);
  // What nobody took ends by itself at the close of a day: at each of the states before.
  for (const char* waiting : {"placed", "accepted", "dispatched"}) EXPECT_GT(counts[waiting], 0U);
  EXPECT_EQ(counts["taken"] + counts["done"], 0U);
}

TEST(Orders, WhatIsStillWaitingWasWantedBeforeTheYearEnded) {
  const Orders orders = Followed();
  for (const auto& [order, state] : orders.states())
    EXPECT_LT(order->text("wanted_by"), "2025-12-31") << state;
}

TEST(Orders, EveryParcelArrivesAtWhomItIsFor) {
  const Orders orders = Followed();
  std::size_t medicine = 0;
  for (const auto& [order, holder] : orders.holders()) {
    EXPECT_EQ(holder, order->text("beneficiary"));
    EXPECT_EQ(orders.states().at(order), "confirmed");
    medicine += order->text("service_kind") == "medicine" ? 1U : 0U;
  }
  EXPECT_GT(medicine, 50U);
}

TEST(Orders, VolunteersAreAtATrainingOnceAQuarter) {
  EXPECT_EQ(Year().OfKind("session.held").size(), 4U);
  for (const Fact* fact : Year().OfKind("attendance.recorded")) {
    const Fact* session = Year().Find(*fact, fact->text("session"));
    ASSERT_TRUE(session != nullptr && session->kind() == "session.held");
    std::set<std::string> persons;
    for (const auto& row : fact->json.at("rows")) {
      EXPECT_TRUE(persons.insert(row.at("person")).second);
      EXPECT_LE(row.at("minutes"), session->number("minutes"));
    }
    EXPECT_LE(persons.size(), static_cast<std::size_t>(session->number("expected")));
  }
}

}  // namespace
}  // namespace suanpan::community_year
