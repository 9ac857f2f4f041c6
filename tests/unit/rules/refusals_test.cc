// The account of refusals: each permanent code is provoked by a scenario, and each that the pages
// of facts name in the section of a kind is provoked with that kind. What cannot be yet names the
// kind that it waits for, in tests/scenarios/refusals_to_come.txt.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "scenario_files.h"
#include "suanpan/rules/catalogue.h"
#include "support/scenario.h"

namespace suanpan::testing {
namespace {

using schema::RefusalCode;

std::string TextOf(const ProvokedRefusal& refusal) {
  return refusal.kind + " " + std::string{schema::ToText(refusal.code)};
}

bool IsKind(std::string_view name) {
  return rules::Catalogue::Standard().kinds().ByName(name) != nullptr;
}

/// A list of tests/scenarios: a refusal, and the kind in the third column of its row.
std::map<ProvokedRefusal, std::string> ListOf(const std::string& name) {
  std::ifstream file{kScenarioFolder / name};
  EXPECT_TRUE(file.good()) << name;
  std::map<ProvokedRefusal, std::string> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells{line};
    std::string kind;
    std::string code;
    std::string other;
    cells >> kind >> code >> other;
    const std::optional<RefusalCode> parsed = schema::ParseRefusalCode(code);
    EXPECT_TRUE(parsed && !other.empty() && cells.eof()) << name << ": " << line;
    if (parsed) rows[{kind, *parsed}] = other;
  }
  return rows;
}

/// What a line of a page says in backticks and is a refusal.
void AddNamed(const std::string& line, const std::string& kind, std::set<ProvokedRefusal>& named) {
  std::size_t begin = line.find('`');
  while (begin != std::string::npos) {
    const std::size_t end = line.find('`', begin + 1);
    if (end == std::string::npos) return;
    const std::optional<RefusalCode> code =
        schema::ParseRefusalCode(line.substr(begin + 1, end - begin - 1));
    if (code) named.insert({kind, *code});
    begin = line.find('`', end + 1);
  }
}

/// The refusals that the pages of facts name below the heading of a kind.
std::set<ProvokedRefusal> NamedByThePages() {
  std::set<ProvokedRefusal> named;
  for (const char* page : {"facts.md", "facts-community.md", "facts-orders.md"}) {
    std::ifstream file{std::string{SUANPAN_SOURCE_DIR "/docs/"} + page};
    EXPECT_TRUE(file.good()) << page;
    bool code = false;
    std::string kind;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("```")) {
        code = !code;
      } else if (!code && line.starts_with("#")) {
        const std::size_t tick = line.find('`');
        kind = tick == std::string::npos ? "" : line.substr(tick + 1, line.rfind('`') - tick - 1);
      } else if (!code && !kind.empty()) {
        AddNamed(line, kind, named);
      }
    }
  }
  return named;
}

class Refusals : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    provoked_ = new std::set<ProvokedRefusal>;
    for (const std::string& file : ScenarioFiles()) provoked_->merge(RunScenario(file).provoked);
  }
  static void TearDownTestSuite() { delete provoked_; }

  static bool Provoked(RefusalCode code) {
    return std::ranges::any_of(
        *provoked_, [code](const ProvokedRefusal& refusal) { return refusal.code == code; });
  }

  static std::set<ProvokedRefusal>* provoked_;
  const std::map<ProvokedRefusal, std::string> to_come_ = ListOf("refusals_to_come.txt");
  const std::map<ProvokedRefusal, std::string> elsewhere_ = ListOf("refusals_told_elsewhere.txt");
};

std::set<ProvokedRefusal>* Refusals::provoked_ = nullptr;

TEST_F(Refusals, EveryCodeIsProvokedByAScenarioOrWaitsForAKind) {
  std::set<RefusalCode> waiting;
  for (const auto& [refusal, kind] : to_come_) waiting.insert(refusal.code);
#define X(number, name)                                                       \
  EXPECT_NE(Provoked(RefusalCode::name), waiting.contains(RefusalCode::name)) \
      << #name << " is neither provoked nor waiting, or both";
#include "suanpan/schema/refusal_list.inc"
#undef X
}

TEST_F(Refusals, WhatWaitsWaitsForAKindThatIsNotThereYet) {
  for (const auto& [refusal, kind] : to_come_) {
    EXPECT_FALSE(IsKind(kind)) << TextOf(refusal) << " waits no more, " << kind << " is there";
    EXPECT_FALSE(provoked_->contains(refusal)) << TextOf(refusal) << " is provoked";
  }
}

TEST_F(Refusals, EveryKindIsRefusedWithWhatItsSectionNames) {
  const std::set<ProvokedRefusal> named = NamedByThePages();
  EXPECT_GT(named.size(), 100U);
  for (const ProvokedRefusal& refusal : named) {
    EXPECT_TRUE(IsKind(refusal.kind)) << refusal.kind;
    const auto found = elsewhere_.find(refusal);
    const bool of_another = found != elsewhere_.end();
    const ProvokedRefusal wanted{of_another ? found->second : refusal.kind, refusal.code};
    EXPECT_TRUE(provoked_->contains(wanted) || to_come_.contains(wanted))
        << TextOf(wanted) << " is named, and provoked by no scenario";
    EXPECT_FALSE(of_another && provoked_->contains(refusal))
        << TextOf(refusal) << " is provoked, it is not only of another kind";
  }
  for (const auto& [refusal, kind] : elsewhere_) {
    EXPECT_TRUE(named.contains(refusal)) << TextOf(refusal) << " is named no more";
  }
}

}  // namespace
}  // namespace suanpan::testing
