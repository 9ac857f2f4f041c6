#include "suanpan/proof/tree_proof.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace suanpan::proof {

namespace {

/// The largest power of two below n, for n > 1: where RFC 6962 splits.
std::uint64_t SplitOf(std::uint64_t n) { return std::bit_floor(n - 1); }

/// The walk of RFC 9162 from a leaf (or complete subtree) up to the root: two positions, that of
/// the node and that of the last node on its level.
struct Walk {
  std::uint64_t node;
  std::uint64_t last;

  [[nodiscard]] bool sibling_is_left() const { return (node & 1U) != 0 || node == last; }
  [[nodiscard]] bool at_root() const { return last == 0; }
  void Up() {
    node >>= 1U;
    last >>= 1U;
  }
  /// The last node of a level may be carried up several levels without a sibling.
  void SkipLevelsWithoutSibling() {
    while (node != 0 && (node & 1U) == 0) Up();
  }
};

Status CheckRoot(const char* what, const Hash32& computed, const Hash32& root) {
  if (computed == root) return {};
  return MakeError(StatusCode::kCorruption, "{} leads to {}, not to the root {}", what,
                   ToHex(computed.bytes), ToHex(root.bytes));
}

Status WrongLength(const char* what, std::size_t length) {
  return MakeError(StatusCode::kCorruption, "{} of {} hashes has the wrong length for its sizes",
                   what, length);
}

}  // namespace

Result<HashPath> InclusionProof(LeafIndex index, TreeSize size, const NodeReader& nodes) {
  if (index.value() >= size.value() || size.value() > kTreeSizeMax) {
    return MakeError(StatusCode::kInvalidArgument, "no leaf {} in a tree of size {}", index.value(),
                     size.value());
  }
  HashPath path;
  std::uint64_t begin = 0;
  std::uint64_t end = size.value();
  while (end - begin > 1) {
    const std::uint64_t middle = begin + SplitOf(end - begin);
    const bool left = index.value() < middle;
    SUANPAN_ASSIGN_OR_RETURN(const Hash32 sibling, left ? RangeRoot(middle, end, nodes)
                                                        : RangeRoot(begin, middle, nodes));
    path.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<HashPath> ConsistencyProof(TreeSize old_size, TreeSize new_size, const NodeReader& nodes) {
  if (old_size.value() == 0 || old_size > new_size || new_size.value() > kTreeSizeMax) {
    return MakeError(StatusCode::kInvalidArgument, "no consistency proof from size {} to {}",
                     old_size.value(), new_size.value());
  }
  HashPath path;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size.value();
  while (end != old_size.value()) {
    const std::uint64_t middle = begin + SplitOf(end - begin);
    const bool left = old_size.value() <= middle;
    SUANPAN_ASSIGN_OR_RETURN(const Hash32 sibling, left ? RangeRoot(middle, end, nodes)
                                                        : RangeRoot(begin, middle, nodes));
    path.push_back(sibling);
    (left ? end : begin) = middle;
  }
  // At begin 0 the subtree is the old tree itself, whose root the verifier has.
  if (begin != 0) {
    SUANPAN_ASSIGN_OR_RETURN(const Hash32 common, RangeRoot(begin, end, nodes));
    path.push_back(common);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Status VerifyInclusion(LeafIndex index, TreeSize size, const Hash32& leaf_hash,
                       std::span<const Hash32> proof, const Hash32& root) {
  if (index.value() >= size.value()) {
    return MakeError(StatusCode::kCorruption, "no leaf {} in a tree of size {}", index.value(),
                     size.value());
  }
  Walk walk{index.value(), size.value() - 1};
  Hash32 computed = leaf_hash;
  for (const Hash32& sibling : proof) {
    if (walk.at_root()) return WrongLength("inclusion proof", proof.size());
    if (walk.sibling_is_left()) {
      computed = NodeHash(sibling, computed);
      walk.SkipLevelsWithoutSibling();
    } else {
      computed = NodeHash(computed, sibling);
    }
    walk.Up();
  }
  if (!walk.at_root()) return WrongLength("inclusion proof", proof.size());
  return CheckRoot("inclusion proof", computed, root);
}

Status VerifyConsistency(TreeSize old_size, TreeSize new_size, const Hash32& old_root,
                         const Hash32& new_root, std::span<const Hash32> proof) {
  const std::uint64_t old_leaves = old_size.value();
  if (old_leaves == 0 || old_size > new_size) {
    return MakeError(StatusCode::kCorruption, "no consistency from size {} to {}", old_leaves,
                     new_size.value());
  }
  if (old_size == new_size) {
    if (!proof.empty()) return WrongLength("consistency proof", proof.size());
    return CheckRoot("empty consistency proof", old_root, new_root);
  }
  if (proof.empty()) return WrongLength("consistency proof", 0);
  Walk walk{old_leaves - 1, new_size.value() - 1};
  while ((walk.node & 1U) != 0) walk.Up();
  // A size that is a power of two is one subtree: its root is the verifier's own first hash.
  const bool old_is_subtree = std::has_single_bit(old_leaves);
  Hash32 computed_old = old_is_subtree ? old_root : proof.front();
  Hash32 computed_new = computed_old;
  for (const Hash32& sibling : proof.subspan(old_is_subtree ? 0 : 1)) {
    if (walk.at_root()) return WrongLength("consistency proof", proof.size());
    if (walk.sibling_is_left()) {
      computed_old = NodeHash(sibling, computed_old);
      computed_new = NodeHash(sibling, computed_new);
      walk.SkipLevelsWithoutSibling();
    } else {
      computed_new = NodeHash(computed_new, sibling);
    }
    walk.Up();
  }
  if (!walk.at_root()) return WrongLength("consistency proof", proof.size());
  SUANPAN_RETURN_IF_ERROR(CheckRoot("consistency proof", computed_old, old_root), "old size");
  return CheckRoot("consistency proof", computed_new, new_root);
}

}  // namespace suanpan::proof
