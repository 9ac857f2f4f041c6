#pragma once

// One bundle of up to 256 entries: read, split, hashed, compared with its tile of leaf hashes, and
// decoded. Everything that needs no other bundle, so that bundles are prepared in parallel.

#include <filesystem>
#include <string>
#include <vector>

#include "suanpan/audit/report.h"
#include "suanpan/base/arena.h"
#include "suanpan/proof/tile.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::audit {

/// Of a bundle whose entries are as large as they may be.
inline constexpr std::size_t kBundleBytesMax =
    std::size_t{proof::kTileWidth} * (schema::kEntryBytesMax + 2);

/// One entry of a bundle.
struct PreparedEntry {
  ByteSpan bytes;          ///< 8-byte aligned
  Status decoded;          ///< of `view`
  Status canonical;        ///< ok where `decoded` is not
  schema::EntryView view;  ///< valid where `decoded` is ok
};

/// Reused for many bundles; views point into it.
struct PreparedBundle {
  proof::TileId tile;             ///< the bundle
  std::vector<Finding> findings;  ///< of V4; Finding::check is the part after the step
  bool readable = false;          ///< entries and leaves are there
  std::vector<Hash32> leaves;
  Hash32 tile_root;  ///< MTH of the leaves
  std::vector<PreparedEntry> entries;

  std::string file;
  std::string hashes;
  std::vector<std::uint64_t> words;
  Arena arena;
  schema::EntryEncoder encoder;
};

/// Fills `bundle` from the files of a book's folder.
void PrepareBundle(const std::filesystem::path& dir, const proof::TileId& tile,
                   const schema::KindTable& kinds, PreparedBundle& bundle);

/// A finding for a file that could not be read: missing data is not decidable, anything else a
/// failure.
[[nodiscard]] Finding UnreadableFile(const proof::TileId& tile, const Status& status);

}  // namespace suanpan::audit
