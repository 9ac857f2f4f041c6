// Random histories against the slow model (RapidCheck prints the seed of a failure;
// RC_PARAMS="seed=N" repeats it).

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "donation_history.h"
#include "suanpan/schema/kinds/donations.h"

namespace suanpan::testing {

std::ostream& operator<<(std::ostream& out, const Step& s);
std::ostream& operator<<(std::ostream& out, const Step& s) {
  return out << "step " << s.what << " ag " << s.agreement << " month " << s.month << " pick "
             << s.pick << " amount " << s.amount << " cost " << s.cost;
}
std::ostream& operator<<(std::ostream& out, const Terms& t);
std::ostream& operator<<(std::ostream& out, const Terms& t) {
  return out << "loss " << t.loss << " calendar " << t.calendar << " base " << t.base << " rate "
             << t.n << '/' << t.m;
}

}  // namespace suanpan::testing

namespace rc {

// Full ranges from the first history on (resize): inRange grows with the size, which is here the
// length of a history alone.
using suanpan::testing::Step;
using suanpan::testing::Terms;

template <>
struct Arbitrary<Step> {
  static Gen<Step> arbitrary() {
    return gen::resize(
        kNominalSize,
        gen::build<Step>(gen::set(&Step::what, gen::weightedElement<int>({{4, Step::kSale},
                                                                          {2, Step::kRefund},
                                                                          {1, Step::kLooseRefund},
                                                                          {2, Step::kCost},
                                                                          {1, Step::kLooseCost},
                                                                          {1, Step::kTrueUp},
                                                                          {4, Step::kSettle},
                                                                          {2, Step::kReceive},
                                                                          {1, Step::kWaive},
                                                                          {1, Step::kPoisoned}})),
                         gen::set(&Step::agreement, gen::inRange(0, 3)),
                         gen::set(&Step::month, gen::inRange(0, 6)),
                         gen::set(&Step::pick, gen::inRange(0, 1'000)),
                         gen::set(&Step::amount, gen::inRange(0, 5'000)),
                         gen::set(&Step::cost, gen::inRange(0, 4'000))));
  }
};
template <>
struct Arbitrary<Terms> {
  static Gen<Terms> arbitrary() {
    return gen::resize(kNominalSize,
                       gen::build<Terms>(gen::set(&Terms::loss, gen::inRange(0, 3)),
                                         gen::set(&Terms::calendar, gen::inRange(0, 4)),
                                         gen::set(&Terms::base, gen::inRange(0, 3)),
                                         gen::set(&Terms::n, gen::inRange(0, 8)),
                                         gen::set(&Terms::m, gen::inRange(7, 40))));
  }
};

}  // namespace rc

namespace suanpan::testing {
namespace {

std::vector<Terms> AnyTerms() {
  return *rc::gen::container<std::vector<Terms>>(3, rc::gen::arbitrary<Terms>());
}

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

TEST(DonationProperty, BookAgreesWithTheModelAfterEveryCommand) {
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

}  // namespace
}  // namespace suanpan::testing
