#pragma once

// Reading a book's entries from a store, in order, with every check that needs no state: blocks,
// continuity, and the Merkle root that each block claims.

#include <memory>
#include <optional>
#include <vector>

#include "suanpan/proof/tree.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/name_table.h"
#include "suanpan/store/block.h"
#include "suanpan/store/event_store.h"

namespace suanpan::engine {

/// Walks all entries of one book from the first. Belongs to one thread; must not outlive the
/// reader.
class EntryLog {
 public:
  struct Entry {
    Seq seq;
    ByteSpan bytes;  ///< 8-byte aligned; valid until the next call
    Hash32 leaf;
  };

  /// `levels` is told of the tree block by block, so ahead of the entries handed out.
  [[nodiscard]] static Result<EntryLog> Open(const store::EventReader& reader, BookNo book,
                                             proof::LevelSink levels = nullptr);

  /// The next entry, nothing at the end. kCorruption names the entry or block that is damaged.
  [[nodiscard]] Result<std::optional<Entry>> Next();

  /// The block of the entry that was read last.
  [[nodiscard]] const store::BlockHeader& block() const { return block_->header(); }
  /// How many entries were read so far.
  [[nodiscard]] TreeSize size() const;
  /// The tree over the entries read so far; valid until the next call of either function. Cheap at
  /// the end of a block and where the size before it was asked for last, otherwise up to a node
  /// hash per entry of the block.
  [[nodiscard]] const proof::Frontier& tree();

 private:
  /// A block is hashed as a whole, so that its tree is ahead of the entries handed out.
  struct Trees {
    proof::Frontier block;  ///< after the block's last entry
    proof::Frontier entry;  ///< after `entries` of the block
    std::size_t entries = 0;
  };

  EntryLog(std::unique_ptr<store::BlockCursor> cursor, proof::LevelSink levels);
  [[nodiscard]] Status NextBlock();
  void HashBlock();

  std::unique_ptr<store::BlockCursor> cursor_;
  std::unique_ptr<store::DecodedBlock> block_;
  std::unique_ptr<Trees> trees_;
  proof::LevelSink levels_;
  std::vector<Hash32> leaves_;  ///< of the block
  std::size_t position_ = 0;    ///< entries of the block that were handed out
  bool ended_ = false;
};

/// How far a book's blocks can be read, whatever their entries say, and why not further: ok where
/// that is the end.
struct ReadablePart {
  Seq end;
  Status reason;
};
[[nodiscard]] ReadablePart FindReadablePart(const store::EventReader& reader, BookNo book);

/// Decodes the block that contains an entry. kNotFound where the book is shorter.
[[nodiscard]] Status ReadBlockOf(const store::EventReader& reader, BookNo book, Seq seq,
                                 store::DecodedBlock& block);

/// One entry by its sequence. kNotFound where the book is shorter. The bytes are copied, 8-byte
/// aligned.
struct EntryBytes {
  std::unique_ptr<std::uint64_t[]> words;
  std::size_t size = 0;
  [[nodiscard]] ByteSpan bytes() const {
    return {reinterpret_cast<const std::uint8_t*>(words.get()), size};
  }
  [[nodiscard]] static EntryBytes Copy(ByteSpan from);
};
/// The names that entries up to `until` introduce, added to an empty table. Nothing is applied, so
/// that a log which contradicts itself can still be looked at.
[[nodiscard]] Status ReadNames(const store::EventReader& reader, BookNo book, Seq until,
                               const schema::KindTable& kinds, schema::NameTable& names);

[[nodiscard]] Result<EntryBytes> ReadEntry(const store::EventReader& reader, BookNo book, Seq seq);

}  // namespace suanpan::engine
