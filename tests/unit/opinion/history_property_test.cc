// Random histories, told to the ledger and to the second opinion (RapidCheck prints the seed of a
// failure and the shortest history; RC_PARAMS="seed=N" repeats it).

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "both.h"
#include "support/opinion_steps.h"

namespace suanpan::test {
namespace {

using opinion::History;
using opinion::Step;

/// Where the two differ, and all that was told until then; empty where they agree.
std::string Play(const std::vector<Step>& steps, opinion::Fault fault,
                 std::map<std::string, int>& answers) {
  Both both{fault};
  History history;
  std::string told_so_far;
  for (const Step& step : steps) {
    const opinion::Told told = history.Next(step, both.opinion());
    both.now_us = told.now_us;
    told_so_far += "\n" + told.command;
    const std::string difference = both.Play(told.command, told.source);
    if (!difference.empty()) return difference + told_so_far;
    if (fault == opinion::Fault::kNone) {
      const std::string state = both.CompareStates();
      if (!state.empty()) return state + told_so_far;
    }
    ++answers[both.answer().value("code", both.answer().at("result").get<std::string>())];
    if (both.answer().at("result") == "committed") {
      for (const auto& event : both.answer().at("events")) {
        ++answers[event.at("kind").get<std::string>()];
      }
    }
  }
  const std::string difference = both.CompareStates();
  return difference.empty() ? difference : difference + told_so_far;
}

constexpr int kStepsMax = 250;

TEST(OpinionProperty, LedgerAndSecondOpinionAgreeOnAnyHistory) {
  std::map<std::string, int> answers;
  EXPECT_TRUE(rc::check([&] {
    const std::string difference =
        Play(opinion::AnySteps(kStepsMax), opinion::Fault::kNone, answers);
    if (!difference.empty()) RC_FAIL(difference);
  }));
}

constexpr std::uint64_t kHistories = 100;

/// Kinds that scenarios alone try so far: random histories have none of them.
const std::set<std::string> kNotInHistories = {"rule.applied"};

TEST(OpinionProperty, TheHistoriesThatFindPlantedErrorsAgreeWithoutOneAndMeetEverything) {
  std::map<std::string, int> answers;
  for (std::uint64_t number = 1; number <= kHistories; ++number) {
    ASSERT_EQ(Play(opinion::StepsOf(number, kStepsMax), opinion::Fault::kNone, answers), "");
  }
  for (const auto& [kind, fields] : opinion::Kinds()) {
    EXPECT_EQ(answers[kind] > 5, !kNotInHistories.contains(kind)) << kind << answers[kind];
  }
  for (const char* answer :
       {"committed", "duplicate", "key_conflict", "seq_mismatch", "bad_json", "amount_overflow",
        "fund_short", "approval_missing", "approval_used", "self_approval", "request_mismatch",
        "purpose_outside_restriction", "refund_exceeds_sale", "paid_mismatch", "agreement_overlaps",
        "settlement_not_next", "through_not_boundary", "exceeds_billed", "occurred_in_future"}) {
    EXPECT_GT(answers[answer], 5) << answer;
  }
}

/// An error planted in the second opinion must show itself as a difference.
class PlantedError : public ::testing::TestWithParam<opinion::Fault> {};

TEST_P(PlantedError, IsFound) {
  std::map<std::string, int> answers;
  std::uint64_t number = 0;
  bool found = false;
  while (!found && number < kHistories)
    found = !Play(opinion::StepsOf(++number, kStepsMax), GetParam(), answers).empty();
  EXPECT_TRUE(found);
}

INSTANTIATE_TEST_SUITE_P(
    InTheSecondOpinion, PlantedError,
    ::testing::Values(opinion::Fault::kFloorTowardZero, opinion::Fault::kNewestBillFirst,
                      opinion::Fault::kRefundKeepsAFen, opinion::Fault::kKeyForgotten,
                      opinion::Fault::kApprovalUsedTwice, opinion::Fault::kLossForgotten,
                      opinion::Fault::kOldRequestPaid, opinion::Fault::kSecondFactKept,
                      opinion::Fault::kLateSaleToday, opinion::Fault::kRestrictionForgotten,
                      opinion::Fault::kCapForgotten, opinion::Fault::kLastLotFirst,
                      opinion::Fault::kLastDayLost, opinion::Fault::kOldPointsSpent,
                      opinion::Fault::kLateNotTakenBack, opinion::Fault::kClaimUnpaid,
                      opinion::Fault::kClaimForgotten, opinion::Fault::kCarryLost,
                      opinion::Fault::kFirstPolicyCounts, opinion::Fault::kMemberForEver,
                      opinion::Fault::kStepTwice, opinion::Fault::kReleasedIsUsed,
                      opinion::Fault::kGoodsRoundedUp, opinion::Fault::kWindowForgotten,
                      opinion::Fault::kPageWithoutEnd),
    [](const auto& fault) { return opinion::NameOf(fault.param); });

}  // namespace
}  // namespace suanpan::test
