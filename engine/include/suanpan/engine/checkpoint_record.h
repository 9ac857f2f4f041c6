#pragma once

// Signing the head of a book, and what is kept beside the signed note: the digest of the live state
// at that size.

#include <string>

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

/// Seals the book, has the guard remember the head, signs its head with the directory's key as
/// NAME/book and stores the record. Returns the note.
[[nodiscard]] Result<std::string> SignHead(Ledger& ledger, std::string_view book,
                                           const proof::Signer& directory_key);

}  // namespace suanpan::engine
