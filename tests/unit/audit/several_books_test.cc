#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sample_log.h"
#include "suanpan/audit/render.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

class SeveralBooks : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    log_ = std::make_unique<SampleLog>();
    log_->AddYear(5, 35, 3);
    export_ = std::make_unique<test::TempDir>();
    log_->Export(export_->path());
  }
  static void TearDownTestSuite() {
    export_.reset();
    log_.reset();
  }
  static inline std::unique_ptr<SampleLog> log_;
  static inline std::unique_ptr<test::TempDir> export_;
};

TEST_F(SeveralBooks, AreVerifiedTogetherWithOneKeyAndOneStateFileEach) {
  const test::TempDir state;
  VerifyOptions options = OptionsFor(export_->path());
  options.state_dir = state.path();
  const VerifyReport report = Verify(options);
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  ASSERT_EQ(report.books.size(), 5U);
  EXPECT_EQ(report.books[4].origin, "books.example/jx-005");
  EXPECT_EQ(std::distance(fs::directory_iterator{state.path()}, fs::directory_iterator{}), 5);
}

TEST_F(SeveralBooks, GiveTheSameReportForAnyNumberOfThreads) {
  const test::TempDir bad;
  fs::copy(export_->path(), bad.path(), fs::copy_options::recursive);
  std::string bundle = ReadText(bad.path() / "jx-003/tile/entries/000");
  bundle[3000] = static_cast<char>(bundle[3000] ^ 4);
  WriteText(bad.path() / "jx-003/tile/entries/000", bundle);
  WriteText(bad.path() / "jx-002/tile/surplus", "x");
  for (const fs::path& dir : {export_->path(), bad.path()}) {
    VerifyOptions options = OptionsFor(dir);
    const VerifyReport one = Verify(options);
    for (const std::uint32_t threads : {2U, 3U, 16U}) {
      options.threads = threads;
      const VerifyReport many = Verify(options);
      EXPECT_EQ(RenderJson(one), RenderJson(many)) << threads;
      EXPECT_EQ(RenderText(one), RenderText(many)) << threads;
    }
  }
}

TEST_F(SeveralBooks, ARemovedBookIsMissedByTheStateAlone) {
  const test::TempDir work;
  VerifyOptions options = OptionsFor(export_->path());
  options.state_dir = work.path() / "state";
  ASSERT_EQ(Verify(options).verdict, Verdict::kVerified);
  options.dir = work.path() / "export";
  fs::copy(export_->path(), options.dir, fs::copy_options::recursive);
  fs::remove_all(options.dir / "jx-004");
  const VerifyReport report = Verify(options);
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V3/missing_book")) << FindingsOf(report);
}

TEST_F(SeveralBooks, AFolderUnderAnotherBooksNameOrTwiceIsFound) {
  const test::TempDir work;
  fs::copy(export_->path(), work.path(), fs::copy_options::recursive);
  fs::copy(work.path() / "jx-001", work.path() / "jx-009", fs::copy_options::recursive);
  const VerifyReport report = Verify(OptionsFor(work.path()));
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V1/folder")) << FindingsOf(report);
  EXPECT_TRUE(HasFinding(report, "V1/twice")) << FindingsOf(report);
}

TEST_F(SeveralBooks, TheCsvHasTheSameRecords) {
  const VerifyReport report = Verify(OptionsFor(export_->path()));
  const std::string csv = RenderCsv(report);
  EXPECT_TRUE(
      csv.starts_with("origin,record,name,result,size,root,balance_fen,base_fen,due_fen,"
                      "residue,seq,expected,actual,text,granted,redeemed,expired,deducted,"
                      "forfeited,donated,moved,owed,outstanding\n"));
  const AgreementTotal& total = report.books[2].agreements[1];
  const std::string line =
      fmt::format("\nbooks.example/jx-003,agreement,{},,,,,{},{},{},,,,,,,,,,,,,\n",
                  total.agreement, total.base.value(), total.due.value(), total.residue);
  EXPECT_NE(csv.find(line), std::string::npos) << line << csv;
  EXPECT_TRUE(csv.ends_with("\n,verdict,,verified,,,,,,,,,,,,,,,,,,,\n")) << csv;
  std::size_t rows = 2;  // header and verdict
  for (const BookReport& book : report.books) {
    rows +=
        1 + book.steps.size() + book.agreements.size() + book.funds.size() + book.schemes.size();
  }
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), rows);
}

TEST_F(SeveralBooks, TheJsonHasTheFieldsThatScriptsRelyOn) {
  const auto json = nlohmann::json::parse(RenderJson(Verify(OptionsFor(export_->path()))));
  EXPECT_EQ(json["verdict"], "verified");
  for (const char* key : {"origin", "size", "root", "checkpoint", "schemas"}) {
    EXPECT_TRUE(json.contains(key) && json[key].is_null()) << key << ", of no one book";
  }
  EXPECT_EQ(json["books"].size(), 5U);
  EXPECT_EQ(json["books"][1]["origin"], "books.example/jx-002");
  EXPECT_EQ(json["agreements"].size(), 20U);
  std::uint64_t events = 0;
  for (const auto& book : json["books"]) events += book["events"].get<std::uint64_t>();
  EXPECT_EQ(json["events"], events);
  const test::TempDir one;
  ASSERT_TRUE(ExportDirectory(log_->ledger().reader(), std::vector{log_->Head("jx-002")},
                              TestSchemas(), one.path())
                  .ok());
  const auto single = nlohmann::json::parse(RenderJson(Verify(OptionsFor(one.path()))));
  EXPECT_EQ(single["origin"], "books.example/jx-002");
  EXPECT_TRUE(single["size"].is_number_unsigned());
  EXPECT_TRUE(single["funds"][0]["balance_fen"].is_string());
  EXPECT_TRUE(single["agreements"][0]["due_fen"].is_string());
  EXPECT_TRUE(single["agreements"][0]["residue"].is_number());
  EXPECT_EQ(single["steps"][0]["step"], "V1");
  EXPECT_TRUE(single["steps"][0]["seconds"].is_null());
}

}  // namespace
}  // namespace suanpan::audit
