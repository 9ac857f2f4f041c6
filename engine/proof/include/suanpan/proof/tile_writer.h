#pragma once

// Writes a tlog-tiles directory entry by entry: bundles and tiles, everything but the checkpoint.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/tile_stack.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {

/// Takes one file of the directory: its relative path and bytes, both valid during the call only.
/// Each path occurs once.
using FileSink = std::function<Status(std::string_view path, ByteSpan bytes)>;

/// Memory is one bundle (at most 16 MiB of the longest entries) and one open tile per level. One
/// thread at a time. After an error every call fails with kFailedPrecondition.
class TileWriter {
 public:
  explicit TileWriter(FileSink sink);
  // The tile sink refers to this object.
  TileWriter(const TileWriter&) = delete;
  TileWriter& operator=(const TileWriter&) = delete;

  /// Appends an entry's bytes (at most kBundleEntryBytesMax, else kInvalidArgument).
  [[nodiscard]] Status Append(ByteSpan entry);
  /// The same with the leaf hash known to the caller, which must be LeafHash(entry).
  [[nodiscard]] Status Append(ByteSpan entry, const Hash32& leaf_hash);

  /// Writes the partial bundle and tiles; nothing can be appended afterwards. A tree of size 0 has
  /// no files.
  [[nodiscard]] Status Finish();

  [[nodiscard]] TreeSize size() const { return frontier_.size(); }
  [[nodiscard]] Hash32 Root() const { return frontier_.Root(); }

 private:
  Status Write(const TileId& tile, ByteSpan bytes);
  Status AppendOpen(ByteSpan entry, const Hash32& leaf_hash);
  Status FinishOpen();

  FileSink sink_;
  TileSink tile_sink_;
  TileStack tiles_;
  Frontier frontier_;
  std::string bundle_;
  bool closed_ = false;  ///< finished or failed
};

}  // namespace suanpan::proof
