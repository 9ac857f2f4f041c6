// Redeeming and taking it back at once leaves everything as it was: lots, places, pieces, money.
// Tried after every redemption of random histories, on the ledger alone, and then forgotten.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "both.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "support/opinion_steps.h"

namespace suanpan::test {
namespace {

using opinion::Figures;
using opinion::Step;

/// What a redemption moves: balances, lots, places, what limits count. Not turnovers, which only
/// grow, nor approvals, which are used up.
Figures WhatIsThere(const Figures& all) {
  Figures there;
  for (const auto& [name, value] : all) {
    if (name.starts_with("account ")) {
      std::istringstream parts{value};
      std::int64_t debit = 0;
      std::int64_t credit = 0;
      parts >> debit >> credit;
      if (debit != credit) there[name] = std::to_string(debit - credit);
      continue;
    }
    for (const char* kept : {"refused", "lot ", "held ", "place-of ", "pot ", "fund ", "item ",
                             "spent ", "redeemed "}) {
      if (name.starts_with(kept)) there[name] = value;
    }
  }
  return there;
}

/// Forgets what the redemption's day let lapse: what limits count of long ago. A redemption itself
/// only adds to it.
void DropLapsed(Figures& before, const Figures& redeemed) {
  std::erase_if(before, [&](const auto& figure) {
    const bool counted =
        figure.first.starts_with("spent ") || figure.first.starts_with("redeemed ");
    return counted && !redeemed.contains(figure.first);
  });
}

/// The line of the redemption in an entry that has no other fact, but for approvals.
std::optional<std::size_t> OnlyRedemption(const schema::EntryView& entry) {
  std::optional<std::size_t> found;
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const schema::KindInfo& kind = *entry.events[line].kind;
    const bool again = found && kind.number == schema::RedemptionMade::kKind;
    const bool fact = kind.origin == schema::Origin::kFact &&
                      kind.number != schema::ApprovalGiven::kKind &&
                      kind.number != schema::RedemptionMade::kKind;
    if (again || fact) return std::nullopt;
    if (kind.number == schema::RedemptionMade::kKind) found = line;
  }
  return found;
}

/// The command that takes the fact of a line of the last entry back, on the same day.
std::string Reversal(const Followed& book, const opinion::Json& told, std::size_t line) {
  const std::string address = fmt::format("{}.{}", book.size(), line);
  opinion::Json approval = {{"kind", "approval.given"},
                            {"actor", "p-above"},
                            {"of", address},
                            {"action", "reverse"},
                            {"verdict", "approved"}};
  opinion::Json reversal = {{"kind", "entry.reversed"},
                            {"actor", "p-other"},
                            {"of", address},
                            {"approval", "#0"},
                            {"reason", "keyed_in_error"}};
  for (opinion::Json* fact : {&approval, &reversal}) {
    (*fact)["occurred_at"] = told.at("facts").back().at("occurred_at");
  }
  return opinion::Json{{"book", told.at("book")},
                       {"key", "undo/1"},
                       {"facts", opinion::Json::array({approval, reversal})}}
      .dump();
}

/// A history of a ledger, with what was there before each command.
class Undone {
 public:
  /// Tells a step, and takes it back where it was a redemption; what is not there again.
  std::string Tell(const Step& step) {
    const opinion::Told told = history_.Next(step, both_.opinion());
    both_.now_us = told.now_us;
    const opinion::Json command = opinion::Json::parse(told.command, nullptr, false);
    if (std::string found = both_.Play(told.command, told.source); !found.empty()) {
      return found + "\n" + told.command;
    }
    if (both_.answer().at("result") != "committed") return {};
    Followed& book = both_.followed(command.at("book"));
    Figures before = WhatIsThere(FiguresOf(book.state()));
    if (std::string found = both_.CatchUp(); !found.empty()) return found;
    const std::optional<std::size_t> line = OnlyRedemption(book.last());
    if (!line) return {};
    const std::string reversal = Reversal(book, command, *line);
    const InstantUs at = book.last().common.recorded_at;
    ++redemptions;
    const Figures redeemed = WhatIsThere(FiguresOf(book.state()));
    if (opinion::Difference(before, redeemed).empty()) return "nothing moved";
    DropLapsed(before, redeemed);
    return opinion::Difference(before, WhatIsThere(book.FiguresWith(reversal, at)));
  }

  int redemptions = 0;

 private:
  Both both_;
  opinion::History history_;
};

/// Steps of a community; its own for each number.
std::vector<Step> CommunityOf(std::uint64_t number, int count) {
  opinion::Dice dice{number};
  std::vector<Step> steps;
  for (int i = 0; i < count; ++i) {
    steps.push_back(
        {opinion::kThemes[1].first + dice.Below(opinion::kThemes[1].count), dice.Next()});
  }
  return steps;
}

TEST(ReversalProperty, OfARedemptionAtOnceLeavesEverythingAsItWas) {
  int redemptions = 0;
  for (std::uint64_t number = 1; number <= 48; ++number) {
    Undone undone;
    for (const Step& step : CommunityOf(number, 250)) ASSERT_EQ(undone.Tell(step), "") << number;
    redemptions += undone.redemptions;
  }
  EXPECT_GT(redemptions, 20);
}

TEST(ReversalProperty, OfAnyHistory) {
  const opinion::Theme& community = opinion::kThemes[1];
  int redemptions = 0;
  EXPECT_TRUE(rc::check([&] {
    Undone undone;
    for (Step step : opinion::AnySteps(250)) {
      step.what = community.first + step.what % community.count;
      const std::string found = undone.Tell(step);
      if (!found.empty()) RC_FAIL(found);
    }
    redemptions += undone.redemptions;
  }));
  EXPECT_GT(redemptions, 0) << "over all histories";
}

}  // namespace
}  // namespace suanpan::test
