// Places that a redemption holds: what is marked, and how far the capacity may go down.

#include <gtest/gtest.h>

#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/offers.h"

namespace suanpan::rules {
namespace {

using schema::Event;
using schema::OfferOpened;
using schema::PlaceMark;
using schema::PlaceMarked;

/// Old events: everything of entry 1 is a redemption.
class Redemptions final : public OldEvents {
 public:
  Redemptions() {
    kind_.number = 59;
    kind_.name = "redemption.made";
    event_.kind = &kind_;
  }
  const Event* Find(Address address) override {
    return address.seq() == Seq{1} ? &event_ : nullptr;
  }
  bool Exists(Address address) override { return address.seq() == Seq{1}; }

 private:
  schema::KindInfo kind_;
  Event event_;
};

/// An offer of 5 places, of which line 2 of redemption 1.0 holds 2.
class Places : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto post = [this](AccountClass account_class, std::int64_t places) {
      EXPECT_TRUE(state_.accounts.Post({account_class, {}, offer_, {}}, AnyUnits{places}, Seq{1}));
    };
    EXPECT_EQ(Open(5), "");
    post(AccountClass::kPlacesHeld, 2);
    post(AccountClass::kPlacesFree, -2);
    state_.held_places.Set({{Seq{1}, 0}, 2}, {0, Quantity{2}, person_});
  }

  /// Decides and applies; what it was refused with, or nothing.
  template <class Fact>
  std::string Take(Fact fact) {
    DecideContext context{catalogue_.kinds(), state_,     old_events_, arena_,
                          Address{Seq{2}, 0}, catalogue_, state_.names};
    Event event;
    event.kind = catalogue_.kinds().ByNumber(Fact::kKind);
    if (const Verdict refusal = catalogue_.RuleOf(*event.kind).decide(context, event, &fact)) {
      return std::string{schema::ToText(refusal->code)} + " " + refusal->field;
    }
    event.payload = &fact;
    const Status applied = ApplyEvent(catalogue_, state_, {Seq{2}, 0}, event);
    return applied.ok() ? "" : applied.ToString();
  }
  std::string Open(std::int64_t capacity) {
    OfferOpened fact;
    fact.offer = offer_;
    fact.offer_kind = kind_;
    fact.on = Date{20'000};
    fact.capacity = Quantity{capacity};
    fact.audience = 1;
    return Take(fact);
  }
  std::string Mark(PlaceMark as, std::uint16_t line = 2) {
    PlaceMarked fact;
    fact.fixed.redemption = {Seq{1}, 0};
    fact.fixed.line = line;
    fact.fixed.as = static_cast<std::uint8_t>(as);
    return Take(fact);
  }
  std::int64_t Count(AccountClass account_class) const {
    return state_.accounts.BalanceOf<Quantity>({account_class, {}, offer_, {}}).value();
  }

  const Catalogue& catalogue_ = Catalogue::Standard();
  BookState state_;
  const NameId offer_ = state_.names.Intern("of-1");
  const NameId kind_ = state_.names.Intern("haircut");
  const NameId person_ = state_.names.Intern("p-1");
  Redemptions old_events_;
  Arena arena_;
};

TEST_F(Places, EachMarkSettlesOnePlaceUntilNoneIsLeft) {
  EXPECT_EQ(Mark(PlaceMark::kUsed), "");
  ASSERT_NE(state_.held_places.Find({{Seq{1}, 0}, 2}), nullptr);
  EXPECT_EQ(state_.held_places.Find({{Seq{1}, 0}, 2})->left, Quantity{1});
  EXPECT_EQ(Mark(PlaceMark::kReleased), "");
  EXPECT_EQ(Mark(PlaceMark::kReleased), "not_held line");
  EXPECT_EQ(state_.held_places.size(), 0U);
  EXPECT_EQ(Count(AccountClass::kPlacesHeld), 0);
  EXPECT_EQ(Count(AccountClass::kPlacesUsed), 1);
  EXPECT_EQ(FreePlaces(state_, state_.offers[0]), Quantity{4});
}

TEST_F(Places, ALineThatHoldsNoneIsNotHeld) {
  EXPECT_EQ(Mark(PlaceMark::kNoShow, 1), "not_held line");
}

TEST_F(Places, TheCapacityDoesNotGoBelowWhatIsTaken) {
  EXPECT_EQ(Mark(PlaceMark::kNoShow), "");
  EXPECT_EQ(Open(1), "below_held capacity");
  EXPECT_EQ(Open(2), "");
  EXPECT_EQ(FreePlaces(state_, state_.offers[0]), Quantity{0});
  EXPECT_EQ(Count(AccountClass::kPlacesNoShow), 1);
}

TEST_F(Places, AMarkThatNamesAnotherOfferIsAContradiction) {
  PlaceMarked fact;
  fact.fixed.redemption = {Seq{1}, 0};
  fact.fixed.line = 2;
  fact.fixed.as = 1;
  fact.fixed.offer = person_;
  Event event;
  event.kind = catalogue_.kinds().ByNumber(PlaceMarked::kKind);
  event.payload = &fact;
  EXPECT_FALSE(ApplyEvent(catalogue_, state_, {Seq{2}, 0}, event).ok());
}

}  // namespace
}  // namespace suanpan::rules
