#pragma once

// Offsets of the block header and its checksum, shared by builder and reader. The layout is written
// out in block.h.

#include <cstddef>
#include <cstdint>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"
#include "suanpan/store/block.h"

namespace suanpan::store {

namespace block_offset {
inline constexpr std::size_t kMagic = 0;
inline constexpr std::size_t kVersion = 4;
inline constexpr std::size_t kHeaderBytes = 6;
inline constexpr std::size_t kFirstSeq = 8;
inline constexpr std::size_t kEntries = 16;
inline constexpr std::size_t kEvents = 20;
inline constexpr std::size_t kRawBytes = 24;
inline constexpr std::size_t kStoredBytes = 28;
inline constexpr std::size_t kDayMin = 32;
inline constexpr std::size_t kDayMax = 34;
inline constexpr std::size_t kPeriodMin = 36;
inline constexpr std::size_t kPeriodMax = 38;
inline constexpr std::size_t kKinds = 40;
inline constexpr std::size_t kLastRecorded = 56;
inline constexpr std::size_t kRoot = 64;
inline constexpr std::size_t kChecksum = 96;
}  // namespace block_offset

static_assert(block_offset::kRoot + sizeof(Hash32) == block_offset::kChecksum);
static_assert(block_offset::kChecksum + sizeof(std::uint64_t) == kBlockHeaderBytes);
static_assert(kEntryBytesMax / 8 <= 0xffff, "sizes are stored as u16 of 8 bytes");
static_assert(PadTo8(sizeof(std::uint16_t)) + kEntryBytesMax <= kBlockRawBytesMax,
              "an empty block takes every valid entry");

/// Size of the table of sizes, padding included.
constexpr std::size_t SizeTableBytes(std::size_t entries) {
  return PadTo8(entries * sizeof(std::uint16_t));
}

/// The header of a block of the right shape, without a look at the checksum; else kCorruption.
Result<BlockHeader> PeekBlockHeader(ByteSpan bytes);

/// `block` is at least a header long.
std::uint64_t BlockChecksum(ByteSpan block);

}  // namespace suanpan::store
