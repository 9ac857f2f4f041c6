#pragma once

// Broken invariants stop the process, in release builds too: a wrong program must not write a
// ledger. Expected trouble (input, disk, network) is a Status (status.h); neither stands in for the
// other (style P22).

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace suanpan::detail {

[[noreturn]] inline void InvariantFailed(std::string_view expression, std::string_view file,
                                         int line, std::string_view values) {
  fmt::print(stderr, "{}:{}: invariant broken: {}{}{}\n", file, line, expression,
             values.empty() ? "" : ": ", values);
  std::abort();
}

}  // namespace suanpan::detail

/// Stops with expression, place and optional fmt arguments when `condition` is false. Always on.
#define SUANPAN_INVARIANT(condition, ...)                                \
  do {                                                                   \
    if (!(condition)) [[unlikely]] {                                     \
      ::suanpan::detail::InvariantFailed(#condition, __FILE__, __LINE__, \
                                         ::fmt::format("" __VA_ARGS__)); \
    }                                                                    \
  } while (false)
