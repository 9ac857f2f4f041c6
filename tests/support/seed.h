#pragma once

// What the random choices of a test start from.

#include <cstdint>
#include <cstdlib>
#include <random>

namespace suanpan::test {

/// Drawn once, before anything forks: all processes of a run have the same.
inline const std::uint64_t kSeedOfThisRun = std::random_device{}();

/// SUANPAN_SEED, which repeats a run; else with SUANPAN_ANY_SEED, in the slow suite, another one in
/// each run; else `fixed`. Whoever uses it prints it.
[[nodiscard]] inline std::uint64_t Seed(std::uint64_t fixed) {
  if (const char* given = std::getenv("SUANPAN_SEED")) return std::strtoull(given, nullptr, 10);
  return std::getenv("SUANPAN_ANY_SEED") != nullptr ? kSeedOfThisRun : fixed;
}

}  // namespace suanpan::test
