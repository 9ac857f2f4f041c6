// Plays every file of tests/scenarios.

#include "support/scenario.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scenario_files.h"

namespace suanpan::testing {
namespace {

namespace fs = std::filesystem;

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
