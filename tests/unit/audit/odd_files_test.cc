// Exports in which something else lies where a file should: a named pipe, a link, a socket, a
// folder, nothing at all. None of them makes the audit wait, none is called verified, and the
// finding says what is there.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sample_log.h"
#include "suanpan/audit/render.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBundle = "tile/entries/000";

class OddFiles : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    SampleLog log;
    log.OpenBook();
    for (std::uint64_t key = 2; key <= 300; ++key) {
      log.Fact(
          key, "2025-01-02",
          fmt::format(R"("kind":"party.registered","party":"v-{}","party_type":"vendor")", key));
    }
    clean_ = std::make_unique<test::TempDir>();
    log.Export(clean_->path());
  }
  static void TearDownTestSuite() { clean_.reset(); }
  void SetUp() override { PutBack(); }

  void PutBack() {
    fs::remove_all(dir());
    fs::copy(clean_->path(), dir(), fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path dir() const { return work_.path() / "export"; }
  [[nodiscard]] static std::string SchemaFileName() {
    return "schemas/" + ToHex(proof::Sha256(TestSchemas()[0].compiled).bytes) + ".fbs";
  }
  static std::vector<std::string> FilesOfAnExport() {
    return {"checkpoint",      std::string{kBundle}, "tile/entries/001.p/44", "tile/0/000",
            "tile/0/001.p/44", "tile/1/000.p/1",     SchemaFileName()};
  }
  /// The finding that `check` names; the test fails where there is none.
  [[nodiscard]] Finding Find(std::string_view check) const {
    const VerifyReport report = Verify(OptionsFor(dir()));
    std::vector<Finding> all = report.findings;
    for (const BookReport& book : report.books) {
      all.insert(all.end(), book.findings.begin(), book.findings.end());
    }
    for (const Finding& finding : all) {
      if (finding.check == check) return finding;
    }
    ADD_FAILURE() << check << " is not among\n" << FindingsOf(report);
    return {};
  }
  void ExpectRefused(const std::string& name) const {
    const VerifyReport report = Verify(OptionsFor(dir()));
    EXPECT_EQ(report.verdict, Verdict::kFailed) << name << "\n" << FindingsOf(report);
  }

  static inline std::unique_ptr<test::TempDir> clean_;
  test::TempDir work_;
};

TEST_F(OddFiles, AFolderThatIsALinkIsNotFollowed) {
  for (const std::string& folder : {std::string{"tile"}, std::string{"schemas"}}) {
    PutBack();
    fs::rename(dir() / folder, work_.path() / ("moved-" + folder));
    fs::create_directory_symlink(work_.path() / ("moved-" + folder), dir() / folder);
    EXPECT_EQ(Verify(OptionsFor(dir())).verdict, Verdict::kFailed) << folder;
    EXPECT_NE(Find("V4/damaged_file").text.find("links are not followed"), std::string::npos)
        << folder;
    fs::remove_all(work_.path() / ("moved-" + folder));
  }
}

TEST_F(OddFiles, ANamedPipeAnywhere) {
  std::vector<std::string> names = FilesOfAnExport();
  names.insert(names.end(), {"tile/0/000.p/7", "tile/notes", "schemas/x.fbs"});
  for (const std::string& name : names) {
    fs::remove(dir() / name);
    fs::create_directories((dir() / name).parent_path());
    ASSERT_EQ(::mkfifo((dir() / name).c_str(), 0600), 0) << name;
    ExpectRefused(name);
    PutBack();
  }
}

TEST_F(OddFiles, ALinkAnywhere) {
  for (const std::string& name : FilesOfAnExport()) {
    fs::rename(dir() / name, work_.path() / "elsewhere");
    fs::create_symlink(work_.path() / "elsewhere", dir() / name);
    ExpectRefused(name);
    PutBack();
  }
}

TEST_F(OddFiles, AFolderAnywhere) {
  for (const std::string& name : FilesOfAnExport()) {
    fs::remove(dir() / name);
    fs::create_directories(dir() / name);
    ExpectRefused(name);
    PutBack();
  }
}

TEST_F(OddFiles, TheFindingSaysWhatLiesInThePlaceOfATile) {
  fs::rename(dir() / kBundle, work_.path() / "bundle");
  fs::create_symlink(work_.path() / "bundle", dir() / kBundle);
  EXPECT_EQ(Find("V4/damaged_file").text,
            "tile/entries/000 is damaged: it is a link, and links are not followed");
  fs::remove(dir() / kBundle);
  ASSERT_EQ(::mkfifo((dir() / kBundle).c_str(), 0600), 0);
  EXPECT_EQ(Find("V4/damaged_file").text, "tile/entries/000 is damaged: it is not a regular file");
  fs::remove(dir() / kBundle);
  EXPECT_EQ(Find("V4/missing_file").text,
            "tile/entries/000 cannot be read: No such file or directory");
  WriteText(dir() / kBundle, "x");
  const std::string text = Find("V4/damaged_file").text;
  EXPECT_EQ(text.find(kBundle), text.rfind(kBundle)) << text;
}

TEST_F(OddFiles, AFolderOfTilesThatIsALink) {
  for (const std::string name : {"tile/entries", "tile"}) {
    fs::rename(dir() / name, work_.path() / "elsewhere");
    fs::create_symlink(work_.path() / "elsewhere", dir() / name);
    EXPECT_EQ(Find("V4/surplus_file").text,
              name + " is a link; an export has its files and folders in their place");
    fs::remove(dir() / name);
    fs::rename(work_.path() / "elsewhere", dir() / name);
  }
}

TEST_F(OddFiles, ASocketInThePlaceOfATile) {
  fs::remove(dir() / kBundle);
  ASSERT_EQ(::mknod((dir() / kBundle).c_str(), S_IFSOCK | 0600, 0), 0);
  EXPECT_EQ(Find("V4/damaged_file").text, "tile/entries/000 is damaged: it is not a regular file");
}

TEST_F(OddFiles, ACheckpointThatIsEmptyIsNotCalledMissing) {
  WriteText(dir() / "checkpoint", "");
  EXPECT_EQ(Find("V1/checkpoint").text, "checkpoint is damaged: it is empty");
  const VerifyReport report = Verify(OptionsFor(dir()));
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  const std::string text = RenderText(report);
  EXPECT_TRUE(text.starts_with("the export: failed\n  no head: its checkpoint could not be read\n"))
      << text;
  EXPECT_EQ(text.find("0000000000"), std::string::npos) << "a root that nobody stated";
  EXPECT_NE(RenderJson(report).find(R"("origin":null,"size":null,"root":null,"checkpoint":null)"),
            std::string::npos)
      << RenderJson(report);
  EXPECT_EQ(RenderCsv(report).find("0000000000"), std::string::npos);
  fs::remove(dir() / "checkpoint");
  EXPECT_EQ(Find("V1/checkpoint").text, "checkpoint cannot be read: No such file or directory");
}

}  // namespace
}  // namespace suanpan::audit
