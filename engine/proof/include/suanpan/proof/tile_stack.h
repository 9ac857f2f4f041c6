#pragma once

// Growing tiles: takes the hashes of a growing tree in order and hands out every tile as it fills.
// Hashes nothing itself. Memory is bounded: at most one open tile (8 KiB) per level.

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

  /// Takes the hashes of complete subtrees over 2^level leaves that a frontier of the same tree was
  /// told of (LevelSink), of every level; those of levels between the tiles' are passed over. Gives
  /// `sink` every tile this completes. After an error of the sink the stack must be dropped.
  [[nodiscard]] Status Append(unsigned level, std::span<const Hash32> hashes, const TileSink& sink);

  /// Gives `sink` the partial tiles of the present size, level 0 first; the stack is unchanged.
  [[nodiscard]] Status VisitPartial(const TileSink& sink) const;

  /// Of the hashes at level 0.
  [[nodiscard]] TreeSize size() const { return TreeSize{counts_.empty() ? 0 : counts_.front()}; }

 private:
  std::vector<std::uint64_t> counts_;      ///< hashes taken, by level of tiles
  std::vector<std::vector<Hash32>> open_;  ///< by the same, fewer than 256 hashes each
};

/// Grows tree and tiles together, each node hashed once. After an error of the sink both must be
/// dropped.
[[nodiscard]] Status Grow(Frontier& tree, TileStack& tiles, std::span<const Hash32> leaf_hashes,
                          const TileSink& sink);

/// The bytes of a tile: its hashes one after another.
[[nodiscard]] ByteSpan TileBytes(std::span<const Hash32> hashes);

/// The hashes of a tile file of that width, or kCorruption for any other length.
[[nodiscard]] Result<std::vector<Hash32>> DecodeTile(ByteSpan bytes, std::uint32_t width);

}  // namespace suanpan::proof
