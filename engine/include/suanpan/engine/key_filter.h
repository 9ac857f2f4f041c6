#pragma once

// Tells new UUID keys from bound ones without asking the store: of nearly all commands the key is
// new, and a look-up of RocksDB costs more than deciding the command does.

#include <array>
#include <cstdint>
#include <memory>

#include "suanpan/base/ids.h"
#include "suanpan/store/keys.h"

namespace suanpan::engine {

/// A Bloom filter of fixed size whose bits for a key lie in one cache line (Putze, Sanders,
/// Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007): 4 MiB for all books of a
/// ledger. Of keys that are not in it, it takes about 1 in 100 for one that may be when it has
/// 3 million keys, 1 in 3 at 10 million, and in the end every one: the store is asked then, as it
/// would be without it. Not synchronised.
class KeyFilter {
 public:
  KeyFilter();

  void Add(BookNo book, NameId source, const Uuid& uuid);
  /// Has what MayHave will look at brought near.
  void Prefetch(BookNo book, NameId source, const Uuid& uuid) const;
  /// False: the key was never added.
  [[nodiscard]] bool MayHave(BookNo book, NameId source, const Uuid& uuid) const;

 private:
  static constexpr std::size_t kLines = std::size_t{1} << 16U;
  struct alignas(64) Line {
    std::array<std::uint64_t, 8> words{};
  };

  struct Release {
    void operator()(Line* lines) const;
  };
  std::unique_ptr<Line[], Release> lines_;
};

}  // namespace suanpan::engine
