#include "suanpan/proof/tree.h"

#include <bit>

#include "suanpan/base/invariant.h"

namespace suanpan::proof {

namespace {

/// Takes the complete subtrees of a range from left to right and folds them from the right.
class SubtreeFold {
 public:
  void Push(const Hash32& hash) { hashes_.at(count_++) = hash; }
  [[nodiscard]] Hash32 Fold(HashTag tag) const {
    return FoldRight(std::span{hashes_}.first(count_), tag);
  }
  static Hash32 FoldRight(std::span<const Hash32> hashes, HashTag tag) {
    if (hashes.empty()) return EmptyRoot();
    Hash32 root = hashes.back();
    for (std::size_t i = hashes.size() - 1; i-- > 0;) root = NodeHash(tag, hashes[i], root);
    return root;
  }

 private:
  std::array<Hash32, 64> hashes_;
  std::size_t count_ = 0;
};

}  // namespace

Result<Frontier> Frontier::At(TreeSize size, const NodeReader& nodes) {
  SUANPAN_INVARIANT(size.value() <= kTreeSizeMax);
  Frontier frontier;
  std::uint64_t begin = 0;
  while (begin < size.value()) {
    const auto level = static_cast<unsigned>(std::bit_width(size.value() - begin) - 1);
    SUANPAN_ASSIGN_OR_RETURN(frontier.hashes_[frontier.count_], nodes(level, begin >> level));
    ++frontier.count_;
    begin += std::uint64_t{1} << level;
  }
  frontier.size_ = size.value();
  return frontier;
}

void Frontier::Append(const Hash32& leaf_hash) {
  SUANPAN_INVARIANT(size_ < kTreeSizeMax);
  Hash32 hash = leaf_hash;
  // Each trailing one bit of the index is a complete subtree that this leaf completes to a pair.
  for (std::uint64_t index = size_; (index & 1U) != 0; index >>= 1U) {
    hash = NodeHash(tag_, hashes_[--count_], hash);
  }
  hashes_[count_++] = hash;
  ++size_;
}

Hash32 Frontier::Root() const { return SubtreeFold::FoldRight(hashes(), tag_); }

Hash32 ShapeRoot(std::span<const Hash32> leaf_hashes, HashTag tag) {
  Frontier frontier{tag};
  for (const Hash32& hash : leaf_hashes) frontier.Append(hash);
  return frontier.Root();
}

Result<Hash32> RootAt(TreeSize size, const NodeReader& nodes) {
  if (size.value() == 0) return EmptyRoot();
  return RangeRoot(0, size.value(), nodes);
}

Result<Hash32> RangeRoot(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
  SUANPAN_INVARIANT(begin < end && end <= kTreeSizeMax);
  SUANPAN_INVARIANT(begin % std::bit_ceil(end - begin) == 0, "{} {}", begin, end);
  SubtreeFold fold;
  while (begin < end) {
    const auto level = static_cast<unsigned>(std::bit_width(end - begin) - 1);
    SUANPAN_ASSIGN_OR_RETURN(const Hash32 hash, nodes(level, begin >> level));
    fold.Push(hash);
    begin += std::uint64_t{1} << level;
  }
  return fold.Fold(HashTag::kNode);
}

}  // namespace suanpan::proof
