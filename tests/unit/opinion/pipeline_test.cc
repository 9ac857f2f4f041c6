// Random histories through all stages: the ledger's answers, its bytes, replay on one thread and
// ahead, up to the end and to the middle, export, audit. The second opinion is told the commands
// alone and agrees with each; and a history that differs by a fen is noticed in each.

#include "pipeline.h"

#include <gtest/gtest.h>

#include <iostream>

#include "both.h"
#include "suanpan/proof/sha256.h"
#include "support/log_blocks.h"
#include "support/opinion_steps.h"
#include "support/temp_dir.h"
#include "unit/audit/sample_log.h"

namespace suanpan::test {
namespace {

using opinion::History;
using opinion::Step;
using opinion::Told;

Hash32 SchemaDigest() { return proof::Sha256(audit::TestSchemas()[0].compiled); }

/// A history as it is told, and what both made of it.
class Course {
 public:
  /// Where an answer differs; empty where none does.
  std::string Tell(const Told& told) {
    told_.push_back(told);
    both_.now_us = told.now_us;
    const std::string difference = both_.Play(told.command, told.source);
    const opinion::Json& answer = both_.engine_answer();
    if (answer.at("result") == "committed") {
      acknowledged_[answer.at("book")].push_back(answer.at("leaf"));
    }
    return difference;
  }
  [[nodiscard]] const opinion::Ledger& opinion() const { return both_.opinion(); }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }
  [[nodiscard]] const opinion::Json& answer() const { return both_.answer(); }

  /// The first stage after the answers that the second opinion contradicts.
  std::string Judge() {
    for (const auto& [name, book] : both_.opinion().books()) {
      if (book.head() == 0) continue;
      if (std::string found = JudgeAgainst(ExpectedOf(name, book, SchemaDigest()), kAll);
          !found.empty()) {
        return found;
      }
      if (std::string found = JudgeMiddle(name); !found.empty()) return found;
    }
    return {};
  }

  enum Stage { kLeaves, kBytes, kReplay, kReplayAhead, kExport, kAudit, kAll };
  /// What one stage of this run is, judged by what another was expected to be.
  std::string JudgeAgainst(const Expected& expected, Stage stage) {
    const store::EventReader& reader = both_.ledger().reader();
    const BookNo number = both_.ledger().NumberOf(expected.name).value();
    std::string found;
    const auto judge = [&](Stage one, const auto& what) {
      if (found.empty() && (stage == one || stage == kAll)) found = what();
    };
    judge(kLeaves, [&] { return JudgeLeaves(expected, acknowledged_.at(expected.name)); });
    judge(kBytes, [&] { return JudgeBytes(expected, EntriesOf(reader, number)); });
    judge(kReplay, [&] { return JudgeReplay(expected, reader, number, false); });
    judge(kReplayAhead, [&] { return JudgeReplay(expected, reader, number, true); });
    const TempDir dir;
    Export(expected.name, dir.path());
    judge(kExport, [&] { return JudgeExport(expected, dir.path()); });
    judge(kAudit, [&] { return JudgeAudit(expected, ReportOn(dir.path())); });
    return found.empty() ? found : expected.name + ": " + found;
  }

 private:
  /// As reported then: the state after the first half of the commands.
  std::string JudgeMiddle(const std::string& name) {
    opinion::Ledger half;
    for (std::size_t i = 0; i < told_.size() / 2; ++i) {
      (void)half.Answer(told_[i].command, told_[i].now_us, told_[i].source);
    }
    const opinion::Book& book = half.book(name);
    if (book.head() == 0) return {};
    const std::string found = JudgeAgainst(ExpectedOf(name, book, SchemaDigest()), kReplayAhead);
    return found.empty() ? found : "in the middle: " + found;
  }
  void Export(const std::string& name, const std::filesystem::path& dir) {
    const engine::SealedHead head = both_.ledger().Seal(name).value();
    const proof::Signer signer = TestSigner().ForBook(name).value();
    const proof::Checkpoint checkpoint{signer.name(), head.size, head.root, {}};
    const std::vector<audit::BookExport> books{{name, both_.ledger().NumberOf(name).value(),
                                                proof::SignCheckpoint(checkpoint, signer).value(),
                                                head.size}};
    const Status done =
        audit::ExportDirectory(both_.ledger().reader(), books, audit::TestSchemas(), dir);
    ASSERT_TRUE(done.ok()) << done.ToString();
  }
  static audit::BookReport ReportOn(const std::filesystem::path& dir) {
    audit::VerifyReport report = audit::Verify(audit::OptionsFor(dir));
    return report.books.empty() ? audit::BookReport{} : report.books.front();
  }

  Both both_{opinion::Fault::kNone, {1, SchemaDigest()}};
  std::vector<Told> told_;
  std::map<std::string, std::vector<std::string>> acknowledged_;  ///< leaves, by book
};

/// Tells a history of these steps; where an answer differs.
std::string Tell(Course& course, const std::vector<Step>& steps) {
  History history;
  for (const Step& step : steps) {
    const std::string difference = course.Tell(history.Next(step, course.opinion()));
    if (!difference.empty()) return "answers: " + difference;
  }
  return {};
}

std::string AllOf(const Course& course) {
  std::string all;
  for (const Told& told : course.told()) all += "\n" + told.command;
  return all;
}

TEST(OpinionPipeline, EveryStageIsAsTheSecondOpinionHasIt) {
  std::uint64_t entries = 0;
  int histories = 0;
  EXPECT_TRUE(rc::check([&] {
    Course course;
    std::string found = Tell(course, opinion::AnySteps(60));
    if (found.empty()) found = course.Judge();
    if (!found.empty()) RC_FAIL(found + AllOf(course));
    ++histories;
    for (const auto& [name, book] : course.opinion().books()) entries += book.head();
  }));
  std::cout << histories << " histories, " << entries << " entries\n";
}

/// A book with an agreement, sales, a refund, a settlement and a receipt, the last of them a sale
/// of `amount` fen. The same but for that.
void TellPlain(Course& course, int amount) {
  const std::string head = R"({"book":"zz","key":"a/)";
  const std::string at = R"("occurred_at":"2025-01-05T10:00:00+08:00","actor":"p-1")";
  const auto tell = [&](int key, const std::string& facts) {
    const Told told{head + std::to_string(key) + R"(","facts":[)" + facts + "]}", "cli",
                    1'740'000'000'000'000};
    EXPECT_EQ(course.Tell(told), "");
    EXPECT_EQ(course.answer().at("result"), "committed") << course.answer().dump();
  };
  tell(1, R"({"kind":"book.opened",)" + at +
              R"(,"label":"x","utc_offset_minutes":480,"unit":"u","level":"community","host":"o"},)"
              R"({"kind":"fund.opened",)" +
              at +
              R"(,"fund":"f","label":"x","host":"o","bank_accounts":["b"],)"
              R"("default_pot":"restricted/vendor_share","restriction":{"class":"restricted",)"
              R"("purposes":["care"]}})");
  tell(2, R"({"kind":"agreement.signed",)" + at +
              R"(,"agreement":"ag","agreement_type":"donation_share","party":"v","fund":"f",)"
              R"("signed_on":"2024-12-31","terms_days":30,)"
              R"("rate":{"n":1,"m":10},"basis":"profit","loss_policy":"carry_loss",)"
              R"("settlement":"month","valid_from":"2025-01-01"})");
  for (int key = 3; key <= 5; ++key) {
    const int fen = key == 5 ? amount : 100 * key + 7;
    tell(key, R"({"kind":"sale.recorded",)" + at +
                  R"(,"vendor":"v","lines":[{"item":"i","quantity":1,"amount_fen":)" +
                  std::to_string(fen) +
                  R"(,"cost_fen":40}],"paid":[{"means":"cash","amount_fen":)" +
                  std::to_string(fen) + "}]}");
  }
}

TEST(OpinionPipeline, AFenMoreIsNoticedInEveryStage) {
  Course course;
  TellPlain(course, 900);
  EXPECT_EQ(course.Judge(), "");
  Course other;
  TellPlain(other, 901);
  EXPECT_EQ(other.Judge(), "");
  const Expected expected = ExpectedOf("zz", course.opinion().book("zz"), SchemaDigest());
  for (const auto& [stage, name] : {std::pair{Course::kLeaves, "zz: leaf of entry 5"},
                                    {Course::kBytes, "zz: bytes: entry 5"},
                                    {Course::kReplay, "zz: replay: account base/ag/"},
                                    {Course::kReplayAhead, "zz: replay: account base/ag/"},
                                    {Course::kExport, "zz: export: root"},
                                    {Course::kAudit, "zz: audit: another root"}}) {
    EXPECT_EQ(other.JudgeAgainst(expected, stage).substr(0, std::string_view{name}.size()), name);
    EXPECT_EQ(course.JudgeAgainst(expected, stage), "");
  }
}

}  // namespace
}  // namespace suanpan::test
