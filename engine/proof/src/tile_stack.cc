#include "suanpan/proof/tile_stack.h"

#include <algorithm>

namespace suanpan::proof {

Result<TileStack> TileStack::At(TreeSize size, const NodeReader& nodes) {
  TileStack stack;
  for (int level = 0; TileHashCount(size, level) > 0; ++level) {
    const std::uint64_t count = TileHashCount(size, level);
    stack.counts_.push_back(count);
    std::vector<Hash32>& open = stack.open_.emplace_back();
    open.reserve(kTileWidth);
    for (std::uint64_t i = count - count % kTileWidth; i < count; ++i) {
      SUANPAN_ASSIGN_OR_RETURN(const Hash32 hash,
                               nodes(kTileHeight * static_cast<unsigned>(level), i));
      open.push_back(hash);
    }
  }
  return stack;
}

Status TileStack::Append(unsigned level, std::span<const Hash32> hashes, const TileSink& sink) {
  if (level % kTileHeight != 0) return {};
  const std::size_t of_tiles = level / kTileHeight;
  if (of_tiles == open_.size()) {
    counts_.push_back(0);
    open_.emplace_back().reserve(kTileWidth);
  }
  std::vector<Hash32>& open = open_[of_tiles];
  while (!hashes.empty()) {
    const std::size_t taken = std::min(hashes.size(), kTileWidth - open.size());
    open.insert(open.end(), hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(taken));
    counts_[of_tiles] += taken;
    hashes = hashes.subspan(taken);
    if (open.size() < kTileWidth) return {};
    const std::uint64_t index = counts_[of_tiles] / kTileWidth - 1;
    SUANPAN_RETURN_IF_ERROR(sink(TileId{static_cast<int>(of_tiles), index, kTileWidth}, open));
    open.clear();
  }
  return {};
}

Status TileStack::VisitPartial(const TileSink& sink) const {
  for (std::size_t level = 0; level < open_.size(); ++level) {
    const std::vector<Hash32>& open = open_[level];
    if (open.empty()) continue;
    const std::uint64_t index = counts_[level] / kTileWidth;
    const auto width = static_cast<std::uint32_t>(open.size());
    SUANPAN_RETURN_IF_ERROR(sink(TileId{static_cast<int>(level), index, width}, open));
  }
  return {};
}

Status Grow(Frontier& tree, TileStack& tiles, std::span<const Hash32> leaf_hashes,
            const TileSink& sink) {
  Status status;
  tree.Append(leaf_hashes, [&](unsigned level, std::span<const Hash32> hashes) {
    if (status.ok()) status = tiles.Append(level, hashes, sink);
  });
  return status;
}

ByteSpan TileBytes(std::span<const Hash32> hashes) {
  static_assert(sizeof(Hash32) == 32 && alignof(Hash32) == 1);
  return {reinterpret_cast<const std::uint8_t*>(hashes.data()), hashes.size_bytes()};
}

Result<std::vector<Hash32>> DecodeTile(ByteSpan bytes, std::uint32_t width) {
  std::vector<Hash32> hashes(width);
  if (bytes.size() != width * sizeof(Hash32)) {
    return MakeError(StatusCode::kCorruption, "the tile has {} bytes, expected {} hashes of 32",
                     bytes.size(), width);
  }
  for (std::size_t i = 0; i < width; ++i) {
    std::ranges::copy(bytes.subspan(i * sizeof(Hash32), sizeof(Hash32)), hashes[i].bytes.begin());
  }
  return hashes;
}

}  // namespace suanpan::proof
