// Where an export is written: what stands there already, and what its books are called.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <set>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

class ExportPlace : public ::testing::Test {
 protected:
  /// Opens a book, with two entries in it.
  void Open(std::string_view book) {
    log_.Submit(
        fmt::format(R"({{"book":"{}","key":"a/1","facts":[{{"kind":"book.opened","occurred_at":)"
                    R"("2025-01-01T09:00:00+08:00","actor":"p-1","label":"x",)"
                    R"("utc_offset_minutes":480,"unit":"u","level":"community","host":"o"}}]}})",
                    book));
    log_.Submit(
        fmt::format(R"({{"book":"{}","key":"a/2","facts":[{{"kind":"party.registered",)"
                    R"("occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1","party":"v",)"
                    R"("party_type":"vendor"}}]}})",
                    book));
    heads_.push_back(log_.Head(book));
  }
  [[nodiscard]] Status Export(bool in_folders = false) {
    return ExportDirectory(log_.ledger().reader(), heads_, TestSchemas(), out_, in_folders);
  }
  /// The export is refused for this file, and the directory and its surroundings stay as they are.
  void ExpectRefused(std::string_view name, bool in_folders = false) {
    const auto before = FilesOf(work_.path());
    const Status refused = Export(in_folders);
    EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition) << name;
    EXPECT_NE(refused.message().find(fmt::format(" has {} in it, which is ", name)),
              std::string::npos)
        << refused.message();
    EXPECT_EQ(FilesOf(work_.path()), before) << name;
  }
  void ExpectVerified() {
    const VerifyReport report = Verify(OptionsFor(out_));
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
    EXPECT_EQ(report.books.size(), heads_.size());
  }

  SampleLog log_;
  std::vector<BookExport> heads_;
  test::TempDir work_;
  fs::path out_ = work_.path() / "out";
};

TEST(BookFolder, IsTheRefWithTildesAndOneMoreWhereThatWouldNotBeSafe) {
  const std::map<std::string, std::string> folders{
      {"zz", "zz"},
      {"city/station-7", "city~station-7"},
      {"a.b_c:d-e", "a.b_c:d-e"},
      {"a/..", "a~.."},
      {"checkpoints", "checkpoints"},
      {"tmp", "tmp"},
      {".", "~."},
      {"..", "~.."},
      {"../a", "~..~a"},
      {".git", "~.git"},
      {"/", "~~"},
      {"/etc", "~~etc"},
      {"-rf", "~-rf"},
      {"_", "~_"},
      {"checkpoint", "~checkpoint"},
      {"tile", "~tile"},
      {"/tile", "~~tile"},
      {"schemas", "~schemas"},
      {"checkpoint.tmp", "~checkpoint.tmp"},
      {"a.tmp", "~a.tmp"},
  };
  std::set<std::string> used;
  for (const auto& [ref, folder] : folders) {
    EXPECT_EQ(BookFolder(ref), folder);
    EXPECT_TRUE(used.insert(folder).second) << folder;
    EXPECT_TRUE(MayBeFolderOf(folder, "books.example/" + ref)) << ref;
    EXPECT_TRUE(MayBeFolderOf(folder, "a/name/" + ref)) << ref;
  }
  EXPECT_FALSE(MayBeFolderOf("tile", "books.example/tile"));
  EXPECT_FALSE(MayBeFolderOf("z", "books.example/zz"));
  EXPECT_FALSE(MayBeFolderOf("zz", "zz"));
}

TEST_F(ExportPlace, NoBookReachesOutOfItsFolderWhateverItIsCalled) {
  for (const char* book : {".", "..", "a/..", "../b", "/c", "checkpoint", "tile", "schemas",
                           "checkpoint.tmp", ".git", "plain"}) {
    Open(book);
  }
  // What book `..` would have replaced and deleted.
  WriteText(work_.path() / "checkpoint", "mine");
  WriteText(work_.path() / "checkpoint.tmp", "mine");
  WriteText(work_.path() / "tile/0/000.p/9", "mine");
  const auto before = FilesOf(work_.path());
  for (int i = 0; i < 2; ++i) {
    const Status exported = Export();
    ASSERT_TRUE(exported.ok()) << exported.ToString();
    ExpectVerified();
  }
  auto after = FilesOf(work_.path());
  std::erase_if(after, [](const auto& file) { return file.first.starts_with("out"); });
  EXPECT_EQ(after, before);
  std::set<std::string> names;
  for (const auto& at : fs::directory_iterator{out_}) names.insert(at.path().filename());
  EXPECT_EQ(names, (std::set<std::string>{"plain", "schemas", "a~..", "~.", "~..", "~..~b", "~~c",
                                          "~checkpoint", "~tile", "~schemas", "~checkpoint.tmp",
                                          "~.git"}));
}

TEST_F(ExportPlace, ABookOfALayoutsNameAloneIsAnExportOfOneBook) {
  Open("tile");
  ASSERT_TRUE(Export().ok());
  EXPECT_TRUE(fs::is_regular_file(out_ / "checkpoint"));
  ExpectVerified();
}

TEST_F(ExportPlace, AFileOfSomebodyElsesIsNamedAndNothingIsTouched) {
  Open("zz");
  const std::string digest(64, 'a');
  // The file, and what the refusal names: the first folder that leads to nothing of an export.
  const std::map<std::string, std::string> files{
      {"letter.tmp", "letter.tmp"},
      {"photo.p/1", "photo.p"},
      {"tile/maps/map.png", "tile/maps"},
      {"tile/0/000.p/1.bak", "tile/0/000.p/1.bak"},
      {"tile/0/x000/001", "tile/0/x000"},
      {"tile/entries/0", "tile/entries/0"},
      {"tile/9/000", "tile/9"},
      {"tile/letter.tmp", "tile/letter.tmp"},
      {"tile/0/000.p/2/1", "tile/0/000.p/2"},
      {"tile", "tile"},
      {"schemas/notes.txt", "schemas/notes.txt"},
      {"schemas/other.tmp", "schemas/other.tmp"},
      {"schemas/" + digest + ".txt", "schemas/" + digest + ".txt"},
      {"schemas/" + digest + "a.bfbs", "schemas/" + digest + "a.bfbs"},
      {"schemas/old/" + digest + ".bfbs", "schemas/old"},
      {"schemas", "schemas"},
      {"checkpoint", "checkpoint"},
      {"checkpoint.tmp/1", "checkpoint.tmp"},
  };
  for (const auto& [name, told] : files) {
    // Where nothing else is, and where an export is.
    for (const bool beside_an_export : {false, true}) {
      fs::remove_all(out_);
      if (beside_an_export) {
        ASSERT_TRUE(Export().ok());
      }
      fs::remove_all(out_ / told);
      WriteText(out_ / name, "mine");
      ExpectRefused(told);
    }
  }
}

TEST_F(ExportPlace, ABooksFolderIsLookedAtAsClosely) {
  Open("zz");
  Open("yy");
  for (const char* name : {"letter.tmp", "checkpoint.tmp", "photos", "zz"}) {
    fs::remove_all(out_);
    WriteText(out_ / name, "mine");
    ExpectRefused(name, true);
  }
  fs::remove_all(out_);
  WriteText(out_ / "zz/diary", "mine");
  const auto before = FilesOf(work_.path());
  EXPECT_NE(Export().message().find("zz has diary in it"), std::string::npos);
  EXPECT_EQ(FilesOf(work_.path()), before);
  // A folder that only looks like a book's would go out with the export.
  fs::remove_all(out_);
  WriteText(out_ / "photos/tile/beach.png", "mine");
  ExpectRefused("photos", true);
  fs::remove_all(out_);
  ASSERT_TRUE(Export().ok());
  fs::rename(out_ / "yy", out_ / "xx");
  ExpectRefused("xx", true);
}

TEST_F(ExportPlace, ACheckpointOfAnotherLogIsNotReplaced) {
  Open("yy");
  ASSERT_TRUE(Export().ok());
  heads_.clear();
  Open("zz");
  ExpectRefused("checkpoint");
  EXPECT_NE(Export().message().find("that of books.example/yy, not of books.example/zz"),
            std::string::npos);
}

TEST_F(ExportPlace, NothingIsWrittenThroughALink) {
  Open("zz");
  ASSERT_TRUE(Export().ok());
  const std::string schema = "schemas/" + fs::directory_iterator {
    out_ / "schemas"
    } -> path().filename().string();
  WriteText(work_.path() / "elsewhere/file", "mine");
  const std::vector<std::string> names{"tile",           "tile/entries",  "tile/0", "tile/0/000.p",
                                       "tile/0/000.p/2", "schemas",       schema,   schema + ".tmp",
                                       "checkpoint",     "checkpoint.tmp"};
  for (const std::string& name : names) {
    for (const char* target : {"elsewhere", "elsewhere/file", "elsewhere/nothing"}) {
      fs::remove_all(out_);
      ASSERT_TRUE(Export().ok());
      fs::remove_all(out_ / name);
      fs::create_symlink(work_.path() / target, out_ / name);
      ExpectRefused(name);
    }
  }
  fs::remove_all(out_);
  fs::create_directories(out_);
  fs::create_directory_symlink(work_.path() / "elsewhere", out_ / "zz");
  ExpectRefused("zz", true);
}

TEST_F(ExportPlace, ADirectoryThatIsALinkItselfIsTheOneThatWasNamed) {
  Open("zz");
  fs::create_directories(work_.path() / "disk");
  fs::create_directory_symlink(work_.path() / "disk", out_);
  ASSERT_TRUE(Export().ok());
  ExpectVerified();
  EXPECT_TRUE(fs::exists(work_.path() / "disk/checkpoint"));
}

TEST_F(ExportPlace, ATemporaryFileThatIsAlsoAnothersIsLeftToTheOther) {
  Open("zz");
  WriteText(work_.path() / "diary", "mine");
  fs::create_directories(out_);
  fs::create_hard_link(work_.path() / "diary", out_ / "checkpoint.tmp");
  ASSERT_TRUE(Export().ok());
  EXPECT_EQ(ReadText(work_.path() / "diary"), "mine");
  ExpectVerified();
}

TEST_F(ExportPlace, APipeKeepsNobodyWaiting) {
  Open("zz");
  ASSERT_TRUE(Export().ok());
  fs::remove(out_ / "checkpoint");
  ASSERT_EQ(::mkfifo((out_ / "checkpoint").c_str(), 0600), 0);
  const VerifyReport report = Verify(OptionsFor(out_));
  EXPECT_TRUE(HasFinding(report, "V1/checkpoint")) << FindingsOf(report);
  EXPECT_EQ(Export().code(), StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace suanpan::audit
