#pragma once

// Signing the head of a book, and what is kept beside the signed note: the digest of the live state
// at that size.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "suanpan/engine/ledger.h"
#include "suanpan/proof/checkpoint.h"

namespace suanpan::engine {

/// A stored checkpoint. Stored bytes: version u8 = 1 | root of the state 32 | sections u16 |
/// {section u16, leaves u64, root 32}..., sections ascending | the note.
struct CheckpointRecord {
  std::string note;
  StateDigest state;
};

[[nodiscard]] std::string EncodeCheckpointRecord(const CheckpointRecord& record);
/// `size` is the tree size the record is stored under.
[[nodiscard]] Result<CheckpointRecord> DecodeCheckpointRecord(TreeSize size, ByteSpan bytes);

/// The tree head of the newest stored checkpoint; nothing where none is stored.
[[nodiscard]] Result<std::optional<GuardMark>> StoredHead(const store::EventReader& reader,
                                                          BookNo book);

/// Those of all stored checkpoints that can be read.
[[nodiscard]] Result<std::vector<GuardMark>> StoredHeads(const store::EventReader& reader,
                                                         BookNo book);

/// A head that the guard knows as signed, while the data directory has no checkpoint of that size
/// or a larger one: the record is lost, or its writer ended before it was stored, or the guard went
/// back to a log.restored that was not signed since. The log itself lacks nothing by that.
struct UnstoredHead {
  TreeSize signed_size;
  TreeSize stored;  ///< of the newest checkpoint that is stored; 0: none is
  friend bool operator==(const UnstoredHead&, const UnstoredHead&) = default;
};
[[nodiscard]] std::optional<UnstoredHead> SignedButNotStored(const GuardedHeads& heads,
                                                             TreeSize stored);
/// The same of each of `books`: the guard is read first, then the reader is refreshed, once. Beside
/// a writer that is just signing it may be told for a moment.
[[nodiscard]] Result<std::vector<std::optional<UnstoredHead>>> SignedButNotStored(
    store::EventReader& reader, std::span<const BookNo> books, const Guard& guard);
/// In words, with what to do.
[[nodiscard]] std::string TextOf(const UnstoredHead& head);

/// Seals the book, has the guard remember the head, signs its head with the directory's key as
/// NAME/book and stores the record. Returns the note.
[[nodiscard]] Result<std::string> SignHead(Ledger& ledger, std::string_view book,
                                           const proof::Signer& directory_key);

}  // namespace suanpan::engine
