// No false alarm: whatever the engine takes of random facts that often break a rule, the audit
// finds nothing wrong in it.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "any_facts_generator.h"
#include "forged_book.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kSorts[] = {"sign",    "sale",    "refund", "cost", "settle",
                                       "receive", "approve", "waive",  "ask",  "pay"};

TEST(AuditProperty, WhateverTheEngineTakesOfAnyFactsIsVerified) {
  std::map<std::string, int> taken;
  std::map<std::string, int> noted;
  EXPECT_TRUE(rc::check([&] {
    AnyFacts facts;
    for (const AnyFact& fact : *AnyHistory(400)) facts.Play(fact);
    const test::TempDir dir;
    WriteForged(dir.path(), "zz", EntriesOf(facts.book()));
    const VerifyReport report = Verify(OptionsFor(dir.path()));
    for (const Finding& finding : report.books.at(0).findings) {
      RC_ASSERT(finding.severity == Severity::kNote);
      ++noted[finding.check];
    }
    RC_ASSERT(report.findings.empty());
    RC_ASSERT(report.verdict == Verdict::kVerified);
    for (const auto& [sort, n] : facts.taken()) taken[sort] += n;
  }));
  for (const std::string_view sort : kSorts) EXPECT_GE(taken[std::string{sort}], 5) << sort;
  EXPECT_FALSE(noted.empty());
}

}  // namespace
}  // namespace suanpan::audit
