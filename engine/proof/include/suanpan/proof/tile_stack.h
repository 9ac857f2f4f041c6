#pragma once

// Growing tiles: takes leaf hashes in order and hands out every tile as it fills. Memory is
// bounded: at most one open tile (8 KiB) per level.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/tile.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {

/// Takes a tile; the hashes are valid during the call only.
using TileSink = std::function<Status(const TileId&, std::span<const Hash32>)>;

/// A copyable value; the sink is handed in with each call, so that a copy forks the tiles.
class TileStack {
 public:
  TileStack() = default;

  /// The stack of the first `size` leaves of the tree that `nodes` reads (levels that are multiples
  /// of 8 only).
  [[nodiscard]] static Result<TileStack> At(TreeSize size, const NodeReader& nodes);

  /// Appends a leaf; gives `sink` every tile this completes, level 0 first. After an error of the
  /// sink the stack must be dropped.
  [[nodiscard]] Status Append(const Hash32& leaf_hash, const TileSink& sink);

  /// Gives `sink` the partial tiles of the present size, level 0 first; the stack is unchanged.
  [[nodiscard]] Status VisitPartial(const TileSink& sink) const;

  [[nodiscard]] TreeSize size() const { return TreeSize{size_}; }

 private:
  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash32>> open_;  ///< by level, fewer than 256 hashes each
};

/// The bytes of a tile: its hashes one after another.
[[nodiscard]] ByteSpan TileBytes(std::span<const Hash32> hashes);

/// The hashes of a tile file of that width, or kCorruption for any other length.
[[nodiscard]] Result<std::vector<Hash32>> DecodeTile(ByteSpan bytes, std::uint32_t width);

}  // namespace suanpan::proof
