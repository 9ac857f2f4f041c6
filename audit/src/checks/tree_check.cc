#include "src/checks/tree_check.h"

#include <algorithm>
#include <set>

#include "suanpan/audit/export.h"
#include "suanpan/audit/files.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {

namespace fs = std::filesystem;

Hash32 RootOf(const proof::Frontier& tiles, std::span<const Hash32> rest) {
  if (rest.empty()) return tiles.Root();
  // The complete subtrees of a size are those of its high bits, then those of its low 8 bits.
  proof::Frontier right;
  right.Append(rest);
  Hash32 root = right.Root();
  const std::span<const Hash32> left = tiles.hashes();
  for (std::size_t i = left.size(); i-- > 0;) root = proof::NodeHash(left[i], root);
  return root;
}

TreeCheck::TreeCheck(fs::path dir, TreeSize size, std::vector<std::uint64_t> marks)
    : dir_(std::move(dir)), size_(size) {
  for (const std::uint64_t mark : marks) roots_.emplace(mark, Hash32{});
  next_mark_ = roots_.begin();
  if (next_mark_ != roots_.end() && next_mark_->first == 0) {
    next_mark_->second = proof::EmptyRoot();
    ++next_mark_;
  }
}

Status TreeCheck::CompareTile(const proof::TileId& tile, std::span<const Hash32> hashes,
                              Findings& findings) {
  const ByteSpan expected = proof::TileBytes(hashes);
  const Status read = ReadFile(dir_ / proof::TilePath(tile), expected.size(), file_);
  if (!read.ok()) {
    Finding finding = UnreadableFile(tile, read);
    const std::string slug = finding.check;
    findings.Add(kV4, slug, std::move(finding));
  } else if (!std::ranges::equal(AsBytes(file_), expected)) {
    findings.Fail(kV4, "tile", 0, proof::TilePath(tile) + " is not what follows from the entries");
  }
  return {};
}

void TreeCheck::Take(const PreparedBundle& bundle, Findings& findings) {
  for (const Finding& finding : bundle.findings) findings.Add(kV4, finding.check, finding);
  if (!bundle.readable) complete_ = false;
  if (!complete_) return;
  while (next_mark_ != roots_.end() && next_mark_->first <= done_ + bundle.leaves.size()) {
    const std::span<const Hash32> leaves{bundle.leaves};
    next_mark_->second = RootOf(tiles_, leaves.first(next_mark_->first - done_));
    ++next_mark_;
  }
  done_ += bundle.leaves.size();
  if (!bundle.tile.full()) {
    rest_ = bundle.leaves;
    return;
  }
  const Status compared =
      proof::Grow(tiles_, upper_, {&bundle.tile_root, 1},
                  [&](const proof::TileId& tile, std::span<const Hash32> hashes) {
                    return CompareTile({tile.level + 1, tile.index, tile.width}, hashes, findings);
                  });
  compared.IgnoreError("comparing adds findings and never fails");
}

void TreeCheck::Finish(const Hash32& root, Findings& findings) {
  if (complete_) {
    const Status compared =
        upper_.VisitPartial([&](const proof::TileId& tile, std::span<const Hash32> hashes) {
          return CompareTile({tile.level + 1, tile.index, tile.width}, hashes, findings);
        });
    compared.IgnoreError("comparing adds findings and never fails");
    const Hash32 actual = RootOf(tiles_, rest_);
    proven_ = done_ == size_.value() && actual == root;
    if (!proven_) {
      findings.Fail(kV4, "root", 0, "the entries do not hash to the checkpoint's root",
                    ToHex(root.bytes), ToHex(actual.bytes));
    }
  }
  CheckSurplus(findings);
}

namespace {

constexpr const char* kIsLink = " is a link; an export has its files and folders in their place";

/// A file below tile/ that is a byte prefix of the wider one of the present size.
bool IsPrefix(const fs::path& dir, const std::string& name, const proof::TileId& present) {
  std::string narrow;
  std::string wide;
  const bool read = ReadFile(dir / name, kBundleBytesMax, narrow).ok() &&
                    ReadFile(dir / proof::TilePath(present), kBundleBytesMax, wide).ok();
  return read && wide.starts_with(narrow);
}

/// What is wrong with something below tile/ that is no directory; empty where nothing is. A tree of
/// this size has its own tiles, whatever is in their place was reported with them, and narrower
/// partial ones of an earlier size.
std::string SurplusText(const fs::path& dir, const std::string& name, fs::file_status status,
                        TreeSize size) {
  const std::optional<proof::TileId> tile = proof::ParseTilePath(name);
  const std::uint32_t width = tile ? proof::TileWidthAt(size, tile->level, tile->index) : 0;
  if (tile && tile->width == width) return {};
  if (fs::is_symlink(status)) return name + kIsLink;
  if (tile && tile->width < width && fs::is_regular_file(status) &&
      IsPrefix(dir, name, {tile->level, tile->index, width})) {
    return {};
  }
  return name + " does not belong to a tree of this size";
}

}  // namespace

void TreeCheck::CheckSurplus(Findings& findings) const {
  std::set<std::string> surplus;  // the first ones by name, so that the report is always the same
  std::uint64_t more = 0;
  std::error_code error;
  const fs::path root = dir_ / kTileFolder;
  if (!fs::exists(root, error)) return;
  if (fs::is_symlink(root, error)) surplus.insert(std::string{kTileFolder} + kIsLink);
  fs::recursive_directory_iterator at{root, error};
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    const fs::file_status status = at->symlink_status(error);
    if (fs::is_directory(status)) continue;
    const std::string name = at->path().lexically_relative(dir_).generic_string();
    std::string text = SurplusText(dir_, name, status, size_);
    if (text.empty()) continue;
    surplus.insert(std::move(text));
    if (surplus.size() <= kFindingsMax) continue;
    surplus.erase(std::prev(surplus.end()));
    ++more;
  }
  if (error) findings.Doubt(kV4, "folder", 0, "tile/ cannot be read: " + error.message());
  for (const std::string& text : surplus) findings.Fail(kV4, "surplus_file", 0, text);
  for (; more > 0; --more) findings.Fail(kV4, "surplus_file", 0, "and more");
}

}  // namespace suanpan::audit
