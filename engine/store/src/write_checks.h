#pragma once

// What every store checks before it writes, so that all refuse the same groups for the same reason.

#include <span>
#include <string_view>

#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// The state that a write is checked against.
class WriteContext {
 public:
  WriteContext() = default;
  WriteContext(const WriteContext&) = delete;
  WriteContext& operator=(const WriteContext&) = delete;

  [[nodiscard]] virtual bool HasBook(BookNo book) const = 0;
  [[nodiscard]] virtual bool HasRef(std::string_view ref) const = 0;
  /// Seq{0} for a book without entries.
  virtual Result<Seq> LastSeq(BookNo book) const = 0;
  virtual Result<bool> HasTile(const TileId& id) const = 0;

 protected:
  ~WriteContext() = default;
};

/// The errors of EventStore::Commit that come before anything is written.
Status CheckCommit(const CommitGroup& group, const WriteContext& context);

/// Those of EventStore::WriteKeys.
Status CheckKeys(std::span<const KeyBinding> bindings, Seq watermark, Seq watermark_before,
                 Seq last_seq);

/// That of EventStore::PutCheckpoint.
Status CheckCheckpoint(BookNo book, TreeSize size, Seq last_seq);

Status NoSuchBook(BookNo book);

/// How many tiles of a level a book with this last entry has filled.
[[nodiscard]] std::uint64_t FullTiles(Seq last_seq, std::uint8_t level);

}  // namespace suanpan::store
