#pragma once

#include "src/context.h"
#include "src/progress.h"
#include "suanpan/replay/replayer.h"

namespace suanpan::cli {

/// Options of a replay of `books` books that a person waits for: it shows its progress, is given up
/// at Ctrl-C, and decodes on another thread where there are fewer books than threads. `progress`
/// must outlive the replay.
[[nodiscard]] inline replay::ReplayOptions WatchedReplay(const Context& context, Progress& progress,
                                                         std::size_t books) {
  replay::ReplayOptions options;
  options.decode_ahead = books < context.Threads();
  options.on_progress = [&progress](std::uint64_t more) { progress.Add(more); };
  options.give_up = Interrupted;
  return options;
}

}  // namespace suanpan::cli
