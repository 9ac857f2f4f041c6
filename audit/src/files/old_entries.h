#pragma once

// Single entries of a book read a second time, for the checks that compare an event with an older
// one that it names. Memory is bounded: the bundles used last are kept.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::audit {

/// Belongs to one thread.
class OldEntries {
 public:
  /// Bundles are kept up to this size, and the one in use.
  static constexpr std::size_t kCacheBytes = std::size_t{4} << 20U;

  /// The book's folder and the size of its checkpoint. `kinds` must outlive it.
  OldEntries(std::filesystem::path dir, TreeSize size, const schema::KindTable& kinds)
      : dir_(std::move(dir)), size_(size), kinds_(kinds) {}

  /// The event at an address, valid until the next call; null where the log has none there. An
  /// error where the bundle cannot be read now, though it could before.
  [[nodiscard]] Result<const schema::Event*> Find(Address at);
  [[nodiscard]] bool Has(Seq seq) const { return seq.value() != 0 && seq.value() <= size_.value(); }
  /// An entry for keeping: `view` views `words` and what is in the arena.
  [[nodiscard]] Status Read(Seq seq, std::vector<std::uint64_t>& words, Arena& arena,
                            schema::EntryView& view);

 private:
  struct Bundle {
    std::string file;
    std::vector<ByteSpan> entries;  ///< views of `file`
    std::uint64_t last_use = 0;
  };
  [[nodiscard]] Result<const Bundle*> Load(std::uint64_t index);
  void MakeRoom(std::size_t bytes);
  [[nodiscard]] Status Decode(Seq seq);

  std::filesystem::path dir_;
  TreeSize size_;
  const schema::KindTable& kinds_;
  std::map<std::uint64_t, Bundle> bundles_;
  std::size_t cached_bytes_ = 0;
  std::uint64_t uses_ = 0;
  Seq decoded_;  ///< the entry of `view_`; 0: none
  schema::EntryView view_;
  std::vector<std::uint64_t> words_;
  Arena arena_;
};

}  // namespace suanpan::audit
