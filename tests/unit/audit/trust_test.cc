// What the auditor brings: a wrong key is named, and a checkpoint of the auditor's own that is of
// no use shows in the book's line, in the table and in the verdict alike.

#include <gtest/gtest.h>

#include "sample_log.h"
#include "suanpan/audit/render.h"
#include "suanpan/proof/note.h"

namespace suanpan::audit {
namespace {

class Trust : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    clean_ = std::make_unique<test::TempDir>();
    SampleLog log;
    log.OpenBook();
    log.Export(clean_->path());
  }
  static void TearDownTestSuite() { clean_.reset(); }

  [[nodiscard]] static std::string Named(const proof::VerifierKey& key) {
    return fmt::format("{}+{:08x}", key.name, key.id);
  }
  [[nodiscard]] Finding OnlyFinding() const {
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    EXPECT_EQ(report.books.at(0).findings.size(), 1U) << FindingsOf(report);
    return report.books.at(0).findings.at(0);
  }

  static inline std::unique_ptr<test::TempDir> clean_;
  test::TempDir work_;
  VerifyOptions options_ = OptionsFor(clean_->path());
};

TEST_F(Trust, AWrongKeyIsNamedAndSoIsTheOneThatSigned) {
  const proof::VerifierKey other =
      proof::Signer::FromSeed("books.example", proof::Ed25519Seed{})->verifier();
  const std::string mine = Named(ForBook(other, "zz").value());
  const std::string signer = Named(TestSigner().ForBook("zz")->verifier());
  options_.vkey = proof::ToText(other);
  Finding finding = OnlyFinding();
  EXPECT_EQ(finding.check, "V1/signature");
  EXPECT_EQ(finding.text, "the checkpoint is not signed by the key that was given");
  EXPECT_EQ(finding.expected,
            mine + ", that is the given " + Named(other) + " under this book's name");
  EXPECT_EQ(finding.actual, signer);
  options_.vkey = proof::ToText(ForBook(other, "zz").value());
  finding = OnlyFinding();
  EXPECT_EQ(finding.expected, mine);
  EXPECT_EQ(finding.actual, signer);
}

std::string KeyOf(std::string_view name, std::uint8_t seed) {
  return proof::ToText(proof::Signer::FromSeed(name, proof::Ed25519Seed{seed})->verifier());
}

TEST_F(Trust, EveryPinnedNameIsNamedWhereNoneServesTheOrigin) {
  options_.vkey.clear();
  options_.policy =
      "log " + KeyOf("a.example", 1) + "\nlog " + KeyOf("b.example", 2) + "\nquorum none\n";
  const Finding finding = OnlyFinding();
  EXPECT_EQ(finding.check, "V1/origin");
  EXPECT_EQ(finding.expected, "a.example, b.example");
  EXPECT_EQ(finding.actual, "books.example/zz");
}

TEST_F(Trust, AKeyThatIsStatedMustHaveSignedWhateverAPolicyNames) {
  const std::string genuine = options_.vkey;
  options_.policy = "log " + genuine + "\nquorum none\n";
  EXPECT_EQ(VerifyExport(options_)->verdict, Verdict::kVerified);
  options_.vkey = KeyOf("a.example", 1);
  EXPECT_EQ(OnlyFinding().check, "V1/origin");
  options_.vkey = KeyOf("books.example", 9);
  const Status refused = VerifyExport(options_).error().Clone();
  EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument);
  EXPECT_NE(refused.message().find("has another key of books.example than --vkey"),
            std::string_view::npos)
      << refused.message();
}

TEST_F(Trust, AnAnchorOfNoUseShowsInTheLineTheTableAndTheVerdict) {
  WriteText(work_.path() / "anchor", "no note at all");
  options_.anchors = {work_.path() / "anchor"};
  const VerifyReport report = Verify(options_);
  EXPECT_TRUE(HasFinding(report, "V3/own_file")) << FindingsOf(report);
  EXPECT_EQ(report.verdict, Verdict::kUndecided);
  EXPECT_EQ(report.books.at(0).verdict, Verdict::kUndecided);
  EXPECT_EQ(report.books[0].steps.at(2).result, StepResult::kUndecided);
  const std::string text = RenderText(report);
  EXPECT_TRUE(text.starts_with("books.example/zz: undecided\n")) << text;
  EXPECT_NE(text.find("V3    not decidable\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("verdict: undecided\n")) << text;
}

TEST_F(Trust, AnAnchorThatIsMissingIsNamedOnce) {
  options_.anchors = {work_.path() / "anchor"};
  const VerifyReport report = Verify(options_);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].text,
            (work_.path() / "anchor").string() + " is of no use: No such file or directory");
}

}  // namespace
}  // namespace suanpan::audit
