#pragma once

// Many clients at once, each waiting for its answer before it asks again.

#include <cstddef>
#include <functional>
#include <vector>

namespace suanpan::bench {

struct ClientTimes {
  double seconds = 0;  ///< from the first request to the last answer
  double p50_ms = 0;
  double p99_ms = 0;
};

/// Runs one thread a client; thread c calls `work(c, i)` for every i below counts[c], and the time
/// of each call is kept. All begin together.
[[nodiscard]] ClientTimes RunClients(const std::vector<std::size_t>& counts,
                                     const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace suanpan::bench
