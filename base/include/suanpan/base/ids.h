#pragma once

// Identities inside a book. All are plain integers in memory and on disk, none converts into
// another.

#include <cstdint>

#include "suanpan/base/strong.h"

namespace suanpan {

/// Interned name of a book (refs, codes, sources, streams share one space): 1, 2, 3 ... in order of
/// introduction; 0 is "no name".
using NameId = Strong<struct NameTag, std::uint32_t>;

/// Position of an entry in its book: 1, 2, 3 ... without gaps; 0 is "before the first entry". The
/// Merkle leaf index is seq - 1.
using Seq = Strong<struct SeqTag, std::uint64_t>;

/// Zero-based index of a leaf in a book's Merkle tree.
using LeafIndex = Strong<struct LeafIndexTag, std::uint64_t>;

/// Number of leaves of a book's Merkle tree, which is also the sequence of its last entry.
using TreeSize = Strong<struct TreeSizeTag, std::uint64_t>;

/// Number of a book inside one data directory, from 1. It never leaves the data directory.
using BookNo = Strong<struct BookNoTag, std::uint32_t>;

[[nodiscard]] constexpr Seq Next(Seq seq) { return Seq{seq.value() + 1}; }

/// Address of an event, seq.line packed as seq << 16 | line; 0 is "no event".
class Address {
 public:
  constexpr Address() = default;
  constexpr Address(Seq seq, std::uint16_t line) : packed_(seq.value() << 16U | line) {}
  [[nodiscard]] static constexpr Address FromPacked(std::uint64_t packed) {
    Address address;
    address.packed_ = packed;
    return address;
  }

  [[nodiscard]] constexpr std::uint64_t packed() const { return packed_; }
  [[nodiscard]] constexpr Seq seq() const { return Seq{packed_ >> 16U}; }
  [[nodiscard]] constexpr std::uint16_t line() const {
    return static_cast<std::uint16_t>(packed_ & 0xffffU);
  }
  [[nodiscard]] constexpr bool none() const { return packed_ == 0; }
  friend constexpr auto operator<=>(Address, Address) = default;

 private:
  std::uint64_t packed_ = 0;
};

}  // namespace suanpan
