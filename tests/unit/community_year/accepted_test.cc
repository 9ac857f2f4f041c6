// The engine takes every command of a generated year, of whatever size.

#include <gtest/gtest.h>

#include <cstdint>

#include "suanpan/community_year/generate.h"
#include "suanpan/store/memory_store.h"
#include "support/test_ledger.h"

namespace suanpan::community_year {
namespace {

YearOptions Small() {
  YearOptions options;
  options.vendors = 3;
  options.sales_per_vendor_day = 1;
  return options;
}

/// Entries of the first book after all of it was taken.
std::uint64_t EntriesOf(const YearOptions& options) {
  test::TestLedger ledger{store::MakeMemoryStore()};
  ledger.AddYear(options);
  return ledger.ledger().Seal(BookName(options.first_community)).value().size.value();
}

TEST(Accepted, AWholeYearOfOneFactACommand) { EXPECT_GT(EntriesOf(Small()), 10'000U); }

TEST(Accepted, WholeYearsOfOtherSeedsAndManyFactsACommand) {
  YearOptions options = Small();
  options.facts_per_command = 50;
  for (options.seed = 2; options.seed < 10; ++options.seed)
    EXPECT_LT(EntriesOf(options), 10'000U) << options.seed;
}

TEST(Accepted, AWholeYearOfOneHouseholdOrNone) {
  YearOptions options = Small();
  options.first_community = 7;
  for (const std::uint32_t households : {0U, 1U}) {
    options.households = households;
    EXPECT_GT(EntriesOf(options), 0U) << households;
  }
}

TEST(Accepted, TheFirstDaysOfTheLargestStation) {
  YearOptions options = Small();
  options.days = 3;
  options.vendors = kVendorsMax;
  options.households = kHouseholdsMax;
  options.facts_per_command = kFactsPerCommandMax;
  EXPECT_GT(EntriesOf(options), 0U);
}

}  // namespace
}  // namespace suanpan::community_year
