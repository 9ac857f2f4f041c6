#include "suanpan/store/keys.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "suanpan/base/invariant.h"

namespace suanpan::store {
namespace {

enum class RowTag : std::uint8_t { kWatermark = 0, kUuid = 1, kStream = 2 };

std::string RowPrefix(RowTag tag, BookNo book) {
  std::string key;
  key.reserve(1 + 4 + 4 + 16);
  key.push_back(static_cast<char>(tag));
  AppendBig(key, book.value());
  return key;
}

/// The successor of the prefix as a big-endian number; the last book's is that of the next tag.
std::string RowsEnd(RowTag tag, BookNo book) {
  if (book.value() == std::numeric_limits<std::uint32_t>::max()) {
    return {static_cast<char>(static_cast<std::uint8_t>(tag) + 1)};
  }
  return RowPrefix(tag, BookNo{book.value() + 1});
}

std::uint64_t ZigZag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

void AppendVarint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>(value | 0x80U));
  out.push_back(static_cast<char>(value));
}

/// Takes a varint in shortest form off the front of `bytes`; false when there is none.
bool TakeVarint(ByteSpan& bytes, std::uint64_t& value) {
  // Seven bytes hold the zigzag of every difference of two sequences below 2^48.
  constexpr std::size_t kBytesMax = 7;
  value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < kBytesMax; ++i) {
    value |= std::uint64_t{bytes[i] & 0x7fU} << (7 * i);
    if ((bytes[i] & 0x80U) != 0) continue;
    const bool shortest = i == 0 || bytes[i] != 0;
    bytes = bytes.subspan(i + 1);
    return shortest;
  }
  return false;
}

Status BadRow(std::string_view what) {
  return MakeError(StatusCode::kCorruption, "row of stream keys: {}: {}", what, kWriteKeysAgain);
}

RowTag TagOf(KeyForm form) { return form == KeyForm::kStream ? RowTag::kStream : RowTag::kUuid; }

constexpr std::size_t kSourceAt = 1 + 4;  ///< in a row key: after tag and book
constexpr std::size_t kNameAt = kSourceAt + 4;
constexpr std::size_t kUuidRowKeyBytes = kNameAt + 16;
constexpr std::size_t kStreamRowKeyBytes = kNameAt + 4 + 8;

Status VisitUuidRow(ByteSpan key, ByteSpan value, const KeyVisitor& visit) {
  Uuid uuid;
  std::copy_n(key.begin() + kNameAt, uuid.bytes.size(), uuid.bytes.begin());
  SUANPAN_ASSIGN_OR_RETURN(const Seq seq, DecodeSeq(value));
  return visit(
      {NameId{LoadBig<std::uint32_t>(key.data() + kSourceAt)}, CommandKey::OfUuid(uuid), seq});
}

Status VisitStreamRow(ByteSpan key, ByteSpan value, const KeyVisitor& visit) {
  const NameId source{LoadBig<std::uint32_t>(key.data() + kSourceAt)};
  const NameId stream{LoadBig<std::uint32_t>(key.data() + kNameAt)};
  const std::uint64_t row_no = LoadBig<std::uint64_t>(key.data() + kNameAt + 4);
  constexpr std::uint64_t kRowsMax =
      std::numeric_limits<std::uint64_t>::max() / StreamRow::kCounters;
  if (row_no > kRowsMax) return BadRow("its counters are beyond 64 bits");
  SUANPAN_ASSIGN_OR_RETURN(const StreamRow row, StreamRow::Decode(value));
  for (std::uint64_t i = 0; i < StreamRow::kCounters; ++i) {
    const Seq seq = row.Find(i);
    if (seq == Seq{}) continue;
    SUANPAN_RETURN_IF_ERROR(
        visit({source, CommandKey::OfStream(stream, row_no * StreamRow::kCounters + i), seq}));
  }
  return {};
}

}  // namespace

std::array<std::pair<std::string, std::string>, 3> KeyRowsOf(BookNo book) {
  const auto of = [book](RowTag tag) {
    return std::pair{RowPrefix(tag, book), RowsEnd(tag, book)};
  };
  return {of(RowTag::kWatermark), of(RowTag::kUuid), of(RowTag::kStream)};
}

std::string WatermarkRowKey(BookNo book) { return RowPrefix(RowTag::kWatermark, book); }

std::string UuidRowKey(BookNo book, NameId source, const Uuid& uuid) {
  std::string key(kUuidRowKeyBytes, static_cast<char>(RowTag::kUuid));
  StoreBig(key.data() + 1, book.value());
  StoreBig(key.data() + kSourceAt, source.value());
  std::memcpy(key.data() + kNameAt, uuid.bytes.data(), uuid.bytes.size());
  return key;
}

std::string StreamRowKey(BookNo book, NameId source, NameId stream, std::uint64_t counter) {
  std::string key = RowPrefix(RowTag::kStream, book);
  AppendBig(key, source.value());
  AppendBig(key, stream.value());
  AppendBig(key, counter / StreamRow::kCounters);
  return key;
}

std::string KeyRowsBegin(KeyForm form, BookNo book) { return RowPrefix(TagOf(form), book); }

std::string KeyRowsEnd(KeyForm form, BookNo book) { return RowsEnd(TagOf(form), book); }

Status VisitKeyRow(ByteSpan key, ByteSpan value, const KeyVisitor& visit) {
  const auto is = [&](RowTag tag, std::size_t bytes) {
    return key.size() == bytes && key.front() == static_cast<std::uint8_t>(tag);
  };
  if (is(RowTag::kUuid, kUuidRowKeyBytes)) return VisitUuidRow(key, value, visit);
  if (is(RowTag::kStream, kStreamRowKeyBytes)) return VisitStreamRow(key, value, visit);
  return MakeError(StatusCode::kCorruption, "a row of the key index has a key of {} bytes: {}",
                   key.size(), kWriteKeysAgain);
}

std::string EncodeSeq(Seq seq) {
  std::string out;
  AppendLittle(out, seq.value());
  return out;
}

Result<Seq> DecodeSeq(ByteSpan bytes) {
  if (bytes.size() != sizeof(std::uint64_t)) {
    return MakeError(StatusCode::kCorruption, "a sequence of {} bytes in the key index: {}",
                     bytes.size(), kWriteKeysAgain);
  }
  return Seq{LoadLittle<std::uint64_t>(bytes.data())};
}

void StreamRow::Bind(std::uint64_t counter, Seq seq) {
  SUANPAN_INVARIANT(seq.value() > 0 && seq.value() <= kSeqMax, "{}", seq.value());
  seqs_[counter % kCounters] = seq;
}

std::string StreamRow::Encode() const {
  std::uint64_t bitmap = 0;
  std::uint64_t base = 0;
  std::string deltas;
  for (std::size_t i = 0; i < kCounters; ++i) {
    const std::uint64_t seq = seqs_[i].value();
    if (seq == 0) continue;
    bitmap |= std::uint64_t{1} << i;
    if (base == 0) {
      base = seq;
    } else {
      AppendVarint(deltas,
                   ZigZag(static_cast<std::int64_t>(seq) - static_cast<std::int64_t>(base)));
    }
  }
  SUANPAN_INVARIANT(bitmap != 0, "an empty row is not stored");
  std::string out;
  out.reserve(16 + deltas.size());
  AppendLittle(out, bitmap);
  AppendLittle(out, base);
  return out + deltas;
}

Result<StreamRow> StreamRow::Decode(ByteSpan bytes) {
  if (bytes.size() < 16) return BadRow("shorter than bitmap and base");
  auto bits = LoadLittle<std::uint64_t>(bytes.data());
  const auto base = LoadLittle<std::uint64_t>(bytes.data() + 8);
  if (bits == 0) return BadRow("no counter is bound");
  if (base == 0 || base > kSeqMax) return BadRow("base is no sequence");
  ByteSpan deltas = bytes.subspan(16);
  StreamRow row;
  row.seqs_[static_cast<std::size_t>(std::countr_zero(bits))] = Seq{base};
  for (bits &= bits - 1; bits != 0; bits &= bits - 1) {
    std::uint64_t delta = 0;
    if (!TakeVarint(deltas, delta)) return BadRow("a difference is cut or not in shortest form");
    const std::int64_t seq = static_cast<std::int64_t>(base) + UnZigZag(delta);
    if (seq <= 0 || static_cast<std::uint64_t>(seq) > kSeqMax) {
      return BadRow("a difference leads to no sequence");
    }
    row.seqs_[static_cast<std::size_t>(std::countr_zero(bits))] =
        Seq{static_cast<std::uint64_t>(seq)};
  }
  if (!deltas.empty()) return BadRow("bytes after the last difference");
  return row;
}

}  // namespace suanpan::store
