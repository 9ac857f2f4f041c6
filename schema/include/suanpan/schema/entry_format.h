#pragma once

// Encoding 1 of entries and events: the constants and fixed parts that writer, reader and verifier
// share (docs/format.md has every byte). Little-endian; all sizes multiples of 8; reserved bytes
// are zero and checked.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "suanpan/base/ids.h"

namespace suanpan::schema {

static_assert(std::endian::native == std::endian::little, "stored structs are little-endian");

inline constexpr std::uint8_t kEntryVersion = 1;

// Limits of the format version (events.md 1.4).
inline constexpr std::size_t kFactsMax = 256;
inline constexpr std::size_t kEntryBytesMax = 32 * 1024;
inline constexpr std::size_t kRequestBytesMax = 64 * 1024;
inline constexpr std::size_t kJsonDepthMax = 8;
inline constexpr std::size_t kNameBytesMax = 64;
inline constexpr std::size_t kCodeBytesMax = 32;
inline constexpr std::size_t kTokenBytesMax = 32;
inline constexpr std::size_t kLabelBytesMax = 80;
inline constexpr std::size_t kEvidenceMax = 16;
inline constexpr std::size_t kRefsMax = 32;
inline constexpr std::size_t kSaleLinesMax = 200;
inline constexpr std::size_t kPaidLinesMax = 16;
inline constexpr std::size_t kKindsMax =
    128;  ///< kind numbers are below this (a block header has a bit for each)

enum class KeyForm : std::uint8_t { kEngine = 0, kUuid = 1, kStream = 2 };

/// Key of a stream command as it lies in EntryHead::key.
struct StreamKey {
  NameId stream;
  std::uint32_t zero = 0;
  std::uint64_t counter = 0;
};

struct EntryHead {
  std::uint8_t version = kEntryVersion;
  KeyForm key_form = KeyForm::kEngine;
  std::uint16_t events = 0;
  NameId source;                 ///< 0 for entries of the engine itself
  std::int64_t recorded_us = 0;  ///< engine clock, never decreases in a book
  std::array<std::uint8_t, 16> key{};
};

struct EventHead {
  std::uint16_t kind = 0;
  std::uint8_t version = 0;
  std::int8_t zone_quarters = 0;
  std::uint16_t size_words = 0;  ///< bytes / 8 of head, tail and payload
  std::uint16_t cause = 0;       ///< 0 for a fact, else 1 + line of the event that caused this one
  std::uint32_t present = 0;     ///< TailBit set
  NameId actor;                  ///< 0 for the engine
  std::uint32_t occurred_s = 0;
  std::uint16_t business_day = 0;
  std::uint16_t period = 0;
};

/// Parts of the tail, in this order, each padded to 8 bytes.
enum TailBit : unsigned {
  kTailSourceDoc = 0,     ///< series u32, length u8, bytes
  kTailEvidence = 1,      ///< count u64, 32 bytes each
  kTailRefs = 2,          ///< count u64, 8 bytes each
  kTailSummary = 3,       ///< code u32, 0 u32
  kTailNoteCommit = 4,    ///< 32 bytes
  kTailReplaces = 5,      ///< address
  kTailSupplements = 6,   ///< address
  kTailApproval = 7,      ///< address
  kTailIrregular = 8,     ///< bit set of refusals set aside
  kTailCauseAddress = 9,  ///< address outside the entry
  kTailRule = 10,         ///< policy u32, version u32
  kTailBits = 11
};

template <class T>
inline constexpr bool kStorable = std::is_trivially_copyable_v<T>&& std::is_standard_layout_v<T>&&
    std::has_unique_object_representations_v<T>;

static_assert(kStorable<EntryHead> && sizeof(EntryHead) == 32);
static_assert(kStorable<EventHead> && sizeof(EventHead) == 24);
static_assert(kStorable<StreamKey> && sizeof(StreamKey) == 16);

}  // namespace suanpan::schema
