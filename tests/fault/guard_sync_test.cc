// What of the guard is on the disk when its calls return: a signed head before the signature
// leaves, each copy of a head that goes back before the other one is written over, a guard that is
// made anew before it has its name. An acknowledged head is not: the log itself was synced before
// it, and an older head is no harm (docs/decisions/0012).

#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "guard_cut.h"
#include "suanpan/engine/guard.h"
#include "support/temp_dir.h"

namespace suanpan::fault {
namespace {

using engine::Guard;
using engine::GuardMark;

constexpr std::string_view kVkey = "books.example+0a1b2c3d+AQ==";
constexpr BookNo kBook{1};

GuardMark Mark(std::uint64_t size) { return {TreeSize{size}, {}}; }

class GuardSync : public testing::Test {
 protected:
  GuardSync() {
    EXPECT_TRUE(Guard::Create(path_, kVkey).ok());
    guard_ = Guard::Open(path_, kVkey, Guard::Mode::kWrite).value();
    EXPECT_TRUE(guard_->WriteSigned(kBook, Mark(3)).ok());
    EXPECT_TRUE(guard_->WriteDurable(kBook, Mark(4)).ok());
    static_cast<void>(TakeGuardCalls());
  }

  test::TempDir dir_;
  std::string path_ = dir_ / "guard";
  std::unique_ptr<Guard> guard_;
};

TEST_F(GuardSync, ASignedHeadIsOnTheDiskWhenItsCallReturns) {
  ASSERT_TRUE(guard_->WriteSigned(kBook, Mark(5)).ok());
  EXPECT_EQ(TakeGuardCalls(), "ws");
  ASSERT_TRUE(guard_->WriteSigned(kBook, Mark(5)).ok());
  EXPECT_EQ(TakeGuardCalls(), "s") << "the same once more: its first sync may have failed";
}

TEST_F(GuardSync, AnAcknowledgedHeadIsWrittenAlone) {
  ASSERT_TRUE(guard_->WriteDurable(kBook, Mark(6)).ok());
  EXPECT_EQ(TakeGuardCalls(), "w");
}

TEST_F(GuardSync, AHeadGoesBackCopyByCopy) {
  ASSERT_TRUE(guard_->GoBack(kBook, Mark(2)).ok());
  EXPECT_EQ(TakeGuardCalls(), "wswswsws");
  ASSERT_TRUE(guard_->Forget(kBook).ok());
  EXPECT_EQ(TakeGuardCalls(), "wswswsws");
}

TEST_F(GuardSync, AGuardThatIsMadeIsOnTheDiskWithItsName) {
  ASSERT_TRUE(Guard::Create(dir_ / "other", kVkey).ok());
  EXPECT_EQ(TakeGuardCalls(), "wss") << "the file, then its directory";
}

TEST_F(GuardSync, AGuardThatIsMadeAnewIsOnTheDiskBeforeItTakesThePlaceOfTheOldOne) {
  const std::array<std::pair<BookNo, GuardMark>, 1> heads{{{kBook, Mark(7)}}};
  ASSERT_TRUE(Guard::Replace(path_, kVkey, heads).ok());
  const std::string calls = TakeGuardCalls();
  const std::size_t named = calls.rfind('r');
  ASSERT_NE(named, std::string::npos) << calls;
  EXPECT_EQ(calls.find('w', named), std::string::npos) << calls;
  const std::size_t first_name = calls.find('r');
  EXPECT_EQ(calls.substr(first_name - 1, 1), "s") << calls << ": written, synced, named";
  EXPECT_EQ(calls.back(), 's') << calls << ": its directory";
}

}  // namespace
}  // namespace suanpan::fault
