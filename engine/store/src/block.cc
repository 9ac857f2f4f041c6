#include "suanpan/store/block.h"

#include <lz4.h>

#include <algorithm>
#include <cstring>

#include "src/block_format.h"
#include "suanpan/base/invariant.h"

namespace suanpan::store {
namespace {

std::string EncodeHeader(const BlockHeader& header) {
  std::string out;
  out.reserve(kBlockHeaderBytes);
  AppendLittle(out, kBlockMagic);
  AppendLittle(out, kBlockVersion);
  AppendLittle(out, static_cast<std::uint16_t>(kBlockHeaderBytes));
  AppendLittle(out, header.first_seq.value());
  AppendLittle(out, header.entries);
  AppendLittle(out, header.events);
  AppendLittle(out, header.raw_bytes);
  AppendLittle(out, header.stored_bytes);
  AppendLittle(out, header.day_min.value());
  AppendLittle(out, header.day_max.value());
  AppendLittle(out, header.period_min.value());
  AppendLittle(out, header.period_max.value());
  AppendLittle(out, header.kinds.low);
  AppendLittle(out, header.kinds.high);
  AppendLittle(out, static_cast<std::uint64_t>(header.last_recorded.value()));
  out.append(AsText(header.root_after.bytes));
  AppendLittle(out, std::uint64_t{0});
  SUANPAN_INVARIANT(out.size() == kBlockHeaderBytes);
  return out;
}

}  // namespace

void KindSet::Add(std::uint32_t kind) {
  SUANPAN_INVARIANT(kind < 128, "{}", kind);
  (kind < 64 ? low : high) |= std::uint64_t{1} << (kind % 64);
}

void KindSet::Add(const KindSet& other) {
  low |= other.low;
  high |= other.high;
}

bool KindSet::Contains(std::uint32_t kind) const {
  return kind < 128 && (((kind < 64 ? low : high) >> (kind % 64)) & 1U) != 0;
}

bool KindSet::Intersects(const KindSet& other) const {
  return ((low & other.low) | (high & other.high)) != 0;
}

BlockBuilder::BlockBuilder(Seq first) {
  SUANPAN_INVARIANT(first.value() > 0);
  header_.first_seq = first;
}

Seq BlockBuilder::next_seq() const { return Seq{header_.first_seq.value() + sizes_.size()}; }

std::size_t BlockBuilder::raw_bytes() const {
  return SizeTableBytes(sizes_.size()) + entries_.size();
}

bool BlockBuilder::Fits(std::size_t entry_bytes) const {
  return sizes_.size() < kBlockEntriesMax &&
         SizeTableBytes(sizes_.size() + 1) + entries_.size() + entry_bytes <= kBlockRawBytesMax;
}

void BlockBuilder::Add(ByteSpan entry, const EntrySummary& summary) {
  SUANPAN_INVARIANT(!entry.empty() && entry.size() % 8 == 0 && entry.size() <= kEntryBytesMax,
                    "entry of {} bytes", entry.size());
  SUANPAN_INVARIANT(Fits(entry.size()));
  SUANPAN_INVARIANT(summary.events > 0 && summary.day_min <= summary.day_max &&
                    summary.period_min <= summary.period_max);
  const bool first = sizes_.empty();
  header_.events += summary.events;
  header_.day_min = first ? summary.day_min : std::min(header_.day_min, summary.day_min);
  header_.day_max = first ? summary.day_max : std::max(header_.day_max, summary.day_max);
  header_.period_min =
      first ? summary.period_min : std::min(header_.period_min, summary.period_min);
  header_.period_max =
      first ? summary.period_max : std::max(header_.period_max, summary.period_max);
  header_.kinds.Add(summary.kinds);
  header_.last_recorded = summary.recorded;
  sizes_.push_back(static_cast<std::uint16_t>(entry.size() / 8));
  entries_.append(AsText(entry));
}

std::string BlockBuilder::Finish(const Hash32& root_after) {
  SUANPAN_INVARIANT(!empty());
  raw_.clear();
  for (const std::uint16_t size : sizes_) AppendLittle(raw_, size);
  raw_.resize(SizeTableBytes(sizes_.size()));
  raw_ += entries_;

  const int raw_bytes = static_cast<int>(raw_.size());
  std::string block(kBlockHeaderBytes + static_cast<std::size_t>(LZ4_compressBound(raw_bytes)), 0);
  const int stored_bytes =
      LZ4_compress_default(raw_.data(), block.data() + kBlockHeaderBytes, raw_bytes,
                           static_cast<int>(block.size() - kBlockHeaderBytes));
  SUANPAN_INVARIANT(stored_bytes > 0);
  block.resize(kBlockHeaderBytes + static_cast<std::size_t>(stored_bytes));

  const Seq next = next_seq();
  header_.entries = static_cast<std::uint32_t>(sizes_.size());
  header_.raw_bytes = static_cast<std::uint32_t>(raw_bytes);
  header_.stored_bytes = static_cast<std::uint32_t>(stored_bytes);
  header_.root_after = root_after;
  const std::string header = EncodeHeader(header_);
  std::memcpy(block.data(), header.data(), header.size());
  const std::uint64_t checksum = BlockChecksum(AsBytes(block));
  std::memcpy(block.data() + block_offset::kChecksum, &checksum, sizeof checksum);

  header_ = BlockHeader{};
  header_.first_seq = next;
  sizes_.clear();
  entries_.clear();
  return block;
}

}  // namespace suanpan::store
