// The machine loses power right after an acknowledgement: everything that was not synced is gone,
// what was acknowledged is there.

#include <gtest/gtest.h>

#include "data_copy.h"
#include "faulty_files.h"

namespace suanpan::fault {
namespace {

using suanpan::test::TempDir;

constexpr std::uint64_t kRounds = 12;
constexpr std::uint64_t kSalesARound = 5;

/// Opens, commits the sales of a round (from 0) and loses power.
void CommitAndLosePower(const Place& place, std::uint64_t round, bool lie) {
  RunAndCrash([&] {
    auto* const files = new FaultyFiles;  // for the rest of this process
    rocksdb::Env* const env =
        rocksdb::NewCompositeEnv(std::shared_ptr<rocksdb::FileSystem>{files}).release();
    if (lie) files->LieAboutSync();
    engine::Ledger* const ledger = OpenLedger(place, Guarded::kNo, env).value().release();
    CommitSales(*ledger, round * kSalesARound + 1, (round + 1) * kSalesARound);
    files->LosePower();
  });
}

std::string OpenedAs(const Place& place) {
  return AskAndCrash([&] {
    const Opened opened = OpenToWrite(place, Guarded::kNo);
    return opened.error.empty() ? fmt::format("{} entries", opened.entries.size()) : opened.error;
  });
}

TEST(PowerLoss, AfterItEveryAcknowledgedEntryIsThere) {
  const TempDir dir;
  const Place place{dir.path() / "place"};
  const Place copy{dir.path() / "copy"};
  RunAndCrash([&] { MakePlace(place); });
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    CommitAndLosePower(place, round, false);
    CopyPlace(place, copy);
    EXPECT_EQ(OpenedAs(copy), fmt::format("{} entries", 1 + (round + 1) * kSalesARound));
  }
}

TEST(PowerLoss, WithoutTheSyncsEntriesWouldBeGone) {
  // That the test above can fail, and that the sync is what it depends on.
  const TempDir dir;
  const Place place{dir.path() / "place"};
  RunAndCrash([&] { MakePlace(place); });
  CommitAndLosePower(place, 0, false);
  EXPECT_EQ(OpenedAs(place), fmt::format("{} entries", 1 + kSalesARound));
  CommitAndLosePower(place, 1, true);
  EXPECT_NE(OpenedAs(place), fmt::format("{} entries", 1 + 2 * kSalesARound));
}

}  // namespace
}  // namespace suanpan::fault
