#include "src/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "src/context.h"
#include "suanpan/report/display_width.h"

namespace suanpan::cli {

using std::chrono::duration;
using std::chrono::steady_clock;

Progress::Progress(std::string what, std::string unit, std::optional<std::uint64_t> total,
                   bool quiet)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_(total),
      enabled_(!quiet && ::isatty(STDERR_FILENO) == 1),
      start_(steady_clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (shown_) Tell("\r\033[K");
}

void Progress::Add(std::uint64_t more) {
  done_ += more;
  Show();
}

void Progress::Set(std::uint64_t done) {
  done_ = done;
  Show();
}

void Progress::Show() {
  if (!enabled_) return;
  const MutexLock lock{mutex_};
  const steady_clock::time_point now = steady_clock::now();
  const double elapsed = duration<double>(now - start_).count();
  if (elapsed < 1.0 || duration<double>(now - last_).count() < 0.2) return;
  last_ = now;
  shown_ = true;
  const std::uint64_t done = done_;
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(done) / elapsed);
  std::string line = fmt::format("{}: {} {}", what_, report::FormatCount(done), unit_);
  if (total_ && *total_ > 0) {
    line += fmt::format(" of {}", report::FormatCount(*total_));
    if (rate > 0 && *total_ > done) line += fmt::format(", {} s left", (*total_ - done) / rate);
  }
  Tell(fmt::format("\r\033[K{}, {}/s", line, report::FormatCount(rate)));
}

}  // namespace suanpan::cli
