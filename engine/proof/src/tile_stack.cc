#include "suanpan/proof/tile_stack.h"

#include <algorithm>

namespace suanpan::proof {

Result<TileStack> TileStack::At(TreeSize size, const NodeReader& nodes) {
  TileStack stack;
  stack.size_ = size.value();
  for (int level = 0; TileHashCount(size, level) > 0; ++level) {
    const std::uint64_t count = TileHashCount(size, level);
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

Status TileStack::Append(const Hash32& leaf_hash, const TileSink& sink) {
  Hash32 hash = leaf_hash;
  ++size_;
  for (std::size_t level = 0;; ++level) {
    if (level == open_.size()) open_.emplace_back().reserve(kTileWidth);
    std::vector<Hash32>& open = open_[level];
    open.push_back(hash);
    if (open.size() < kTileWidth) return {};
    const int tile_level = static_cast<int>(level);
    const std::uint64_t index = TileHashCount(size(), tile_level) / kTileWidth - 1;
    SUANPAN_RETURN_IF_ERROR(sink(TileId{tile_level, index, kTileWidth}, open));
    hash = ShapeRoot(open);
    open.clear();
  }
}

Status TileStack::VisitPartial(const TileSink& sink) const {
  for (std::size_t level = 0; level < open_.size(); ++level) {
    const std::vector<Hash32>& open = open_[level];
    if (open.empty()) continue;
    const int tile_level = static_cast<int>(level);
    const std::uint64_t index = TileHashCount(size(), tile_level) / kTileWidth;
    SUANPAN_RETURN_IF_ERROR(
        sink(TileId{tile_level, index, static_cast<std::uint32_t>(open.size())}, open));
  }
  return {};
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
