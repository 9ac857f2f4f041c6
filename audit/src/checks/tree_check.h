#pragma once

// V4 above the entries: the tiles of level 1 and up, the root, the files that must not be there;
// and the roots at earlier sizes, which V3 asks for.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "src/files/bundle.h"
#include "src/findings.h"
#include "suanpan/proof/tile_stack.h"
#include "suanpan/proof/tree.h"

namespace suanpan::audit {

/// Takes the bundles of one book in order and rebuilds its tree from the entries alone.
class TreeCheck {
 public:
  /// `marks` are the sizes whose roots are wanted, each less than `size`.
  TreeCheck(std::filesystem::path dir, TreeSize size, std::vector<std::uint64_t> marks);

  /// The next bundle; its findings, and those of tiles that it completes, go to `findings`.
  void Take(const PreparedBundle& bundle, Findings& findings);
  /// After the last bundle: partial tiles, the root against the checkpoint's, surplus files.
  void Finish(const Hash32& root, Findings& findings);

  /// True where the entries, as they were read, hash to the checkpoint's root. After Finish.
  [[nodiscard]] bool entries_proven() const { return proven_; }
  /// Roots at the marks; only where the entries are proven.
  [[nodiscard]] const std::map<std::uint64_t, Hash32>& roots() const { return roots_; }

 private:
  [[nodiscard]] Status CompareTile(const proof::TileId& tile, std::span<const Hash32> hashes,
                                   Findings& findings);
  void CheckSurplus(Findings& findings) const;

  std::filesystem::path dir_;
  TreeSize size_;
  std::map<std::uint64_t, Hash32> roots_;
  std::map<std::uint64_t, Hash32>::iterator next_mark_;
  std::uint64_t done_ = 0;
  bool complete_ = true;  ///< no bundle was unreadable
  bool proven_ = false;
  proof::Frontier tiles_;     ///< over the roots of full bundles
  proof::TileStack upper_;    ///< the same as tiles, one level lower than their number
  std::vector<Hash32> rest_;  ///< leaves of the last, partial bundle
  std::string file_;
};

/// The root of the tree whose full bundles have the roots in `tiles`, followed by `rest` leaves.
[[nodiscard]] Hash32 RootOf(const proof::Frontier& tiles, std::span<const Hash32> rest);

}  // namespace suanpan::audit
