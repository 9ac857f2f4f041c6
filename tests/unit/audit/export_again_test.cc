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

/// Book "zz" with its opening and one party for each letter, exported at its head.
struct PartiesLog {
  explicit PartiesLog(std::string_view letters) {
    log.OpenBook();
    Add(letters);
  }
  void Add(std::string_view letters) {
    for (const char letter : letters) {
      log.Fact(++key, "2025-06-01",
               fmt::format(R"("kind":"party.registered","party":"{}","party_type":"person")",
                           std::string{letter}));
    }
  }
  [[nodiscard]] Status Export(const fs::path& dir, const proof::Signer& signer) {
    BookExport head = log.Head("zz");
    const proof::Checkpoint checkpoint =
        proof::ParseCheckpoint(proof::ParseNote(head.checkpoint)->text).value();
    head.checkpoint = proof::SignCheckpoint(checkpoint, signer).value();
    return ExportDirectory(log.ledger().reader(), {&head, 1}, TestSchemas(), dir);
  }
  [[nodiscard]] Status Export(const fs::path& dir) {
    return Export(dir, TestSigner().ForBook("zz").value());
  }
  SampleLog log;
  std::uint64_t key = 1;
};

/// Refused with these words, and not one byte is touched.
void ExpectKept(const fs::path& dir, const Status& refused, std::string_view sizes,
                std::string_view why) {
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition) << refused.ToString();
  EXPECT_EQ(refused.message(),
            fmt::format("{} holds an earlier export of books.example/zz, {}, does not continue: "
                        "{}; keep that export, it shows what was signed, and export into another "
                        "directory",
                        dir.string(), sizes, why));
}

TEST(ExportAgain, ALogThatIsShorterThanTheExportLeavesIt) {
  const test::TempDir dir;
  ASSERT_TRUE(PartiesLog{"abc"}.Export(dir.path()).ok());
  const auto before = FilesOf(dir.path());
  ExpectKept(dir.path(), PartiesLog{"ab"}.Export(dir.path()),
             "signed at 4 entries, which this log, signed at 3",
             "this log is shorter, or has other entries");
  EXPECT_EQ(FilesOf(dir.path()), before);
}

TEST(ExportAgain, AnOlderHeadOfTheSameLogIsToBeSignedAgain) {
  const test::TempDir dir;
  PartiesLog log{"ab"};
  const BookExport older = log.log.Head("zz");
  log.Add("c");
  ASSERT_TRUE(log.Export(dir.path()).ok());
  const auto before = FilesOf(dir.path());
  const Status refused =
      ExportDirectory(log.log.ledger().reader(), {&older, 1}, TestSchemas(), dir.path());
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(refused.message(),
            fmt::format("{} holds an export of books.example/zz at 4 entries, and this one would "
                        "end at 3: the log has them all, so sign its head with `suanpan "
                        "checkpoint` and export again",
                        dir.path().string()));
  EXPECT_EQ(FilesOf(dir.path()), before);
}

TEST(ExportAgain, ALogOfOtherEntriesLeavesTheExportHoweverLongItIs) {
  const test::TempDir dir;
  ASSERT_TRUE(PartiesLog{"abc"}.Export(dir.path()).ok());
  const auto before = FilesOf(dir.path());
  for (const std::string_view other : {"abx", "abxd", "abxdegh"}) {
    const std::string sizes =
        fmt::format("signed at 4 entries, which this log, signed at {}", 1 + other.size());
    ExpectKept(dir.path(), PartiesLog{other}.Export(dir.path()), sizes,
               "its entries up to there are others");
  }
  EXPECT_EQ(FilesOf(dir.path()), before);
  const Status longer = PartiesLog{"abcd"}.Export(dir.path());
  EXPECT_TRUE(longer.ok()) << longer.ToString();
  EXPECT_EQ(Verify(OptionsFor(dir.path())).verdict, Verdict::kVerified);
}

TEST(ExportAgain, OneBookThatIsAnotherKeepsEveryBookFromBeingWritten) {
  const auto exported = [](const fs::path& dir, std::initializer_list<int> stations) {
    SampleLog log;
    log.AddYear(2, 3, 2);
    for (const int station : stations) {
      log.Submit(
          fmt::format(R"({{"book":"jx-00{}","key":"more/{}","facts":[{{"kind":"party.registered",)"
                      R"("occurred_at":"2025-06-01T10:00:00+08:00","actor":"p-1","party":"x-{}",)"
                      R"("party_type":"person"}}]}})",
                      station, 1, stations.size()));
    }
    const std::vector<BookExport> both{log.Head("jx-001"), log.Head("jx-002")};
    return ExportDirectory(log.ledger().reader(), both, TestSchemas(), dir);
  };
  const test::TempDir dir;
  ASSERT_TRUE(exported(dir.path(), {2}).ok());
  const auto before = FilesOf(dir.path());
  const Status refused = exported(dir.path(), {1, 2});
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition) << refused.ToString();
  EXPECT_NE(refused.message().find("of books.example/jx-002,"), std::string_view::npos);
  EXPECT_EQ(FilesOf(dir.path()), before);
}

TEST(ExportAgain, AnExportThatAnotherKeySignedIsLeft) {
  const test::TempDir dir;
  PartiesLog log{"abc"};
  ASSERT_TRUE(log.Export(dir.path()).ok());
  const auto before = FilesOf(dir.path());
  const proof::Signer other =
      proof::Signer::FromSeed("books.example", proof::Ed25519Seed{9})->ForBook("zz").value();
  ExpectKept(dir.path(), log.Export(dir.path(), other),
             "signed at 4 entries, which this log, signed at 4", "another key signed it");
  log.Add("d");
  ExpectKept(dir.path(), log.Export(dir.path(), other),
             "signed at 4 entries, which this log, signed at 5", "another key signed it");
  EXPECT_EQ(FilesOf(dir.path()), before);
}

TEST(ExportAgain, CosignaturesOfTheEarlierCheckpointAreNoKeysOfTheLog) {
  const test::TempDir dir;
  PartiesLog log{"abc"};
  ASSERT_TRUE(log.Export(dir.path()).ok());
  const std::string note = ReadText(dir.path() / "checkpoint");
  const proof::Signer witness = proof::Signer::FromSeed("witness", proof::Ed25519Seed{9}).value();
  WriteText(dir.path() / "checkpoint",
            note + proof::SignatureLine(proof::ParseNote(note)->text, witness).value());
  log.Add("d");
  const Status exported = log.Export(dir.path());
  EXPECT_TRUE(exported.ok()) << exported.ToString();
}

TEST(ExportAgain, ALogThatCannotBeExportedCostsNobodyTheExportThatIsThere) {
  const test::TempDir dir;
  SampleLog log;
  log.AddYear(1, 3, 2);
  log.Export(dir.path());
  const auto before = FilesOf(dir.path());
  const BookExport head = log.Head("jx-001");
  const proof::Signer signer = TestSigner().ForBook("jx-001").value();
  const TreeSize more{head.size.value() + 1};
  const std::string note =
      proof::SignCheckpoint({signer.name(), more, Hash32{}, {}}, signer).value();
  EXPECT_EQ(ExportBook(log.ledger().reader(), head.number, note, more, dir.path()).code(),
            StatusCode::kNotFound);
  EXPECT_EQ(FilesOf(dir.path()), before);
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
  left.insert(left.end(), {dir.path() / "tile/0/007.p/7", dir.path() / "tile/2/000.tmp",
                           dir.path() / "tile/entries/007.p/7.tmp"});
  for (const fs::path& path : left) WriteText(path, "half");
  log.Export(dir.path());
  EXPECT_FALSE(fs::exists(dir.path() / "tile/0/007.p"));
  for (const fs::path& path : left) EXPECT_FALSE(fs::exists(path)) << path;
  EXPECT_EQ(Verify(OptionsFor(dir.path())).verdict, Verdict::kVerified);
}

}  // namespace
}  // namespace suanpan::audit
