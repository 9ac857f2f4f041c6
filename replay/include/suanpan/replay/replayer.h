#pragma once

// Replay: reads a book's entries and applies them with the one Apply, feeding projections. Books
// are independent, so many are replayed in parallel; the result does not depend on the number of
// threads.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "suanpan/engine/state_root.h"
#include "suanpan/replay/projection.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/store/event_store.h"

namespace suanpan::replay {

struct ReplayOptions {
  const rules::Catalogue* catalogue = nullptr;  ///< null: the standard one
  std::optional<Seq> until;                     ///< last entry to apply
  std::optional<InstantUs> recorded_until;      ///< entries recorded later are not applied
  /// Called at sequences of interest (ascending) with the state exactly there.
  std::vector<Seq> stops;
  std::function<Status(Seq, const rules::BookState&, const Hash32& root)> on_stop;
  /// Called now and then with events replayed since the last call; from several threads when books
  /// are parallel.
  std::function<void(std::uint64_t)> on_progress;
  /// Asked as often as progress is told; true gives the replay up with kUnavailable.
  std::function<bool()> give_up;
};

struct ReplayedBook {
  std::unique_ptr<rules::BookState> state;
  Hash32 root;  ///< of the Merkle tree over the entries applied
  std::uint64_t events = 0;
};

/// Replays one book from its first entry. kCorruption and kFailedPrecondition name the entry.
[[nodiscard]] Result<ReplayedBook> ReplayBook(const store::EventReader& reader, BookNo book,
                                              const ReplayOptions& options,
                                              std::span<Projection* const> projections = {});

/// Runs `work` for each index below `count` on up to `threads` threads; the error of the lowest
/// index is returned.
[[nodiscard]] Status ForEachParallel(std::size_t count, unsigned threads,
                                     const std::function<Status(std::size_t)>& work);

}  // namespace suanpan::replay
