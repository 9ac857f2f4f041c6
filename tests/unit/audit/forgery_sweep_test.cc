// Every field of every event of a history, turned to each other value that somebody could write
// there, and entries and events moved about, the log rebuilt and signed again. Two opinions must
// agree on each: the audit verifies exactly those logs that a writer would have written. A field
// that can be turned alone and unseen is a claim: docs/auditors.md lists it.
//
// One of many is tried; with SUANPAN_EVERY_BYTE, and in all scenarios, each (the slow suite).

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "free_claims.h"
#include "opinions.h"
#include "suanpan/schema/kinds/log.h"
#include "support/everywhere.h"
#include "support/scenario.h"
#include "told_history.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

using Entries = std::vector<std::string>;

class ForgerySweep : public ::testing::Test {
 protected:
  /// Compares the two opinions on a forged log; whether it passes for an honest one.
  bool Compare(const Entries& forged, const std::string& what) {
    ++tried_;
    const Opinions opinions = opinions_.On(forged);
    EXPECT_TRUE(opinions.agree()) << what << "\n" << opinions.ToText();
    if (!opinions.verified()) ++found_;
    return opinions.verified();
  }
  /// Turns one field of one event, or of an entry's head where `line` is beyond the events.
  void TurnFields(const Entries& genuine, std::size_t seq, std::size_t line) {
    for (std::size_t number = 0;; ++number) {
      ForgedLog log{genuine};
      ForgedLog::Entry& entry = log.entries()[seq - 1];
      const bool of_head = line == entry.events.size();
      // What is written for the others' sake would be written anew.
      const bool as_is = !of_head && IsWrittenForOthers(entry.events[line]);
      const std::optional<std::string> field =
          of_head ? log.TurnHead(entry, number) : log.Turn(entry, line, number);
      if (!field) return;
      if (!IsTaken()) continue;
      const Entries forged = as_is ? log.Encoded() : log.Renumbered();
      if (forged == genuine) continue;  // the value was no part of the bytes
      if (Compare(forged, fmt::format("{}.{} {} #{}", seq, line, *field, number))) {
        claims_.insert(*field);
      }
    }
  }
  static bool IsWrittenForOthers(const schema::Event& event) {
    return event.kind->number == schema::RefIntroduced::kKind ||
           event.kind->number == schema::SchemaAdded::kKind;
  }
  void TurnAll(const Entries& genuine) {
    for (std::size_t seq = 1; seq <= genuine.size(); ++seq) {
      const std::size_t lines = ForgedLog{genuine}.entries()[seq - 1].events.size();
      for (std::size_t line = 0; line <= lines; ++line) TurnFields(genuine, seq, line);
    }
  }
  /// Turns what the last entry holds, for each prefix of the history: nothing after it can give it
  /// away.
  void TurnLast(const Entries& genuine) {
    for (std::size_t seq = 1; seq <= genuine.size(); ++seq) {
      const Entries prefix{genuine.begin(), genuine.begin() + static_cast<std::ptrdiff_t>(seq)};
      const std::size_t lines = ForgedLog{prefix}.entries()[seq - 1].events.size();
      for (std::size_t line = 0; line <= lines; ++line) TurnFields(prefix, seq, line);
    }
  }
  void MoveAll(const Entries& genuine) {
    for (std::size_t number = 0;; ++number) {
      ForgedLog log{genuine};
      const std::optional<std::string> what = Move(log, number);
      if (!what) return;
      const Entries forged = log.Renumbered();
      if (forged != genuine) (void)Compare(forged, *what);
    }
  }
  /// One of 23, a prime, so that every sort of value comes up.
  bool IsTaken() { return ++candidates_ % test::Stride(one_of_) == 0; }
  /// Every field that was turned unseen is in the page's list.
  void ExpectListed() const {
    for (const std::string& claim : claims_) {
      EXPECT_TRUE(IsFreeClaim(listed_, claim)) << claim << " can be turned unseen, is not listed";
    }
  }
  void Report(std::string_view what) const {
    std::cout << what << ": " << tried_ << " forgeries, " << found_ << " found, " << tried_ - found_
              << " that are honest logs of another world\n";
  }

  const bool every_ = test::Everywhere();
  OpinionsOn opinions_;
  const Entries told_ = ToldHistoryWithALoss(TestStamp());
  const std::set<std::string> listed_ = FreeClaims();
  std::set<std::string> claims_;
  std::uint64_t one_of_ = 23;
  std::uint64_t candidates_ = 0;
  std::uint64_t tried_ = 0;
  std::uint64_t found_ = 0;
};

TEST_F(ForgerySweep, TheHistoryItselfIsHonestAndVerified) {
  const Opinions opinions = opinions_.On(told_);
  EXPECT_TRUE(opinions.verified() && opinions.agree()) << opinions.ToText();
  EXPECT_EQ(ForgedLog{told_}.Renumbered(), told_) << "taken apart and put together";
}

TEST_F(ForgerySweep, AnyFieldOfAnyEventTurned) {
  TurnAll(told_);
  Report("fields turned");
  ExpectListed();
}

TEST_F(ForgerySweep, AnyFieldOfTheLastEntryTurned) {
  TurnLast(told_);
  Report("last entries turned");
  ExpectListed();
}

TEST_F(ForgerySweep, EntriesAndEventsMovedDoubledAndTakenOut) {
  MoveAll(told_);
  Report("moved");
}

/// The entries of a scenario; none where its clock is turned back by hand.
Entries Played(const fs::path& file, OpinionsOn& opinions) {
  const testing::ScenarioReport played =
      testing::RunScenario(file.string(), rules::Catalogue::Standard(), TestStamp());
  const bool honest = !played.entries.empty() && opinions.On(played.entries).verified();
  return honest ? played.entries : Entries{};
}

const fs::path kScenarios = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";

TEST_F(ForgerySweep, AnyFieldOfACommunity) {
  one_of_ = 211;  // twelve scenarios
  for (const char* name : {"community-week-points", "order-medicine", "places-and-points-back",
                           "duty-roster", "training-session", "assessment-scored", "points-claims",
                           "points-grace", "household-ends", "advances", "goods", "offers"}) {
    SCOPED_TRACE(name);
    const Entries played = Played(kScenarios / fmt::format("{}.scenario", name), opinions_);
    ASSERT_FALSE(played.empty());
    TurnAll(played);
  }
  Report("fields of a community turned");
  ExpectListed();
}

TEST_F(ForgerySweep, AnyFieldOfAnyScenario) {
  if (!every_) GTEST_SKIP() << "in the slow suite";
  const fs::path folder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";
  for (const fs::directory_entry& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() != ".scenario") continue;
    // Roles are taken as they are (docs/auditors.md); this one is about nothing else.
    if (file.path().stem() == "who-approves") continue;
    SCOPED_TRACE(file.path().string());
    const testing::ScenarioReport played =
        testing::RunScenario(file.path().string(), rules::Catalogue::Standard(), TestStamp());
    // The time goes with the square of the length; what the longest are for is limits.
    if (played.entries.empty() || played.entries.size() > 60) continue;
    if (!opinions_.On(played.entries).verified()) continue;  // its clock is turned back by hand
    TurnAll(played.entries);
    MoveAll(played.entries);
  }
  Report("scenarios");
  TurnAll(told_);
  ExpectListed();
  // These need funds that share an account, and the like: random histories turn them
  // (forgery_property_test.cc).
  const std::set<std::string> elsewhere = {"approval.given subject", "funds.received fund",
                                           "refund.recorded vendor"};
  for (const std::string& claim : listed_) {
    const bool turned = IsTurned(claims_, claim) || elsewhere.contains(claim);
    EXPECT_TRUE(turned) << claim << " is listed and was always found";
  }
  EXPECT_GT(tried_, 10'000U);
}

}  // namespace
}  // namespace suanpan::audit
