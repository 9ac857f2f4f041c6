#include "src/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

TEST(OrderedWork, ConsumesEveryItemOnceAndInOrder) {
  for (const std::uint32_t threads : {1U, 2U, 5U}) {
    std::vector<std::uint64_t> consumed;
    RunOrdered<std::uint64_t>(
        300, threads, [](std::uint64_t& slot, std::uint64_t index) { slot = index * index; },
        [&](std::uint64_t& slot, std::uint64_t index) {
          EXPECT_EQ(slot, index * index);
          consumed.push_back(index);
        });
    ASSERT_EQ(consumed.size(), 300U);
    EXPECT_TRUE(std::is_sorted(consumed.begin(), consumed.end()));
  }
}

TEST(OrderedWork, AnExceptionWhilePreparingIsThrownToTheConsumer) {
  for (const std::uint32_t threads : {1U, 2U, 5U}) {
    std::uint64_t consumed = 0;
    const auto run = [&] {
      RunOrdered<int>(
          1000, threads,
          [](int&, std::uint64_t index) {
            if (index == 70) throw std::bad_alloc{};
          },
          [&](int&, std::uint64_t index) { consumed = index; });
    };
    EXPECT_THROW(run(), std::bad_alloc) << threads;
    EXPECT_LT(consumed, 70U);
  }
}

TEST(OrderedWork, AnExceptionWhileConsumingEndsTheWorkers) {
  for (const std::uint32_t threads : {1U, 2U, 5U}) {
    std::atomic<std::uint64_t> prepared{0};
    const auto run = [&] {
      RunOrdered<int>(
          1'000'000, threads, [&](int&, std::uint64_t) { ++prepared; },
          [](int&, std::uint64_t index) {
            if (index == 3) throw std::runtime_error{"no more"};
          });
    };
    EXPECT_THROW(run(), std::runtime_error) << threads;
    EXPECT_LT(prepared, 100U);
  }
}

TEST(OrderedWork, ABookThatRunsOutOfMemoryIsUndecidedAndTheOthersAreVerified) {
  SampleLog log;
  log.AddYear(3, 5, 2);
  const test::TempDir dir;
  log.Export(dir.path());
  for (const std::uint32_t threads : {1U, 3U, 8U}) {
    VerifyOptions options = OptionsFor(dir.path());
    options.threads = threads;
    bool first = true;
    options.on_progress = [&first](std::uint64_t, std::uint64_t) {
      if (std::exchange(first, false)) throw std::bad_alloc{};
    };
    const VerifyReport report = Verify(options);
    EXPECT_EQ(report.verdict, Verdict::kUndecided) << FindingsOf(report);
    EXPECT_TRUE(HasFinding(report, "V4/given_up")) << FindingsOf(report);
    const auto verified =
        std::count_if(report.books.begin(), report.books.end(),
                      [](const BookReport& book) { return book.verdict == Verdict::kVerified; });
    EXPECT_EQ(verified, 2) << threads;
  }
}

}  // namespace
}  // namespace suanpan::audit
