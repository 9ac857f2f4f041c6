#pragma once

// Row keys of the families other than `keys` (whose rows are in keys.h). Big-endian, so that the
// rows of a book stand together and in order.
//
//   blocks       book u32 | first_seq u64           -> block (block.h)
//   tiles        book u32 | level u8 | index u64    -> 8,192 bytes
//   checkpoints  book u32 | size u64                -> bytes of the engine
//   meta         00                                 -> format version u32, little-endian
//                01 | book u32                      -> ref
//                02 | name                          -> bytes of the engine

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// Rows of `blocks` (position: first sequence) and `checkpoints` (position: size).
inline std::string PositionRowKey(BookNo book, std::uint64_t position) {
  std::string key;
  AppendBig(key, book.value());
  AppendBig(key, position);
  return key;
}
inline constexpr std::size_t kPositionRowKeyBytes = 12;
inline BookNo BookOfRow(ByteSpan key) { return BookNo{LoadBig<std::uint32_t>(key.data())}; }
inline std::uint64_t PositionOfRow(ByteSpan key) {
  return LoadBig<std::uint64_t>(key.data() + sizeof(std::uint32_t));
}

/// After every position that can be stored: sequences and sizes stay far below 2^64 - 1.
inline std::string EndOfPositions(BookNo book) {
  return PositionRowKey(book, std::numeric_limits<std::uint64_t>::max());
}

inline std::string TileRowKey(const TileId& id) {
  std::string key;
  AppendBig(key, id.book.value());
  AppendBig(key, id.level);
  AppendBig(key, id.index);
  return key;
}

enum class MetaTag : char { kFormat = 0, kBook = 1, kNamed = 2 };

inline std::string FormatRowKey() { return {static_cast<char>(MetaTag::kFormat)}; }
inline std::string BookRowKey(BookNo book) {
  std::string key{static_cast<char>(MetaTag::kBook)};
  AppendBig(key, book.value());
  return key;
}
inline std::string NamedRowKey(std::string_view name) {
  std::string key{static_cast<char>(MetaTag::kNamed)};
  return key.append(name);
}

}  // namespace suanpan::store
