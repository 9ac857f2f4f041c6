#include "src/files/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "suanpan/audit/files.h"
#include "suanpan/proof/bundle.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tile_stack.h"
#include "suanpan/proof/tree.h"

namespace suanpan::audit {
namespace {

std::uint64_t FirstSeq(const proof::TileId& tile) { return tile.index * proof::kTileWidth + 1; }

/// Reads and splits the bundle; copies the entries to aligned memory.
Status ReadEntries(const std::filesystem::path& dir, PreparedBundle& bundle) {
  const std::filesystem::path path = dir / proof::TilePath(bundle.tile);
  SUANPAN_RETURN_IF_ERROR(ReadFile(path, kBundleBytesMax, bundle.file));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<ByteSpan> spans,
                           proof::DecodeBundle(AsBytes(bundle.file), bundle.tile.width));
  std::size_t words = 0;
  for (const ByteSpan span : spans) words += (span.size() + 7) / 8;
  if (bundle.words.size() < words) bundle.words.resize(words);
  bundle.entries.resize(spans.size());
  auto* at = reinterpret_cast<std::uint8_t*>(bundle.words.data());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!spans[i].empty()) std::memcpy(at, spans[i].data(), spans[i].size());
    bundle.entries[i].bytes = {at, spans[i].size()};
    at += PadTo8(spans[i].size());
  }
  return {};
}

/// Compares the tile of leaf hashes with the entries' own.
void CompareLeafTile(const std::filesystem::path& dir, PreparedBundle& bundle) {
  const proof::TileId tile{0, bundle.tile.index, bundle.tile.width};
  const std::size_t bytes = std::size_t{tile.width} * sizeof(Hash32);
  const Status read = ReadFile(dir / proof::TilePath(tile), bytes, bundle.hashes);
  if (!read.ok()) {
    bundle.findings.push_back(UnreadableFile(tile, read));
    return;
  }
  const ByteSpan expected = proof::TileBytes(bundle.leaves);
  if (std::ranges::equal(expected, AsBytes(bundle.hashes))) return;
  Finding finding;
  finding.check = "tile";
  finding.text = fmt::format("{} and the leaf hashes in {} contradict each other",
                             proof::TilePath(bundle.tile), proof::TilePath(tile));
  const std::size_t common = std::min(bundle.hashes.size(), expected.size()) / sizeof(Hash32);
  for (std::size_t i = 0; i < common; ++i) {
    const ByteSpan stated = AsBytes(bundle.hashes).subspan(i * sizeof(Hash32), sizeof(Hash32));
    if (std::ranges::equal(stated, bundle.leaves[i].bytes)) continue;
    finding.seq = FirstSeq(tile) + i;
    finding.expected = ToHex(bundle.leaves[i].bytes);
    finding.actual = ToHex(stated);
    break;
  }
  bundle.findings.push_back(std::move(finding));
}

void HashLeaves(PreparedBundle& bundle) {
  std::array<ByteSpan, proof::kTileWidth> entries;
  const std::size_t count = bundle.entries.size();
  for (std::size_t i = 0; i < count; ++i) entries.at(i) = bundle.entries[i].bytes;
  bundle.leaves.resize(count);
  proof::LeafHashes(std::span{entries}.first(count), bundle.leaves);
}

}  // namespace

Finding UnreadableFile(const proof::TileId& tile, const Status& status) {
  const bool damaged = status.code() == StatusCode::kCorruption;
  Finding finding;
  finding.check = damaged ? "damaged_file" : "missing_file";
  finding.severity = damaged ? Severity::kFailed : Severity::kUndecided;
  if (tile.level <= 0) finding.seq = FirstSeq(tile);
  finding.text = proof::TilePath(tile) + (damaged ? " is damaged: " : " cannot be read: ");
  finding.text += status.message();
  return finding;
}

void PrepareBundle(const std::filesystem::path& dir, const proof::TileId& tile,
                   const schema::KindTable& kinds, PreparedBundle& bundle) {
  bundle.tile = tile;
  bundle.findings.clear();
  bundle.arena.Reset();
  const Status read = ReadEntries(dir, bundle);
  bundle.readable = read.ok();
  if (!read.ok()) {
    bundle.entries.clear();
    bundle.leaves.clear();
    bundle.findings.push_back(UnreadableFile(tile, read));
    return;
  }
  HashLeaves(bundle);
  for (PreparedEntry& entry : bundle.entries) {
    entry.canonical = Status{};
    Result<schema::EntryView> view = schema::DecodeEntry(entry.bytes, kinds, bundle.arena);
    if (!view.ok()) {
      entry.decoded = std::move(view).error();
      continue;
    }
    entry.decoded = Status{};
    entry.view = *view;
    entry.canonical = schema::CheckCanonical(entry.bytes, entry.view, bundle.encoder);
  }
  bundle.tile_root = proof::ShapeRoot(bundle.leaves);
  CompareLeafTile(dir, bundle);
}

}  // namespace suanpan::audit
