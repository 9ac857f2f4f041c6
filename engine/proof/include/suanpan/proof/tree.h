#pragma once

// The RFC 6962 Merkle tree: growing it, and its root at any size. Proofs are in tree_proof.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::proof {

/// The largest size a tree may have: Go and SQL readers hold sizes in a signed 64-bit integer.
inline constexpr std::uint64_t kTreeSizeMax = (std::uint64_t{1} << 63U) - 1;

/// Reads a hash of a tree: that of the complete subtree over the leaves
/// [index << level, (index + 1) << level), which must lie inside the tree. Level 0 are leaf hashes.
using NodeReader = std::function<Result<Hash32>(unsigned level, std::uint64_t index)>;

/// Is told which complete subtrees a growing tree gained: the hashes of those over 2^level leaves,
/// one after another. Valid during the call only.
using LevelSink = std::function<void(unsigned level, std::span<const Hash32> hashes)>;

/// The right edge of a growing tree: the hashes of its complete subtrees, largest first, one per
/// set bit of the size. Enough to append and to know the root; about one node hash per leaf. A
/// plain value of 2 KiB: a copy is an independent fork. Allocates nothing.
///
/// Example: at size 6 it holds MTH(D[0:4]) and MTH(D[4:6]).
class Frontier {
 public:
  /// `tag` is the first byte of node hashes: kNode for the log, kStateNode for the state tree.
  explicit Frontier(HashTag tag = HashTag::kNode) : tag_(tag) {}

  /// The frontier of the first `size` leaves of the tree that `nodes` reads; fails as `nodes` does.
  [[nodiscard]] static Result<Frontier> At(TreeSize size, const NodeReader& nodes);

  /// Appends a leaf by its hash. The size must stay within kTreeSizeMax.
  void Append(const Hash32& leaf_hash);
  /// The same for many leaves, whose nodes are then hashed several at a time. `levels` is told of
  /// every subtree this completes, for each piece of at most 256 leaves from level 0 upwards.
  void Append(std::span<const Hash32> leaf_hashes, const LevelSink& levels = nullptr);

  [[nodiscard]] TreeSize size() const { return TreeSize{size_}; }
  [[nodiscard]] Hash32 Root() const;
  /// Valid until the next Append.
  [[nodiscard]] std::span<const Hash32> hashes() const { return {hashes_.data(), count_}; }

 private:
  void AppendOne(const Hash32& leaf_hash, const LevelSink& levels);
  void AppendPiece(std::span<const Hash32> leaf_hashes, const LevelSink& levels);

  HashTag tag_;
  std::uint8_t count_ = 0;
  std::uint64_t size_ = 0;
  std::array<Hash32, 64> hashes_{};
};

/// MTH over the given leaf hashes with node prefix `tag`; EmptyRoot() for none.
[[nodiscard]] Hash32 ShapeRoot(std::span<const Hash32> leaf_hashes, HashTag tag = HashTag::kNode);

/// MTH(D[0:size]) of the tree that `nodes` reads.
[[nodiscard]] Result<Hash32> RootAt(TreeSize size, const NodeReader& nodes);

/// MTH(D[begin:end]) for begin < end, where begin is a multiple of the smallest power of two that
/// is not below end - begin (every range that occurs in a proof is one).
[[nodiscard]] Result<Hash32> RangeRoot(std::uint64_t begin, std::uint64_t end,
                                       const NodeReader& nodes);

}  // namespace suanpan::proof
