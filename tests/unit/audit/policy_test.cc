#include "suanpan/audit/policy.h"

#include <gtest/gtest.h>

#include "sample_log.h"
#include "suanpan/proof/note.h"
#include "witnesses.h"

namespace suanpan::audit {
namespace {

std::string LogKey() { return proof::ToText(TestSigner().verifier()); }

std::string ThreeWitnesses() {
  std::string text = "# policy of the auditor\n\nlog " + LogKey() + " https://log.example/\n";
  for (std::uint8_t n = 1; n <= 3; ++n) {
    text += fmt::format("witness\tw{}  {}\n", n, WitnessKey(n));
  }
  return text;
}

TEST(Policy, GroupsAndThresholdsAreCounted) {
  const Policy policy =
      ParsePolicy(ThreeWitnesses() + "group pair any w1 w2\ngroup both all pair w3\nquorum both\n")
          .value();
  EXPECT_EQ(policy.logs.size(), 1U);
  EXPECT_EQ(policy.witnesses.size(), 3U);
  EXPECT_FALSE(policy.IsSatisfiedBy({}));
  EXPECT_FALSE(policy.IsSatisfiedBy({"w1", "w2"}));
  EXPECT_FALSE(policy.IsSatisfiedBy({"w3"}));
  EXPECT_TRUE(policy.IsSatisfiedBy({"w2", "w3"}));
  const Policy two = ParsePolicy(ThreeWitnesses() + "group g 2 w1 w2 w3\nquorum g\n").value();
  EXPECT_FALSE(two.IsSatisfiedBy({"w3"}));
  EXPECT_TRUE(two.IsSatisfiedBy({"w1", "w3"}));
  EXPECT_TRUE(ParsePolicy(ThreeWitnesses() + "quorum none\n")->IsSatisfiedBy({}));
  EXPECT_TRUE(ParsePolicy(ThreeWitnesses() + "quorum w1")->IsSatisfiedBy({"w1"}));
}

TEST(Policy, AnythingElseIsRefusedWithItsLine) {
  const std::string base = ThreeWitnesses();
  for (const std::string& bad : {base,
                                 base + "quorum none\nquorum none\n",
                                 base + "quorum w9\n",
                                 base + "quorum\n",
                                 base + "group g any w1 w9\nquorum none\n",
                                 base + "group g any w1\ngroup h any w1\nquorum none\n",
                                 base + "group g any w1 w1\nquorum none\n",
                                 base + "group g 3 w1 w2\nquorum none\n",
                                 base + "group g 0 w1 w2\nquorum none\n",
                                 base + "group g 01 w1 w2\nquorum none\n",
                                 base + "group g -1 w1 w2\nquorum none\n",
                                 base + "group g all\nquorum none\n",
                                 base + "group w1 all w2\nquorum none\n",
                                 base + "witness w1 " + WitnessKey(4) + "\nquorum none\n",
                                 base + "witness w4 " + WitnessKey(1) + "\nquorum none\n",
                                 base + "witness none " + WitnessKey(4) + "\nquorum none\n",
                                 base + "log " + LogKey() + "\nquorum none\n",
                                 base + "log " + WitnessKey(4) + "\nquorum none\n",
                                 base + "witness w4 " + LogKey() + "\nquorum none\n",
                                 base + "quorum none\r\n",
                                 base + "Quorum none\n",
                                 base + "log\nquorum none\n"}) {
    const Result<Policy> policy = ParsePolicy(bad);
    ASSERT_FALSE(policy.ok()) << bad;
    EXPECT_EQ(policy.error().code(), StatusCode::kInvalidArgument);
  }
}

TEST(Policy, TheLineOfAFaultIsCountedFromTheTop) {
  const Result<Policy> policy = ParsePolicy("# policy\n\nlog " + LogKey() + "\nwitness w1\n");
  ASSERT_FALSE(policy.ok());
  EXPECT_EQ(policy.error().message(), "line 4: witness <name> <vkey> [url]");
}

TEST(Policy, AFaultNamesTheFile) {
  const test::TempDir dir;
  VerifyOptions options = OptionsFor(dir.path());
  options.policy_name = "mine.policy";
  options.policy = "log " + LogKey() + "\n";
  EXPECT_EQ(
      VerifyExport(options).error().message(),
      "mine.policy: there is no quorum line; `quorum none` says that no witness is asked for");
  options.policy = "quorum one\n";
  EXPECT_EQ(VerifyExport(options).error().message(),
            "mine.policy: line 1: 'one' is not defined above");
  options.policy = "";  // a policy all the same
  EXPECT_FALSE(VerifyExport(options).ok());
}

class Quorum : public ::testing::Test {
 protected:
  void SetUp() override {
    log_.AddYear(1, 3, 2);
    log_.Export(dir_.path());
    options_ = OptionsFor(dir_.path());
    options_.vkey.clear();
    options_.policy = ThreeWitnesses() + "group g 2 w1 w2 w3\nquorum g\n";
  }
  /// Adds the cosignature of witness n.
  void Cosign(std::uint8_t n, std::uint64_t time_s, std::string_view over = {}) {
    const std::string note = ReadText(dir_.path() / "checkpoint");
    const std::string text = proof::ParseNote(note)->text;
    WriteText(dir_.path() / "checkpoint",
              note + CosignatureLine(n, time_s, over.empty() ? text : over));
  }
  void Expect(Verdict verdict, std::string_view check = {}) {
    const VerifyReport report = Verify(options_);
    EXPECT_EQ(report.verdict, verdict) << FindingsOf(report);
    if (check.empty()) return;
    EXPECT_TRUE(HasFinding(report, check)) << FindingsOf(report);
  }

  SampleLog log_;
  test::TempDir dir_;
  VerifyOptions options_;
};

TEST_F(Quorum, IsReachedByEnoughWitnessesAndUndecidedBelow) {
  Expect(Verdict::kUndecided, "V2/quorum");
  Cosign(1, 1000);
  Cosign(4, 1000);  // not the auditor's
  Expect(Verdict::kUndecided, "V2/quorum");
  Cosign(1, 1001);  // the same again
  Expect(Verdict::kUndecided, "V2/quorum");
  Cosign(3, 1000);
  Expect(Verdict::kVerified);
}

TEST_F(Quorum, StaleAndFutureCosignaturesDoNotDo) {
  Cosign(1, 1000);
  Cosign(3, 1000);
  options_.max_age_s = 60;
  options_.now = InstantUs{1'060'000'000};
  Expect(Verdict::kVerified);
  options_.now = InstantUs{1'061'000'000};
  Expect(Verdict::kUndecided, "V2/stale");
  options_.now = InstantUs{999'000'000};
  Expect(Verdict::kFailed, "V2/future");
}

TEST_F(Quorum, AnAgeThatNothingCanTellIsUndecided) {
  options_.max_age_s = 60;
  options_.now = InstantUs{1'060'000'000};
  options_.vkey = LogKey();
  options_.policy.reset();
  Expect(Verdict::kUndecided, "V2/max_age");
  options_.vkey.clear();
  options_.policy = ThreeWitnesses() + "quorum none\n";
  Cosign(1, 1050);
  Expect(Verdict::kUndecided, "V2/max_age");
  options_.policy = ThreeWitnesses() + "quorum w1\n";
  Expect(Verdict::kVerified);
  options_.now.reset();
  Expect(Verdict::kUndecided, "V2/max_age");
}

TEST_F(Quorum, ACosignatureOfAnotherTextFails) {
  Cosign(1, 1000);
  Cosign(3, 1000, "books.example/jx-001\n1\nother\n");
  Expect(Verdict::kFailed, "V1/signature");
}

}  // namespace
}  // namespace suanpan::audit
