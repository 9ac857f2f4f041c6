#pragma once

// Finds command keys that are bound twice. A stream's counters are intervals in memory; UUIDs, and
// counters of a stream so torn that its intervals would not fit, are spilled to a temporary file in
// sorted runs and merged at the end.

#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "suanpan/base/status.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/store/counter_set.h"

namespace suanpan::audit {

/// A key as it is sorted, with the entry that has it. In words, since sorting is comparing them.
struct SpilledKey {
  std::array<std::uint64_t, 3> key{};  ///< source and stream; UUID or counter, the first byte high
  std::uint64_t seq = 0;
  friend auto operator<=>(const SpilledKey&, const SpilledKey&) = default;
};
static_assert(sizeof(SpilledKey) == 32);

/// Sorts any number of keys in bounded memory: runs of kRunKeys in one unlinked temporary file.
class KeySpill {
 public:
  static constexpr std::size_t kRunKeys = 65'536;  ///< 2 MiB

  /// kIo where the temporary file cannot be written.
  [[nodiscard]] Status Add(const SpilledKey& key);
  /// Calls `duplicate(earlier, later)` for each key that is there again, by key. Once.
  [[nodiscard]] Status ForEachDuplicate(
      const std::function<void(const SpilledKey&, const SpilledKey&)>& duplicate);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  class Run;
  [[nodiscard]] Status FlushRun();

  std::vector<SpilledKey> open_;
  std::vector<std::size_t> runs_;  ///< keys in each
  std::unique_ptr<std::FILE, CloseFile> file_;
};

class KeyCheck {
 public:
  /// `duplicate(seq, first)`: entry `seq` has a key bound before; `first` is 0 where only the
  /// membership is known.
  using OnDuplicate = std::function<void(std::uint64_t seq, std::uint64_t first)>;

  [[nodiscard]] Status Take(Seq seq, const schema::EntryCommon& common, const OnDuplicate& on);
  [[nodiscard]] Status Finish(const OnDuplicate& on);

 private:
  std::map<std::pair<NameId, NameId>, store::CounterSet> streams_;  ///< by source and stream
  KeySpill spill_;
};

}  // namespace suanpan::audit
