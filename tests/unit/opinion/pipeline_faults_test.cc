// Faults of one stage alone, all else being right: each is named by the judge of that stage.

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "course.h"
#include "suanpan/store/memory_store.h"
#include "support/log_blocks.h"
#include "support/temp_dir.h"
#include "unit/audit/sample_log.h"

namespace suanpan::test {
namespace {

namespace fs = std::filesystem;

constexpr int kSales = 600;  ///< two full bundles, and one of 90

/// One history for all of them.
class StageFault : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    course_ = new Course;
    TellPlain(*course_, 900, kSales);
    expected_ = new Expected{course_->ExpectedOfBook("zz")};
    ASSERT_EQ(course_->JudgeAgainst(*expected_, Course::kAll), "");
  }
  static void TearDownTestSuite() {
    delete expected_;
    delete course_;
  }

  static void ExpectNamed(const std::string& told, std::string_view begin) {
    EXPECT_EQ(told.substr(0, begin.size()), begin) << told.substr(0, 200);
  }

  static inline Course* course_ = nullptr;
  static inline Expected* expected_ = nullptr;
};

struct ListFault {
  std::string name;
  std::function<void(std::vector<std::string>&)> plant;
  std::string told;
};

TEST_F(StageFault, OfWhatIsAcknowledgedIsNamed) {
  for (const ListFault& fault : std::vector<ListFault>{
           {"no answer", [](auto& leaves) { leaves.pop_back(); }, "leaf of entry 602"},
           {"one answer twice", [](auto& leaves) { leaves.push_back(leaves.back()); },
            "a leaf too many"},
           {"answers exchanged", [](auto& leaves) { std::swap(leaves[299], leaves[300]); },
            "leaf of entry 300"}}) {
    std::vector<std::string> leaves = course_->Acknowledged("zz");
    fault.plant(leaves);
    EXPECT_EQ(JudgeLeaves(*expected_, leaves), fault.told) << fault.name;
  }
}

TEST_F(StageFault, OfWhatIsStoredIsNamed) {
  for (const ListFault& fault : std::vector<ListFault>{
           {"an entry left out", [](auto& all) { all.erase(all.begin() + 299); },
            "bytes: entry 300 is "},
           {"the last left out", [](auto& all) { all.pop_back(); }, "bytes: 601 entries, not 602"},
           {"a bit", [](auto& all) { all[9].back() = static_cast<char>(all[9].back() ^ 1); },
            "bytes: entry 10 is "}}) {
    std::vector<std::string> entries = course_->Stored("zz");
    fault.plant(entries);
    ExpectNamed(JudgeBytes(*expected_, entries), fault.told);
  }
}

/// A replay that reads other entries than were stored.
std::string JudgeReplayOf(const Expected& expected, const std::vector<std::string>& entries,
                          bool ahead) {
  const auto store = store::MakeMemoryStore();
  WriteBlocks(*store, {BookNo{1}, "zz"}, entries, {.entries_max = 100});
  return JudgeReplay(expected, *store, BookNo{1}, ahead);
}

TEST_F(StageFault, OfAReplayIsNamed) {
  for (const bool ahead : {false, true}) {
    EXPECT_EQ(JudgeReplayOf(*expected_, course_->Stored("zz"), ahead), "");
    for (const ListFault& fault : std::vector<ListFault>{
             {"skips the last entry", [](auto& all) { all.pop_back(); }, "replay: account base/ag"},
             {"skips an entry", [](auto& all) { all.erase(all.begin() + 299); }, "replay: "},
             {"takes an entry twice", [](auto& all) { all.insert(all.begin() + 300, all[299]); },
              "replay: "},
             {"exchanges entries", [](auto& all) { std::swap(all[299], all[300]); }, "replay: "}}) {
      std::vector<std::string> entries = course_->Stored("zz");
      fault.plant(entries);
      ExpectNamed(JudgeReplayOf(*expected_, entries, ahead), fault.told);
    }
  }
}

TEST_F(StageFault, OfWhatAReplayGivesIsNamed) {
  const auto store = store::MakeMemoryStore();
  WriteBlocks(*store, {BookNo{1}, "zz"}, course_->Stored("zz"));
  const auto replay = [&] { return replay::ReplayBook(*store, BookNo{1}, {}).value(); };
  EXPECT_EQ(JudgeReplayed(*expected_, replay()), "");
  replay::ReplayedBook replayed = replay();
  --replayed.events;
  EXPECT_EQ(JudgeReplayed(*expected_, replayed), "replay: another number of events");
  replayed = replay();
  replayed.root.bytes[31] ^= 1U;
  EXPECT_EQ(JudgeReplayed(*expected_, replayed), "replay: another root");
  rules::Agreement& agreement = replayed.state->agreements.Edit(0);
  agreement.base = Fen{agreement.base.value() + 1};
  ExpectNamed(JudgeReplayed(*expected_, replayed), "replay: agreement ag");
}

struct FileFault {
  std::string name;
  std::function<void(const fs::path&)> plant;
  std::string told;
};

/// Where the entry at `at` of a bundle ends.
std::size_t EndOf(const std::string& bundle, std::size_t at) {
  return at + 2 + static_cast<std::uint8_t>(bundle[at]) * std::size_t{256} +
         static_cast<std::uint8_t>(bundle[at + 1]);
}

/// Lets a file of an export be what `change` makes of its content.
std::function<void(const fs::path&)> InFile(const std::string& name,
                                            const std::function<void(std::string&)>& change) {
  return [name, change](const fs::path& dir) {
    std::string content = audit::ReadText(dir / name);
    change(content);
    audit::WriteText(dir / name, content);
  };
}

std::vector<FileFault> BundleFaults() {
  const std::string second = "tile/entries/001";
  const std::string last = "tile/entries/002.p/90";
  return {
      {"bundles exchanged",
       [](const fs::path& dir) {
         const std::string first = audit::ReadText(dir / "tile/entries/000");
         audit::WriteText(dir / "tile/entries/000", audit::ReadText(dir / "tile/entries/001"));
         audit::WriteText(dir / "tile/entries/001", first);
       },
       "export: entry 1 is "},
      {"a bundle without its first entry",
       InFile(second, [](std::string& bundle) { bundle.erase(0, EndOf(bundle, 0)); }),
       "export: entry 257 is "},
      {"a bundle without its last entry",
       InFile(last,
              [](std::string& bundle) {
                std::size_t at = 0;
                while (EndOf(bundle, at) < bundle.size()) at = EndOf(bundle, at);
                bundle.resize(at);
              }),
       "export: 601 entries, not 602"},
      {"a bundle with an entry twice",
       InFile(last, [](std::string& bundle) { bundle += bundle.substr(0, EndOf(bundle, 0)); }),
       "export: 603 entries, not 602"},
      {"a bundle with two entries exchanged",
       InFile(last,
              [](std::string& bundle) {
                const std::size_t one = EndOf(bundle, 0);
                const std::size_t two = EndOf(bundle, one);
                bundle = bundle.substr(one, two - one) + bundle.substr(0, one) + bundle.substr(two);
              }),
       "export: entry 513 is "},
  };
}

std::vector<FileFault> CheckpointFaults() {
  return {
      {"a size that is too small",
       InFile("checkpoint", [](std::string& note) { note.replace(note.find("602"), 3, "601"); }),
       "export: size 601"},
      {"the root of another size",
       InFile("checkpoint",
              [](std::string& note) {
                const std::size_t root = note.find('\n', note.find("602")) + 1;
                note[root] = note[root] == 'A' ? 'B' : 'A';
              }),
       "export: root "},
  };
}

TEST_F(StageFault, OfAnExportIsNamed) {
  for (const std::vector<FileFault>& faults : {BundleFaults(), CheckpointFaults()}) {
    for (const FileFault& fault : faults) {
      const TempDir dir;
      course_->Export("zz", dir.path());
      EXPECT_EQ(JudgeExport(*expected_, dir.path()), "") << fault.name;
      fault.plant(dir.path());
      ExpectNamed(JudgeExport(*expected_, dir.path()), fault.told);
    }
  }
}

struct ReportFault {
  std::function<void(audit::BookReport&)> plant;
  std::string told;
};

TEST_F(StageFault, OfAnAuditIsNamed) {
  const TempDir dir;
  course_->Export("zz", dir.path());
  const audit::BookReport whole = Course::ReportOn(dir.path());
  EXPECT_EQ(JudgeAudit(*expected_, whole), "");
  const auto more = [](Fen& amount) { amount = Fen{amount.value() + 1}; };
  for (const ReportFault& fault : std::vector<ReportFault>{
           {[&](auto& report) { more(report.funds[0].balance); }, "audit: fund f"},
           {[](auto& report) { report.funds.clear(); }, "audit: fund f"},
           {[&](auto& report) {
              report.funds.push_back({"g", Fen{}});
            },
            "audit: fund g"},
           {[&](auto& report) { more(report.agreements[0].base); }, "audit: agreement ag"},
           {[&](auto& report) { more(report.agreements[0].due); }, "audit: agreement ag"},
           {[](auto& report) { ++report.agreements[0].residue; }, "audit: agreement ag"},
           {[](auto& report) { report.agreements.clear(); }, "audit: agreement ag"},
           {[](auto& report) {
              report.schemes.push_back({"hh", Points{1}, {}, {}, {}, {}, {}, {}, {}, Points{1}});
            },
            "audit: scheme hh"},
           {[](auto& report) { --report.size; }, "audit: another size"},
           {[](auto& report) { ++report.commands; }, "audit: another number of commands"},
           {[](auto& report) { ++report.events; }, "audit: another number of events"},
           {[](auto& report) { report.root.bytes[0] ^= 1U; }, "audit: another root"},
           {[](auto& report) { report.verdict = audit::Verdict::kUndecided; },
            "audit: not verified"}}) {
    audit::BookReport report = whole;
    fault.plant(report);
    ExpectNamed(JudgeAudit(*expected_, report), fault.told);
  }
}

TEST_F(StageFault, OfNamedTestsIsNamed) {
  const TempDir dir;
  course_->Export("zz", dir.path());
  const audit::CheckReport whole = Course::ChecksOn(dir.path()).value();
  const auto told = [&whole](const std::function<void(audit::CheckReport&)>& plant) {
    audit::CheckReport report = whole;
    plant(report);
    return JudgeChecks(*expected_, report);
  };
  const auto find = [&told](std::string_view check, audit::Severity severity, std::string text) {
    return told([&](auto& report) {
      report.findings.push_back({check, severity, {}, {}, {}, std::move(text)});
    });
  };
  EXPECT_EQ(told([](auto&) {}), "");
  EXPECT_EQ(told([](auto& report) { --report.head_seq; }), "checks: another size");
  EXPECT_EQ(told([](auto& report) { report.head_root.bytes[0] ^= 1U; }), "checks: another root");
  ExpectNamed(find("p-lots", audit::Severity::kFailed, "wrong"), "checks: p-lots at ");
  EXPECT_EQ(find("p-lots", audit::Severity::kNote, "odd"), "");
  EXPECT_EQ(find("p-hours", audit::Severity::kFailed, "x serves more than a day on y"), "");
}

}  // namespace
}  // namespace suanpan::test
