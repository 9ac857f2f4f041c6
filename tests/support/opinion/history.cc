#include "support/opinion/history.h"

#include <algorithm>

#include "support/opinion/history_facts.h"

namespace suanpan::opinion {

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "{" << step.what << ", " << step.dice << "u}";
}

namespace {

constexpr int kDay = 86'400;
const std::string kBookName = "zz";

/// What a step is about, by its number: some more often than others.
enum class What {
  kSale,
  kRefund,
  kCost,
  kSettlement,
  kReceipt,
  kRequest,
  kApproval,
  kPayment,
  kWaiver,
  kAgreement,
  kFund,
  kParty,
  kTogether,
  kAgain,
  kBook
};
constexpr What kOfStep[kWhats] = {
    What::kSale,     What::kSale,       What::kSale,       What::kSale,       What::kSale,
    What::kRefund,   What::kRefund,     What::kRefund,     What::kCost,       What::kCost,
    What::kCost,     What::kSettlement, What::kSettlement, What::kSettlement, What::kSettlement,
    What::kReceipt,  What::kReceipt,    What::kReceipt,    What::kRequest,    What::kRequest,
    What::kApproval, What::kApproval,   What::kApproval,   What::kPayment,    What::kPayment,
    What::kPayment,  What::kWaiver,     What::kAgreement,  What::kTogether,   What::kTogether,
    What::kAgain,    What::kAgain};

Json OneFact(What what, Invite& invite) {
  switch (what) {
    case What::kSale:
      return AnySale(invite);
    case What::kRefund:
      return AnyRefund(invite);
    case What::kCost:
      return AnyCost(invite);
    case What::kSettlement:
      return AnySettlement(invite);
    case What::kReceipt:
      return AnyReceipt(invite);
    case What::kRequest:
      return AnyRequest(invite);
    case What::kApproval:
      return AnyApproval(invite);
    case What::kPayment:
      return AnyPayment(invite);
    case What::kWaiver:
      return AnyWaiver(invite);
    case What::kAgreement:
      return AnyAgreement(invite);
    case What::kFund:
      return AnyFund(invite);
    case What::kBook:
      return AnyBook(invite);
    default:
      return AnyParty(invite);
  }
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

/// What there is nothing for yet becomes what makes it.
What Possible(What about, const State& state) {
  const auto has = [&](const char* kind) {
    return std::any_of(state.events.begin(), state.events.end(),
                       [&](const Event& event) { return event.kind == kind; });
  };
  const bool owed = std::any_of(state.bills.begin(), state.bills.end(),
                                [](const Bill& bill) { return bill.open > 0; });
  if (about == What::kWaiver && !owed) about = What::kSettlement;
  if (about == What::kRefund && !has("sale.recorded")) return What::kSale;
  if (about == What::kPayment && state.requests.empty()) return What::kTogether;
  if (about == What::kWaiver && state.approvals.empty()) return What::kTogether;
  const bool needs_agreement = about == What::kCost || about == What::kSettlement;
  if (needs_agreement && state.agreements.empty()) return What::kAgreement;
  return about;
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
  const What about = Possible(kOfStep[what], state);
  Json facts = Json::array();
  if (!state.book && !dice.OneIn(8)) {
    facts = Opening(invite);
  } else if (state.funds.empty() && !dice.OneIn(4)) {
    facts.push_back(AnyFund(invite));
  } else if (about == What::kTogether) {
    facts = FactsInOne(invite);
  } else if (about == What::kAgreement && dice.OneIn(3)) {
    facts.push_back(
        OneFact(dice.Of(std::vector<What>{What::kFund, What::kParty, What::kBook}), invite));
  } else {
    facts.push_back(OneFact(about, invite));
    if (dice.OneIn(8)) facts.push_back(OneFact(kOfStep[dice.Below(kWhats)], invite));
  }
  Json command = {{"book", book}, {"key", NewKey(dice)}};
  command["facts"] = facts;
  return command;
}

Told History::Next(const Step& step, const Ledger& ledger) {
  Dice dice{step.dice};
  PassTime(dice);
  if (kOfStep[step.what] == What::kSettlement && dice.OneIn(2)) now_s_ += 20 * kDay;
  const std::string name = dice.OneIn(60) ? "city/b" : kBookName;
  const Book& book = ledger.book(name);
  Told told;
  told.source = dice.OneIn(16) ? "s-2" : "cli";
  if (kOfStep[step.what] == What::kAgain && !told_.empty()) {
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
