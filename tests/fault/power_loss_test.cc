// The machine loses power right after an acknowledgement, and in the middle of the work of several
// writers: everything that was not synced is gone, what was acknowledged is there.

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "data_copy.h"
#include "faulty_files.h"
#include "killer.h"
#include "support/everywhere.h"

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

/// Writers commit the sales of a round (from 0) together.
void WriteTogether(engine::Ledger& ledger, const Place& place, std::uint64_t round) {
  std::ofstream file{AcknowledgedOf(place), std::ios::app};
  std::mutex mutex;
  std::vector<std::jthread> writers;
  for (std::uint64_t writer = 0; writer < kWriters; ++writer) {
    const std::uint64_t before = round * kSalesARound + writer * kSalesOfAWriter;
    writers.emplace_back(
        [&, before] { Write(ledger, before + 1, before + kSalesOfAWriter, file, mutex); });
  }
}

/// Opens, lets writers commit the sales of a round (from 0) together, and loses power.
void CommitAndLosePower(const Place& place, std::uint64_t round, bool lie) {
  RunAndCrash([&] {
    const auto [files, env] = MakeFaultyDisk();
    engine::Ledger* const ledger = OpenLedger(place, Guarded::kNo, env).value().release();
    if (lie) files->LieAboutSync();  // about entries; the opening itself is synced
    if (round == 0) SUANPAN_INVARIANT(CommitOpening(*ledger).ok());
    WriteTogether(*ledger, place, round);
    files->LosePower();
  });
}

/// Opens a place that has its opening entry and lets writers work until power is lost at a request
/// to the file system. Whether there was such a request.
bool LosePowerAt(const Place& place, const KillPoint& point) {
  return RunAndSeeIfKilled([&] {
    const auto [files, env] = MakeFaultyDisk();
    files->WatchWith(new Killer{*files, point, place.root});
    engine::Ledger* const ledger = OpenLedger(place, Guarded::kYes, env).value().release();
    WriteTogether(*ledger, place, 0);
  });
}

/// Sends every acknowledged sale again: each is there, once, and its key gives the first answer.
/// `in_flight`: entries that may be there besides. What is wrong first; empty: nothing.
std::string Lost(const Place& place, Guarded guarded = Guarded::kNo, std::uint64_t in_flight = 0) {
  return AskAndCrash([&]() -> std::string {
    auto opened = OpenLedger(place, guarded);
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
    const bool good = before >= 1 + acknowledged && before <= 1 + acknowledged + in_flight;
    return good ? std::string{} : fmt::format("{} entries", before);
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

TEST(PowerLoss, InTheMiddleOfTheWorkOfSeveralWriters) {
  const TempDir dir;
  const Place begun{dir.path() / "begun"};
  RunAndCrash([&] { MakePlace(begun); });
  RunAndCrash([&] { SUANPAN_INVARIANT(CommitOpening(*OpenLedger(begun).value().release()).ok()); });
  const std::uint64_t stride = test::Stride(3);
  const Place place{dir.path() / "run" / "place"};
  int losses = 0;
  for (std::uint64_t nth = 1; nth < 2'000; nth += stride) {
    std::filesystem::remove_all(place.root.parent_path());
    std::filesystem::create_directories(place.root.parent_path());
    CopyPlace(begun, place);
    const auto phase = static_cast<KillPoint::Phase>(nth % 3);
    if (!LosePowerAt(place, {KillPoint::Where::kRequest, nth, phase, nth * 31, true})) break;
    ++losses;
    EXPECT_EQ(Lost(place, Guarded::kYes, kWriters), "") << "request " << nth;
  }
  std::cout << losses << " losses of power\n";
  EXPECT_GE(losses, test::Least(10));
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
