// The laws of books, each broken on purpose in the state of a history that keeps them all.

#include <gtest/gtest.h>

#include <functional>

#include "course.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "support/book_laws.h"

namespace suanpan::test {
namespace {

using rules::AccountClass;
using rules::AccountKey;
using rules::BookState;

/// A year or more of a community, for all tests: each takes back what it plants.
BookState& Community() {
  static const std::unique_ptr<BookState> kState = [] {
    Course course;
    opinion::History history;
    opinion::Dice dice{4};
    for (int i = 0; i < 600; ++i) {
      const int what = opinion::kSalesWhats + dice.Below(opinion::kWhats - opinion::kSalesWhats);
      EXPECT_EQ(course.Tell(history.Next({what, dice.Next()}, course.opinion())), "");
    }
    return course.Replayed("zz");
  }();
  return *kState;
}

/// The first account of a class that has a balance.
const AccountKey& FirstOf(const BookState& state, AccountClass of) {
  for (const rules::Account& account : state.accounts.all()) {
    if (account.key.account_class == of && account.balance().value() != 0) return account.key;
  }
  ADD_FAILURE() << "no account of class " << int(of);
  return state.accounts.all()[0].key;
}

void Move(BookState& state, const AccountKey& from, const AccountKey& to, std::int64_t amount) {
  EXPECT_TRUE(state.accounts.Post(to, rules::AnyUnits{amount}, Seq{1}));
  EXPECT_TRUE(state.accounts.Post(from, rules::AnyUnits{-amount}, Seq{1}));
}

std::int64_t BalanceOn(const BookState& state, const AccountKey& key) {
  return state.accounts.BalanceOn(key).value();
}

/// A lot of a holder with more or less of it, as if an event had said so.
void ChangeLot(BookState& state, std::int64_t points) {
  const auto* pair = state.lots.Sorted().front();
  rules::Lot lot = pair->second.front();
  lot.quantity = Points{lot.quantity.value() + points};
  SetLot(state, pair->first, lot);
}

struct Planted {
  std::string name;
  std::function<void(BookState&)> plant;
  std::string told;  ///< a part of it
};

std::vector<Planted> PlantedPoints() {
  return {{"a lot more than the balance", [](BookState& state) { ChangeLot(state, 1); },
           "more than its lots"},
          {"a balance more than the lots",
           [](BookState& state) {
             const AccountKey holder = FirstOf(state, AccountClass::kPointsHolder);
             Move(state, {AccountClass::kPointsIssued, {}, holder.owner, {}}, holder, 3);
           },
           " is 3 more than its lots"},
          {"a lot below 0", [](BookState& state) { ChangeLot(state, -1'000'000); }, "is below 0"},
          {"a claim that the holder has",
           [](BookState& state) {
             const AccountKey holder = FirstOf(state, AccountClass::kPointsHolder);
             Move(state, {AccountClass::kPointsIssued, {}, holder.owner, {}},
                  {AccountClass::kPointsClaim, {}, holder.owner, holder.detail}, 1'000);
           },
           "/claim/"},
          {"points from nowhere",
           [](BookState& state) {
             const AccountKey issued = FirstOf(state, AccountClass::kPointsIssued);
             EXPECT_TRUE(state.accounts.Post(issued, rules::AnyUnits{-5}, Seq{1}));
           },
           "sum to -5"},
          {"minutes below 0",
           [](BookState& state) {
             const AccountKey minutes = FirstOf(state, AccountClass::kMinutesService);
             Move(state, minutes, {AccountClass::kServedService, {}, {}, {}},
                  BalanceOn(state, minutes) + 1);
           },
           "/service is -1"}};
}

std::vector<Planted> PlantedMoney() {
  return {
      {"a bank share below 0",
       [](BookState& state) {
         const AccountKey bank = FirstOf(state, AccountClass::kBank);
         AccountKey other = bank;
         other.detail = state.names.Intern("b-9");
         Move(state, bank, other, BalanceOn(state, bank) + 7);
       },
       " is -7"},
      {"a debt to the fund among its debts",
       [](BookState& state) {
         const AccountKey bank = FirstOf(state, AccountClass::kBank);
         Move(state, bank, {AccountClass::kPayable, {}, bank.owner, state.names.Intern("o-9")}, 1);
       },
       "/payable/o-9 is 1"},
      {"a pot overdrawn",
       [](BookState& state) {
         const AccountKey income = FirstOf(state, AccountClass::kNetIncome);
         const std::uint32_t fund = *state.IndexOf(income.owner, rules::Role::kFund);
         state.tied.Set({fund, income.pot}, Wide{INT64_MAX});
       },
       " free"},
      {"an income without money",
       [](BookState& state) {
         const AccountKey income = FirstOf(state, AccountClass::kNetIncome);
         EXPECT_TRUE(state.accounts.Post(income, rules::AnyUnits{-9}, Seq{1}));
       },
       "sum to -9"},
      {"a value of no pieces",
       [](BookState& state) {
         const AccountKey bank = FirstOf(state, AccountClass::kBank);
         Move(state, bank, {AccountClass::kStock, {}, bank.owner, state.names.Intern("none")}, 1);
       },
       "has a value and no pieces"}};
}

std::vector<Planted> PlantedPlaces() {
  return {{"a place held by no line",
           [](BookState& state) {
             const AccountKey free = FirstOf(state, AccountClass::kPlacesFree);
             Move(state, free, {AccountClass::kPlacesHeld, {}, free.owner, {}}, 1);
           },
           "holds 1 places more than its lines"},
          {"more places than there are",
           [](BookState& state) {
             const AccountKey free = FirstOf(state, AccountClass::kPlacesFree);
             Move(state, free, {AccountClass::kPlacesUsed, {}, free.owner, {}},
                  BalanceOn(state, free) + 2);
           },
           "/free is -2"},
          {"pieces of a fund below 0",
           [](BookState& state) {
             const AccountKey stock = FirstOf(state, AccountClass::kStock);
             const AccountKey pieces{AccountClass::kPiecesOnHand, {}, stock.owner, stock.detail};
             Move(state, pieces, {AccountClass::kPiecesGiven, {}, stock.owner, stock.detail},
                  BalanceOn(state, pieces) + 4);
           },
           "/on_hand is -4"}};
}

TEST(LawFaults, EachIsNamed) {
  for (const auto& planted : {PlantedPoints(), PlantedMoney(), PlantedPlaces()}) {
    for (const Planted& fault : planted) {
      BookState& state = Community();
      ASSERT_EQ(BrokenLaw(state), "") << fault.name;
      state.Begin();
      fault.plant(state);
      EXPECT_NE(BrokenLaw(state).find(fault.told), std::string::npos)
          << fault.name << ": " << BrokenLaw(state);
      state.Rollback();
    }
  }
}

/// One event of a kind, as an entry.
template <class T>
class OneEvent {
 public:
  explicit OneEvent(const T& payload) : payload_(payload) {
    event_.kind = rules::Catalogue::Standard().kinds().ByNumber(T::kKind);
    event_.payload = &payload_;
    view_.events = {&event_, 1};
  }
  [[nodiscard]] const schema::EntryView& view() const { return view_; }

 private:
  T payload_;
  schema::Event event_;
  schema::EntryView view_;
};

constexpr NameId kScheme{1};
constexpr NameId kHolder{2};
constexpr Address kLot{Seq{1}, 0};

schema::PointsGranted Granted(std::int64_t points) {
  schema::PointsGranted granted;
  granted.fixed.scheme = kScheme;
  granted.fixed.holder = kHolder;
  granted.fixed.points = Points{points};
  return granted;
}

TEST(LawFaults, AnExpiryOfASpentPointIsNamed) {
  LotTrail trail;
  ASSERT_EQ(trail.Follow(Seq{1}, OneEvent{Granted(5)}.view()), "");
  const schema::TakenLot taken[] = {{kLot, Points{4}}};
  schema::RedemptionMade made;
  made.fixed.scheme = kScheme;
  made.fixed.holder = kHolder;
  made.lots = taken;
  ASSERT_EQ(trail.Follow(Seq{2}, OneEvent{made}.view()), "");
  const schema::ExpiredLot all[] = {{kLot, Points{2}}};
  schema::PointsExpired expired;
  expired.fixed.scheme = kScheme;
  expired.fixed.holder = kHolder;
  expired.lots = all;
  EXPECT_EQ(trail.Follow(Seq{3}, OneEvent{expired}.view()),
            "2 points of lot 1.0 expire, of which 1 are left");
}

TEST(LawFaults, APointSpentTwiceIsNamed) {
  LotTrail trail;
  ASSERT_EQ(trail.Follow(Seq{1}, OneEvent{Granted(5)}.view()), "");
  const schema::TakenLot taken[] = {{kLot, Points{6}}};
  schema::PointsDeducted deducted;
  deducted.fixed.scheme = kScheme;
  deducted.fixed.holder = kHolder;
  deducted.lots = taken;
  EXPECT_EQ(trail.Follow(Seq{2}, OneEvent{deducted}.view()),
            "more is taken of lot 1.0 than it had");
}

TEST(LawFaults, LotsThatNoEventMadeAreNamed) { EXPECT_NE(LotTrail{}.Compare(Community()), ""); }

TEST(LawFaults, MinutesThatFallAreNamed) {
  BookState& state = Community();
  MinutesTrail trail;
  const schema::EntryView nothing;
  ASSERT_EQ(trail.Follow(state, nothing), "");
  state.Begin();
  Move(state, FirstOf(state, AccountClass::kMinutesService),
       {AccountClass::kServedService, {}, {}, {}}, 1);
  EXPECT_NE(trail.Follow(state, nothing).find("/service fell from "), std::string::npos);
  state.Rollback();
}

}  // namespace
}  // namespace suanpan::test
