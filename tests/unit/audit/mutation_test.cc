// One change each to an export that verified (docs/format.md): the auditor has the key and the
// state of an earlier visit. Never is such an export called verified, and the step is named.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "sample_log.h"
#include "suanpan/proof/note.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tile.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

class Mutation : public ::testing::Test {
 protected:
  static constexpr std::string_view kBook = "jx-001";

  static void SetUpTestSuite() {
    log_ = std::make_unique<SampleLog>();
    log_->AddYear(1, 40, 5);
    clean_ = std::make_unique<test::TempDir>();
    log_->Export(clean_->path());
    entries_ = log_->Entries(kBook);
    ASSERT_GT(entries_.size(), 600U);
  }
  static void TearDownTestSuite() {
    clean_.reset();
    log_.reset();
  }
  void SetUp() override {
    fs::copy(clean_->path(), dir(), fs::copy_options::recursive);
    // The earlier visit: the same log, shorter, signed by the same key.
    std::vector<std::string> earlier{entries_.begin(), entries_.begin() + 300};
    const test::TempDir at;
    WriteForged(at.path(), kBook, earlier);
    earlier_ = ReadText(at.path() / "checkpoint");
    options_ = OptionsFor(dir());
    options_.state_dir = work_.path() / "state";
    WriteText(StateFile(), earlier_);
  }

  [[nodiscard]] fs::path dir() const { return work_.path() / "export"; }
  [[nodiscard]] fs::path StateFile() const {
    const std::string origin = "books.example/" + std::string{kBook};
    return work_.path() / "state" / (ToHex(proof::Sha256(AsBytes(origin)).bytes) + ".checkpoint");
  }
  [[nodiscard]] static std::string LastBundle() {
    const std::uint64_t size = entries_.size();
    return proof::TilePath(
        {proof::kEntriesLevel, size / 256, static_cast<std::uint32_t>(size % 256)});
  }
  [[nodiscard]] static std::string LastTile() {
    std::string name = LastBundle();
    return name.replace(name.find("entries"), 7, "0");
  }

  void Flip(const std::string& name, std::size_t byte) {
    std::string bytes = ReadText(dir() / name);
    ASSERT_LT(byte, bytes.size()) << name;
    bytes[byte] = static_cast<char>(bytes[byte] ^ 1);
    WriteText(dir() / name, bytes);
  }
  void ExpectFound(std::string_view check, Verdict verdict = Verdict::kFailed) {
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, verdict) << FindingsOf(report);
    EXPECT_TRUE(HasFinding(report, check)) << check << " is not among\n" << FindingsOf(report);
    EXPECT_NE(ExitCode(report.verdict), 0);
    EXPECT_EQ(ReadText(StateFile()), earlier_) << "the state may change only when verified";
  }
  void ExpectVerified() {
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  }

  static inline std::unique_ptr<SampleLog> log_;
  static inline std::unique_ptr<test::TempDir> clean_;
  static inline std::vector<std::string> entries_;
  test::TempDir work_;
  VerifyOptions options_;
  std::string earlier_;
};

TEST_F(Mutation, NoneVerifiesAndTheStateMovesOn) {
  ExpectVerified();
  EXPECT_EQ(ReadText(StateFile()), ReadText(dir() / "checkpoint"));
  ExpectVerified();
}

TEST_F(Mutation, AFlippedBitAnywhereInTheCheckpoint) {
  const std::size_t size = ReadText(dir() / "checkpoint").size();
  for (std::size_t byte = 0; byte < size; ++byte) {
    Flip("checkpoint", byte);
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, Verdict::kFailed) << byte << FindingsOf(report);
    Flip("checkpoint", byte);
  }
}

TEST_F(Mutation, TheSameSizeWithAnotherRootAsAnAnchorHasIt) {
  std::vector<std::string> entries = entries_;
  std::swap(entries[100], entries[101]);
  const test::TempDir other;
  WriteForged(other.path(), kBook, entries);
  options_.anchors = {other.path() / "checkpoint"};
  ExpectFound("V3/other_root");
}

TEST_F(Mutation, AnAnchorOfAnEarlierSizeThatIsNoPrefix) {
  std::vector<std::string> entries{entries_.begin(), entries_.begin() + 257};
  std::swap(entries[100], entries[101]);
  const test::TempDir other;
  WriteForged(other.path(), kBook, entries);
  options_.anchors = {other.path() / "checkpoint"};
  ExpectFound("V3/not_a_prefix");
}

TEST_F(Mutation, AnchorsOfEveryKindOfSizeThatArePrefixesAreAccepted) {
  for (const std::size_t size : {1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U}) {
    const test::TempDir other;
    WriteForged(other.path(), kBook, {entries_.begin(), entries_.begin() + std::ptrdiff_t(size)});
    const fs::path anchor = work_.path() / ("anchor" + std::to_string(size));
    WriteText(anchor, ReadText(other.path() / "checkpoint"));
    options_.anchors.push_back(anchor);
  }
  ExpectVerified();
}

TEST_F(Mutation, AMissingCheckpointHidesABookThatTheAuditorKnows) {
  fs::remove(dir() / "checkpoint");
  ExpectFound("V1/checkpoint");
  ExpectFound("V3/missing_book");
  options_.state_dir.reset();
  ExpectFound("V1/checkpoint", Verdict::kUndecided);
}

TEST_F(Mutation, ANarrowerPrefixOfAnEarlierSizeIsAllowed) {
  WriteText(dir() / "tile/0/000.p/7", ReadText(dir() / "tile/0/000").substr(0, 224));
  ExpectVerified();
}

TEST_F(Mutation, AnotherKeyOrAnotherOrigin) {
  proof::Ed25519Seed seed{};
  options_.vkey = proof::ToText(proof::Signer::FromSeed("books.example", seed)->verifier());
  ExpectFound("V1/signature");
  options_.vkey = proof::ToText(proof::Signer::FromSeed("other.example", seed)->verifier());
  ExpectFound("V1/origin");
  options_.vkey = proof::ToText(TestSigner().ForBook("jx-002")->verifier());
  ExpectFound("V1/origin");
}

TEST_F(Mutation, NoKeyIsUndecidedHoweverGoodTheExport) {
  options_.vkey.clear();
  ExpectFound("V1/no_key", Verdict::kUndecided);
}

TEST_F(Mutation, TheKeyOfTheBookServesToo) {
  options_.vkey = proof::ToText(TestSigner().ForBook(kBook)->verifier());
  ExpectVerified();
}

}  // namespace
}  // namespace suanpan::audit
