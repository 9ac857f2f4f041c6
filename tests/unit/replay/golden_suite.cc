// The roots of the sample week, kept in tests/golden: every compiler, build and store must come to
// them. SUANPAN_UPDATE_GOLDEN=1 writes the file where it is missing and never changes one that is
// there: where the encoding of entries or state was changed on purpose, it is removed first.

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "replay_fixture.h"

namespace suanpan::replay::test {
namespace {

constexpr const char* kSample = SUANPAN_SOURCE_DIR "/examples/community-year/sample-week.jsonl";
constexpr const char* kGolden = SUANPAN_SOURCE_DIR "/tests/golden/sample-week.state";

std::string Text(const Replayed& replayed) {
  std::string text =
      fmt::format("entries {}\nevents {}\ntree {}\nstate {}\n", replayed.state.seq.value(),
                  replayed.events, ToHex(replayed.root.bytes), ToHex(replayed.state.root.bytes));
  for (const engine::SectionRoot& section : replayed.state.sections) {
    text += fmt::format("section {} {} {}\n", engine::ToText(section.number), section.leaves,
                        ToHex(section.root.bytes));
  }
  return text;
}

TEST_P(ReplayTest, TheSampleWeekHasTheRootsThatAreKept) {
  TestLedger ledger{EmptyStore()};
  ledger.AddFile(kSample);
  ledger.SignAll();
  const std::string text = Text(Replay(ledger.ledger().reader(), kFirstBook));
  if (std::getenv("SUANPAN_UPDATE_GOLDEN") != nullptr && !std::ifstream{kGolden}.good()) {
    std::ofstream{kGolden, std::ios::binary} << text;
  }
  std::ifstream file{kGolden, std::ios::binary};
  ASSERT_TRUE(file.good()) << kGolden;
  const std::string kept{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(text, kept);
  EXPECT_EQ(Text(Replay(ledger.ledger().reader(), kFirstBook, Ahead())), kept);
}

}  // namespace
}  // namespace suanpan::replay::test
