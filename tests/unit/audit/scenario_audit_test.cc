// Every scenario of tests/scenarios is a book that the audit verifies: what the engine accepts
// there breaks none of the terms that the audit checks by itself.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sample_log.h"
#include "suanpan/proof/sha256.h"
#include "support/scenario.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

/// What may be told of these books: notes, and a clock that one scenario turns back by hand.
bool IsHarmless(const Finding& finding) {
  return finding.severity == Severity::kNote || finding.check == "V6/recorded_at";
}

TEST(ScenarioAudit, NothingIsWrongWithAnyScenario) {
  int books = 0;
  const fs::path folder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";
  for (const fs::directory_entry& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() != ".scenario") continue;
    SCOPED_TRACE(file.path().string());
    const testing::ScenarioReport played =
        testing::RunScenario(file.path().string(), rules::Catalogue::Standard(), TestStamp());
    if (played.entries.empty()) continue;  // a scenario of refusals alone
    ++books;
    const test::TempDir dir;
    WriteForged(dir.path(), "zz", played.entries);
    const VerifyReport report = Verify(OptionsFor(dir.path()));
    EXPECT_EQ(report.findings.size(), 0U) << FindingsOf(report);
    ASSERT_EQ(report.books.size(), 1U);
    for (const Step& step : report.books[0].steps) {
      EXPECT_TRUE(step.result != StepResult::kUndecided) << step.step;
    }
    EXPECT_TRUE(std::ranges::all_of(report.books[0].findings, IsHarmless)) << FindingsOf(report);
  }
  EXPECT_GT(books, 10);
}

}  // namespace
}  // namespace suanpan::audit
