#pragma once

// Entries between values and stored bytes. The bytes are the Merkle leaf: built by EncodeEntry
// alone, never rebuilt for copying or hashing, read zero-copy by EntryView.

#include <string>

#include "suanpan/base/status.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::schema {

/// What an entry carries besides its events.
struct EntryCommon {
  CommandKey key;  ///< stream is an id of the book
  NameId source;   ///< 0: an entry of the engine itself
  InstantUs recorded_at;
  friend bool operator==(const EntryCommon&, const EntryCommon&) = default;
};

/// Encodes entries, reusing its buffers. Not for sharing between threads.
class EntryEncoder {
 public:
  /// Appends the entry's bytes to `out` and returns how many. Nothing is checked against
  /// kEntryBytesMax here.
  std::size_t Encode(const EntryCommon& common, std::span<const Event> events, std::string& out);

 private:
  void EncodeEvent(const Event& event, std::string& out);
  TableWriter tables_;
};

/// A decoded entry; its events view the bytes and the arena given to Decode.
struct EntryView {
  EntryCommon common;
  std::span<const Event> events;
};

/// Decodes and checks structure: sizes, zero padding, reserved bits, known kinds and versions,
/// FlatBuffers safety. The bytes must be 8-byte aligned and outlive the view. Ranges of fields are
/// CheckEntry's. An unknown kind is kFailedPrecondition (an engine that meets one
/// stops), everything else kCorruption, both with the line.
[[nodiscard]] Result<EntryView> DecodeEntry(ByteSpan bytes, const KindTable& kinds, Arena& arena);

/// The head of an entry without its events: for filters and key indexes. kCorruption when too short
/// or malformed.
[[nodiscard]] Result<EntryCommon> DecodeEntryCommon(ByteSpan bytes);

/// Number of events that the head of an entry states. kCorruption when too short or malformed.
[[nodiscard]] Result<std::size_t> CountEvents(ByteSpan bytes);

/// That every field of a decoded entry is in its range and every event stands as its origin
/// demands: facts have an actor and no cause, derived events a cause and no actor, the log's own
/// events come last and carry nothing. `names` must hold the names that the entry itself
/// introduces. kCorruption with the line and the field.
[[nodiscard]] Status CheckEntry(const EntryView& entry, const NameReader& names);

/// That the bytes are the only ones for their values, by encoding the values again. Together with
/// CheckEntry it is V5 of an audit.
[[nodiscard]] Status CheckCanonical(ByteSpan bytes, const EntryView& entry, EntryEncoder& encoder);

}  // namespace suanpan::schema
