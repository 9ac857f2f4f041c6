#include "suanpan/replay/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace suanpan::replay {
namespace {

constexpr unsigned kThreads[] = {0, 1, 2, 5, 64};

Status Failed(std::size_t i) { return MakeError(StatusCode::kIo, "work {}", i); }

TEST(ForEachParallel, CallsEveryIndexOnceForAnyNumberOfThreads) {
  for (const unsigned threads : kThreads) {
    for (const std::size_t count : {0U, 1U, 7U, 1000U}) {
      std::vector<std::atomic<int>> calls(count);
      const Status status = ForEachParallel(count, threads, [&](std::size_t i) {
        ++calls[i];
        return Status{};
      });
      EXPECT_TRUE(status.ok());
      EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [](const auto& n) { return n == 1; }));
    }
  }
}

TEST(ForEachParallel, ReturnsTheErrorOfTheLowestIndexThoughAHigherOneFailsFirst) {
  for (const unsigned threads : {2U, 5U}) {
    std::atomic<bool> higher_failed{false};
    const Status status = ForEachParallel(20, threads, [&](std::size_t i) {
      if (i == 0) {
        while (!higher_failed) std::this_thread::yield();
        return Failed(i);
      }
      if (i == 1) {
        higher_failed = true;
        return Failed(i);
      }
      return Status{};
    });
    EXPECT_EQ(status.message(), "work 0");
  }
}

TEST(ForEachParallel, HandsOutNothingMoreAfterAFailure) {
  std::set<std::size_t> called;
  const Status status = ForEachParallel(1000, 1, [&](std::size_t i) {
    called.insert(i);
    return i == 3 ? Failed(i) : Status{};
  });
  EXPECT_EQ(status.message(), "work 3");
  EXPECT_EQ(called, (std::set<std::size_t>{0, 1, 2, 3}));
}

TEST(ForEachParallel, ThrowsTheExceptionOfAnyThreadOnTheCallers) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::atomic<int> started{0};
    EXPECT_THROW((void)ForEachParallel(5, threads,
                                       [&](std::size_t i) -> Status {
                                         // All threads hold an index, so that one is a helper's.
                                         ++started;
                                         while (started < static_cast<int>(threads)) {
                                           std::this_thread::yield();
                                         }
                                         throw std::out_of_range("work " + std::to_string(i));
                                       }),
                 std::out_of_range);
  }
}

TEST(ForEachParallel, TheLowestFailureWinsWhetherItIsAnErrorOrAnException) {
  for (const bool first_throws : {false, true}) {
    const auto run = [&] {
      return ForEachParallel(2, 2, [&](std::size_t i) -> Status {
        if ((i == 0) == first_throws) throw std::runtime_error("thrown");
        return Failed(i);
      });
    };
    if (first_throws) {
      EXPECT_THROW((void)run(), std::runtime_error);
    } else {
      EXPECT_EQ(run().message(), "work 0");
    }
  }
}

}  // namespace
}  // namespace suanpan::replay
