// An export into a directory that holds one already.

#include <gtest/gtest.h>

#include "sample_log.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

TEST(ExportAgain, AGrownBookReplacesItsPartialFilesAndLeavesTheRestAlone) {
  SampleLog log;
  log.AddYear(1, 10, 8);
  const test::TempDir dir;
  log.Export(dir.path());
  const auto first = fs::last_write_time(dir.path() / "tile/entries/000");
  const std::string before = ReadText(dir.path() / "checkpoint");
  for (int i = 0; i < 300; ++i) {
    log.Submit(
        fmt::format(R"({{"book":"jx-001","key":"more/{}","facts":[{{"kind":"party.registered",)"
                    R"("occurred_at":"2025-06-01T10:00:00+08:00","actor":"p-1","party":"x-{}",)"
                    R"("party_type":"person"}}]}})",
                    i + 1, i));
  }
  log.Export(dir.path());
  EXPECT_NE(ReadText(dir.path() / "checkpoint"), before);
  EXPECT_EQ(fs::last_write_time(dir.path() / "tile/entries/000"), first);
  const VerifyReport report = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  // Exactly the files of a fresh export.
  const test::TempDir fresh;
  log.Export(fresh.path());
  std::size_t files = 0;
  for (const auto& file : fs::recursive_directory_iterator{dir.path()}) {
    if (file.is_directory()) continue;
    ++files;
    EXPECT_TRUE(fs::exists(fresh.path() / file.path().lexically_relative(dir.path())))
        << file.path();
  }
  for (const auto& file : fs::recursive_directory_iterator{fresh.path()}) {
    files -= file.is_directory() ? 0U : 1U;
  }
  EXPECT_EQ(files, 0U);
}

TEST(ExportAgain, ANewerExportIsNotReplacedByAnOlderOne) {
  SampleLog log;
  log.AddYear(1, 3, 2);
  const BookExport old = log.Head("jx-001");
  log.Submit(R"({"book":"jx-001","key":"more/1","facts":[{"kind":"party.registered",)"
             R"("occurred_at":"2025-06-01T10:00:00+08:00","actor":"p-1","party":"x-1",)"
             R"("party_type":"person"}]})");
  const test::TempDir dir;
  log.Export(dir.path());
  const std::string newer = ReadText(dir.path() / "checkpoint");
  const Status replaced =
      ExportBook(log.ledger().reader(), old.number, old.checkpoint, old.size, dir.path());
  EXPECT_EQ(replaced.code(), StatusCode::kFailedPrecondition) << replaced.ToString();
  EXPECT_NE(replaced.message().find("is it an old copy?"), std::string_view::npos);
  EXPECT_EQ(ReadText(dir.path() / "checkpoint"), newer);
  EXPECT_EQ(Verify(OptionsFor(dir.path())).verdict, Verdict::kVerified);
}

TEST(ExportAgain, ACheckpointOfAnotherRootOrSizeIsNeverWritten) {
  SampleLog log;
  log.AddYear(1, 3, 2);
  const BookExport head = log.Head("jx-001");
  const test::TempDir dir;
  const proof::Signer signer = TestSigner().ForBook("jx-001").value();
  const auto exported = [&](TreeSize size, const Hash32& root) {
    const std::string note = proof::SignCheckpoint({signer.name(), size, root, {}}, signer).value();
    return ExportBook(log.ledger().reader(), head.number, note, size, dir.path()).code();
  };
  EXPECT_EQ(exported(head.size, Hash32{}), StatusCode::kCorruption);
  EXPECT_EQ(exported(TreeSize{head.size.value() + 1}, Hash32{}), StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(dir.path() / "checkpoint"));
  EXPECT_EQ(exported(TreeSize{0}, proof::EmptyRoot()), StatusCode::kOk);
  VerifyOptions options = OptionsFor(dir.path());
  options.schemas = {};
  EXPECT_EQ(Verify(options).verdict, Verdict::kVerified) << FindingsOf(Verify(options));
}

TEST(ExportAgain, IntoTheOtherLayoutIsRefusedWithTheRemedyAndTouchesNothing) {
  SampleLog log;
  log.AddYear(1, 3, 2);
  const test::TempDir dir;
  log.Export(dir.path());
  SampleLog several;
  several.AddYear(2, 3, 2);
  const std::vector<BookExport> both{several.Head("jx-001"), several.Head("jx-002")};
  const Status refused =
      ExportDirectory(several.ledger().reader(), both, TestSchemas(), dir.path());
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
  EXPECT_NE(refused.message().find("empty directory"), std::string::npos) << refused.message();
  EXPECT_EQ(Verify(OptionsFor(dir.path())).verdict, Verdict::kVerified);
  // The other way round.
  const test::TempDir folders;
  ASSERT_TRUE(ExportDirectory(several.ledger().reader(), both, TestSchemas(), folders.path()).ok());
  EXPECT_EQ(
      ExportDirectory(several.ledger().reader(), {both.data(), 1}, TestSchemas(), folders.path())
          .code(),
      StatusCode::kFailedPrecondition);
  EXPECT_EQ(Verify(OptionsFor(folders.path())).verdict, Verdict::kVerified);
  // One of them again, in its folder.
  EXPECT_TRUE(ExportDirectory(several.ledger().reader(), {both.data(), 1}, TestSchemas(),
                              folders.path(), true)
                  .ok());
}

TEST(ExportAgain, WhatAnInterruptedExportLeftIsNoFindingAndIsRemoved) {
  SampleLog log;
  log.AddYear(1, 3, 2);
  const test::TempDir dir;
  log.Export(dir.path());
  const std::string schema = ToHex(proof::Sha256(TestSchemas()[0].compiled).bytes);
  std::vector<fs::path> left{dir.path() / "schemas" / (schema + ".bfbs.tmp"),
                             dir.path() / "schemas" / (schema + ".fbs.tmp"),
                             dir.path() / "checkpoint.tmp"};
  for (const fs::path& path : left) WriteText(path, "half");
  const VerifyReport report = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  WriteText(dir.path() / "schemas/other.tmp", "no schema's");
  EXPECT_TRUE(HasFinding(Verify(OptionsFor(dir.path())), "V5/unknown_schema"));
  fs::remove(dir.path() / "schemas/other.tmp");
  // Tiles of another size and half of one, with their folders.
  left.insert(left.end(), {dir.path() / "tile/0/001.p/7", dir.path() / "tile/2/000.tmp",
                           dir.path() / "tile/entries/001.p/7.tmp"});
  for (const fs::path& path : left) WriteText(path, "half");
  log.Export(dir.path());
  EXPECT_FALSE(fs::exists(dir.path() / "tile/0/001.p"));
  for (const fs::path& path : left) EXPECT_FALSE(fs::exists(path)) << path;
  EXPECT_EQ(Verify(OptionsFor(dir.path())).verdict, Verdict::kVerified);
}

}  // namespace
}  // namespace suanpan::audit
