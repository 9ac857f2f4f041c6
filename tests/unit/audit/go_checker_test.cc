// The independent checker accepts what the engine exports, and refuses it changed.

#include <gtest/gtest.h>

#include <cstdlib>

#include "sample_log.h"
#include "suanpan/proof/base64.h"
#include "support/run_command.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;
using test::Outcome;
using test::RunCommand;

class GoChecker : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    work_ = std::make_unique<test::TempDir>();
    build_ = RunCommand("'" SUANPAN_SOURCE_DIR "/tools/go-checker/build' '" + Program() + "'");
  }
  static void TearDownTestSuite() { work_.reset(); }
  void SetUp() override {
    if (build_.exit_code == 77) GTEST_SKIP() << build_.output;
    ASSERT_EQ(build_.exit_code, 0) << build_.output;
  }

  [[nodiscard]] static std::string Program() { return *work_ / "go-checker"; }
  [[nodiscard]] static Outcome Check(const fs::path& dir) {
    return RunCommand("'" + Program() + "' '" + dir.string() + "' '" +
                      proof::ToText(TestSigner().verifier()) + "'");
  }
  /// Both checkers accept the export, and name the same size and root.
  static void ExpectBothAccept(const fs::path& dir, std::uint64_t size) {
    const VerifyReport report = Verify(OptionsFor(dir));
    ASSERT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
    ASSERT_EQ(report.books.size(), 1U);
    EXPECT_EQ(report.books[0].size, size);
    const Outcome go = Check(dir);
    EXPECT_EQ(go.exit_code, 0);
    EXPECT_EQ(go.output, fmt::format("ok size={} root={}\n", size,
                                     proof::EncodeBase64(report.books[0].root.bytes)));
  }

  static inline std::unique_ptr<test::TempDir> work_;
  static inline Outcome build_{-1, {}};
};

TEST_F(GoChecker, AgreesWithTheAuditOnAnExportedBook) {
  SampleLog log;
  log.AddYear(1, 40, 6);
  const test::TempDir work;
  const fs::path dir = work.path() / "export";
  log.Export(dir);
  ExpectBothAccept(dir, log.Entries("jx-001").size());
  std::string bundle = ReadText(dir / "tile/entries/000");
  bundle[4000] = static_cast<char>(bundle[4000] ^ 1);
  WriteText(dir / "tile/entries/000", bundle);
  EXPECT_EQ(Verify(OptionsFor(dir)).verdict, Verdict::kFailed);
  const Outcome refused = Check(dir);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.output.find("refused:"), std::string::npos) << refused.output;
}

TEST_F(GoChecker, AgreesWithTheAuditOnABookThatGrowsOverTheEdgesOfTiles) {
  SampleLog log;
  log.OpenBook();
  const test::TempDir work;
  std::uint64_t entries = 1;
  for (const std::uint64_t size : {1U, 255U, 256U, 257U, 511U, 512U, 513U}) {
    SCOPED_TRACE(size);
    for (; entries < size; ++entries) {
      log.Fact(entries + 1, "2025-01-02",
               fmt::format(R"("kind":"party.registered","party":"v-{}","party_type":"vendor")",
                           entries));
    }
    ASSERT_EQ(log.Head("zz").size, TreeSize{size});
    // Into a new directory, and into that of the smaller sizes, whose partial tiles may stay.
    const fs::path fresh = work.path() / std::to_string(size);
    log.Export(fresh);
    ExpectBothAccept(fresh, size);
    log.Export(work.path() / "growing");
    ExpectBothAccept(work.path() / "growing", size);
  }
}

}  // namespace
}  // namespace suanpan::audit
