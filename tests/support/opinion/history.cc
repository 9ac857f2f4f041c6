#include "support/opinion/history.h"

#include <algorithm>
#include <map>

#include "support/opinion/history_facts.h"

namespace suanpan::opinion {

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "{" << step.what << ", " << step.dice << "u}";
}

namespace {

constexpr int kDay = 86'400;
const std::string kBookName = "zz";

/// One fact, or a list of facts that belong together.
using Maker = Json (*)(Invite&);

/// Tells something that was told before: no maker of its own.
constexpr Maker kAgain = nullptr;

/// What makes the facts of so many steps: some more often than others.
struct Share {
  Maker make = kAgain;
  int whats = 0;
};
constexpr Share kShares[] = {{AnySale, 5},
                             {AnyRefund, 3},
                             {AnyCost, 3},
                             {AnySettlement, 4},
                             {AnyReceipt, 3},
                             {AnyRequest, 2},
                             {AnyApproval, 3},
                             {AnyPayment, 3},
                             {AnyWaiver, 1},
                             {AnyAgreement, 1},
                             {FactsInOne, 2},
                             {AnyReversal, 3},
                             {kAgain, 2},
                             // of a community
                             {AnyHousehold, 2},
                             {AnyPlace, 2},
                             {AnyClosing, 2},
                             {AnyRelation, 3},
                             {AnyRelationEnd, 2},
                             {AnyCode, 2},
                             {AnyPolicy, 5},
                             {AnyProposal, 1},
                             {AnyAdoption, 3},
                             {AnyService, 12},
                             {AnyAttestation, 8},
                             {AnyAward, 9},
                             {ManyAwards, 2},
                             {AnyDeduction, 5},
                             {AnyMove, 5},
                             {AnyReceipt, 2},
                             {AnyGoodsReceipt, 6},
                             {AnyIssue, 3},
                             {AnyCount, 2},
                             {AnyPurchase, 3},
                             {AnyAdvanceSettled, 2},
                             {AnyOffer, 3},
                             {AnyRedemption, 11},
                             {AnyMark, 5},
                             {AnyDay, 2},
                             {AnyOrder, 3},
                             {AnyOrderMove, 6},
                             {AnyCustody, 2},
                             {AnyServedOrder, 3},
                             {AnyAssessment, 2},
                             {AnySession, 2},
                             {AnyAttendance, 2},
                             {AnySlot, 2},
                             {AnySlotMark, 2},
                             {AnyErasure, 1},
                             {AnyReversal, 5},
                             {kAgain, 1}};

constexpr int SumOfWhats() {
  int sum = 0;
  for (const Share& share : kShares) sum += share.whats;
  return sum;
}
static_assert(SumOfWhats() == kWhats);

Maker MakerOf(int what) {
  const Share* share = kShares;
  for (; what >= share->whats; ++share) what -= share->whats;
  return share->make;
}

/// A book that has something to begin with.
Json Opening(Invite& invite) {
  Json facts = {AnyBook(invite), AnyFund(invite)};
  for (int i = invite.dice.Below(4); i > 0; --i) {
    Json agreement = AnyAgreement(invite);
    agreement["fund"] = facts[1]["fund"];
    facts.push_back(agreement);
  }
  return facts;
}

bool HasPolicy(const State& state, const char* type) {
  return std::any_of(state.policies.begin(), state.policies.end(),
                     [&](const Policy& one) { return one.type == type; });
}

/// What a community wants a policy for is that policy first, mostly.
Maker WithPolicy(Maker about, const State& state, Dice& dice) {
  const std::map<Maker, const char*> needs = {
      {AnyService, "earning"},     {AnyAttestation, "earning"},   {AnyAward, "award_items"},
      {ManyAwards, "award_items"}, {AnyDeduction, "award_items"}, {AnyRedemption, "price_list"}};
  const auto need = needs.find(about);
  if (need == needs.end() || HasPolicy(state, need->second) || dice.OneIn(5)) return about;
  return AnyPolicy;
}

/// What there is nothing for yet becomes what makes it.
Maker Possible(Maker about, const State& state, Dice& dice) {
  const auto has = [&](const char* kind) {
    return std::any_of(state.events.begin(), state.events.end(),
                       [&](const Event& event) { return event.kind == kind; });
  };
  const bool owed = std::any_of(state.bills.begin(), state.bills.end(),
                                [](const Bill& bill) { return bill.open > 0; });
  if (about == AnyWaiver && !owed) about = AnySettlement;
  if (about == AnyRefund && !has("sale.recorded")) return AnySale;
  if (about == AnyPayment && state.requests.empty()) return FactsInOne;
  if (about == AnyWaiver && state.approvals.empty()) return FactsInOne;
  const bool needs_agreement = about == AnyCost || about == AnySettlement;
  if (needs_agreement && state.agreements.empty()) return AnyAgreement;
  if (about == AnyAgreement && dice.OneIn(3)) {
    return dice.Of(std::vector<Maker>{AnyFund, AnyParty, AnyBook});
  }
  return WithPolicy(about, state, dice);
}

/// Adds what was made, but no list whose "#n" would be of other facts.
void Add(Json& facts, const Json& made) {
  if (!made.is_array()) {
    facts.push_back(made);
  } else if (facts.empty()) {
    facts = made;
  }
}

}  // namespace

void History::PassTime(Dice& dice) {
  if (dice.OneIn(3)) now_s_ += dice.Below(10 * kDay);
  if (dice.OneIn(12)) now_s_ += dice.Below(40) * kDay;
  if (dice.OneIn(80)) now_s_ += 401 * kDay;
  if (dice.OneIn(20)) now_s_ -= dice.Below(1'000);  // a clock that is set back
}

std::string History::NewKey(Dice& dice) {
  ++keys_;
  const std::string number = std::to_string(keys_);
  if (dice.OneIn(3)) {
    const std::string digits = std::to_string(dice.Next() % 9'000 + 1'000);
    return std::string(8 - number.size(), '0') + number + "-" + digits + "-7abc-8def-00000000" +
           digits;
  }
  return dice.Word({"till-1/", "till-1/", "office/", "a/b.c/"}) + number;
}

Json History::NewCommand(int what, const std::string& book, const State& state, Dice& dice) {
  Invite invite{state, dice, now_s_};
  const bool community = what >= kSalesWhats;
  Json facts = Json::array();
  if (!state.book && !dice.OneIn(8)) {
    facts = community ? CommunityOpening(invite) : Opening(invite);
  } else if (state.funds.empty() && !dice.OneIn(4)) {
    Add(facts, community ? CommunityOpening(invite) : AnyFund(invite));
  } else if (const Maker make = Possible(MakerOf(what), state, dice); make != kAgain) {
    Add(facts, make(invite));
    const Maker more = MakerOf(dice.Below(community ? kWhats : kSalesWhats));
    if (more != kAgain && dice.OneIn(8)) Add(facts, more(invite));
  } else {
    Add(facts, AnyParty(invite));
  }
  Json command = {{"book", book}, {"key", NewKey(dice)}};
  command["facts"] = facts;
  return command;
}

Told History::Next(const Step& step, const Ledger& ledger) {
  Dice dice{step.dice};
  PassTime(dice);
  if (MakerOf(step.what) == AnySettlement && dice.OneIn(2)) now_s_ += 20 * kDay;
  const std::string name = dice.OneIn(60) ? "city/b" : kBookName;
  const Book& book = ledger.book(name);
  Told told;
  told.source = dice.OneIn(16) ? "s-2" : "cli";
  if (MakerOf(step.what) == kAgain && !told_.empty()) {
    told = dice.Of(told_);
    if (dice.OneIn(12)) told.source = "s-2";
    if (!told.spoiled) told.command = ToldAgain(told.command, book.state(), dice);
  } else {
    Json command = NewCommand(step.what, name, book.state(), dice);
    if (dice.OneIn(6)) command["expected_seq"] = book.head();
    told.spoiled = dice.OneIn(10);
    told.command = told.spoiled ? Spoiled(command, dice) : command.dump();
    told_.push_back(told);
  }
  told.now_us = now_s_ * 1'000'000 + dice.Below(1'000'000);
  return told;
}

}  // namespace suanpan::opinion
