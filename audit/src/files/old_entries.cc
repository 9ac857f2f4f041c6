#include "src/files/old_entries.h"

#include <algorithm>
#include <cstring>

#include "src/files/bundle.h"
#include "suanpan/audit/files.h"
#include "suanpan/proof/bundle.h"

namespace suanpan::audit {

void OldEntries::MakeRoom(std::size_t bytes) {
  while (!bundles_.empty() && cached_bytes_ + bytes > kCacheBytes) {
    const auto oldest = std::min_element(
        bundles_.begin(), bundles_.end(),
        [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
    cached_bytes_ -= oldest->second.file.size();
    bundles_.erase(oldest);
  }
}

Result<const OldEntries::Bundle*> OldEntries::Load(std::uint64_t index) {
  const auto found = bundles_.find(index);
  if (found != bundles_.end()) {
    found->second.last_use = ++uses_;
    return &found->second;
  }
  const std::uint32_t width = proof::TileWidthAt(size_, proof::kEntriesLevel, index);
  const proof::TileId tile{proof::kEntriesLevel, index, width};
  std::string file;
  SUANPAN_RETURN_IF_ERROR(ReadFile(dir_ / proof::TilePath(tile), kBundleBytesMax, file),
                          proof::TilePath(tile));
  MakeRoom(file.size());
  Bundle& bundle = bundles_[index];
  cached_bytes_ += file.size();
  bundle.file = std::move(file);
  bundle.last_use = ++uses_;
  Result<std::vector<ByteSpan>> entries = proof::DecodeBundle(AsBytes(bundle.file), width);
  if (!entries.ok()) {
    cached_bytes_ -= bundle.file.size();
    bundles_.erase(index);
    return std::move(entries).error().WithContext(proof::TilePath(tile));
  }
  bundle.entries = *std::move(entries);
  return &bundle;
}

Status OldEntries::Read(Seq seq, std::vector<std::uint64_t>& words, Arena& arena,
                        schema::EntryView& view) {
  SUANPAN_ASSIGN_OR_RETURN(const Bundle* bundle, Load((seq.value() - 1) / proof::kTileWidth));
  const ByteSpan stored = bundle->entries[(seq.value() - 1) % proof::kTileWidth];
  words.assign((stored.size() + 7) / 8, 0);
  if (!stored.empty()) std::memcpy(words.data(), stored.data(), stored.size());
  const ByteSpan aligned{reinterpret_cast<const std::uint8_t*>(words.data()), stored.size()};
  SUANPAN_ASSIGN_OR_RETURN(view, schema::DecodeEntry(aligned, kinds_, arena));
  return {};
}

Status OldEntries::Decode(Seq seq) {
  if (decoded_ == seq) return {};
  decoded_ = Seq{};
  arena_.Reset();
  SUANPAN_RETURN_IF_ERROR(Read(seq, words_, arena_, view_));
  decoded_ = seq;
  return {};
}

Result<const schema::Event*> OldEntries::Find(Address at) {
  const schema::Event* none = nullptr;
  if (at.none() || !Has(at.seq())) return none;
  SUANPAN_RETURN_IF_ERROR(Decode(at.seq()));
  return at.line() < view_.events.size() ? &view_.events[at.line()] : none;
}

}  // namespace suanpan::audit
