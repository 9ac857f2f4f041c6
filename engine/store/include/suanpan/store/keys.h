#pragma once

// Command keys and the rows that remember which entry first answered them. A key is bound for ever
// to (book, source).

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/base/uuid.h"

namespace suanpan::store {

/// How a command names itself; the numbers are those of the entry head.
enum class KeyForm : std::uint8_t {
  kEngine = 0,  ///< written by the engine, has no key
  kUuid = 1,
  kStream = 2,  ///< a counter of a named stream, "till-3/1042"
};

/// The key of one command. Fields that its form does not use are zero, so that comparison is plain.
struct CommandKey {
  KeyForm form = KeyForm::kEngine;
  Uuid uuid;
  NameId stream;
  std::uint64_t counter = 0;

  [[nodiscard]] static CommandKey OfUuid(const Uuid& uuid) {
    return {.form = KeyForm::kUuid, .uuid = uuid, .stream = {}, .counter = 0};
  }
  [[nodiscard]] static CommandKey OfStream(NameId stream, std::uint64_t counter) {
    return {.form = KeyForm::kStream, .uuid = {}, .stream = stream, .counter = counter};
  }
  friend auto operator<=>(const CommandKey&, const CommandKey&) = default;
};

/// `key` of `source` was first answered by entry `seq`.
struct KeyBinding {
  NameId source;
  CommandKey key;
  Seq seq;
};
using KeyVisitor = std::function<Status(const KeyBinding&)>;

/// What helps where the index of keys is damaged; the end of every error that says so.
inline constexpr std::string_view kWriteKeysAgain =
    "`suanpan replay rebuild --projection keys` writes the index of command keys again from the "
    "log";

// Rows of the family `keys`. Row keys are big-endian, so that the rows of a book and source stand
// together and counters in order; values are little-endian.
//
//   00 | book u32                                          -> watermark u64
//   01 | book u32 | source u32 | uuid[16]                  -> seq u64
//   02 | book u32 | source u32 | stream u32 | counter / 64 -> StreamRow

/// The rows of a book, its watermark too, as ranges without their upper bounds.
std::array<std::pair<std::string, std::string>, 3> KeyRowsOf(BookNo book);
std::string WatermarkRowKey(BookNo book);
std::string UuidRowKey(BookNo book, NameId source, const Uuid& uuid);
std::string StreamRowKey(BookNo book, NameId source, NameId stream, std::uint64_t counter);

/// All rows of one form and book stand from the first of these up to but without the second.
std::string KeyRowsBegin(KeyForm form, BookNo book);
std::string KeyRowsEnd(KeyForm form, BookNo book);

/// Calls `visit` with every binding of a row 01 or 02; an error of it ends the walk. kCorruption
/// for bytes that are no such row.
Status VisitKeyRow(ByteSpan key, ByteSpan value, const KeyVisitor& visit);

/// The value of rows 00 and 01.
std::string EncodeSeq(Seq seq);
Result<Seq> DecodeSeq(ByteSpan bytes);

/// First answers of 64 neighbouring counters of one stream. Stored as
///
///   bitmap u64 (bit i: counter 64 * row + i is bound) | base u64 | one varint for each further bit
///
/// base is the sequence of the lowest bound counter; a varint (LEB128, shortest form) is the zigzag
/// of (sequence - base), in counter order. Example: counters 0, 1 and 3 at sequences 900, 901, 899:
/// bitmap 0b1011, base 900, varints 2 (+1) and 1 (-1). A till's command costs one to three bytes.
class StreamRow {
 public:
  /// The largest sequence a row can hold; an address (seq << 16 | line) has no room for more.
  static constexpr std::uint64_t kSeqMax = (std::uint64_t{1} << 48U) - 1;
  static constexpr std::uint64_t kCounters = 64;

  /// Nothing bound: Seq{0}. Only the low 6 bits of `counter` count.
  [[nodiscard]] Seq Find(std::uint64_t counter) const { return seqs_[counter % kCounters]; }
  /// `seq` from 1 to kSeqMax; binding again overwrites.
  void Bind(std::uint64_t counter, Seq seq);

  [[nodiscard]] std::string Encode() const;
  /// kCorruption for anything Encode does not write, the empty row included.
  static Result<StreamRow> Decode(ByteSpan bytes);

  friend bool operator==(const StreamRow&, const StreamRow&) = default;

 private:
  std::array<Seq, kCounters> seqs_{};
};

}  // namespace suanpan::store
