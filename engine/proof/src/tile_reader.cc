#include "suanpan/proof/tile_reader.h"

#include <span>

#include "suanpan/proof/tile_stack.h"

namespace suanpan::proof {

Status TileHashReader::Load(int level, std::uint64_t index) {
  std::optional<Cached>& cached = cache_[static_cast<std::size_t>(level)];
  if (cached && cached->index == index) return {};
  const TileId tile{level, index, TileWidthAt(size_, level, index)};
  SUANPAN_ASSIGN_OR_RETURN(const std::string bytes, fetch_(tile), TilePath(tile));
  SUANPAN_ASSIGN_OR_RETURN(std::vector<Hash32> hashes, DecodeTile(AsBytes(bytes), tile.width),
                           TilePath(tile));
  cached = Cached{.index = index, .hashes = std::move(hashes)};
  return {};
}

Result<Hash32> TileHashReader::Node(unsigned level, std::uint64_t index) {
  if (level >= 64 || index >= size_.value() >> level) {
    return MakeError(StatusCode::kInvalidArgument, "no node {} at level {} in a tree of size {}",
                     index, level, size_.value());
  }
  // The node's hash is the root over 2^height hashes of one tile.
  const int tile_level = static_cast<int>(level / kTileHeight);
  const unsigned height = level % kTileHeight;
  const std::uint64_t first = index << height;
  SUANPAN_RETURN_IF_ERROR(Load(tile_level, first / kTileWidth));
  const std::vector<Hash32>& hashes = cache_[static_cast<std::size_t>(tile_level)]->hashes;
  return ShapeRoot(std::span{hashes}.subspan(first % kTileWidth, std::size_t{1} << height));
}

NodeReader TileHashReader::AsNodeReader() {
  return [this](unsigned level, std::uint64_t index) { return Node(level, index); };
}

Result<Hash32> TileHashReader::RootAt(TreeSize size) {
  if (size > size_) {
    return MakeError(StatusCode::kInvalidArgument, "no root of size {} in a tree of size {}",
                     size.value(), size_.value());
  }
  return proof::RootAt(size, AsNodeReader());
}

}  // namespace suanpan::proof
