// Plays every file of tests/scenarios, and keeps the account of refusals: each permanent code is
// provoked by a scenario, or tests/scenarios/refusals_to_come.txt says what it waits for.

#include "support/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace suanpan::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{kFolder}) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = fs::path{info.param}.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, HoldsAndItsBytesReplayToTheSameState) {
  const ScenarioReport report = RunScenario(GetParam());
  for (const std::string& complaint : report.complaints) ADD_FAILURE() << complaint;
  EXPECT_GT(report.expectations, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, ::testing::ValuesIn(ScenarioFiles()), NameOf);

/// code -> what it waits for.
std::map<std::string, std::string> RefusalsToCome() {
  std::ifstream file{kFolder / "refusals_to_come.txt"};
  std::map<std::string, std::string> waiting;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t end = line.find(' ');
    waiting[line.substr(0, end)] = end == std::string::npos ? "" : line.substr(end + 1);
  }
  return waiting;
}

TEST(Refusals, EveryCodeIsProvokedByAScenarioOrNamesWhatItWaitsFor) {
  std::set<schema::RefusalCode> provoked;
  for (const std::string& file : ScenarioFiles()) provoked.merge(RunScenario(file).provoked);
  std::map<std::string, std::string> waiting = RefusalsToCome();
  const auto account = [&](schema::RefusalCode code) {
    const std::string name{schema::ToText(code)};
    const auto found = waiting.find(name);
    const bool waits = found != waiting.end();
    EXPECT_TRUE(waits || provoked.count(code) == 1) << name << " is neither provoked nor waiting";
    EXPECT_FALSE(waits && provoked.count(code) == 1) << name << " is provoked, it waits no more";
    if (waits) {
      EXPECT_FALSE(found->second.empty()) << name << " waits for nothing";
      waiting.erase(found);
    }
  };
#define X(number, name) account(schema::RefusalCode::name);
#include "suanpan/schema/refusal_list.inc"
#undef X
  for (const auto& [name, reason] : waiting) ADD_FAILURE() << name << " is no refusal";
}

TEST(ScenarioRunner, ComplainsWithFileAndLineWhereAScenarioIsWrong) {
  const fs::path path = fs::temp_directory_path() / "suanpan_wrong.scenario";
  std::ofstream{path} << "# wrong on purpose\n"
                         "refuse fund_short\n"
                         "  2026-03-02 p-acct book.opened label=X utc_offset_minutes=480 unit=u\n"
                         "      level=community host=o\n"
                         "balances under base/\n"
                         "  base/ag-1/total 5\n"
                         "dance\n";
  const ScenarioReport report = RunScenario(path.string());
  fs::remove(path);
  ASSERT_EQ(report.complaints.size(), 3U);
  EXPECT_NE(report.complaints[0].find("suanpan_wrong.scenario:2: expected refuse"),
            std::string::npos);
  EXPECT_NE(report.complaints[1].find(":6: base/ag-1/total is 0, expected 5"), std::string::npos);
  EXPECT_NE(report.complaints[2].find(":7: no such word: dance"), std::string::npos);
}

}  // namespace
}  // namespace suanpan::testing
