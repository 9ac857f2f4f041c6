#pragma once

// Logs to be replayed, on a store of either sort. The suites are instantiated once per store.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "suanpan/replay/replayer.h"
#include "support/log_blocks.h"
#include "support/store_home.h"
#include "support/test_ledger.h"

namespace suanpan::replay::test {

using suanpan::test::MakeHome;
using suanpan::test::StoreHome;
using suanpan::test::TestLedger;

inline constexpr BookNo kFirstBook{1};

/// A few stalls: sales, refunds, late costs, settlements, receipts, spending.
[[nodiscard]] community_year::YearOptions SmallYear(std::uint32_t days,
                                                    std::uint32_t communities = 1);
/// Entries of the first community's small year, made once for each length.
[[nodiscard]] const std::vector<std::string>& SmallYearEntries(std::uint32_t days);

/// What must be equal however a log is replayed.
struct Replayed {
  engine::StateDigest state;
  Hash32 root;
  std::uint64_t events = 0;
  friend bool operator==(const Replayed&, const Replayed&) = default;
};
[[nodiscard]] Replayed Digest(const ReplayedBook& book);
/// Fails the test where the log does not replay.
[[nodiscard]] Replayed Replay(const store::EventReader& reader, BookNo book,
                              const ReplayOptions& options = {});

[[nodiscard]] inline ReplayOptions Ahead() {
  ReplayOptions options;
  options.decode_ahead = true;
  return options;
}

class ReplayTest : public ::testing::TestWithParam<MakeHome> {
 protected:
  /// A store with the entries as book 1 "jx-001".
  std::unique_ptr<store::EventStore> StoreOf(const std::vector<std::string>& entries,
                                             const suanpan::test::BlockPlan& plan = {});
  std::unique_ptr<store::EventStore> EmptyStore();

 private:
  std::vector<std::unique_ptr<StoreHome>> homes_;  ///< outlive their stores
};

/// The bytes of an entry with one byte changed.
[[nodiscard]] std::string Flipped(std::string entry, std::size_t at);

}  // namespace suanpan::replay::test
