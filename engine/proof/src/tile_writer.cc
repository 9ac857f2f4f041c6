#include "suanpan/proof/tile_writer.h"

#include <utility>

#include "suanpan/proof/bundle.h"

namespace suanpan::proof {

TileWriter::TileWriter(FileSink sink)
    : sink_(std::move(sink)),
      tile_sink_([this](const TileId& tile, std::span<const Hash32> hashes) {
        return Write(tile, TileBytes(hashes));
      }) {}

Status TileWriter::Write(const TileId& tile, ByteSpan bytes) {
  const std::string path = TilePath(tile);
  return sink_(path, bytes).WithContext(path);
}

Status TileWriter::Append(ByteSpan entry) { return Append(entry, LeafHash(entry)); }

Status TileWriter::Append(ByteSpan entry, const Hash32& leaf_hash) {
  if (closed_) {
    return MakeError(StatusCode::kFailedPrecondition, "the tile writer has finished or failed");
  }
  if (entry.size() > kBundleEntryBytesMax) {
    return MakeError(StatusCode::kInvalidArgument, "an entry of {} bytes, at most {} fit a bundle",
                     entry.size(), kBundleEntryBytesMax);
  }
  Status status = AppendOpen(entry, leaf_hash);
  closed_ = !status.ok();
  return status;
}

Status TileWriter::AppendOpen(ByteSpan entry, const Hash32& leaf_hash) {
  AppendBundleEntry(bundle_, entry);
  const std::uint64_t count = size().value() + 1;
  if (count % kTileWidth == 0) {
    SUANPAN_RETURN_IF_ERROR(
        Write(TileId{kEntriesLevel, count / kTileWidth - 1, kTileWidth}, AsBytes(bundle_)));
    bundle_.clear();
  }
  return Grow(frontier_, tiles_, {&leaf_hash, 1}, tile_sink_);
}

Status TileWriter::Finish() {
  if (closed_) {
    return MakeError(StatusCode::kFailedPrecondition, "the tile writer has finished or failed");
  }
  closed_ = true;
  return FinishOpen();
}

Status TileWriter::FinishOpen() {
  const std::uint64_t count = size().value();
  const auto width = static_cast<std::uint32_t>(count % kTileWidth);
  if (width != 0) {
    SUANPAN_RETURN_IF_ERROR(
        Write(TileId{kEntriesLevel, count / kTileWidth, width}, AsBytes(bundle_)));
  }
  return tiles_.VisitPartial(tile_sink_);
}

}  // namespace suanpan::proof
