#include "suanpan/replay/parallel.h"

#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace suanpan::replay {
namespace {

/// What became of one index.
struct Outcome {
  Status status;
  std::exception_ptr exception;
};

}  // namespace

Status ForEachParallel(std::size_t count, unsigned threads,
                       const std::function<Status(std::size_t)>& work) {
  std::vector<Outcome> outcomes(count);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  // An index below a failed one was handed out before it, so stopping early hides none.
  const auto run = [&] {
    while (!failed) {
      const std::size_t i = next++;
      if (i >= count) return;
      try {
        outcomes[i].status = work(i);
      } catch (...) {
        outcomes[i].exception = std::current_exception();
      }
      if (outcomes[i].exception != nullptr || !outcomes[i].status.ok()) failed = true;
    }
  };
  {
    std::vector<std::jthread> helpers;
    try {
      for (unsigned i = 1; i < threads && i < count; ++i) helpers.emplace_back(run);
    } catch (const std::system_error&) {
      // No more threads to be had: those there are do the work.
    }
    run();
  }
  for (Outcome& outcome : outcomes) {
    if (outcome.exception != nullptr) std::rethrow_exception(outcome.exception);
    SUANPAN_RETURN_IF_ERROR(std::move(outcome.status));
  }
  return {};
}

}  // namespace suanpan::replay
