// What the engine accepts, the audit verifies: random histories of commands, exported and judged by
// checks that share no rule with the engine.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sample_log.h"
#include "suanpan/proof/sha256.h"
#include "support/donation_generators.h"

namespace suanpan::audit {
namespace {

using testing::DonationHistory;
using testing::Step;

/// The report of the audit on a book's log.
VerifyReport ReportOn(const testing::BookHarness& book) {
  const test::TempDir dir;
  std::vector<std::string> entries;
  for (std::uint64_t seq = 1; seq <= book.size(); ++seq) entries.push_back(book.bytes(Seq{seq}));
  WriteForged(dir.path(), "zz", entries);
  return Verify(OptionsFor(dir.path()));
}

TEST(AuditProperty, WhateverTheEngineAcceptedIsVerified) {
  EXPECT_TRUE(rc::check([] {
    DonationHistory history{testing::AnyTerms(), TestStamp()};
    for (Step step : *rc::gen::arbitrary<std::vector<Step>>()) {
      // Lines for nothing are rare among thousands of amounts.
      if (step.pick % 7 == 0) step.amount = step.amount % 2;
      history.Play(step);
    }
    const VerifyReport report = ReportOn(history.book());
    RC_ASSERT(FindingsOf(report) == std::string{});
    RC_ASSERT(report.verdict == Verdict::kVerified);
  }));
}

}  // namespace
}  // namespace suanpan::audit
