#pragma once

// Reads node hashes and roots of any size from tiles.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/tile.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {

/// Fetches a hash tile's bytes (never a bundle), width * 32 of them.
using TileFetch = std::function<Result<std::string>(const TileId&)>;

/// Serves the hashes of a tree of a given size, and so of every smaller one. Trusts the tiles: a
/// caller that does not must first compare every tile with hashes of its own. Keeps the last tile
/// of each level (64 KiB in all). One thread at a time.
class TileHashReader {
 public:
  TileHashReader(TreeSize size, TileFetch fetch) : size_(size), fetch_(std::move(fetch)) {}

  /// The hash of the complete subtree over the leaves [index << level, (index + 1) << level);
  /// kInvalidArgument where it does not lie inside the tree, kCorruption on a tile of wrong length.
  [[nodiscard]] Result<Hash32> Node(unsigned level, std::uint64_t index);

  /// Refers to this reader, which must outlive it.
  [[nodiscard]] NodeReader AsNodeReader();

  /// MTH(D[0:size]) for any size up to the reader's.
  [[nodiscard]] Result<Hash32> RootAt(TreeSize size);

 private:
  struct Cached {
    std::uint64_t index = 0;
    std::vector<Hash32> hashes;
  };
  Status Load(int level, std::uint64_t index);

  TreeSize size_;
  TileFetch fetch_;
  std::array<std::optional<Cached>, kTileLevels> cache_;
};

}  // namespace suanpan::proof
