#define XXH_INLINE_ALL  // gives the hash's state a size, so that it needs no allocation
#include <lz4.h>
#include <xxhash.h>

#include <cstring>
#include <limits>

#include "src/block_format.h"
#include "suanpan/store/block.h"

namespace suanpan::store {
namespace {

template <class... Args>
Status Corrupt(fmt::format_string<Args...> format, Args&&... args) {
  return MakeError(StatusCode::kCorruption, format, std::forward<Args>(args)...);
}

/// Magic, version and header size: without these the other fields mean nothing.
Status CheckPrefix(ByteSpan bytes) {
  if (bytes.size() < kBlockHeaderBytes) {
    return Corrupt("block of {} bytes is shorter than its header of {}", bytes.size(),
                   kBlockHeaderBytes);
  }
  const auto magic = LoadLittle<std::uint32_t>(bytes.data() + block_offset::kMagic);
  if (magic != kBlockMagic) return Corrupt("block magic is {:08x}, not {:08x}", magic, kBlockMagic);
  const auto version = LoadLittle<std::uint16_t>(bytes.data() + block_offset::kVersion);
  if (version != kBlockVersion) {
    return Corrupt("block version is {}, not {}", version, kBlockVersion);
  }
  const auto header_bytes = LoadLittle<std::uint16_t>(bytes.data() + block_offset::kHeaderBytes);
  if (header_bytes != kBlockHeaderBytes) {
    return Corrupt("block header size is {}, not {}", header_bytes, kBlockHeaderBytes);
  }
  return {};
}

BlockHeader LoadHeader(const std::uint8_t* data) {
  BlockHeader header;
  header.first_seq = Seq{LoadLittle<std::uint64_t>(data + block_offset::kFirstSeq)};
  header.entries = LoadLittle<std::uint32_t>(data + block_offset::kEntries);
  header.events = LoadLittle<std::uint32_t>(data + block_offset::kEvents);
  header.raw_bytes = LoadLittle<std::uint32_t>(data + block_offset::kRawBytes);
  header.stored_bytes = LoadLittle<std::uint32_t>(data + block_offset::kStoredBytes);
  header.day_min = Date{LoadLittle<std::uint16_t>(data + block_offset::kDayMin)};
  header.day_max = Date{LoadLittle<std::uint16_t>(data + block_offset::kDayMax)};
  header.period_min = Month{LoadLittle<std::uint16_t>(data + block_offset::kPeriodMin)};
  header.period_max = Month{LoadLittle<std::uint16_t>(data + block_offset::kPeriodMax)};
  header.kinds.low = LoadLittle<std::uint64_t>(data + block_offset::kKinds);
  header.kinds.high = LoadLittle<std::uint64_t>(data + block_offset::kKinds + 8);
  header.last_recorded = InstantUs{
      static_cast<std::int64_t>(LoadLittle<std::uint64_t>(data + block_offset::kLastRecorded))};
  std::memcpy(header.root_after.bytes.data(), data + block_offset::kRoot, sizeof(Hash32));
  return header;
}

Status CheckSizes(const BlockHeader& header, std::size_t block_bytes) {
  const std::uint64_t first = header.first_seq.value();
  if (first == 0 || first > std::numeric_limits<std::uint64_t>::max() - kBlockEntriesMax) {
    return Corrupt("block starts at sequence {}", first);
  }
  if (header.entries == 0 || header.entries > kBlockEntriesMax) {
    return Corrupt("block {} claims {} entries, of at most {}", first, header.entries,
                   kBlockEntriesMax);
  }
  if (header.events < header.entries) {
    return Corrupt("block {} claims {} events in {} entries", first, header.events, header.entries);
  }
  if (header.raw_bytes > kBlockRawBytesMax ||
      header.raw_bytes < SizeTableBytes(header.entries) + header.entries * std::size_t{8}) {
    return Corrupt("block {} claims a raw body of {} bytes for {} entries", first, header.raw_bytes,
                   header.entries);
  }
  if (block_bytes != kBlockHeaderBytes + std::size_t{header.stored_bytes}) {
    return Corrupt("block {} has {} bytes, its header says {} + {}", first, block_bytes,
                   kBlockHeaderBytes, header.stored_bytes);
  }
  if (header.day_min > header.day_max || header.period_min > header.period_max) {
    return Corrupt("block {} has a range of days or periods that ends before it starts", first);
  }
  return {};
}

/// Fills the offsets of entries + 1 bounds from the table at the head of the raw body.
Status ReadSizeTable(const BlockHeader& header, const std::uint8_t* raw,
                     std::vector<std::uint32_t>& offsets) {
  const std::size_t table_bytes = SizeTableBytes(header.entries);
  offsets.clear();
  std::size_t offset = table_bytes;
  for (std::size_t i = 0; i < header.entries; ++i) {
    const std::size_t size = std::size_t{8} * LoadLittle<std::uint16_t>(raw + 2 * i);
    if (size == 0 || size > kEntryBytesMax) {
      return Corrupt("entry {} has a size of {} bytes", header.first_seq.value() + i, size);
    }
    offsets.push_back(static_cast<std::uint32_t>(offset));
    offset += size;
  }
  offsets.push_back(static_cast<std::uint32_t>(offset));
  for (std::size_t i = header.entries * sizeof(std::uint16_t); i < table_bytes; ++i) {
    if (raw[i] != 0) {
      return Corrupt("block {} has a byte that is not zero in its padding at {}",
                     header.first_seq.value(), i);
    }
  }
  if (offset != header.raw_bytes) {
    return Corrupt("entries of block {} end at byte {} of a raw body of {}",
                   header.first_seq.value(), offset, header.raw_bytes);
  }
  return {};
}

}  // namespace

std::uint64_t BlockChecksum(ByteSpan block) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, block.data(), block_offset::kChecksum);
  constexpr std::uint64_t kZero = 0;
  XXH3_64bits_update(&state, &kZero, sizeof kZero);
  XXH3_64bits_update(&state, block.data() + kBlockHeaderBytes, block.size() - kBlockHeaderBytes);
  return XXH3_64bits_digest(&state);
}

Result<BlockHeader> PeekBlockHeader(ByteSpan bytes) {
  SUANPAN_RETURN_IF_ERROR(CheckPrefix(bytes));
  const BlockHeader header = LoadHeader(bytes.data());
  SUANPAN_RETURN_IF_ERROR(CheckSizes(header, bytes.size()));
  return header;
}

Result<BlockHeader> ReadBlockHeader(ByteSpan bytes) {
  SUANPAN_ASSIGN_OR_RETURN(const BlockHeader header, PeekBlockHeader(bytes));
  const auto stored = LoadLittle<std::uint64_t>(bytes.data() + block_offset::kChecksum);
  const std::uint64_t computed = BlockChecksum(bytes);
  if (stored != computed) {
    return Corrupt("checksum of block {} is {:016x}, its bytes give {:016x}",
                   header.first_seq.value(), stored, computed);
  }
  return header;
}

Status DecodeBlock(ByteSpan bytes, DecodedBlock& block) {
  SUANPAN_ASSIGN_OR_RETURN(block.header_, ReadBlockHeader(bytes));
  const BlockHeader& header = block.header_;
  block.buffer_.resize((header.raw_bytes + 7) / 8);
  const int got = LZ4_decompress_safe(
      reinterpret_cast<const char*>(bytes.data() + kBlockHeaderBytes),
      reinterpret_cast<char*>(block.buffer_.data()), static_cast<int>(header.stored_bytes),
      static_cast<int>(header.raw_bytes));
  if (got < 0 || static_cast<std::uint32_t>(got) != header.raw_bytes) {
    return Corrupt("body of block {} does not decompress to its {} bytes", header.first_seq.value(),
                   header.raw_bytes);
  }
  return ReadSizeTable(header, block.bytes(), block.offsets_);
}

}  // namespace suanpan::store
