#include "suanpan/proof/tile_writer.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "reference_tree.h"
#include "suanpan/proof/bundle.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/tile_reader.h"
#include "suanpan/proof/tree_proof.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

using Files = std::map<std::string, std::string, std::less<>>;

std::string EntryOf(std::uint64_t index) { return "entry " + std::to_string(index); }

/// The files of a log of entries "entry 0", "entry 1", ...; each must be written once.
Files WriteLog(std::uint64_t size) {
  Files files;
  TileWriter writer{[&](std::string_view path, ByteSpan bytes) {
    EXPECT_TRUE(files.emplace(path, AsText(bytes)).second) << path << " is written twice";
    return Status{};
  }};
  for (std::uint64_t i = 0; i < size; ++i) EXPECT_TRUE(writer.Append(AsBytes(EntryOf(i))).ok());
  EXPECT_EQ(writer.size(), TreeSize{size});
  EXPECT_TRUE(writer.Finish().ok());
  return files;
}

TileFetch FetchFrom(const Files& files) {
  return [&files](const TileId& tile) -> Result<std::string> {
    const auto found = files.find(TilePath(tile));
    if (found == files.end()) return MakeError(StatusCode::kNotFound, "no such file");
    return found->second;
  };
}

/// The i-th hash at a level of tiles, from its definition.
Hash32 TileHash(const std::vector<Hash32>& leaves, int level, std::uint64_t i) {
  const std::size_t width = std::size_t{1} << (8 * static_cast<unsigned>(level));
  return reference::Root(reference::Leaves{leaves}.subspan(i * width, width));
}

void ExpectTile(const TileId& tile, const std::string& bytes, const std::vector<Hash32>& leaves) {
  if (tile.entries()) {
    const auto entries = DecodeBundle(AsBytes(bytes), tile.width);
    ASSERT_TRUE(entries.ok());
    for (std::size_t i = 0; i < tile.width; ++i) {
      ASSERT_EQ(AsText((*entries)[i]), EntryOf(tile.index * kTileWidth + i));
    }
    return;
  }
  std::string expected;
  for (std::uint64_t i = 0; i < tile.width; ++i) {
    expected += AsText(TileHash(leaves, tile.level, tile.index * kTileWidth + i).bytes);
  }
  ASSERT_TRUE(bytes == expected) << TilePath(tile);
}

class WrittenLog : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(WrittenLog, HasExactlyTheTilesOfItsSizeWithTheirDefinedBytes) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(GetParam());
  const Files files = WriteLog(GetParam());
  std::size_t count = 0;
  ASSERT_TRUE(ForEachTile(TreeSize{GetParam()}, [&](const TileId& tile) {
                ++count;
                const auto found = files.find(TilePath(tile));
                if (found == files.end())
                  return MakeError(StatusCode::kNotFound, "{}", TilePath(tile));
                ExpectTile(tile, found->second, leaves);
                return Status{};
              }).ok());
  EXPECT_EQ(files.size(), count);
}

TEST_P(WrittenLog, GivesTheRootOfAnySizeAndProofsFromItsTiles) {
  const std::uint64_t size = GetParam();
  const Files files = WriteLog(size);
  TileHashReader reader{TreeSize{size}, FetchFrom(files)};
  std::set<std::uint64_t> sizes{0, 1, size, size / 2, size > 0 ? size - 1 : 0};
  std::mt19937_64 random{size};
  for (int i = 0; i < 20; ++i) sizes.insert(random() % (size + 1));
  Frontier frontier;
  std::map<std::uint64_t, Hash32> roots;
  for (std::uint64_t i = 0; i <= size; ++i) {
    if (sizes.contains(i)) roots[i] = frontier.Root();
    frontier.Append(reference::Leaf(EntryOf(i)));
  }
  for (const auto& [m, root] : roots) {
    ASSERT_EQ(reader.RootAt(TreeSize{m}).value(), root) << m;
    if (m == 0) continue;
    const HashPath path =
        ConsistencyProof(TreeSize{m}, TreeSize{size}, reader.AsNodeReader()).value();
    EXPECT_TRUE(VerifyConsistency(TreeSize{m}, TreeSize{size}, root, roots[size], path).ok()) << m;
    const HashPath inclusion =
        InclusionProof(LeafIndex{m - 1}, TreeSize{size}, reader.AsNodeReader()).value();
    EXPECT_TRUE(VerifyInclusion(LeafIndex{m - 1}, TreeSize{size}, reference::Leaf(EntryOf(m - 1)),
                                inclusion, roots[size])
                    .ok());
  }
  EXPECT_FALSE(reader.RootAt(TreeSize{size + 1}).ok());
  EXPECT_FALSE(reader.Node(0, size).ok());
  EXPECT_FALSE(reader.Node(64, 0).ok());
}

INSTANTIATE_TEST_SUITE_P(AtTheEdgesOfTiles, WrittenLog,
                         ::testing::Values(0, 1, 2, 255, 256, 257, 511, 512, 1000, 65535, 65536,
                                           65537, 70000));

TEST(TileStack, TakenFromATreeGoesOnAsIfItHadGrownThere) {
  const std::vector<Hash32> leaves = reference::MakeLeaves(66200);
  const Files files = WriteLog(66200);
  TileHashReader reader{TreeSize{66200}, FetchFrom(files)};
  for (const std::uint64_t size : {0ULL, 1ULL, 255ULL, 256ULL, 65535ULL, 65536ULL, 66000ULL}) {
    Result<TileStack> stack = TileStack::At(TreeSize{size}, reader.AsNodeReader());
    ASSERT_TRUE(stack.ok());
    EXPECT_EQ(stack->size(), TreeSize{size});
    const TileSink compare = [&](const TileId& tile, std::span<const Hash32> hashes) {
      EXPECT_TRUE(AsText(TileBytes(hashes)) == files.at(TilePath(tile))) << TilePath(tile);
      return Status{};
    };
    Frontier tree = Frontier::At(TreeSize{size}, reader.AsNodeReader()).value();
    std::span<const Hash32> rest = std::span{leaves}.subspan(size);
    for (std::size_t step = 1; !rest.empty(); step = step * 5 % 1021) {  // 1 to 1020
      const std::size_t count = std::min(step, rest.size());
      ASSERT_TRUE(Grow(tree, *stack, rest.first(count), compare).ok());
      rest = rest.subspan(count);
    }
    EXPECT_EQ(stack->size(), TreeSize{66200});
    EXPECT_EQ(tree.Root(), reader.RootAt(TreeSize{66200}).value());
    EXPECT_TRUE(stack->VisitPartial(compare).ok());
  }
}

TEST(TileHashReader, SaysWhichTileIsMissingOrHasTheWrongLength) {
  Files files = WriteLog(300);
  files["tile/0/001.p/44"].pop_back();
  TileHashReader reader{TreeSize{300}, FetchFrom(files)};
  const Result<Hash32> cut = reader.RootAt(TreeSize{300});
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().code(), StatusCode::kCorruption);
  EXPECT_NE(cut.error().message().find("tile/0/001.p/44"), std::string_view::npos);
  files.erase("tile/1/000.p/1");
  EXPECT_EQ(TileHashReader(TreeSize{300}, FetchFrom(files)).RootAt(TreeSize{256}).error().code(),
            StatusCode::kNotFound);
}

TEST(TileWriter, StopsForGoodAfterAnErrorAndAfterTheEnd) {
  int writes = 0;
  TileWriter writer{[&](std::string_view, ByteSpan) {
    ++writes;
    return MakeError(StatusCode::kIo, "disk full");
  }};
  for (int i = 0; i < 255; ++i) ASSERT_TRUE(writer.Append(AsBytes("x")).ok());
  EXPECT_EQ(writer.Append(AsBytes("x")).code(), StatusCode::kIo);
  EXPECT_EQ(writer.Append(AsBytes("x")).code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(writer.Finish().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(writes, 1);

  TileWriter finished{[](std::string_view, ByteSpan) { return Status{}; }};
  EXPECT_TRUE(finished.Finish().ok());
  EXPECT_EQ(finished.Append({}).code(), StatusCode::kFailedPrecondition);
}

TEST(TileWriter, RefusesAnEntryThatItsLengthCannotSay) {
  TileWriter writer{[](std::string_view, ByteSpan) { return Status{}; }};
  EXPECT_EQ(writer.Append(AsBytes(std::string(65536, 'x'))).code(), StatusCode::kInvalidArgument);
  EXPECT_TRUE(writer.Append(AsBytes(std::string(65535, 'x'))).ok());
  EXPECT_EQ(writer.size(), TreeSize{1});
}

TEST(TileVectors, ForeignLogIsWrittenAgainByteForByteAtEverySize) {
  SUANPAN_VECTORS_OR_SKIP(path, "tlog/tessera-log");
  const std::string bundle = ReadFile(path / "tile/entries/000.p/15");
  const auto entries = DecodeBundle(AsBytes(bundle), 15);
  ASSERT_TRUE(entries.ok());
  for (std::size_t size = 1; size <= 15; ++size) {
    std::size_t files = 0;
    TileWriter writer{[&](std::string_view name, ByteSpan bytes) {
      ++files;
      EXPECT_EQ(AsText(bytes), ReadFile(path / name)) << name;
      return Status{};
    }};
    for (std::size_t i = 0; i < size; ++i) ASSERT_TRUE(writer.Append((*entries)[i]).ok());
    ASSERT_TRUE(writer.Finish().ok());
    EXPECT_EQ(files, 2U);
    const std::string note = ReadFile(path / ("checkpoint." + std::to_string(size)));
    EXPECT_EQ(writer.Root(), ParseCheckpoint(ParseNote(note)->text)->root);
  }
}

}  // namespace
}  // namespace suanpan::proof
