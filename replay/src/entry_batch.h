#pragma once

// Entries read, hashed and decoded, in pieces: what can be done of a replay before the state is
// known. A batch owns all it refers to, so another thread may make the next one.

#include <optional>
#include <span>
#include <vector>

#include "suanpan/engine/entry_log.h"
#include "suanpan/replay/replayer.h"

namespace suanpan::replay {

struct DecodedEntry {
  Seq seq;
  schema::EntryView view;
  std::optional<Hash32> root;  ///< of the tree with this entry, at a stop
};

[[nodiscard]] inline const rules::Catalogue& CatalogueOf(const ReplayOptions& options) {
  return options.catalogue != nullptr ? *options.catalogue : rules::Catalogue::Standard();
}

/// Consecutive entries and, in the last batch, how the log ended after them. An error belongs to
/// the entry after the last one here: whoever applies the entries finds an earlier fault first.
struct EntryBatch {
  Arena arena;
  std::vector<DecodedEntry> entries;
  bool last = false;
  Hash32 root;  ///< of the tree over all entries read, in the last batch
  Status error;
};

/// Reads one book up to the position or time that the options name. Belongs to one thread.
class BatchReader {
 public:
  /// With one entry at most a batch views the log's buffer and is valid until the next Fill; with
  /// more it has copies.
  BatchReader(const store::EventReader& reader, BookNo book, const ReplayOptions& options,
              std::size_t entries_max)
      : reader_(reader),
        book_(book),
        options_(options),
        catalogue_(CatalogueOf(options)),
        entries_max_(entries_max) {}

  /// Replaces what is in `batch`. Not called again after the last one.
  void Fill(EntryBatch& batch);

 private:
  [[nodiscard]] Status FillFromLog(EntryBatch& batch);
  /// One entry into the batch; its bytes, 0 at the end.
  [[nodiscard]] Result<std::size_t> Read(EntryBatch& batch);
  [[nodiscard]] std::optional<Hash32> RootAtStop(Seq seq);

  const store::EventReader& reader_;
  BookNo book_;
  const ReplayOptions& options_;
  const rules::Catalogue& catalogue_;
  std::size_t entries_max_;
  std::optional<engine::EntryLog> log_;
  std::size_t next_stop_ = 0;
  proof::Frontier before_;  ///< without the last entry, which may be the first that is too late
};

}  // namespace suanpan::replay
