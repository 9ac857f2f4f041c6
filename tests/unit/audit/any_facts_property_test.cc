// No false alarm: whatever the engine takes of random facts that often break a rule, the audit
// finds nothing wrong in it.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "any_facts.h"
#include "forged_book.h"

namespace rc {

using suanpan::audit::AnyFact;

template <>
struct Arbitrary<AnyFact> {
  static Gen<AnyFact> arbitrary() {
    return gen::resize(
        kNominalSize,
        gen::build<AnyFact>(gen::set(&AnyFact::what, gen::weightedElement<int>({{3, 0},
                                                                                {4, 1},
                                                                                {2, 2},
                                                                                {2, 3},
                                                                                {6, 4},
                                                                                {4, 5},
                                                                                {5, 6},
                                                                                {3, 7},
                                                                                {3, 8},
                                                                                {5, 9}})),
                            gen::set(&AnyFact::who, gen::inRange(0, 3)),
                            gen::set(&AnyFact::name, gen::inRange(0, 24)),
                            gen::set(&AnyFact::day, gen::inRange(0, 24)),
                            gen::set(&AnyFact::other_day, gen::inRange(0, 24)),
                            gen::set(&AnyFact::amount, gen::inRange(0, 3'000)),
                            gen::set(&AnyFact::pick, gen::inRange(0, 1'000))));
  }
};

}  // namespace rc

namespace suanpan::audit {
namespace {

constexpr std::string_view kSorts[] = {"sign",    "sale",    "refund", "cost", "settle",
                                       "receive", "approve", "waive",  "ask",  "pay"};

TEST(AuditProperty, WhateverTheEngineTakesOfAnyFactsIsVerified) {
  std::map<std::string, int> taken;
  std::map<std::string, int> noted;
  EXPECT_TRUE(rc::check([&] {
    AnyFacts facts;
    const auto count =
        static_cast<std::size_t>(*rc::gen::resize(rc::kNominalSize, rc::gen::inRange(1, 400)));
    for (const AnyFact& fact :
         *rc::gen::container<std::vector<AnyFact>>(count, rc::gen::arbitrary<AnyFact>())) {
      facts.Play(fact);
    }
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
