// Every scenario of tests/scenarios is a book that the audit verifies: what the engine accepts
// there breaks none of the terms that the audit checks by itself, and no named test finds a rule
// broken in it.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sample_log.h"
#include "src/named/points/kind_postings.h"
#include "suanpan/audit/check.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/corrections.h"
#include "support/scenario.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

/// What may be told of these books: notes, and a clock that one scenario turns back by hand.
bool IsHarmless(const Finding& finding) {
  return finding.severity == Severity::kNote || finding.check == "V6/recorded_at";
}

/// Calls `judge` with the entries and the name of each scenario; how many there are.
template <class Judge>
int ForEachScenario(Judge judge) {
  int books = 0;
  const fs::path folder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";
  for (const fs::directory_entry& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() != ".scenario") continue;
    SCOPED_TRACE(file.path().string());
    const testing::ScenarioReport played =
        testing::RunScenario(file.path().string(), rules::Catalogue::Standard(), TestStamp());
    if (played.entries.empty()) continue;  // a scenario of refusals alone
    ++books;
    judge(played.entries, file.path().stem().string());
  }
  return books;
}

TEST(ScenarioAudit, NothingIsWrongWithAnyScenario) {
  const int books =
      ForEachScenario([](const std::vector<std::string>& entries, const std::string&) {
        const test::TempDir dir;
        WriteForged(dir.path(), "zz", entries);
        const VerifyReport report = Verify(OptionsFor(dir.path()));
        EXPECT_EQ(report.findings.size(), 0U) << FindingsOf(report);
        ASSERT_EQ(report.books.size(), 1U);
        for (const Step& step : report.books[0].steps) {
          EXPECT_TRUE(step.result != StepResult::kUndecided) << step.step;
        }
        EXPECT_TRUE(std::ranges::all_of(report.books[0].findings, IsHarmless))
            << FindingsOf(report);
      });
  EXPECT_GT(books, 10);
}

TEST(ScenarioAudit, NoNamedTestFindsARuleBroken) {
  std::map<std::string_view, std::uint64_t> looked_at;
  (void)ForEachScenario([&](const std::vector<std::string>& entries, const std::string& name) {
    CheckRun run = CheckRun::Of({}).value();
    std::uint64_t seq = 0;
    for (const std::string& entry : entries) {
      const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(entry));
      const Status taken = run.Take(Seq{++seq}, aligned.bytes());
      ASSERT_TRUE(taken.ok()) << taken.ToString();
    }
    const CheckReport report = run.Finish();
    const bool failed = std::ranges::any_of(report.findings, [&name](const CheckFinding& finding) {
      // One service after the other at the same hour: there are many, and no more is meant.
      const bool meant = name == "reaching-back-in-pages" && finding.check == "p-hours";
      return finding.severity == Severity::kFailed && !meant;
    });
    EXPECT_FALSE(failed) << RenderChecks(report, report::Format::kText);
    for (const CheckCount& count : report.counts) looked_at[count.check] += count.looked_at;
  });
  for (const auto& [check, times] : looked_at) EXPECT_GT(times, 0U) << check;
}

/// The sorts of accounts that an event posts to.
class SortSink final : public rules::PostingSink {
 public:
  std::uint32_t sorts = kNoAccounts;

 private:
  void Add(const rules::AccountKey& key, rules::AnyUnits amount) override {
    if (amount.value() != 0) sorts |= SortOf(key.account_class);
  }
};

/// What the entries of a book post, by kind; a kind that posts nothing has its row too.
void AddPosted(const std::vector<std::string>& entries,
               std::map<std::uint16_t, std::uint32_t>& posted) {
  const rules::Catalogue& catalogue = rules::Catalogue::Standard();
  auto state = std::make_unique<rules::BookState>();
  Arena arena;
  std::uint64_t seq = 0;
  for (const std::string& entry : entries) {
    const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(entry));
    const schema::EntryView view =
        schema::DecodeEntry(aligned.bytes(), catalogue.kinds(), arena).value();
    ASSERT_TRUE(rules::ApplyEntry(catalogue, *state, Seq{++seq}, view).ok());
    for (const schema::Event& event : view.events) {
      SortSink sink;
      rules::PostingsOf(catalogue, *state, event, sink);
      posted[event.kind->number] |= sink.sorts;
    }
  }
}

TEST(ScenarioAudit, TheCatalogueOfPostingsIsTheLedgers) {
  std::map<std::uint16_t, std::uint32_t> posted;
  (void)ForEachScenario([&](const std::vector<std::string>& entries, const std::string&) {
    AddPosted(entries, posted);
  });
  for (const auto& [kind, sorts] : posted) {
    if (kind == schema::EntryReversed::kKind) continue;
    ASSERT_NE(PostingsOf(kind), nullptr) << kind;
    EXPECT_EQ(sorts & ~PostingsOf(kind)->sorts, 0U) << "kind " << kind << " posts more";
  }
  // And no more is listed than is posted somewhere. A kind that is not there yet has its row as it
  // is planned; every other one is in a scenario.
  for (const KindPostings& row : PostingsByKind()) {
    const schema::KindInfo* kind = rules::Catalogue::Standard().kinds().ByNumber(row.kind);
    if (kind == nullptr) continue;
    EXPECT_TRUE(posted.contains(row.kind) || kind->origin == schema::Origin::kLog) << kind->name;
    EXPECT_EQ(row.sorts & ~posted[row.kind], 0U) << kind->name << " is listed with more";
  }
}

}  // namespace
}  // namespace suanpan::audit
