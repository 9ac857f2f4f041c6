// Proofs in trees of any size, of which all leaves but one are equal: of all claims and hash paths,
// only the true leaf with the path that the builder gives is accepted.
//
//   input = size u64 | second size, or leaf, u64 | edits of the path, two bytes each

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/tree_proof.h"

namespace proof = suanpan::proof;

namespace {

using suanpan::Hash32;

/// A tree without a bound, known by two hashes per level: over equal leaves, and over the one leaf
/// that differs.
class Tree {
 public:
  explicit Tree(std::uint64_t odd_leaf) : odd_leaf_(odd_leaf) {
    equal_[0] = proof::LeafHash(suanpan::AsBytes("equal"));
    odd_[0] = proof::LeafHash(suanpan::AsBytes("odd"));
    for (unsigned level = 1; level < equal_.size(); ++level) {
      const Hash32& equal = equal_[level - 1];
      const Hash32& odd = odd_[level - 1];
      equal_[level] = proof::NodeHash(equal, equal);
      const bool right = ((odd_leaf >> (level - 1)) & 1U) != 0;
      odd_[level] = right ? proof::NodeHash(equal, odd) : proof::NodeHash(odd, equal);
    }
  }
  [[nodiscard]] Hash32 Node(unsigned level, std::uint64_t index) const {
    return (odd_leaf_ >> level) == index ? odd_[level] : equal_[level];
  }
  [[nodiscard]] proof::NodeReader Reader() const {
    return [this](unsigned level, std::uint64_t index) -> suanpan::Result<Hash32> {
      return Node(level, index);
    };
  }
  [[nodiscard]] Hash32 RootAt(suanpan::TreeSize size) const {
    return proof::RootAt(size, Reader()).value();
  }

 private:
  std::uint64_t odd_leaf_;
  std::array<Hash32, 64> equal_;
  std::array<Hash32, 64> odd_;
};

/// Position and value: a bit of a hash flipped, a hash given twice or left out, or one more.
void Edit(proof::HashPath& path, std::uint8_t position, std::uint8_t value) {
  if (path.empty() || value == 0xff) return path.push_back({{position, value}});
  const auto at = path.begin() + position % static_cast<std::ptrdiff_t>(path.size());
  if (value == 0xfe) {
    path.erase(at);
  } else if (value == 0xfd) {
    path.insert(at, Hash32{*at});
  } else {
    at->bytes[value % 32] ^= static_cast<std::uint8_t>(1U << (value / 32));
  }
}

proof::HashPath Edited(proof::HashPath path, suanpan::ByteSpan edits) {
  for (; edits.size() >= 2; edits = edits.subspan(2)) Edit(path, edits[0], edits[1]);
  return path;
}

void CheckInclusion(const Tree& tree, std::uint64_t index, suanpan::TreeSize size,
                    suanpan::ByteSpan edits) {
  const suanpan::LeafIndex leaf{index};
  const auto honest = proof::InclusionProof(leaf, size, tree.Reader());
  SUANPAN_INVARIANT(honest.ok() == (index < size.value()));
  const proof::HashPath path = Edited(honest.ok() ? *honest : proof::HashPath{}, edits);
  const Hash32 root = tree.RootAt(size);
  for (const Hash32& claimed : {tree.Node(0, index), tree.Node(0, index + 1)}) {
    const bool is_true = honest.ok() && claimed == tree.Node(0, index) && path == *honest;
    SUANPAN_INVARIANT(proof::VerifyInclusion(leaf, size, claimed, path, root).ok() == is_true);
  }
}

void CheckConsistency(const Tree& tree, suanpan::TreeSize old_size, suanpan::TreeSize size,
                      suanpan::ByteSpan edits) {
  const auto honest = proof::ConsistencyProof(old_size, size, tree.Reader());
  SUANPAN_INVARIANT(honest.ok() == (old_size.value() > 0 && old_size <= size));
  const proof::HashPath path = Edited(honest.ok() ? *honest : proof::HashPath{}, edits);
  const Hash32 root = tree.RootAt(size);
  const Hash32 old_root = tree.RootAt(old_size);
  const bool is_true = honest.ok() && path == *honest;
  SUANPAN_INVARIANT(proof::VerifyConsistency(old_size, size, old_root, root, path).ok() == is_true);
  const Hash32 other = tree.Node(0, 0);
  if (other == old_root || other == root) return;
  SUANPAN_INVARIANT(!proof::VerifyConsistency(old_size, size, other, root, path).ok());
  SUANPAN_INVARIANT(!proof::VerifyConsistency(old_size, size, old_root, other, path).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 16) return 0;
  const auto first = suanpan::LoadLittle<std::uint64_t>(data);
  const auto second = suanpan::LoadLittle<std::uint64_t>(data + 8);
  const suanpan::ByteSpan edits = suanpan::ByteSpan{data, size}.subspan(16);
  const Tree tree{second};
  const suanpan::TreeSize tree_size{first & proof::kTreeSizeMax};
  CheckInclusion(tree, second, tree_size, edits);
  CheckConsistency(tree, suanpan::TreeSize{second & proof::kTreeSizeMax}, tree_size, edits);
  return 0;
}
