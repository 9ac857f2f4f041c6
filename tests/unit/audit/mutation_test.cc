// Changes to an export, and to what the auditor brings, that are no row of the table of forgeries:
// every byte of the checkpoint, and checkpoints of other sizes as anchors.

#include <gtest/gtest.h>

#include <algorithm>

#include "visit.h"

namespace suanpan::audit {
namespace {

using Entries = std::vector<std::string>;

Entries First(std::size_t count) {
  return {Visit::Genuine().begin(), Visit::Genuine().begin() + static_cast<std::ptrdiff_t>(count)};
}

class Mutation : public ::testing::Test {
 protected:
  void ExpectFound(std::string_view check) {
    const VerifyReport report = visit_.InProcess();
    EXPECT_EQ(report.verdict, Verdict::kFailed) << FindingsOf(report);
    EXPECT_TRUE(HasFinding(report, check)) << check << " is not among\n" << FindingsOf(report);
  }
  void ExpectVerified() {
    const VerifyReport report = visit_.InProcess();
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  }

  /// An auditor who comes for the first time.
  [[nodiscard]] VerifyOptions FirstVisit() const {
    VerifyOptions options = OptionsFor(visit_.dir());
    options.schemas = schema::SchemaFiles();
    return options;
  }

  Visit visit_;
};

TEST_F(Mutation, AFlippedBitAnywhereInTheCheckpoint) {
  const std::size_t size = visit_.Read(Visit::kCheckpoint).size();
  for (std::size_t byte = 0; byte < size; ++byte) {
    visit_.Flip(Visit::kCheckpoint, byte);
    const VerifyReport report = visit_.InProcess();
    EXPECT_NE(report.verdict, Verdict::kVerified) << byte << FindingsOf(report);
    visit_.Flip(Visit::kCheckpoint, byte);
  }
  ExpectVerified();
}

TEST_F(Mutation, TheSameSizeWithAnotherRootAsAnAnchorHasIt) {
  Entries entries = Visit::Genuine();
  std::swap(entries[100], entries[101]);
  visit_.Anchor(entries);
  ExpectFound("V3/other_root");
}

TEST_F(Mutation, AnAnchorOfAnEarlierSizeThatIsNoPrefix) {
  Entries entries = First(257);
  std::swap(entries[100], entries[101]);
  visit_.Anchor(entries);
  ExpectFound("V3/not_a_prefix");
}

TEST_F(Mutation, AnchorsOfEveryKindOfSizeThatArePrefixesAreAccepted) {
  for (const std::size_t size : {0U, 1U, 2U, 255U, 256U, 257U, 264U, 265U}) {
    visit_.Anchor(First(size));
  }
  ExpectVerified();
}

TEST_F(Mutation, AnchorsWithinLaterBundlesAreComparedToo) {
  SampleLog log;
  log.AddYear(1, 40, 5);
  const Entries entries = log.Entries("jx-001");
  ASSERT_GT(entries.size(), 600U);
  const test::TempDir dir;
  log.Export(dir.path() / "export");
  VerifyOptions options = OptionsFor(dir.path() / "export");
  for (const std::size_t size : {511U, 512U, 513U}) {
    const auto end = entries.begin() + static_cast<std::ptrdiff_t>(size);
    const std::filesystem::path other = dir.path() / std::to_string(size);
    WriteForged(other, "jx-001", {entries.begin(), end});
    options.anchors.push_back(other / Visit::kCheckpoint);
  }
  EXPECT_EQ(Verify(options).verdict, Verdict::kVerified) << FindingsOf(Verify(options));
}

TEST_F(Mutation, AMissingCheckpointIsUndecidedForWhoKnowsNoEarlierOne) {
  visit_.Remove(Visit::kCheckpoint);
  const VerifyReport report = Verify(FirstVisit());
  EXPECT_EQ(report.verdict, Verdict::kUndecided);
  EXPECT_TRUE(HasFinding(report, "V1/checkpoint")) << FindingsOf(report);
}

TEST_F(Mutation, ANarrowerPrefixOfAnEarlierSizeIsAllowed) {
  visit_.Write("tile/0/000.p/7", visit_.Read("tile/0/000").substr(0, 224));
  ExpectVerified();
}

TEST_F(Mutation, NoKeyIsUndecidedHoweverGoodTheExport) {
  VerifyOptions options = FirstVisit();
  options.vkey.clear();
  const VerifyReport report = Verify(options);
  EXPECT_EQ(report.verdict, Verdict::kUndecided);
  EXPECT_TRUE(HasFinding(report, "V1/no_key")) << FindingsOf(report);
}

TEST_F(Mutation, TheKeyOfTheBookServesToo) {
  visit_.vkey = proof::ToText(TestSigner().ForBook(Visit::kBook)->verifier());
  visit_.policy = "log " + visit_.vkey + "\nquorum none\n";
  ExpectVerified();
}

}  // namespace
}  // namespace suanpan::audit
