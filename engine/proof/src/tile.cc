#include "suanpan/proof/tile.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "suanpan/base/invariant.h"

namespace suanpan::proof {

namespace {

constexpr std::uint64_t kGroup = 1000;

std::string GroupedIndex(std::uint64_t index) {
  std::string text = fmt::format("{:03}", index % kGroup);
  while (index >= kGroup) {
    index /= kGroup;
    text = fmt::format("x{:03}/{}", index % kGroup, text);
  }
  return text;
}

/// Takes the decimal digits at the front of `text`, at most `digits_max` of them.
std::optional<std::uint64_t> TakeNumber(std::string_view& text, std::size_t digits_max) {
  std::uint64_t value = 0;
  std::size_t digits = 0;
  while (digits < std::min(digits_max, text.size()) && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + static_cast<std::uint64_t>(text[digits] - '0');
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::uint64_t> TakeGroupedIndex(std::string_view& text) {
  std::uint64_t index = 0;
  for (bool more = true; more;) {
    more = TakePrefix(text, "x");
    const std::optional<std::uint64_t> group = TakeNumber(text, 3);
    if (!group || index > std::numeric_limits<std::uint64_t>::max() / kGroup - 1) {
      return std::nullopt;
    }
    index = index * kGroup + *group;
    if (more && !TakePrefix(text, "/")) return std::nullopt;
  }
  return index;
}

}  // namespace

std::string TilePath(const TileId& tile) {
  SUANPAN_INVARIANT(tile.width >= 1 && tile.width <= kTileWidth, "{}", tile.width);
  SUANPAN_INVARIANT(tile.level >= kEntriesLevel && tile.level < kTileLevels, "{}", tile.level);
  std::string path = tile.entries() ? "tile/entries/" : fmt::format("tile/{}/", tile.level);
  path += GroupedIndex(tile.index);
  if (!tile.full()) path += fmt::format(".p/{}", tile.width);
  return path;
}

std::optional<TileId> ParseTilePath(std::string_view path) {
  std::string_view rest = path;
  TileId tile;
  if (!TakePrefix(rest, "tile/")) return std::nullopt;
  if (TakePrefix(rest, "entries/")) {
    tile.level = kEntriesLevel;
  } else {
    const std::optional<std::uint64_t> level = TakeNumber(rest, 2);
    if (!level || *level >= kTileLevels || !TakePrefix(rest, "/")) return std::nullopt;
    tile.level = static_cast<int>(*level);
  }
  const std::optional<std::uint64_t> index = TakeGroupedIndex(rest);
  if (!index) return std::nullopt;
  tile.index = *index;
  if (TakePrefix(rest, ".p/")) {
    const std::optional<std::uint64_t> width = TakeNumber(rest, 3);
    if (!width || *width == 0 || *width >= kTileWidth) return std::nullopt;
    tile.width = static_cast<std::uint32_t>(*width);
  }
  // One spelling: leading zeros, leading groups of zero and anything left over fall out here.
  if (TilePath(tile) != path) return std::nullopt;
  return tile;
}

std::uint64_t TileHashCount(TreeSize size, int level) {
  const unsigned shift = kTileHeight * static_cast<unsigned>(std::max(level, 0));
  return shift >= 64 ? 0 : size.value() >> shift;
}

std::uint32_t TileWidthAt(TreeSize size, int level, std::uint64_t index) {
  const std::uint64_t count = TileHashCount(size, level);
  const std::uint64_t full = count / kTileWidth;
  if (index < full) return kTileWidth;
  return index == full ? static_cast<std::uint32_t>(count % kTileWidth) : 0;
}

Status ForEachTile(TreeSize size, const std::function<Status(const TileId&)>& visit) {
  for (int level = kEntriesLevel; level < kTileLevels; ++level) {
    const std::uint64_t count = TileHashCount(size, level);
    for (std::uint64_t index = 0; index * kTileWidth < count; ++index) {
      SUANPAN_RETURN_IF_ERROR(visit(TileId{level, index, TileWidthAt(size, level, index)}));
    }
  }
  return {};
}

}  // namespace suanpan::proof
