#include "suanpan/proof/tree.h"

#include <algorithm>
#include <bit>

#include "suanpan/base/invariant.h"

namespace suanpan::proof {

namespace {

/// Leaves that are hashed in one go: their nodes stay in the first cache.
constexpr std::size_t kPiece = 256;

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
  AppendOne(leaf_hash, nullptr);
}

void Frontier::AppendOne(const Hash32& leaf_hash, const LevelSink& levels) {
  Hash32 hash = leaf_hash;
  unsigned level = 0;
  if (levels != nullptr) levels(level, {&hash, 1});
  // Each trailing one bit of the index is a complete subtree that this leaf completes to a pair.
  for (std::uint64_t index = size_; (index & 1U) != 0; index >>= 1U) {
    hash = NodeHash(tag_, hashes_[--count_], hash);
    if (levels != nullptr) levels(++level, {&hash, 1});
  }
  hashes_[count_++] = hash;
  ++size_;
}

void Frontier::Append(std::span<const Hash32> leaf_hashes, const LevelSink& levels) {
  SUANPAN_INVARIANT(leaf_hashes.size() <= kTreeSizeMax - size_);
  if (leaf_hashes.size() == 1) return AppendOne(leaf_hashes.front(), levels);
  for (std::size_t begin = 0; begin < leaf_hashes.size(); begin += kPiece) {
    const std::size_t count = std::min(kPiece, leaf_hashes.size() - begin);
    AppendPiece(leaf_hashes.subspan(begin, count), levels);
  }
}

// Level by level instead of leaf by leaf: the hashes of one level that this piece adds, and before
// them the one that waits there for its sibling, are paired at once.
void Frontier::AppendPiece(std::span<const Hash32> leaf_hashes, const LevelSink& levels) {
  std::array<std::array<Hash32, kPiece + 1>, 2> work;  // [0] of each is for the one that waits
  std::array<Hash32, 64> left;                         // without a sibling, lowest level first
  std::size_t left_count = 0;
  std::ranges::copy(leaf_hashes, work[0].begin() + 1);
  std::size_t count = leaf_hashes.size();
  for (unsigned level = 0; count > 0; ++level) {
    std::span<Hash32> row = std::span{work[level % 2]}.subspan(1, count);
    if (levels != nullptr) levels(level, row);
    if (((size_ >> level) & 1U) != 0) {
      row = std::span{work[level % 2]}.first(count + 1);
      row.front() = hashes_[--count_];
    }
    if (row.size() % 2 != 0) left[left_count++] = row.back();
    count = row.size() / 2;
    NodeHashes(tag_, row.first(2 * count), std::span{work[(level + 1) % 2]}.subspan(1, count));
  }
  while (left_count > 0) hashes_[count_++] = left[--left_count];
  size_ += leaf_hashes.size();
}

Hash32 Frontier::Root() const { return SubtreeFold::FoldRight(hashes(), tag_); }

Hash32 ShapeRoot(std::span<const Hash32> leaf_hashes, HashTag tag) {
  Frontier frontier{tag};
  frontier.Append(leaf_hashes);
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
