// Random histories against the second opinion (RapidCheck prints the seed of a failure;
// RC_PARAMS="seed=N" repeats it).

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "suanpan/schema/kinds/donations.h"
#include "support/donation_generators.h"

namespace suanpan::testing {
namespace {

/// Sum of the d of all accruals of an agreement, and that each B, T, r follows from the one before.
std::int64_t SumOfChanges(const BookHarness& book, NameId agreement) {
  std::int64_t sum = 0;
  std::int64_t base = 0;
  for (std::uint64_t seq = 1; seq <= book.size(); ++seq) {
    for (const schema::Event& event : book.entry(Seq{seq}).events) {
      if (event.kind->number != schema::DonationAccrued::kKind) continue;
      const auto& accrual = event.As<schema::DonationAccrued>().fixed;
      if (accrual.agreement != agreement) continue;
      sum += accrual.due_change.value();
      base += accrual.entry.value();
      RC_ASSERT(sum == accrual.due_total.value());
      RC_ASSERT(base == accrual.base.value());
    }
  }
  return sum;
}

TEST(DonationProperty, BookAgreesWithTheSecondOpinionAfterEveryCommand) {
  EXPECT_TRUE(rc::check([] {
    DonationHistory history{AnyTerms()};
    for (const Step& step : *rc::gen::arbitrary<std::vector<Step>>()) {
      history.Play(step);
      RC_ASSERT(history.Difference() == std::string{});
    }
    for (std::size_t i = 0; i < history.agreements(); ++i) {
      const rules::Agreement& agreement = history.book().AgreementOf("ag-" + std::to_string(i));
      RC_ASSERT(SumOfChanges(history.book(), agreement.name) == agreement.due_total.value());
    }
    RC_ASSERT(history.book().CompareWithReplay() == std::string{});
  }));
}

TEST(DonationProperty, FiguresDoNotDependOnTheOrderOfEntries) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<Terms> terms = AnyTerms();
    std::vector<Step> steps = *rc::gen::arbitrary<std::vector<Step>>();
    constexpr int kOrderFree[] = {Step::kSale, Step::kLooseRefund, Step::kLooseCost};
    for (Step& step : steps) step.what = kOrderFree[step.what % 3];
    DonationHistory first{terms};
    for (const Step& step : steps) first.Play(step);
    for (std::size_t i = steps.size(); i > 1; --i) {
      std::swap(steps[i - 1], steps[*rc::gen::inRange(std::size_t{0}, i)]);
    }
    DonationHistory second{terms};
    for (const Step& step : steps) second.Play(step);
    for (std::size_t i = 0; i < first.agreements(); ++i) {
      RC_ASSERT(first.FiguresOf(i) == second.FiguresOf(i));
    }
  }));
}

TEST(DonationProperty, SaleAndItsFullRefundRestoreBaseDueAndResidue) {
  EXPECT_TRUE(rc::check([] {
    DonationHistory history{AnyTerms()};
    for (const Step& step : *rc::gen::arbitrary<std::vector<Step>>()) history.Play(step);
    const Step step = *rc::gen::arbitrary<Step>();
    std::vector<std::string> before;
    for (std::size_t i = 0; i < history.agreements(); ++i) before.push_back(history.FiguresOf(i));
    history.SellAndTakeBack(step);
    for (std::size_t i = 0; i < history.agreements(); ++i) {
      RC_ASSERT(history.FiguresOf(i) == before[i]);
    }
    RC_ASSERT(history.Difference() == std::string{});
  }));
}

TEST(DonationProperty, SaleAndItsReversalRestoreBaseDueAndResidue) {
  EXPECT_TRUE(rc::check([] {
    DonationHistory history{AnyTerms()};
    for (const Step& step : *rc::gen::arbitrary<std::vector<Step>>()) history.Play(step);
    const Step step = *rc::gen::arbitrary<Step>();
    std::vector<std::string> before;
    for (std::size_t i = 0; i < history.agreements(); ++i) before.push_back(history.FiguresOf(i));
    history.SellAndReverse(step);
    for (std::size_t i = 0; i < history.agreements(); ++i) {
      RC_ASSERT(history.FiguresOf(i) == before[i]);
    }
    RC_ASSERT(history.Difference() == std::string{});
    RC_ASSERT(history.book().CompareWithReplay() == std::string{});
  }));
}

}  // namespace
}  // namespace suanpan::testing
