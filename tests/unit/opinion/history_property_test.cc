// Random histories, told to the ledger and to the second opinion (RapidCheck prints the seed of a
// failure and the shortest history; RC_PARAMS="seed=N" repeats it).

#include <gtest/gtest.h>

#include <map>

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

constexpr int kStepsMax = 160;

TEST(OpinionProperty, LedgerAndSecondOpinionAgreeOnAnyHistory) {
  std::map<std::string, int> answers;
  EXPECT_TRUE(rc::check([&] {
    const std::string difference =
        Play(opinion::AnySteps(kStepsMax), opinion::Fault::kNone, answers);
    if (!difference.empty()) RC_FAIL(difference);
  }));
  for (const auto& [answer, count] : answers) std::cout << answer << ' ' << count << '\n';
}

}  // namespace
}  // namespace suanpan::test
