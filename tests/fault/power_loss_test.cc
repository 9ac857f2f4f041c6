// The machine loses power right after an acknowledgement: everything that was not synced is gone,
// what was acknowledged is there.

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "data_copy.h"
#include "faulty_files.h"

namespace suanpan::fault {
namespace {

using suanpan::test::TempDir;

constexpr std::uint64_t kRounds = 12;
constexpr std::uint64_t kWriters = 3;
constexpr std::uint64_t kSalesOfAWriter = 4;  ///< in a round
constexpr std::uint64_t kSalesARound = kWriters * kSalesOfAWriter;

/// What was acknowledged, on a disk that does not lose power: "SALE LEAF" a line.
std::filesystem::path AcknowledgedOf(const Place& place) {
  return place.root.parent_path() / "acknowledged";
}

std::string LeafOf(engine::Ledger& ledger, const engine::Submission& submission) {
  const auto answer = nlohmann::json::parse(ledger.AnswerJson(submission).value());
  return (answer.contains("answer") ? answer.at("answer") : answer).at("leaf").get<std::string>();
}

/// Sales [first, last], one after the other, each written down when it is acknowledged.
void Write(engine::Ledger& ledger, std::uint64_t first, std::uint64_t last, std::ofstream& file,
           std::mutex& mutex) {
  for (std::uint64_t sale = first; sale <= last; ++sale) {
    const engine::Submission submission = SubmitSale(ledger, sale).value();
    SUANPAN_INVARIANT(ledger.WaitDurable(submission).ok());
    const std::string leaf = LeafOf(ledger, submission);
    const std::lock_guard lock{mutex};
    file << sale << ' ' << leaf << std::endl;
  }
}

/// Opens, lets writers commit the sales of a round (from 0) together, and loses power.
void CommitAndLosePower(const Place& place, std::uint64_t round, bool lie) {
  RunAndCrash([&] {
    auto* const files = new FaultyFiles;  // for the rest of this process
    rocksdb::Env* const env =
        rocksdb::NewCompositeEnv(std::shared_ptr<rocksdb::FileSystem>{files}).release();
    engine::Ledger* const ledger = OpenLedger(place, Guarded::kNo, env).value().release();
    if (lie) files->LieAboutSync();  // about entries; the opening itself is synced
    if (round == 0) SUANPAN_INVARIANT(CommitOpening(*ledger).ok());
    std::ofstream file{AcknowledgedOf(place), std::ios::app};
    std::mutex mutex;
    {
      std::vector<std::jthread> writers;
      for (std::uint64_t writer = 0; writer < kWriters; ++writer) {
        const std::uint64_t before = round * kSalesARound + writer * kSalesOfAWriter;
        writers.emplace_back(
            [&, before] { Write(*ledger, before + 1, before + kSalesOfAWriter, file, mutex); });
      }
    }
    files->LosePower();
  });
}

/// Sends every acknowledged sale again: each is there, once, and its key gives the first answer.
/// What is wrong first; empty: nothing.
std::string Lost(const Place& place) {
  return AskAndCrash([&]() -> std::string {
    auto opened = OpenLedger(place, Guarded::kNo);
    if (!opened.ok()) return opened.error().ToString();
    engine::Ledger& ledger = *opened->release();
    const std::uint64_t before = EntriesOf(ledger.reader()).value().size();
    std::ifstream file{AcknowledgedOf(place)};
    std::uint64_t sale = 0;
    std::string leaf;
    std::uint64_t acknowledged = 0;
    while (file >> sale >> leaf) {
      ++acknowledged;
      const engine::Submission again = SubmitSale(ledger, sale).value();
      if (again.outcome != engine::Submission::Outcome::kDuplicate) {
        return fmt::format("sale {} was acknowledged and is not there", sale);
      }
      if (LeafOf(ledger, again) != leaf) return fmt::format("sale {} has another leaf", sale);
    }
    return before == 1 + acknowledged ? std::string{} : fmt::format("{} entries", before);
  });
}

TEST(PowerLoss, AfterItEveryAcknowledgedEntryIsThere) {
  const TempDir dir;
  const Place place{dir.path() / "place"};
  RunAndCrash([&] { MakePlace(place); });
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    CommitAndLosePower(place, round, false);
    const Place copy{dir.path() / "copy"};
    CopyPlace(place, copy);
    EXPECT_EQ(Lost(copy), "") << "round " << round;
  }
}

TEST(PowerLoss, WithoutTheSyncsEntriesWouldBeGone) {
  // That the test above can fail, and that the sync is what it depends on.
  const TempDir dir;
  const Place place{dir.path() / "place"};
  RunAndCrash([&] { MakePlace(place); });
  CommitAndLosePower(place, 0, false);
  EXPECT_EQ(Lost(place), "");
  CommitAndLosePower(place, 1, true);
  const std::string lost = Lost(place);
  EXPECT_NE(lost.find("was acknowledged and is not there"), std::string::npos) << lost;
}

}  // namespace
}  // namespace suanpan::fault
