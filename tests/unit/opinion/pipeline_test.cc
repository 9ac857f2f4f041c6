// Random histories through all stages: the ledger's answers, its bytes, replay on one thread and
// ahead, up to the end and to the middle, export, audit, named tests. The second opinion is told
// the commands alone and agrees with each; and a history that differs by a fen is noticed in each.

#include <gtest/gtest.h>

#include <iostream>

#include "course.h"
#include "support/opinion/calendar.h"
#include "support/opinion_steps.h"

namespace suanpan::test {
namespace {

using opinion::History;
using opinion::Step;
using opinion::Told;

/// Tells a history of these steps; where an answer differs.
std::string Tell(Course& course, const std::vector<Step>& steps) {
  History history;
  for (const Step& step : steps) {
    const std::string difference = course.Tell(history.Next(step, course.opinion()));
    if (!difference.empty()) return "answers: " + difference;
  }
  return {};
}

/// Tells the next page of each policy that reaches back, of which random steps make none; where an
/// answer differs.
std::string TellPages(Course& course, std::uint64_t& pages) {
  std::vector<std::pair<std::string, std::string>> open;  // book, and what is told of the page
  for (const auto& [name, book] : course.opinion().books()) {
    for (const opinion::Job& job : book.state().jobs) {
      if (job.done) continue;
      open.push_back({name, R"("rule":")" + book.state().policies[job.policy].policy +
                                R"(","from_seq":)" + job.next.substr(0, job.next.find('.'))});
    }
  }
  for (const auto& [book, page] : open) {
    const std::int64_t now_us = course.told().back().now_us;
    const std::string at = opinion::DateAt(now_us / 1'000'000, 0) + "T00:00:00Z";
    const Told told{R"({"book":")" + book + R"(","key":"page/)" + std::to_string(++pages) +
                        R"(","facts":[{"kind":"rule.applied","actor":"p-0","occurred_at":")" + at +
                        R"(",)" + page + "}]}",
                    "cli", now_us};
    const std::string difference = course.Tell(told);
    if (!difference.empty()) return "pages: " + difference;
  }
  return {};
}

std::string AllOf(const Course& course) {
  std::string all;
  for (const Told& told : course.told()) all += "\n" + told.command;
  return all;
}

TEST(OpinionPipeline, EveryStageIsAsTheSecondOpinionHasIt) {
  std::uint64_t entries = 0;
  int histories = 0;
  EXPECT_TRUE(rc::check([&] {
    Course course;
    std::string found = Tell(course, opinion::AnySteps(60));
    if (found.empty()) found = course.Judge();
    if (!found.empty()) RC_FAIL(found + AllOf(course));
    ++histories;
    for (const auto& [name, book] : course.opinion().books()) entries += book.head();
  }));
  std::cout << histories << " histories, " << entries << " entries\n";
}

TEST(OpinionPipeline, NoNamedTestSaysThatALongHistoryBreaksARule) {
  std::uint64_t entries = 0;
  std::uint64_t pages = 0;
  for (std::uint64_t number = 1; number <= 40; ++number) {
    Course course;
    History history;
    for (const Step& step : opinion::StepsOf(number, 250)) {
      ASSERT_EQ(course.Tell(history.Next(step, course.opinion())), "") << number;
      ASSERT_EQ(TellPages(course, pages), "") << number;
    }
    for (const auto& [name, book] : course.opinion().books()) {
      if (book.head() == 0) continue;
      const Expected expected = course.ExpectedOfBook(name);
      EXPECT_EQ(course.JudgeAgainst(expected, Course::kAudit), "") << number;
      EXPECT_EQ(course.JudgeAgainst(expected, Course::kChecks), "") << number;
      entries += book.head();
    }
  }
  EXPECT_GT(entries, 2'000U);
  EXPECT_GT(pages, 10U);
}

TEST(OpinionPipeline, AFenMoreIsNoticedInEveryStage) {
  Course course;
  TellPlain(course, 900);
  EXPECT_EQ(course.Judge(), "");
  Course other;
  TellPlain(other, 901);
  EXPECT_EQ(other.Judge(), "");
  const Expected expected = course.ExpectedOfBook("zz");
  for (const auto& [stage, name] : {std::pair{Course::kLeaves, "zz: leaf of entry 5"},
                                    {Course::kBytes, "zz: bytes: entry 5"},
                                    {Course::kReplay, "zz: replay: account base/ag/"},
                                    {Course::kReplayAhead, "zz: replay: account base/ag/"},
                                    {Course::kExport, "zz: export: root"},
                                    {Course::kAudit, "zz: audit: another root"},
                                    {Course::kChecks, "zz: checks: another root"}}) {
    EXPECT_EQ(other.JudgeAgainst(expected, stage).substr(0, std::string_view{name}.size()), name);
    EXPECT_EQ(course.JudgeAgainst(expected, stage), "");
  }
}

}  // namespace
}  // namespace suanpan::test
