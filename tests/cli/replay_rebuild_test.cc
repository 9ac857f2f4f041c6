// `suanpan replay rebuild` on directories damaged below our interface: what it mends, and what it
// must not, because the index is all that remembers lost entries.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "suanpan/store/keys.h"
#include "support/raw_rows.h"
#include "support/run_command.h"
#include "support/temp_dir.h"

namespace suanpan::test {
namespace {

using Rows = std::map<std::string, std::string>;

const std::string kCommands = SUANPAN_SOURCE_DIR "/tests/cli/zz.jsonl";

class ReplayRebuild : public testing::Test {
 protected:
  ReplayRebuild() {
    EXPECT_EQ(Run("init --origin books.example"), 0);
    EXPECT_EQ(Run("append " + kCommands), 0);
    before_ = Keys().All();
    EXPECT_EQ(before_.size(), 2U) << "the watermark, and the counters of one till";
  }

  /// The exit code; what it said is in said_.
  int Run(std::string_view command) {
    Outcome run = RunCommand(
        fmt::format("{} --data {} --key-dir {} {}", SUANPAN_PROGRAM, data_, key_dir_, command));
    said_ = std::move(run.output);
    return run.exit_code;
  }
  void ExpectRefused(std::string_view alarm) {
    EXPECT_EQ(Run("replay rebuild"), 3) << said_;
    EXPECT_NE(said_.find(alarm), std::string::npos) << said_;
  }
  void ExpectMended() {
    EXPECT_EQ(Run("replay rebuild"), 0) << said_;
    EXPECT_NE(said_.find("written again"), std::string::npos) << said_;
    EXPECT_EQ(Keys().All(), before_);
    EXPECT_EQ(Run("replay verify"), 0) << said_;
    EXPECT_EQ(Run("append " + kCommands), 0);
    EXPECT_NE(said_.find(R"({"result":"duplicate")"), std::string::npos) << said_;
    EXPECT_EQ(said_.find("\n{\"result\":\"committed"), std::string::npos) << said_;
  }

  RawRows Keys() { return RawRows{data_, "keys"}; }
  /// The only table that the index has on disk.
  std::string Table() {
    RawRows keys = Keys();
    keys.Compact();
    EXPECT_EQ(keys.Tables().size(), 1U);
    return data_ + keys.Tables().front();
  }
  void SayMoreWasIndexed() {
    Keys().Put(store::WatermarkRowKey(BookNo{1}), store::EncodeSeq(Seq{1'000}));
  }
  /// Of another ledger.
  std::string OtherKeys() {
    const std::string data = std::exchange(data_, dir_ / "other");
    const std::string keys = std::exchange(key_dir_, dir_ / "other-keys");
    EXPECT_EQ(Run("init"), 0) << said_;
    data_ = data;
    return std::exchange(key_dir_, keys);
  }

  TempDir dir_;
  std::string data_ = dir_ / "data";
  std::string key_dir_ = dir_ / "keys";
  std::string said_;
  Rows before_;
};

constexpr std::string_view kLost = "entry 1000 was indexed or signed";

TEST_F(ReplayRebuild, LeavesAnIndexThatAloneRemembersLostEntries) {
  SayMoreWasIndexed();
  const Rows there = Keys().All();
  ExpectRefused(kLost);
  EXPECT_EQ(Keys().All(), there);
  ExpectRefused(kLost);
  EXPECT_EQ(Run("append " + kCommands), 3);
  EXPECT_NE(said_.find(kLost), std::string::npos) << said_;
}

TEST_F(ReplayRebuild, LeavesItTooWhereOnlyItsWatermarkCanBeRead) {
  const std::string table = Table();
  SayMoreWasIndexed();
  std::filesystem::rename(table, dir_ / "aside");
  ExpectRefused(kLost);
  std::filesystem::rename(dir_ / "aside", table);
  EXPECT_EQ(Keys().All().size(), before_.size());
  ExpectRefused(kLost);
}

TEST_F(ReplayRebuild, LeavesTheIndexWithTheKeysOfAnotherLedger) {
  key_dir_ = OtherKeys();
  ExpectRefused("guard_foreign");
  EXPECT_EQ(Keys().All(), before_);
  const std::string table = Table();
  std::filesystem::rename(table, dir_ / "aside");
  ExpectRefused("guard_foreign");
  std::filesystem::rename(dir_ / "aside", table);
  EXPECT_EQ(Keys().All(), before_);
  key_dir_ = dir_ / "nowhere";
  ExpectRefused("");
  EXPECT_EQ(Keys().All(), before_);
}

TEST_F(ReplayRebuild, MendsAnIndexThatIsGone) {
  Keys().Drop();
  EXPECT_EQ(Run("replay verify"), 3);
  EXPECT_NE(said_.find("only the index of command keys"), std::string::npos) << said_;
  ExpectMended();
}

TEST_F(ReplayRebuild, MendsAnIndexOfWhichATableIsGone) {
  std::filesystem::remove(Table());
  ExpectMended();
}

TEST_F(ReplayRebuild, EmptiesAnIndexThatCanBeOpenedAndKeepsItsFamily) {
  const std::uint32_t number = Keys().Number();
  ExpectMended();
  EXPECT_EQ(Keys().Number(), number);
}

}  // namespace
}  // namespace suanpan::test
