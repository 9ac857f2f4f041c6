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

TEST_F(Mutation, AFlippedBitInAnEntry) {
  Flip("tile/entries/000", 5000);
  ExpectFound("V4/root");
  const VerifyReport report = Verify(options_);
  EXPECT_TRUE(HasFinding(report, "V4/tile")) << FindingsOf(report);
}

TEST_F(Mutation, AFlippedBitInALengthOfABundle) {
  Flip("tile/entries/001", 1);
  ExpectFound("V4/damaged_file");
}

TEST_F(Mutation, AFlippedBitInATileOfAnyLevel) {
  Flip("tile/0/000", 8191);
  ExpectFound("V4/tile");
  Flip("tile/0/000", 8191);
  Flip(LastTile(), 3);
  ExpectFound("V4/tile");
  Flip(LastTile(), 3);
  const std::string level1 = "tile/1/000.p/" + std::to_string(entries_.size() / 256);
  Flip(level1, 31);
  ExpectFound("V4/tile");
  Flip(level1, 31);
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

TEST_F(Mutation, SwappedDroppedAndShortenedEntriesUnderTheOldCheckpoint) {
  const std::string checkpoint = ReadText(dir() / "checkpoint");
  std::vector<std::string> swapped = entries_;
  std::swap(swapped[100], swapped[101]);
  WriteForged(dir(), kBook, swapped);
  WriteText(dir() / "checkpoint", checkpoint);
  ExpectFound("V4/root");
  std::vector<std::string> dropped = entries_;
  dropped.erase(dropped.begin() + 50);
  WriteForged(dir(), kBook, dropped);
  WriteText(dir() / "checkpoint", checkpoint);
  ExpectFound("V4/surplus_file");
}

TEST_F(Mutation, TheLastEntriesCutOffAndSignedAgain) {
  WriteForged(dir(), kBook, {entries_.begin(), entries_.begin() + 250});
  ExpectFound("V3/shorter");
}

TEST_F(Mutation, AnOlderCheckpointThanTheAuditorHas) {
  WriteText(StateFile(), ReadText(clean_->path() / "checkpoint"));
  WriteForged(dir(), kBook, {entries_.begin(), entries_.begin() + 300});
  const VerifyReport report = Verify(options_);
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V3/shorter")) << FindingsOf(report);
}

TEST_F(Mutation, AnotherValidLogUnderTheSameKey) {
  SampleLog other;
  other.AddYear(1, 60, 5);
  WriteForged(dir(), kBook, other.Entries(kBook));
  // The generator's longer year begins like the shorter one, so something must differ early.
  std::vector<std::string> entries = other.Entries(kBook);
  entries[20] = Changed(entries[20], [](schema::EntryCommon& common, auto&) {
    common.recorded_at = InstantUs{common.recorded_at.value() - 1};
  });
  WriteForged(dir(), kBook, entries);
  ExpectFound("V3/not_a_prefix");
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

TEST_F(Mutation, ABundleCutShortOrLongerThanItsEntries) {
  const std::string good = ReadText(dir() / LastBundle());
  WriteText(dir() / LastBundle(), good.substr(0, good.size() - 1));
  ExpectFound("V4/damaged_file");
  WriteText(dir() / LastBundle(), good + "x");
  ExpectFound("V4/damaged_file");
}

TEST_F(Mutation, AMissingFileIsNotDecidable) {
  for (const std::string& name :
       {std::string{"tile/entries/000"}, LastBundle(), LastTile(), std::string{"tile/0/001"},
        std::string{"tile/1/000.p/"} + std::to_string(entries_.size() / 256)}) {
    const std::string good = ReadText(dir() / name);
    fs::remove(dir() / name);
    ExpectFound("V4/missing_file", Verdict::kUndecided);
    WriteText(dir() / name, good);
  }
}

TEST_F(Mutation, AMissingCheckpointHidesABookThatTheAuditorKnows) {
  fs::remove(dir() / "checkpoint");
  ExpectFound("V1/checkpoint");
  ExpectFound("V3/missing_book");
  options_.state_dir.reset();
  ExpectFound("V1/checkpoint", Verdict::kUndecided);
}

TEST_F(Mutation, SurplusFilesAndWrongWidths) {
  for (const std::string name : {"tile/notes.txt", "tile/0/009", "tile/2/000", "tile/0/000.p/5",
                                 "tile/entries/000.p/1", "tile/0/1"}) {
    WriteText(dir() / name, "x");
    ExpectFound("V4/surplus_file");
    fs::remove(dir() / name);
    if (fs::path{name}.parent_path().extension() == ".p") fs::remove((dir() / name).parent_path());
  }
  const std::string tile = ReadText(dir() / LastTile());
  fs::remove(dir() / LastTile());
  WriteText((dir() / LastTile()).parent_path() / std::to_string(entries_.size() % 256 - 1),
            tile.substr(32));
  ExpectFound("V4/missing_file");
}

TEST_F(Mutation, ANarrowerPrefixOfAnEarlierSizeIsAllowed) {
  WriteText(dir() / "tile/0/000.p/7", ReadText(dir() / "tile/0/000").substr(0, 224));
  ExpectVerified();
}

TEST_F(Mutation, TheCheckpointWithCarriageReturnsTrailingBytesOrBrokenSignatures) {
  const std::string good = ReadText(dir() / "checkpoint");
  std::string crlf = good;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) {
    crlf.replace(at, 1, "\r\n");
  }
  const std::string broken = proof::FormatSignatureLine(TestSigner().ForBook(kBook)->verifier(),
                                                        AsBytes(std::string(64, 'x')));
  const std::size_t signatures = good.find("\n\n") + 2;
  for (const std::string& bad : {crlf, good + "x", good + broken,
                                 good.substr(0, signatures) + broken + good.substr(signatures),
                                 good.substr(0, signatures), std::string{}}) {
    WriteText(dir() / "checkpoint", bad);
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, Verdict::kFailed) << bad;
    EXPECT_EQ(report.books[0].steps[0].result, StepResult::kFailed) << FindingsOf(report);
  }
}

/// A little-endian number of 32 bytes plus the order of ed25519's group,
/// L = 2^252 + 27742317777372353535851937790883648493.
void AddGroupOrder(char* number) {
  constexpr std::array<std::uint8_t, 32> kOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                                   0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                                   0,    0,    0,    0,    0,    0,    0,    0,
                                                   0,    0,    0,    0,    0,    0,    0,    0x10};
  unsigned carry = 0;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    carry += static_cast<std::uint8_t>(number[i]) + unsigned{kOrder[i]};
    number[i] = static_cast<char>(carry & 0xffU);
    carry >>= 8U;
  }
  ASSERT_EQ(carry, 0U);
}

TEST_F(Mutation, ASignatureWithTheGroupOrderAddedToItsSecondHalf) {
  // S and S + L satisfy the same equation: a checker that does not demand S < L would accept a
  // second spelling of every signature, made without the key.
  const std::string good = ReadText(dir() / "checkpoint");
  proof::Note note = proof::ParseNote(good).value();
  ASSERT_EQ(note.signatures.size(), 1U);
  std::string& signature = note.signatures[0].signature;
  ASSERT_EQ(signature.size(), 64U);
  const proof::VerifierKey key = TestSigner().ForBook(kBook)->verifier();
  const auto file = [&] {
    return note.text + "\n" + proof::FormatSignatureLine(key, AsBytes(signature));
  };
  ASSERT_EQ(file(), good) << "taken apart and put together";
  AddGroupOrder(signature.data() + 32);
  WriteText(dir() / "checkpoint", file());
  ExpectFound("V1/signature");
  WriteText(dir() / "checkpoint", good + file().substr(note.text.size() + 1));
  ExpectFound("V1/signature");
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

TEST_F(Mutation, AChangedMissingOrForeignSchemaFile) {
  const std::string name = ToHex(proof::Sha256(TestSchemas()[0].compiled).bytes);
  const std::string good = ReadText(dir() / "schemas" / (name + ".bfbs"));
  WriteText(dir() / "schemas" / (name + ".bfbs"), "other");
  ExpectFound("V5/schema_file");
  fs::remove(dir() / "schemas" / (name + ".bfbs"));
  ExpectFound("V5/missing_schema", Verdict::kUndecided);
  WriteText(dir() / "schemas" / (name + ".bfbs"), good);
  WriteText(dir() / "schemas" / "0000.bfbs", "x");
  ExpectFound("V5/unknown_schema");
}

TEST_F(Mutation, ABookThatTheStateKnowsAndTheExportLacks) {
  const test::TempDir other;
  WriteForged(other.path(), "jx-002", {entries_.begin(), entries_.begin() + 10});
  const std::string origin = "books.example/jx-002";
  WriteText(work_.path() / "state" / (ToHex(proof::Sha256(AsBytes(origin)).bytes) + ".checkpoint"),
            ReadText(other.path() / "checkpoint"));
  ExpectFound("V3/missing_book");
}

}  // namespace
}  // namespace suanpan::audit
