#include "suanpan/proof/tile.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "suanpan/proof/bundle.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {
namespace {

std::vector<std::string> PathsOf(std::uint64_t size) {
  std::vector<std::string> paths;
  EXPECT_TRUE(ForEachTile(TreeSize{size}, [&](const TileId& tile) {
                paths.push_back(TilePath(tile));
                return Status{};
              }).ok());
  return paths;
}

TEST(TilePath, GroupsTheIndexByThreeDigits) {
  EXPECT_EQ(TilePath({0, 5, 256}), "tile/0/005");
  EXPECT_EQ(TilePath({0, 273, 112}), "tile/0/273.p/112");
  EXPECT_EQ(TilePath({1, 1000, 256}), "tile/1/x001/000");
  EXPECT_EQ(TilePath({7, 1234067, 1}), "tile/7/x001/x234/067.p/1");
  EXPECT_EQ(TilePath({kEntriesLevel, 1234067, 256}), "tile/entries/x001/x234/067");
}

TEST(TilePath, ComesBackFromItsText) {
  for (const int level : {kEntriesLevel, 0, 1, 7}) {
    for (const std::uint64_t index :
         {0ULL, 1ULL, 999ULL, 1000ULL, 999999ULL, 1000000ULL, 1ULL << 55U}) {
      for (const std::uint32_t width : {1U, 9U, 10U, 255U, 256U}) {
        const TileId tile{level, index, width};
        EXPECT_EQ(ParseTilePath(TilePath(tile)), tile) << TilePath(tile);
      }
    }
  }
}

constexpr const char* kNoTilePaths[] = {"",
                                        "tile",
                                        "tile/",
                                        "tile/0",
                                        "tile/0/",
                                        "tile/0/5",
                                        "tile/0/05",
                                        "tile/0/0005",
                                        "tile/0/1000",
                                        "tile/0/x000/005",
                                        "tile/0/x01/005",
                                        "tile/0/x1/005",
                                        "tile/0/001/005",
                                        "tile/0/x001",
                                        "tile/0/x001/",
                                        "tile/0/x001/x005",
                                        "tile/0/005/",
                                        "tile/0/005.p",
                                        "tile/0/005.p/",
                                        "tile/0/005.p/0",
                                        "tile/0/005.p/01",
                                        "tile/0/005.p/256",
                                        "tile/0/005.p/1000",
                                        "tile/0/005.p/-1",
                                        "tile/0/005.p/1/",
                                        "tile/0/005.p/1 ",
                                        "tile/0/ 05",
                                        "tile/0/+05",
                                        "tile/00/005",
                                        "tile/8/005",
                                        "tile/64/005",
                                        "tile/-1/005",
                                        "tile/x/005",
                                        "tile/data/005",
                                        "tile/entries",
                                        "tile/entries/",
                                        "tile/entries/5",
                                        "/tile/0/005",
                                        "./tile/0/005",
                                        "tile//0/005",
                                        "tile/0/../0/005",
                                        "Tile/0/005",
                                        "checkpoint",
                                        "tile/0/005\n",
                                        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999"};

TEST(TilePath, HasNoOtherSpelling) {
  ASSERT_TRUE(ParseTilePath("tile/0/x001/000.p/7"));
  for (const char* path : kNoTilePaths) EXPECT_FALSE(ParseTilePath(path)) << path;
  EXPECT_FALSE(ParseTilePath(std::string_view{"tile/0/005\0", 11}));
}

TEST(TilesOfATree, AreThoseOfTheWorkedExample) {
  EXPECT_TRUE(PathsOf(0).empty());
  EXPECT_EQ(PathsOf(1), (std::vector<std::string>{"tile/entries/000.p/1", "tile/0/000.p/1"}));
  EXPECT_EQ(PathsOf(256),
            (std::vector<std::string>{"tile/entries/000", "tile/0/000", "tile/1/000.p/1"}));
  const std::vector<std::string> paths = PathsOf(70000);
  ASSERT_EQ(paths.size(), 274U + 274U + 2U + 1U);
  EXPECT_EQ(paths[273], "tile/entries/273.p/112");
  EXPECT_EQ(paths[274 + 272], "tile/0/272");
  EXPECT_EQ(paths[274 + 273], "tile/0/273.p/112");
  EXPECT_EQ((std::vector<std::string>{paths.end() - 3, paths.end()}),
            (std::vector<std::string>{"tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"}));
}

TEST(TilesOfATree, HaveWidthsThatAddUpToTheHashesOfTheirLevel) {
  for (const std::uint64_t size :
       {0ULL, 1ULL, 255ULL, 256ULL, 257ULL, 65535ULL, 65536ULL, 65537ULL, 200000ULL}) {
    std::uint64_t divisor = 1;
    for (int level = 0; level < 4; ++level, divisor *= 256) {
      std::uint64_t sum = 0;
      std::uint64_t index = 0;
      for (; TileWidthAt(TreeSize{size}, level, index) != 0; ++index) {
        sum += TileWidthAt(TreeSize{size}, level, index);
      }
      EXPECT_EQ(sum, size / divisor) << size << " level " << level;
      EXPECT_EQ(TileHashCount(TreeSize{size}, level), size / divisor);
      EXPECT_EQ(TileWidthAt(TreeSize{size}, level, index + 1), 0U);
    }
  }
  EXPECT_EQ(TileHashCount(TreeSize{kTreeSizeMax}, 7), 127U);
  EXPECT_EQ(TileHashCount(TreeSize{kTreeSizeMax}, 8), 0U);
}

TEST(TilesOfATree, VisitStopsAtTheFirstError) {
  int visits = 0;
  const Status status = ForEachTile(TreeSize{1000}, [&](const TileId&) {
    return ++visits == 3 ? MakeError(StatusCode::kIo, "disk full") : Status{};
  });
  EXPECT_EQ(status.code(), StatusCode::kIo);
  EXPECT_EQ(visits, 3);
}

TEST(Bundle, ComesBackWithEntriesOfEveryLength) {
  const std::vector<std::string> entries{"one", "", "two", std::string(kBundleEntryBytesMax, 'x')};
  std::string bundle;
  for (const std::string& entry : entries) AppendBundleEntry(bundle, AsBytes(entry));
  EXPECT_EQ(bundle.substr(0, 7), std::string("\0\3one\0\0", 7));
  const Result<std::vector<ByteSpan>> decoded = DecodeBundle(AsBytes(bundle), 4);
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(decoded->size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) EXPECT_EQ(AsText((*decoded)[i]), entries[i]);
  EXPECT_TRUE(DecodeBundle({}, 0)->empty());
}

TEST(Bundle, OfAnotherCountOrCutAnywhereIsRefused) {
  std::string bundle;
  for (const char* entry : {"one", "two", ""}) AppendBundleEntry(bundle, AsBytes(entry));
  ASSERT_TRUE(DecodeBundle(AsBytes(bundle), 3).ok());
  for (const std::uint32_t count : {0U, 1U, 2U, 4U}) {
    EXPECT_EQ(DecodeBundle(AsBytes(bundle), count).error().code(), StatusCode::kCorruption);
  }
  for (std::size_t size = 0; size < bundle.size(); ++size) {
    EXPECT_FALSE(DecodeBundle(AsBytes(bundle).first(size), 3).ok()) << size;
  }
  EXPECT_FALSE(DecodeBundle(AsBytes(bundle + '\0'), 3).ok());
}

}  // namespace
}  // namespace suanpan::proof
