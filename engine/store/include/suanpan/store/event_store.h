#pragma once

// What the engine needs of a store: a log of blocks per book, written in atomic durable groups, and
// beside it an index of command keys that can be rebuilt from the log. Shaped by that need, not by
// any library. The store hashes nothing and knows no events.
//
// Threads: one thread at a time calls Commit and WriteKeys. Everything else, PutCheckpoint and
// PutMeta included, may be called from any number of threads, beside each other and beside those.
// Cursors belong to the thread that made them and must not outlive the store.
//
// Errors common to all: kIo (the message keeps the system's reason), kCorruption (stored bytes are
// not what was written, or end before an entry that was indexed or signed). Reading from a book
// that does not exist finds nothing; writing keys or a checkpoint of it is kNotFound.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/store/keys.h"

namespace suanpan::store {

inline constexpr std::size_t kTileBytes = 8192;  ///< 256 hashes
inline constexpr std::uint8_t kTileLevelMax = 7;
inline constexpr std::size_t kBookRefBytesMax = 255;

struct BookRow {
  BookNo book;      ///< from 1
  std::string ref;  ///< the community's name for it, unique, 1 to kBookRefBytesMax bytes
  friend bool operator==(const BookRow&, const BookRow&) = default;
};

/// A full tile of the book's Merkle tree. Level 0 is not stored: the entries are its source.
struct TileId {
  BookNo book;
  std::uint8_t level = 1;  ///< 1 to kTileLevelMax
  std::uint64_t index = 0;
  friend auto operator<=>(const TileId&, const TileId&) = default;
};

/// One block (block.h) with what its header says about its place.
struct StoredBlock {
  BookNo book;
  Seq first;
  Seq last;  ///< inclusive
  std::string bytes;
  /// To be committed: the first sequences of the book's last blocks that this one takes the place
  /// of, in order. It has their entries, and others after them. That all of them are named is the
  /// caller's affair: one that is left out makes the book unreadable.
  std::vector<Seq> replaced = {};
};

struct StoredTile {
  TileId id;
  std::string bytes;  ///< kTileBytes
};

struct StoredCheckpoint {
  TreeSize size;
  std::string bytes;
};

/// Written together or not at all, in one sync.
struct CommitGroup {
  std::vector<BookRow> new_books;
  /// Those of one book in order, each continuing the last or replacing the book's last ones.
  std::vector<StoredBlock> blocks;
  std::vector<StoredTile> tiles;

  [[nodiscard]] bool empty() const { return new_books.empty() && blocks.empty() && tiles.empty(); }
};

/// Bytes on disk and in memory, for an operator. Estimates; data not yet flushed is in the
/// write-ahead log only.
struct StoreStats {
  struct Family {
    std::string name;
    std::uint64_t bytes = 0;
  };
  std::vector<Family> families;
  std::uint64_t write_ahead_bytes = 0;
  std::uint64_t write_buffer_bytes = 0;  ///< in memory: rows that are in no table yet
  std::uint64_t cache_bytes = 0;         ///< in memory: parts of tables, up to a fixed capacity
  std::uint64_t open_table_bytes = 0;    ///< in memory: what open tables keep beside the cache
};

/// Where a book ends, and what else a data directory says of entries it has had. Behind the log's
/// own end the others are left over from entries that are lost.
struct BookEnds {
  Seq log;               ///< last entry of the last block
  Seq indexed;           ///< as KeyWatermark; Seq{0} also where that is damaged
  TreeSize signed_size;  ///< of the latest checkpoint
  friend bool operator==(const BookEnds&, const BookEnds&) = default;
};

/// Walks the blocks of one book in order, as they stood when the cursor was made.
class BlockCursor {
 public:
  BlockCursor() = default;
  BlockCursor(const BlockCursor&) = delete;
  BlockCursor& operator=(const BlockCursor&) = delete;
  virtual ~BlockCursor() = default;

  /// The next block's bytes, valid until the next call; nothing at the end. A missing block, or one
  /// stored under another sequence than its own, is kCorruption, and so is every call after it. The
  /// bytes themselves are checked by DecodeBlock, not here.
  virtual Result<std::optional<ByteSpan>> Next() = 0;
};

/// The read side, which a process beside the writer gets. Nothing in it writes.
class EventReader {
 public:
  EventReader() = default;
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  virtual ~EventReader() = default;

  /// All books, by number.
  virtual Result<std::vector<BookRow>> Books() const = 0;

  /// From the block that contains `from` (0 is taken as 1); at its end at once when `from` is after
  /// the last entry.
  virtual Result<std::unique_ptr<BlockCursor>> ReadBlocks(BookNo book, Seq from) const = 0;
  /// Nothing when the book has no entries.
  virtual Result<std::optional<StoredBlock>> LastBlock(BookNo book) const = 0;
  /// For whoever has to say what is missing: no error where the three contradict each other, as
  /// there is from the two above.
  virtual Result<BookEnds> Ends(BookNo book) const = 0;
  virtual Result<std::optional<std::string>> ReadTile(const TileId& id) const = 0;

  /// Every key of the entries 1 to the watermark is in the index; later ones may be. Seq{0} when
  /// nothing was indexed. In a reader beside a writer it trails the log by what is not yet flushed.
  virtual Result<Seq> KeyWatermark(BookNo book) const = 0;
  /// The entry that first answered the key. Nothing for a key of form kEngine.
  virtual Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                             const CommandKey& key) const = 0;

  /// Calls `visit` with every binding of the book's key index, each once, in no order that the
  /// caller may rely on. kCorruption for a row that is none; an error of `visit` ends the walk.
  virtual Status VisitKeys(BookNo book, const KeyVisitor& visit) const = 0;

  /// Ascending by size.
  virtual Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo book) const = 0;
  virtual Result<std::optional<StoredCheckpoint>> LatestCheckpoint(BookNo book) const = 0;

  virtual Result<std::optional<std::string>> GetMeta(std::string_view key) const = 0;
  virtual Result<StoreStats> Stats() const = 0;

  /// Catches up with what the writer made durable; kUnavailable when it must be tried again. No
  /// effect in the writer itself, which always sees its own writes.
  virtual Status Refresh() = 0;
};

/// The write side. At most one in the world per data directory.
class EventStore : public EventReader {
 public:
  /// Durable when ok. Before anything is written: kInvalidArgument for a malformed group (a block
  /// that is not valid or not where it says, a tile of the wrong size or level, an empty ref),
  /// kNotFound for a book that neither exists nor is new here, kConflict for a book number, ref or
  /// tile that exists and for a block that does not continue its book. kUnknown: it is not known
  /// whether the group was written; the store then refuses every later write with
  /// kFailedPrecondition and must be opened again to find out.
  virtual Status Commit(const CommitGroup& group) = 0;

  /// Adds to the key index, together with the watermark (KeyWatermark). Not durable: after a crash
  /// the watermark tells where to read the log again. Binding a key again is allowed with the
  /// sequence it already has; another one is a mistake of the caller that is not looked for.
  /// kInvalidArgument: a key of form kEngine, a sequence 0 or after the watermark, a watermark that
  /// goes back or is after the book's last entry.
  virtual Status WriteKeys(BookNo book, std::span<const KeyBinding> bindings, Seq watermark) = 0;

  /// Makes the key index of every book empty, whatever is in it: the watermarks go back to 0. For
  /// an index that cannot be read or does not agree with the log. After a crash the index is the
  /// one before or an empty one. Nobody else may use the store during this call.
  virtual Status ClearKeys() = 0;

  /// Durable when ok. Replaces one of the same size (a note gains signatures). kFailedPrecondition
  /// when the book has fewer than `size` entries.
  virtual Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) = 0;

  /// Gives up what is left over from entries behind the book's last one: checkpoints of larger
  /// sizes, full tiles with such entries, and the book's whole key index where it covers any, to be
  /// completed from the log again. Durable when ok. Not beside any other write of the book.
  virtual Status ForgetBehindEnd(BookNo book) = 0;

  /// A small value under a name; durable when ok; replaces.
  virtual Status PutMeta(std::string_view key, ByteSpan bytes) = 0;
};

}  // namespace suanpan::store
