// Every scenario, told to the ledger and to the second opinion.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "both.h"
#include "support/fact_text.h"
#include "support/scenario.h"

namespace suanpan::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  const fs::path folder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{folder}) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What the second opinion does not refuse: it knows no sizes in bytes, and not yet how many lots a
/// move may take and that a reversal makes no more lines wait than may.
const std::set<std::string> kNotRefused = {
    "refuse entry_full",
};

/// Tells a scenario's commands to both.
class Player {
 public:
  void Play(const testing::ScenarioBlock& block) {
    const std::string word = block.head.substr(0, block.head.find(' '));
    if (word == "clock") both.now_us = ParseInstant(block.head.substr(6))->value();
    if (kNotRefused.contains(block.head)) return;
    if (word == "entry" || word == "refuse" || word == "repeat") Tell(CommandOf(block));
    if (word == "again") {
      for (int i = 0; i < testing::NumberIn(block.head.substr(6)); ++i) Tell(CommandWith(facts_));
    }
  }

  Both both;
  std::string difference;  ///< the first
  int commands = 0;
  bool until_reversal = false;

 private:
  void Tell(const std::string& command) {
    stopped_ =
        stopped_ || (until_reversal && command.find("\"entry.reversed\"") != std::string::npos);
    if (difference.empty() && !stopped_) difference = both.Play(command);
  }
  std::string CommandWith(const std::string& facts) {
    return testing::CommandJson("scenario/" + std::to_string(++commands), facts);
  }
  /// One row "json {...}" is a whole command.
  std::string CommandOf(const testing::ScenarioBlock& block) {
    std::string facts;
    for (const auto& row : block.rows) {
      if (row.text.starts_with("json ")) return row.text.substr(5);
      facts += (facts.empty() ? "" : ",") + testing::FactJson(row.text).value();
    }
    facts_ = facts;
    return CommandWith(facts);
  }

  std::string facts_;  ///< of the last command
  bool stopped_ = false;
};

/// The second opinion has no reversals yet of what was granted by a policy that reaches back: of
/// these files it is told what comes before the first.
const std::set<std::string> kUntilReversal = {"reaching-back-reversed"};

class ScenarioOpinion : public ::testing::TestWithParam<std::string> {};

TEST_P(ScenarioOpinion, AgreesOnEveryAnswerAndFigure) {
  Player player;
  player.until_reversal = kUntilReversal.contains(fs::path{GetParam()}.stem().string());
  for (const auto& block : testing::ReadScenario(GetParam()).value()) {
    player.Play(block);
    ASSERT_TRUE(player.difference.empty()) << GetParam() << ':' << block.line << '\n'
                                           << player.difference;
  }
  EXPECT_GT(player.commands, 0);
  EXPECT_EQ(player.both.CompareStates(), "");
}

INSTANTIATE_TEST_SUITE_P(Files, ScenarioOpinion, ::testing::ValuesIn(ScenarioFiles()),
                         [](const auto& file) {
                           std::string name = fs::path{file.param}.stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace suanpan::test
