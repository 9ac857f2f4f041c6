#pragma once

// Replay: reads a book's entries and applies them with the one Apply, feeding projections. Books
// are independent, so many are replayed in parallel (parallel.h), and of one book the reading,
// hashing and decoding may run ahead on a thread of its own. The result does not depend on threads.

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
  /// Read, hash and decode on another thread while this one applies. Memory: a few hundred KiB.
  bool decode_ahead = false;
  /// Sequences, ascending, at which on_stop is called with the state exactly there.
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

/// Replays one book from its first entry. kCorruption and kFailedPrecondition name the entry; of
/// several faults the first in the log is reported. Projections and callbacks run on the calling
/// thread; what they throw leaves this function.
[[nodiscard]] Result<ReplayedBook> ReplayBook(const store::EventReader& reader, BookNo book,
                                              const ReplayOptions& options,
                                              std::span<Projection* const> projections = {});

}  // namespace suanpan::replay
