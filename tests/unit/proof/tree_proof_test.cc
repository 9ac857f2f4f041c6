#include "suanpan/proof/tree_proof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <sstream>
#include <vector>

#include "reference_tree.h"
#include "suanpan/proof/base64.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

/// A tree with all complete subtrees kept, for proofs of any size up to its own.
class KeptTree {
 public:
  explicit KeptTree(std::vector<Hash32> leaves) {
    levels_.push_back(std::move(leaves));
    while (levels_.back().size() > 1) {
      std::vector<Hash32> next;
      for (std::size_t i = 0; i + 1 < levels_.back().size(); i += 2) {
        next.push_back(reference::Node('\x01', levels_.back()[i], levels_.back()[i + 1]));
      }
      levels_.push_back(std::move(next));
    }
  }
  [[nodiscard]] NodeReader nodes() const {
    return [this](unsigned level, std::uint64_t index) -> Result<Hash32> {
      return levels_.at(level).at(index);
    };
  }
  [[nodiscard]] Hash32 Root(std::size_t size) const {
    return RootAt(TreeSize{size}, nodes()).value();
  }
  [[nodiscard]] const std::vector<Hash32>& leaves() const { return levels_[0]; }

 private:
  std::vector<std::vector<Hash32>> levels_;
};

void FlipBit(Hash32& hash, std::mt19937_64& random) {
  hash.bytes[random() % 32] ^= static_cast<std::uint8_t>(1U << random() % 8);
}

TEST(InclusionProof, EqualsTheRecursiveDefinitionForAllLeavesOfSmallTrees) {
  const KeptTree tree{reference::MakeLeaves(70)};
  for (std::size_t size = 1; size <= 70; ++size) {
    const auto some = reference::Leaves{tree.leaves()}.first(size);
    const Hash32 root = reference::Root(some);
    for (std::size_t i = 0; i < size; ++i) {
      const Result<HashPath> proof = InclusionProof(LeafIndex{i}, TreeSize{size}, tree.nodes());
      ASSERT_TRUE(proof.ok());
      ASSERT_EQ(*proof, reference::Path(i, some)) << i << " of " << size;
      EXPECT_TRUE(VerifyInclusion(LeafIndex{i}, TreeSize{size}, some[i], *proof, root).ok());
      // The same proof proves no other leaf and no other place.
      const std::size_t other = (i + 1) % size;
      if (other == i) continue;
      EXPECT_FALSE(VerifyInclusion(LeafIndex{i}, TreeSize{size}, some[other], *proof, root).ok());
      EXPECT_FALSE(VerifyInclusion(LeafIndex{other}, TreeSize{size}, some[i], *proof, root).ok());
    }
  }
}

TEST(ConsistencyProof, EqualsTheRecursiveDefinitionForAllPairsOfSmallSizes) {
  const KeptTree tree{reference::MakeLeaves(70)};
  std::mt19937_64 random{4};
  for (std::size_t n = 1; n <= 70; ++n) {
    const auto some = reference::Leaves{tree.leaves()}.first(n);
    for (std::size_t m = 1; m <= n; ++m) {
      Result<HashPath> proof = ConsistencyProof(TreeSize{m}, TreeSize{n}, tree.nodes());
      ASSERT_TRUE(proof.ok());
      ASSERT_EQ(*proof, reference::Consistency(m, some)) << m << " of " << n;
      const Hash32 old_root = tree.Root(m);
      const Hash32 new_root = tree.Root(n);
      const auto verify = [&](const Hash32& a, const Hash32& b, const HashPath& path) {
        return VerifyConsistency(TreeSize{m}, TreeSize{n}, a, b, path).ok();
      };
      EXPECT_TRUE(verify(old_root, new_root, *proof));
      Hash32 wrong = old_root;
      FlipBit(wrong, random);
      EXPECT_FALSE(verify(wrong, new_root, *proof));
      EXPECT_FALSE(verify(old_root, wrong, *proof));
      HashPath longer = *proof;
      longer.push_back(old_root);
      EXPECT_FALSE(verify(old_root, new_root, longer));
      if (proof->empty()) continue;
      FlipBit((*proof)[random() % proof->size()], random);
      EXPECT_FALSE(verify(old_root, new_root, *proof));
      longer.pop_back();
      longer.pop_back();
      EXPECT_FALSE(verify(old_root, new_root, longer));
    }
  }
}

TEST(TreeProofs, OfRandomLeavesAndSizesUpToThreeHundredVerify) {
  const KeptTree tree{reference::MakeLeaves(300)};
  std::mt19937_64 random{5};
  for (std::size_t size = 1; size <= 300; ++size) {
    const auto some = reference::Leaves{tree.leaves()}.first(size);
    const std::size_t i = random() % size;
    const HashPath inclusion = InclusionProof(LeafIndex{i}, TreeSize{size}, tree.nodes()).value();
    EXPECT_EQ(inclusion, reference::Path(i, some));
    const std::size_t m = 1 + random() % size;
    const HashPath consistency =
        ConsistencyProof(TreeSize{m}, TreeSize{size}, tree.nodes()).value();
    EXPECT_EQ(consistency, reference::Consistency(m, some));
  }
}

TEST(TreeProofs, OfALargeTreeVerify) {
  const std::size_t size_max = 20000;
  const KeptTree tree{reference::MakeLeaves(size_max)};
  std::mt19937_64 random{6};
  for (int round = 0; round < 500; ++round) {
    const std::size_t n = 1 + random() % size_max;
    const std::size_t i = random() % n;
    const std::size_t m = 1 + random() % n;
    const HashPath inclusion = InclusionProof(LeafIndex{i}, TreeSize{n}, tree.nodes()).value();
    EXPECT_TRUE(
        VerifyInclusion(LeafIndex{i}, TreeSize{n}, tree.leaves()[i], inclusion, tree.Root(n)).ok());
    const HashPath consistency = ConsistencyProof(TreeSize{m}, TreeSize{n}, tree.nodes()).value();
    EXPECT_TRUE(
        VerifyConsistency(TreeSize{m}, TreeSize{n}, tree.Root(m), tree.Root(n), consistency).ok());
  }
}

TEST(TreeProofs, ForSizesOutOfOrderAreRefused) {
  const KeptTree tree{reference::MakeLeaves(4)};
  const Hash32 root = tree.Root(4);
  EXPECT_FALSE(InclusionProof(LeafIndex{4}, TreeSize{4}, tree.nodes()).ok());
  EXPECT_FALSE(InclusionProof(LeafIndex{0}, TreeSize{0}, tree.nodes()).ok());
  EXPECT_FALSE(ConsistencyProof(TreeSize{0}, TreeSize{4}, tree.nodes()).ok());
  EXPECT_FALSE(ConsistencyProof(TreeSize{3}, TreeSize{2}, tree.nodes()).ok());
  EXPECT_FALSE(VerifyInclusion(LeafIndex{0}, TreeSize{0}, root, {}, root).ok());
  EXPECT_FALSE(VerifyConsistency(TreeSize{0}, TreeSize{4}, EmptyRoot(), root, {}).ok());
  EXPECT_FALSE(VerifyConsistency(TreeSize{0}, TreeSize{0}, EmptyRoot(), EmptyRoot(), {}).ok());
  EXPECT_FALSE(VerifyConsistency(TreeSize{4}, TreeSize{3}, root, root, {}).ok());
  EXPECT_TRUE(VerifyConsistency(TreeSize{4}, TreeSize{4}, root, root, {}).ok());
  EXPECT_FALSE(VerifyConsistency(TreeSize{4}, TreeSize{5}, root, root, {}).ok());
}

/// A hash of the vectors: only 32 bytes can be one.
std::optional<Hash32> VectorHash(const nlohmann::json& text) {
  return DecodeBase64Hash(text.get<std::string>());
}

std::optional<HashPath> VectorPath(const nlohmann::json& proof) {
  HashPath path;
  if (proof.is_null()) return path;
  for (const auto& text : proof) {
    const std::optional<Hash32> hash = VectorHash(text);
    if (!hash) return std::nullopt;
    path.push_back(*hash);
  }
  return path;
}

TEST(TreeProofVectors, InclusionCasesHaveTheirVerdicts) {
  SUANPAN_VECTORS_OR_SKIP(path, "merkle/inclusion.jsonl");
  std::istringstream lines{ReadFile(path)};
  int accepted = 0;
  int refused = 0;
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json vector = nlohmann::json::parse(line);
    const std::optional<Hash32> leaf = VectorHash(vector["leafHash"]);
    const std::optional<Hash32> root = VectorHash(vector["root"]);
    const std::optional<HashPath> proof = VectorPath(vector["proof"]);
    const bool ok =
        leaf && root && proof &&
        VerifyInclusion(LeafIndex{vector["leafIdx"].get<std::uint64_t>()},
                        TreeSize{vector["treeSize"].get<std::uint64_t>()}, *leaf, *proof, *root)
            .ok();
    EXPECT_EQ(ok, !vector["wantErr"].get<bool>()) << vector["path"];
    ++(ok ? accepted : refused);
  }
  EXPECT_EQ(accepted, 6);
  EXPECT_EQ(refused, 92);
}

}  // namespace
}  // namespace suanpan::proof
