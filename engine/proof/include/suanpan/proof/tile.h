#pragma once

// Names and shapes of tiles (C2SP tlog-tiles): which files a tree of a given size has.
//
//   tile/<level>/<N>[.p/<W>]     256 hashes of 32 bytes, or W of them at the right edge
//   tile/entries/<N>[.p/<W>]     the entries below level 0, each uint16 big-endian length || bytes
//
// N is written in groups of three digits, all but the last with a leading "x": 1234067 is
// x001/x234/067. The i-th hash of tile n at level l covers the leaves
// [(n * 256 + i) * 256^l, (n * 256 + i + 1) * 256^l), only where all of them exist.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"

namespace suanpan::proof {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint32_t kTileWidth = 1U << kTileHeight;
/// 256^8 is 2^64: no tree has more levels of tiles.
inline constexpr int kTileLevels = 8;
/// The level that stands for an entry bundle.
inline constexpr int kEntriesLevel = -1;

struct TileId {
  int level = 0;  ///< 0 to kTileLevels - 1, or kEntriesLevel
  std::uint64_t index = 0;
  std::uint32_t width = kTileWidth;  ///< 1 to 256; less than 256 is a partial tile

  [[nodiscard]] bool full() const { return width == kTileWidth; }
  [[nodiscard]] bool entries() const { return level == kEntriesLevel; }
  friend auto operator<=>(const TileId&, const TileId&) = default;
};

/// "tile/0/x001/234.p/112", relative to the log's directory.
[[nodiscard]] std::string TilePath(const TileId& tile);

/// The tile of exactly such a path (one spelling per tile), or nothing. Levels up to 63 are valid
/// names in C2SP; those above kTileLevels - 1 cannot occur and are refused.
[[nodiscard]] std::optional<TileId> ParseTilePath(std::string_view path);

/// Hashes that exist at a level of tiles (entries for kEntriesLevel): floor(size / 256^level).
[[nodiscard]] std::uint64_t TileHashCount(TreeSize size, int level);

/// Width of a tile in a tree of that size: 256, the partial width, or 0 where there is no such
/// tile.
[[nodiscard]] std::uint32_t TileWidthAt(TreeSize size, int level, std::uint64_t index);

/// Visits every tile and entry bundle of a tree: bundles first, then level 0 and up, each by index.
/// Stops at the first error and returns it.
[[nodiscard]] Status ForEachTile(TreeSize size, const std::function<Status(const TileId&)>& visit);

}  // namespace suanpan::proof
