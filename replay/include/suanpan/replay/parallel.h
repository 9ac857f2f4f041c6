#pragma once

#include <cstddef>
#include <functional>

#include "suanpan/base/status.h"

namespace suanpan::replay {

/// Runs `work` for each index below `count` on up to `threads` threads, the calling one included,
/// and returns when all have ended. Indexes are handed out in ascending order, none after a
/// failure. The failure of the lowest index is the result, whatever the schedule: its error is
/// returned, its exception thrown. `work` is called from several threads at once.
[[nodiscard]] Status ForEachParallel(std::size_t count, unsigned threads,
                                     const std::function<Status(std::size_t)>& work);

}  // namespace suanpan::replay
