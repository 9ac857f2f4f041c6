// The second opinion on bytes: an encoder and a tree written from docs/format.md and its page of
// payloads alone make the same entries, to the byte, and the same root as the engine; and what
// either of them did wrong would show.

#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "all_kinds.h"
#include "samples.h"
#include "suanpan/proof/tree.h"
#include "support/opinion/bytes/tree.h"

namespace suanpan::opinion::bytes {
namespace {

std::vector<Hash> LeavesOf(const std::vector<std::string>& entries) {
  std::vector<Hash> leaves;
  for (const std::string& entry : entries) leaves.push_back(LeafHash(entry));
  return leaves;
}

void ExpectEqual(const std::vector<Sample>& samples, std::size_t entries_min) {
  const Comparison comparison = Compare(samples);
  EXPECT_EQ(comparison.first_difference, "");
  EXPECT_EQ(comparison.different, 0U);
  EXPECT_GE(comparison.entries, entries_min);
  std::cout << samples.size() << " samples, " << comparison.entries << " entries\n";
}

TEST(OpinionBytes, EveryEntryOfTheExamplesIsTheSameAndSoIsTheRoot) {
  const std::vector<Sample> samples = LedgerSamples();
  ExpectEqual(samples, 900);
  for (const Sample& sample : samples) {
    ASSERT_TRUE(sample.root.has_value()) << sample.name;
    EXPECT_EQ(RootOf(LeavesOf(sample.entries)), sample.root->bytes) << sample.name;
  }
}

TEST(OpinionBytes, EveryEntryOfTheScenariosIsTheSame) { ExpectEqual(ScenarioSamples(), 200); }

TEST(OpinionBytes, EveryAcceptedCommandOfTheTableIsTheSame) {
  ExpectEqual(CommandTableSamples(), 90);
}

/// The paths of everything that an event has: "lines.cost_fen".
void PathsOf(const Json& value, const std::string& path, std::set<std::string>& paths) {
  if (value.is_array()) {
    for (const Json& item : value) PathsOf(item, path, paths);
  } else if (value.is_object()) {
    for (const auto& [name, inner] : value.items()) PathsOf(inner, path + '.' + name, paths);
  }
  paths.insert(path);
}

TEST(OpinionBytes, EveryKindIsTheSameWithEachOptionalPartPresentAndAbsent) {
  const std::vector<Sample> samples = FilledSamples();
  ExpectEqual(samples, 6'000);
  // kind -> path -> in how many samples of how many
  std::map<std::string, std::map<std::string, std::size_t>> seen;
  std::map<std::string, std::size_t> of_kind;
  for (const Sample& sample : samples) {
    const Json& event = sample.told.at(0).at("events").at(0);
    const auto kind = event.at("kind").get<std::string>();
    std::set<std::string> paths;
    PathsOf(event, "", paths);
    ++of_kind[kind];
    for (const std::string& path : paths) ++seen[kind][path];
  }
  std::size_t optional = 0;
  for (const auto& [kind, paths] : seen) {
    for (const char* tail : {".source_doc", ".evidence", ".refs", ".summary", ".note_commit",
                             ".replaces", ".supplements", ".approval", ".irregular"}) {
      const std::size_t present = paths.count(tail) == 0 ? 0 : paths.at(tail);
      EXPECT_GT(present, 0U) << kind << tail;
      const bool required =
          kind == "due.waived" || kind == "points.moved" || kind == "entry.reversed";
      if (required && std::string_view{tail} == ".approval") continue;
      EXPECT_LT(present, of_kind[kind]) << kind << tail << " is never absent";
    }
    for (const auto& [path, present] : paths) optional += present < of_kind[kind] ? 1U : 0U;
  }
  EXPECT_EQ(seen.size(), 48U) << "every kind but those of the log itself";
  std::cout << optional << " optional fields, each present and absent\n";
  EXPECT_GE(optional, 450U);
}

/// The bytes without one leaf of what is told; nothing where that cannot be encoded.
std::string WithoutLeaf(const Sample& sample, const std::string& path) {
  const Json removal = Json::array({{{"op", "remove"}, {"path", path}}});
  try {
    return EntryWriter{sample.names}.Encode(sample.told.at(0).patch(removal));
  } catch (const std::exception&) {
    return {};
  }
}

TEST(OpinionBytes, EveryFieldThatIsToldIsInTheBytes) {
  std::size_t leaves = 0;
  for (const Sample& sample : FilledSamples()) {
    if (!sample.name.ends_with(" everything")) continue;
    const Json flat = sample.told.at(0).flatten();
    for (const auto& [path, leaf] : flat.items()) {
      if (path == "/book" || path == "/events/0/computed") continue;
      if (path.ends_with("/unit")) continue;  // follows from the account's class
      EXPECT_NE(WithoutLeaf(sample, path), sample.entries.at(0)) << sample.name << " " << path;
      ++leaves;
    }
  }
  std::cout << leaves << " leaves\n";
  EXPECT_GT(leaves, 900U);
}

TEST(OpinionBytes, EverySlipOfTheSecondOpinionIsNoticed) {
  std::vector<Sample> samples;
  for (std::vector<Sample>& some : std::vector<std::vector<Sample>>{
           LedgerSamples(), ScenarioSamples(), CommandTableSamples(), FilledSamples()}) {
    std::move(some.begin(), some.end(), std::back_inserter(samples));
  }
  std::size_t least = samples.size();
  for (auto slip = static_cast<std::uint8_t>(Slip::kNone) + 1;
       slip < static_cast<std::uint8_t>(Slip::kEnd); ++slip) {
    const Comparison comparison = Compare(samples, static_cast<Slip>(slip));
    EXPECT_GT(comparison.different, 0U) << "slip " << slip << " makes the same bytes";
    least = std::min(least, comparison.different);
  }
  std::cout << static_cast<int>(Slip::kEnd) - 1 << " slips, each noticed in at least " << least
            << " entries\n";
}

TEST(OpinionTree, HasTheEnginesRootAtEverySize) {
  std::vector<std::string> entries;
  std::vector<Hash32> ours;
  for (std::size_t size = 0; size <= 300; ++size) {
    EXPECT_EQ(RootOf(LeavesOf(entries)), proof::ShapeRoot(ours).bytes) << size;
    entries.push_back("entry " + std::to_string(size));
    ours.push_back(proof::LeafHash(AsBytes(entries.back())));
  }
  EXPECT_NE(RootOf(LeavesOf({"a", "b"})), RootOf(LeavesOf({"b", "a"})));
}

}  // namespace
}  // namespace suanpan::opinion::bytes
