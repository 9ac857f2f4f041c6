// Places that a redemption holds: what is marked, and how far the capacity may go down.

#include <fmt/format.h>

#include "forged_history.h"
#include "suanpan/rules/offers.h"
#include "suanpan/schema/kinds/offers.h"

namespace suanpan::testing {
namespace {

constexpr std::string_view kCommands[] = {
    // 1
    "2026-03-02 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o-host\n"
    "2026-03-02 p-acct party.registered party=h-1 party_type=household\n"
    "2026-03-02 p-acct relation.started relation=member_of from=p-1 to=h-1 as=adult "
    "since=2026-01-01\n"
    "2026-03-02 p-acct policy.proposed policy=deeds policy_type=award_items version=1 "
    "applies_from=2026-03-02 body={scheme=hh items=[{item=clean points=10}]}\n"
    "2026-03-02 p-acct policy.proposed policy=shop policy_type=price_list version=1 "
    "applies_from=2026-03-02 body={scheme=hh rewards=[{reward=tea points=1 supply=partner} "
    "{reward=haircut points=2 supply=place offer=of-1}]}\n"
    "2026-03-02 p-sup approval.given of=#3 action=adopt verdict=approved\n"
    "2026-03-02 p-sup approval.given of=#4 action=adopt verdict=approved\n"
    "2026-03-02 p-acct policy.adopted proposal=#3 approvals=[#5]\n"
    "2026-03-02 p-acct policy.adopted proposal=#4 approvals=[#6]\n"
    "2026-03-02 p-work points.awarded scheme=hh holder=h-1 item=clean times=1",
    // 2: five places, and five of another offer
    "2026-03-02 p-work offer.opened offer=of-1 offer_kind=haircut on=2026-04-01 capacity=5 "
    "audience=any per_beneficiary=2\n"
    "2026-03-02 p-work offer.opened offer=of-2 offer_kind=haircut on=2026-04-01 capacity=5 "
    "audience=any",
    // 3: line 1 holds two of the first
    "2026-03-03 p-work redemption.made scheme=hh holder=h-1 by=p-1 "
    "lines=[{reward=tea quantity=1} {reward=haircut quantity=2}]",
};

class Places : public ForgedHistory {
 protected:
  Places() : ForgedHistory(kCommands) {}

  /// The answer to one more command of one fact.
  std::string Take(const std::string& fact) {
    const std::string key = fmt::format("u/{}", ++commands_);
    return book_.Append(CommandJson(key, FactJson("2026-04-01 p-work " + fact).value())).ToText();
  }
  std::string Open(int capacity) {
    return Take(
        fmt::format("offer.opened offer=of-1 offer_kind=haircut on=2026-04-01 capacity={} "
                    "audience=any per_beneficiary=2",
                    capacity));
  }
  std::string Mark(std::string_view as, int line = 1) {
    return Take(fmt::format("place.marked redemption=3.0 line={} as={}", line, as));
  }
  std::int64_t Count(std::string_view account) {
    return book_.Balance(fmt::format("places/of-1/{}", account));
  }

 private:
  int commands_ = 0;
};

TEST_F(Places, EachMarkSettlesOnePlaceUntilNoneIsLeft) {
  EXPECT_EQ(Count("held"), 2);
  EXPECT_EQ(Mark("used"), "entry 4");
  const rules::HeldPlace* held = book_.state().held_places.Find({{Seq{3}, 0}, 1});
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(held->left, Quantity{1});
  EXPECT_EQ(Mark("released"), "entry 5");
  EXPECT_EQ(Mark("released").find("refused not_held (512) fact 0 line"), 0U);
  EXPECT_EQ(book_.state().held_places.size(), 0U);
  EXPECT_EQ(Count("held"), 0);
  EXPECT_EQ(Count("used"), 1);
  EXPECT_EQ(FreePlaces(book_.state(), book_.state().offers[0]), Quantity{4});
}

TEST_F(Places, ALineThatHoldsNoneIsNotHeld) {
  EXPECT_EQ(Mark("no_show", 0).find("refused not_held (512) fact 0 line"), 0U);
}

TEST_F(Places, TheCapacityDoesNotGoBelowWhatIsTaken) {
  EXPECT_EQ(Mark("no_show"), "entry 4");
  EXPECT_EQ(Open(1).find("refused below_held (511) fact 0 capacity"), 0U);
  EXPECT_EQ(Open(2), "entry 5");
  EXPECT_EQ(FreePlaces(book_.state(), book_.state().offers[0]), Quantity{0});
  EXPECT_EQ(Count("no_show"), 1);
}

// No command does this: what a mark says of the offer is the ledger's own.
TEST_F(Places, AMarkThatNamesAnotherOfferIsAContradiction) {
  EXPECT_EQ(Mark("used"), "entry 4");
  Forge<schema::PlaceMarked>(
      4, 0,
      [this](schema::PlaceMarked& fact) { fact.fixed.offer = book_.state().names.Find("of-2"); },
      "a place is marked that line 1 of 3.0 does not hold");
}

}  // namespace
}  // namespace suanpan::testing
