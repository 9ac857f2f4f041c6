#pragma once

// SHA-256 and the three domain-separated hashes of the log (RFC 6962 section 2.1, docs/format.md).
// The one place that decides which implementation runs; allocates nothing, thread-compatible.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "suanpan/base/bytes.h"

namespace suanpan::proof {

/// First byte of what is hashed, so that a node can never be presented as a leaf, nor state as log.
enum class HashTag : std::uint8_t {
  kLeaf = 0x00,
  kNode = 0x01,
  kStateLeaf = 0x10,
  kStateNode = 0x11,
  kStateRoot = 0x12,
};

/// Incremental SHA-256. Copying forks the running hash.
class Sha256Hasher {
 public:
  Sha256Hasher();
  void Update(ByteSpan bytes);
  void Update(HashTag tag);
  /// The hash of all bytes so far; the hasher is then as new.
  [[nodiscard]] Hash32 Finish();

 private:
  void Reset();
  // The library's context, kept opaque so that its header stays private; sha256.cc checks the size.
  alignas(8) std::array<std::uint8_t, 112> context_;
};

[[nodiscard]] Hash32 Sha256(ByteSpan bytes);

/// SHA-256(0x00 || entry): the leaf of an entry's bytes.
[[nodiscard]] Hash32 LeafHash(ByteSpan entry);

/// SHA-256(0x01 || left || right).
[[nodiscard]] Hash32 NodeHash(const Hash32& left, const Hash32& right);

/// SHA-256(tag || left || right) for a tree of another domain.
[[nodiscard]] Hash32 NodeHash(HashTag tag, const Hash32& left, const Hash32& right);

/// How hashes of many messages are made; the hashes are the same.
enum class HashWay : std::uint8_t {
  kOneByOne,        ///< by the library
  kTwoAtATime,      ///< the SHA extensions of x86: the rounds of one message wait for each other
  kSixteenAtATime,  ///< AVX-512, a message to each 32-bit lane
};

/// Whether this processor can hash that way.
[[nodiscard]] bool CanHash(HashWay way);
/// The fastest way for so many messages here.
[[nodiscard]] HashWay HashWayFor(std::size_t messages);

/// leaves[i] = LeafHash(entries[i]), for spans of one length; `way` must be one that CanHash.
void LeafHashes(std::span<const ByteSpan> entries, std::span<Hash32> leaves, HashWay way);
inline void LeafHashes(std::span<const ByteSpan> entries, std::span<Hash32> leaves) {
  LeafHashes(entries, leaves, HashWayFor(entries.size()));
}

/// parents[i] = NodeHash(tag, children[2i], children[2i + 1]), for twice as many children; the two
/// may not overlap. `way` must be one that CanHash.
void NodeHashes(HashTag tag, std::span<const Hash32> children, std::span<Hash32> parents,
                HashWay way);
inline void NodeHashes(HashTag tag, std::span<const Hash32> children, std::span<Hash32> parents) {
  NodeHashes(tag, children, parents, HashWayFor(parents.size()));
}

/// SHA-256(tag || part || part ...): the parts are not delimited, so all but one must be of fixed
/// length.
[[nodiscard]] Hash32 TaggedHash(HashTag tag, std::initializer_list<ByteSpan> parts);

/// SHA-256(""): the root of the tree without leaves.
[[nodiscard]] const Hash32& EmptyRoot();

}  // namespace suanpan::proof
