#include "course.h"

#include <gtest/gtest.h>

#include "suanpan/proof/sha256.h"
#include "support/log_blocks.h"
#include "support/temp_dir.h"
#include "unit/audit/sample_log.h"

namespace suanpan::test {

using opinion::Told;

Hash32 SchemaDigest() { return proof::Sha256(audit::TestSchemas()[0].compiled); }

std::string Course::Tell(const Told& told) {
  told_.push_back(told);
  both_.now_us = told.now_us;
  const std::string difference = both_.Play(told.command, told.source);
  const opinion::Json& answer = both_.engine_answer();
  answers_.push_back(answer);
  if (answer.at("result") == "committed") {
    acknowledged_[answer.at("book")].push_back(answer.at("leaf"));
  }
  return difference;
}

Expected Course::ExpectedOfBook(const std::string& name) const {
  return ExpectedOf(name, both_.opinion().book(name), SchemaDigest());
}

std::string Course::Judge() {
  for (const auto& [name, book] : both_.opinion().books()) {
    if (book.head() == 0) continue;
    if (std::string found = JudgeAgainst(ExpectedOfBook(name), kAll); !found.empty()) return found;
    if (std::string found = JudgeMiddle(name); !found.empty()) return found;
  }
  return {};
}

std::vector<std::string> Course::Acknowledged(const std::string& name) const {
  return acknowledged_.at(name);
}

std::vector<std::string> Course::Stored(const std::string& name) {
  return EntriesOf(both_.ledger().reader(), both_.ledger().NumberOf(name).value());
}

std::unique_ptr<rules::BookState> Course::Replayed(const std::string& name) {
  return replay::ReplayBook(both_.ledger().reader(), both_.ledger().NumberOf(name).value(), {})
      .value()
      .state;
}

std::string Course::JudgeAgainst(const Expected& expected, Stage stage) {
  const store::EventReader& reader = both_.ledger().reader();
  const BookNo number = both_.ledger().NumberOf(expected.name).value();
  std::string found;
  const auto judge = [&](Stage one, const auto& what) {
    if (found.empty() && (stage == one || stage == kAll)) found = what();
  };
  judge(kLeaves, [&] { return JudgeLeaves(expected, Acknowledged(expected.name)); });
  judge(kBytes, [&] { return JudgeBytes(expected, Stored(expected.name)); });
  judge(kReplay, [&] { return JudgeReplay(expected, reader, number, false); });
  judge(kReplayAhead, [&] { return JudgeReplay(expected, reader, number, true); });
  const TempDir dir;
  Export(expected.name, dir.path());
  judge(kExport, [&] { return JudgeExport(expected, dir.path()); });
  judge(kAudit, [&] { return JudgeAudit(expected, ReportOn(dir.path())); });
  judge(kChecks, [&] { return JudgeChecks(expected, ChecksOn(dir.path())); });
  return found.empty() ? found : expected.name + ": " + found;
}

std::string Course::JudgeMiddle(const std::string& name) {
  opinion::Ledger half;
  for (std::size_t i = 0; i < told_.size() / 2; ++i) {
    (void)half.Answer(told_[i].command, told_[i].now_us, told_[i].source);
    half.LearnReversals(answers_[i]);
  }
  const opinion::Book& book = half.book(name);
  if (book.head() == 0) return {};
  const std::string found = JudgeAgainst(ExpectedOf(name, book, SchemaDigest()), kReplayAhead);
  return found.empty() ? found : "in the middle: " + found;
}

void Course::Export(const std::string& name, const std::filesystem::path& dir) {
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

audit::BookReport Course::ReportOn(const std::filesystem::path& dir) {
  audit::VerifyReport report = audit::Verify(audit::OptionsFor(dir));
  return report.books.empty() ? audit::BookReport{} : report.books.front();
}

Result<audit::CheckReport> Course::ChecksOn(const std::filesystem::path& dir) {
  return audit::RunChecksOnExport(dir, audit::CheckRun::Of({}).value(), nullptr);
}

void TellPlain(Course& course, int amount, int sales) {
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
  for (int key = 3; key < 3 + sales; ++key) {
    const int fen = key == 2 + sales ? amount : 100 * key + 7;
    tell(key, R"({"kind":"sale.recorded",)" + at +
                  R"(,"vendor":"v","lines":[{"item":"i","quantity":1,"amount_fen":)" +
                  std::to_string(fen) +
                  R"(,"cost_fen":40}],"paid":[{"means":"cash","amount_fen":)" +
                  std::to_string(fen) + "}]}");
  }
}

}  // namespace suanpan::test
