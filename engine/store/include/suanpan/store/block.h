#pragma once

// Blocks: consecutive entries of one book, compressed once, with a header from which a replay can
// tell whether it needs the block. Entries are opaque byte strings here.
//
// Stored bytes, all integers little-endian: a header of 104 bytes, then one LZ4 block.
//
//   offset  0 magic u32 | 4 version u16 | 6 header bytes u16 | 8 first_seq u64 | 16 entries u32
//          20 events u32 | 24 raw body bytes u32 | 28 stored body bytes u32
//          32 day_min u16 | 34 day_max u16 | 36 period_min u16 | 38 period_max u16
//          40 kinds, 128 bits as two u64 | 56 last_recorded_us i64
//          64 root[32] of the book's Merkle tree after the last entry
//          96 xxh3 u64 over the header with this field 0, then the stored body
//   raw body: size / 8 of each entry as u16, zeros up to a multiple of 8, the entries
//
// A block is valid when it is exactly 104 + stored bytes long and every field above agrees with the
// bytes. The checksum finds damage, not forgery: that is what the tree is for.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"

namespace suanpan::store {

inline constexpr std::uint32_t kBlockMagic = 0x4b'42'50'53;  // "SPBK"
inline constexpr std::uint16_t kBlockVersion = 1;
inline constexpr std::size_t kBlockHeaderBytes = 104;
inline constexpr std::size_t kEntryBytesMax = 32 * 1024;
inline constexpr std::size_t kBlockEntriesMax = 4096;
/// Of the raw body, table of sizes included.
inline constexpr std::size_t kBlockRawBytesMax = 256 * 1024;

/// Kinds of events, by number; numbers are below 128.
class KindSet {
 public:
  void Add(std::uint32_t kind);
  void Add(const KindSet& other);
  [[nodiscard]] bool Contains(std::uint32_t kind) const;
  [[nodiscard]] bool Intersects(const KindSet& other) const;
  friend bool operator==(const KindSet&, const KindSet&) = default;

  std::uint64_t low = 0;   ///< kinds 0 to 63
  std::uint64_t high = 0;  ///< kinds 64 to 127
};

/// What the block header keeps of one entry: ranges are inclusive, over all its events.
struct EntrySummary {
  std::uint32_t events = 0;
  Date day_min;
  Date day_max;
  Month period_min;
  Month period_max;
  KindSet kinds;
  InstantUs recorded;
};

/// The header fields that say something about the entries.
struct BlockHeader {
  Seq first_seq;
  std::uint32_t entries = 0;  ///< 1 to kBlockEntriesMax
  std::uint32_t events = 0;
  std::uint32_t raw_bytes = 0;     ///< body before compression
  std::uint32_t stored_bytes = 0;  ///< body after compression
  Date day_min;
  Date day_max;
  Month period_min;
  Month period_max;
  KindSet kinds;
  InstantUs last_recorded;
  Hash32 root_after;

  [[nodiscard]] Seq last_seq() const { return Seq{first_seq.value() + entries - 1}; }
  friend bool operator==(const BlockHeader&, const BlockHeader&) = default;
};

/// Collects entries of one book and makes the block. Reusable: after Finish it is empty and goes on
/// with the next sequence. One thread at a time.
class BlockBuilder {
 public:
  /// `first` is the sequence of the next entry added, from 1.
  explicit BlockBuilder(Seq first);

  /// True when one more entry of `entry_bytes` goes into this block; an entry never splits. An
  /// empty block takes every valid entry.
  [[nodiscard]] bool Fits(std::size_t entry_bytes) const;
  /// Takes the next entry. Its size is a multiple of 8, from 8 to kEntryBytesMax, and Fits; it has
  /// at least one event. Anything else is a broken invariant.
  void Add(ByteSpan entry, const EntrySummary& summary);

  [[nodiscard]] bool empty() const { return sizes_.empty(); }
  [[nodiscard]] Seq first_seq() const { return header_.first_seq; }
  /// The sequence that the next entry gets.
  [[nodiscard]] Seq next_seq() const;
  /// Size of the raw body so far.
  [[nodiscard]] std::size_t raw_bytes() const;

  /// The block's bytes; `root_after` is the tree's root after the last entry. Must not be empty.
  [[nodiscard]] std::string Finish(const Hash32& root_after);

 private:
  BlockHeader header_;
  std::vector<std::uint16_t> sizes_;
  std::string entries_;
  std::string raw_;
};

/// A decoded block. Owns its buffer, which a later DecodeBlock into the same object uses again
/// without allocating; spans from before are then invalid.
class DecodedBlock {
 public:
  [[nodiscard]] const BlockHeader& header() const { return header_; }
  /// Number of entries.
  [[nodiscard]] std::size_t size() const { return header_.entries; }
  /// Entry i of size(), 8-byte aligned; valid until the object is decoded into or destroyed.
  [[nodiscard]] ByteSpan entry(std::size_t i) const {
    return {bytes() + offsets_[i], offsets_[i + 1] - offsets_[i]};
  }
  [[nodiscard]] Seq seq(std::size_t i) const { return Seq{header_.first_seq.value() + i}; }

 private:
  friend Status DecodeBlock(ByteSpan bytes, DecodedBlock& block);
  [[nodiscard]] const std::uint8_t* bytes() const {
    return reinterpret_cast<const std::uint8_t*>(buffer_.data());
  }

  BlockHeader header_;
  std::vector<std::uint64_t> buffer_;   ///< raw body; u64 for the alignment
  std::vector<std::uint32_t> offsets_;  ///< entries + 1 offsets into the buffer
};

/// Checks everything that can be checked without decompressing, checksum included. kCorruption
/// names what differs and where.
Result<BlockHeader> ReadBlockHeader(ByteSpan bytes);

/// Checks and decompresses into `block`, whose content is unspecified after an error. Never reads
/// outside `bytes` nor allocates more than kBlockRawBytesMax and the table, whatever the bytes
/// claim. kCorruption names what differs and where.
Status DecodeBlock(ByteSpan bytes, DecodedBlock& block);

}  // namespace suanpan::store
