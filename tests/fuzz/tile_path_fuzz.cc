// Tile paths from arbitrary bytes: one spelling per tile.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/tile.h"

namespace proof = suanpan::proof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path{reinterpret_cast<const char*>(data), size};
  const auto tile = proof::ParseTilePath(path);
  if (!tile) return 0;
  SUANPAN_INVARIANT(proof::TilePath(*tile) == path);
  SUANPAN_INVARIANT(tile->width >= 1 && tile->width <= proof::kTileWidth);
  SUANPAN_INVARIANT(tile->level >= proof::kEntriesLevel && tile->level < proof::kTileLevels);
  return 0;
}
