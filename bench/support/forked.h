#pragma once

#include <functional>

namespace suanpan::bench {

/// What a process of its own measured.
struct Forked {
  bool ok = false;
  double number = 0;
  double peak_mib = 0;  ///< most memory that it had resident
};

/// Runs `work` in a forked process, so that its memory is its own and nobody's leftovers. Only
/// where this process has no threads and has read nothing large yet: a fork begins with its
/// parent's pages.
[[nodiscard]] Forked RunForked(const std::function<double()>& work);

}  // namespace suanpan::bench
