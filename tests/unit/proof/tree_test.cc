#include "suanpan/proof/tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "reference_tree.h"
#include "suanpan/proof/tree_proof.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

/// Reads nodes of the tree over `leaves` by the slow way.
NodeReader SlowNodes(const std::vector<Hash32>& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) -> Result<Hash32> {
    const std::size_t width = std::size_t{1} << level;
    if ((index + 1) * width > leaves.size()) {
      return MakeError(StatusCode::kInvalidArgument, "no node {} at level {}", index, level);
    }
    return reference::Root(reference::Leaves{leaves}.subspan(index * width, width));
  };
}

TEST(Frontier, HasTheRootOfTheRecursiveDefinitionAtEverySize) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(301);
  Frontier frontier;
  for (std::size_t size = 0; size <= 300; ++size) {
    EXPECT_EQ(frontier.size(), TreeSize{size});
    EXPECT_EQ(frontier.Root(), reference::Root(reference::Leaves{leaves}.first(size))) << size;
    EXPECT_EQ(frontier.hashes().size(), static_cast<std::size_t>(__builtin_popcountll(size)));
    frontier.Append(leaves[size]);
  }
}

TEST(Frontier, CopyIsAnIndependentFork) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(12);
  Frontier durable;
  for (std::size_t i = 0; i < 7; ++i) durable.Append(leaves[i]);
  Frontier tentative = durable;
  for (std::size_t i = 7; i < 12; ++i) tentative.Append(leaves[i]);
  EXPECT_EQ(durable.Root(), reference::Root(reference::Leaves{leaves}.first(7)));
  EXPECT_EQ(tentative.Root(), reference::Root(leaves));
}

TEST(Frontier, TakenFromATreeGrowsAsIfItHadGrownThere) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(70);
  for (std::size_t size = 0; size < 70; ++size) {
    Result<Frontier> frontier = Frontier::At(TreeSize{size}, SlowNodes(leaves));
    ASSERT_TRUE(frontier.ok());
    EXPECT_EQ(frontier->Root(), reference::Root(reference::Leaves{leaves}.first(size)));
    for (std::size_t i = size; i < 70; ++i) frontier->Append(leaves[i]);
    EXPECT_EQ(frontier->Root(), reference::Root(leaves)) << size;
  }
}

TEST(Frontier, TakesLeavesTogetherAsOneByOne) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(1400);
  const NodeReader nodes = SlowNodes(leaves);
  for (const std::size_t first : {0U, 1U, 2U, 3U, 127U, 255U, 256U, 257U, 700U}) {
    for (const std::size_t count : {0U, 1U, 2U, 7U, 128U, 255U, 256U, 257U, 600U}) {
      Frontier together;
      for (std::size_t i = 0; i < first; ++i) together.Append(leaves[i]);
      Frontier single = together;
      std::vector<std::uint64_t> told(64);
      for (unsigned level = 0; level < 64; ++level) told[level] = first >> level;
      together.Append(std::span{leaves}.subspan(first, count), [&](unsigned level,
                                                                   std::span<const Hash32> hashes) {
        for (const Hash32& hash : hashes)
          EXPECT_EQ(hash, nodes(level, told[level]++).value()) << level << " of " << first;
      });
      for (std::size_t i = first; i < first + count; ++i) single.Append(leaves[i]);
      EXPECT_EQ(together.size(), single.size());
      EXPECT_TRUE(std::ranges::equal(together.hashes(), single.hashes())) << first << "+" << count;
      for (unsigned level = 0; level < 64; ++level)
        EXPECT_EQ(told[level], (first + count) >> level) << level << " of " << first;
    }
  }
}

TEST(Frontier, TakesManyLeavesOfAnotherDomain) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(75);
  Frontier together{HashTag::kStateNode};
  Frontier single{HashTag::kStateNode};
  together.Append(leaves);
  for (const Hash32& leaf : leaves) single.Append(leaf);
  EXPECT_EQ(together.Root(), single.Root());
}

TEST(ShapeRoot, UsesTheChosenNodePrefix) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(40);
  for (std::size_t size = 0; size <= 40; ++size) {
    const auto some = reference::Leaves{leaves}.first(size);
    EXPECT_EQ(ShapeRoot(some), reference::Root(some)) << size;
    EXPECT_EQ(ShapeRoot(some, HashTag::kStateNode), reference::Root(some, '\x11')) << size;
  }
}

TEST(RootAt, AgreesWithTheRecursiveDefinitionAndHandsOnErrors) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(64);
  for (std::size_t size = 0; size <= 64; ++size) {
    const Result<Hash32> root = RootAt(TreeSize{size}, SlowNodes(leaves));
    ASSERT_TRUE(root.ok());
    EXPECT_EQ(*root, reference::Root(reference::Leaves{leaves}.first(size))) << size;
  }
  EXPECT_EQ(RootAt(TreeSize{65}, SlowNodes(leaves)).error().code(), StatusCode::kInvalidArgument);
}

TEST(TreeVectors, EightLeavesHaveTheirPublishedHashes) {
  SUANPAN_VECTORS_OR_SKIP(path, "merkle/rfc6962-8-leaves.json");
  const nlohmann::json vectors = ReadJson(path);
  const auto& levels = vectors["complete_subtree_hashes_hex_by_level"];
  const auto& roots = vectors["root_hash_hex_by_size"];
  ASSERT_EQ(roots.size(), 9U);
  std::vector<Hash32> leaves;
  Frontier frontier;
  EXPECT_EQ(frontier.Root(), HashOfHex(roots[0]));
  for (const auto& input : vectors["leaf_inputs_hex"]) {
    leaves.push_back(LeafHash(AsBytes(Unhex(input))));
    frontier.Append(leaves.back());
    EXPECT_EQ(leaves.back(), HashOfHex(levels[0][leaves.size() - 1]));
    EXPECT_EQ(frontier.Root(), HashOfHex(roots[leaves.size()]));
  }
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (std::size_t i = 0; i < levels[level].size(); ++i) {
      const std::size_t width = std::size_t{1} << level;
      EXPECT_EQ(ShapeRoot(std::span{leaves}.subspan(i * width, width)), HashOfHex(levels[level][i]))
          << level << " " << i;
    }
  }
}

}  // namespace
}  // namespace suanpan::proof
