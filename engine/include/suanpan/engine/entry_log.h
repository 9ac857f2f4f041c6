#pragma once

// Reading a book's entries from a store, in order, with every check that needs no state: blocks,
// continuity, and the Merkle root that each block claims.

#include <memory>
#include <optional>

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

  [[nodiscard]] static Result<EntryLog> Open(const store::EventReader& reader, BookNo book);

  /// The next entry, nothing at the end. kCorruption names the entry or block that is damaged.
  [[nodiscard]] Result<std::optional<Entry>> Next();

  /// The tree over the entries read so far.
  [[nodiscard]] const proof::Frontier& tree() const { return *tree_; }

 private:
  explicit EntryLog(std::unique_ptr<store::BlockCursor> cursor);
  [[nodiscard]] Status NextBlock();

  std::unique_ptr<store::BlockCursor> cursor_;
  std::unique_ptr<store::DecodedBlock> block_;
  std::unique_ptr<proof::Frontier> tree_;
  std::size_t position_ = 0;
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
  std::vector<std::uint64_t> words;
  std::size_t size = 0;
  [[nodiscard]] ByteSpan bytes() const {
    return {reinterpret_cast<const std::uint8_t*>(words.data()), size};
  }
  [[nodiscard]] static EntryBytes Copy(ByteSpan from);
};
/// The names that entries up to `until` introduce, added to an empty table. Nothing is applied, so
/// that a log which contradicts itself can still be looked at.
[[nodiscard]] Status ReadNames(const store::EventReader& reader, BookNo book, Seq until,
                               const schema::KindTable& kinds, schema::NameTable& names);

[[nodiscard]] Result<EntryBytes> ReadEntry(const store::EventReader& reader, BookNo book, Seq seq);

}  // namespace suanpan::engine
