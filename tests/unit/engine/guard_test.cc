#include "suanpan/engine/guard.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support/temp_dir.h"

namespace suanpan::engine::test {
namespace {

using suanpan::test::TempDir;

constexpr std::string_view kVkey = "books.example+0a1b2c3d+AQ==";

GuardMark Mark(std::uint64_t size, std::uint8_t fill) {
  GuardMark mark{TreeSize{size}, {}};
  mark.root.bytes.fill(fill);
  return mark;
}

/// "alarm" of an error that must be there.
template <class T>
std::string AlarmOf(const Result<T>& result) {
  EXPECT_FALSE(result.ok());
  if (result.ok()) return "";
  EXPECT_EQ(result.error().code(), StatusCode::kCorruption) << result.error().ToString();
  const std::string message{result.error().message()};
  return message.substr(0, message.find(':'));
}
std::string AlarmOf(const Status& status) {
  EXPECT_EQ(status.code(), StatusCode::kCorruption) << status.ToString();
  const std::string message{status.message()};
  return message.substr(0, message.find(':'));
}

class GuardFile : public testing::Test {
 protected:
  GuardFile() { EXPECT_TRUE(Guard::Create(path_, kVkey).ok()); }
  Result<std::unique_ptr<Guard>> Open(Guard::Mode mode = Guard::Mode::kWrite) {
    return Guard::Open(path_, kVkey, mode);
  }
  GuardedHeads HeadsOf(BookNo book) { return Open(Guard::Mode::kRead).value()->Read(book).value(); }
  void Overwrite(std::streamoff at, std::string_view bytes) {
    std::fstream file{path_, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(at);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  TempDir dir_;
  std::string path_ = dir_ / "guard";
};

TEST_F(GuardFile, RemembersEachBooksTwoHeadsOverAReopen) {
  {
    const auto guard = Open().value();
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
    EXPECT_TRUE(guard->WriteSigned(BookNo{1}, Mark(4, 2)).ok());
    EXPECT_TRUE(guard->WriteDurable(BookNo{3}, Mark(7, 3)).ok());
    EXPECT_EQ(guard->Read(BookNo{1}).value().durable, Mark(5, 1));
  }
  EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(5, 1));
  EXPECT_EQ(HeadsOf(BookNo{1}).signed_head, Mark(4, 2));
  EXPECT_FALSE(HeadsOf(BookNo{2}).durable.has_value());
  EXPECT_EQ(HeadsOf(BookNo{3}).durable, Mark(7, 3));
  EXPECT_FALSE(HeadsOf(BookNo{3}).signed_head.has_value());
}

TEST_F(GuardFile, TheNewestOfManyWritesCounts) {
  const auto guard = Open().value();
  for (std::uint8_t size = 1; size <= 9; ++size) {
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(size, size)).ok());
    EXPECT_TRUE(guard->WriteSigned(BookNo{1}, Mark(size, size)).ok());
    EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(size, size));
    EXPECT_EQ(HeadsOf(BookNo{1}).signed_head, Mark(size, size));
  }
}

TEST_F(GuardFile, ASecondHeadOfASignedSizeOrASmallerOneIsRefused) {
  const auto guard = Open().value();
  EXPECT_TRUE(guard->WriteSigned(BookNo{1}, Mark(5, 1)).ok());
  EXPECT_TRUE(guard->WriteSigned(BookNo{1}, Mark(5, 1)).ok()) << "the same again";
  EXPECT_EQ(AlarmOf(guard->WriteSigned(BookNo{1}, Mark(5, 2))), "log_differs");
  EXPECT_EQ(AlarmOf(guard->WriteSigned(BookNo{1}, Mark(4, 1))), "log_differs");
  EXPECT_EQ(HeadsOf(BookNo{1}).signed_head, Mark(5, 1));
}

TEST_F(GuardFile, IsMissingForeignOrDamagedByName) {
  EXPECT_EQ(AlarmOf(Guard::Open(dir_ / "none", kVkey, Guard::Mode::kRead)), "guard_missing");
  EXPECT_EQ(AlarmOf(Guard::Open(path_ + "/none", kVkey, Guard::Mode::kRead)), "guard_missing");
  EXPECT_EQ(AlarmOf(Guard::Open(path_, "other+0a1b2c3d+AQ==", Guard::Mode::kRead)),
            "guard_foreign");
  EXPECT_EQ(AlarmOf(Guard::Open(dir_.path(), kVkey, Guard::Mode::kRead)), "guard_damaged");
  ASSERT_EQ(::mkfifo((dir_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(AlarmOf(Guard::Open(dir_ / "pipe", kVkey, Guard::Mode::kRead)), "guard_damaged");
  std::ofstream{dir_ / "short"} << "suanpan guard";
  EXPECT_EQ(AlarmOf(Guard::Open(dir_ / "short", kVkey, Guard::Mode::kRead)), "guard_damaged");
  std::ofstream{dir_ / "empty"};
  EXPECT_EQ(AlarmOf(Guard::Open(dir_ / "empty", kVkey, Guard::Mode::kRead)), "guard_damaged");
  EXPECT_EQ(Guard::Create(path_, kVkey).code(), StatusCode::kFailedPrecondition);
}

/// Where the four records of book 1 stand: signed, signed, durable, durable.
constexpr std::streamoff kRecord = 64;
constexpr std::streamoff kBookOne = 4096;

TEST_F(GuardFile, EveryByteOfItsHeadCounts) {
  for (std::streamoff at = 0; at < kRecord; ++at) {
    std::string bytes(1, '\0');
    std::ifstream{path_, std::ios::binary}.seekg(at).read(bytes.data(), 1);
    Overwrite(at, std::string(1, static_cast<char>(bytes[0] ^ 4)));
    EXPECT_EQ(AlarmOf(Open()), "guard_damaged") << at;
    Overwrite(at, bytes);
  }
  EXPECT_TRUE(Open().ok());
}

TEST_F(GuardFile, AfterATornWriteTheOlderCopyCounts) {
  {
    const auto guard = Open().value();
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(6, 2)).ok());
  }
  const std::streamoff newer = kBookOne + 3 * kRecord;
  for (std::streamoff at = 0; at < kRecord; ++at) {
    std::string bytes(1, '\0');
    std::ifstream{path_, std::ios::binary}.seekg(newer + at).read(bytes.data(), 1);
    Overwrite(newer + at, std::string(1, static_cast<char>(bytes[0] ^ 1)));
    EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(5, 1)) << at;
    Overwrite(newer + at, bytes);
  }
  EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(6, 2));
  Overwrite(newer, "x");
  Overwrite(newer - kRecord, "x");
  EXPECT_EQ(AlarmOf(Open().value()->Read(BookNo{1})), "guard_damaged");
  // The next write goes over a torn copy, never over the whole one.
  Overwrite(newer - kRecord, std::string_view{"\1\0\0\0", 4});
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(7, 3)).ok());
  Overwrite(newer, "x");
  EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(5, 1));
}

TEST_F(GuardFile, AFileThatEndsInARecordHasATornCopy) {
  {
    const auto guard = Open().value();
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
    EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(6, 2)).ok());
  }
  std::filesystem::resize_file(path_, kBookOne + 3 * kRecord + 20);
  EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(5, 1));
  std::filesystem::resize_file(path_, kBookOne + 2 * kRecord + 20);
  EXPECT_EQ(AlarmOf(Open().value()->Read(BookNo{1})), "guard_damaged");
}

TEST_F(GuardFile, LongerThanThatOfAllBooksIsDamaged) {
  const auto guard = Open().value();
  EXPECT_EQ(guard->LastBook().value(), BookNo{});
  EXPECT_TRUE(guard->WriteDurable(BookNo{kGuardedBooksMax}, Mark(1, 1)).ok());
  EXPECT_EQ(guard->LastBook().value(), BookNo{kGuardedBooksMax});
  EXPECT_FALSE(guard->WriteDurable(BookNo{kGuardedBooksMax + 1}, Mark(1, 1)).ok());
  std::filesystem::resize_file(path_, std::uintmax_t{1} << 40U);
  EXPECT_EQ(AlarmOf(guard->LastBook()), "guard_damaged");
}

TEST_F(GuardFile, AWriteNeverGoesOverTheOnlyCopyThatIsWhole) {
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{2}, Mark(90, 1)).ok());
  std::string record(static_cast<std::size_t>(kRecord), '\0');
  std::ifstream{path_, std::ios::binary}.seekg(kBookOne + 6 * kRecord).read(record.data(), kRecord);
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
  Overwrite(kBookOne + 3 * kRecord, record);  // whole, of a larger size, and of another place
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(6, 2)).ok());
  Overwrite(kBookOne + 3 * kRecord, "x");
  EXPECT_EQ(HeadsOf(BookNo{1}).durable, Mark(5, 1));
}

TEST_F(GuardFile, ARecordAtAnotherPlaceDoesNotCount) {
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
  std::string record(static_cast<std::size_t>(kRecord), '\0');
  std::ifstream{path_, std::ios::binary}.seekg(kBookOne + 2 * kRecord).read(record.data(), kRecord);
  Overwrite(kBookOne, record);
  EXPECT_EQ(AlarmOf(Open().value()->Read(BookNo{1})), "guard_damaged") << "as a signed head";
  Overwrite(kBookOne, std::string(record.size(), '\0'));
  Overwrite(kBookOne + 4 * kRecord, record);
  EXPECT_EQ(AlarmOf(Open().value()->Read(BookNo{2})), "guard_damaged") << "of another book";
}

TEST_F(GuardFile, GoesBackOnlyWhenItIsTold) {
  const auto guard = Open().value();
  for (const std::uint8_t size : {std::uint8_t{8}, std::uint8_t{9}}) {
    EXPECT_TRUE(guard->WriteSigned(BookNo{2}, Mark(size, 1)).ok());
    EXPECT_TRUE(guard->WriteDurable(BookNo{2}, Mark(size, 1)).ok());
  }
  EXPECT_TRUE(guard->WriteDurable(BookNo{1}, Mark(5, 1)).ok());
  EXPECT_EQ(AlarmOf(guard->WriteSigned(BookNo{2}, Mark(6, 3))), "log_differs");
  EXPECT_TRUE(guard->GoBack(BookNo{2}, Mark(6, 3)).ok());
  EXPECT_EQ(HeadsOf(BookNo{2}), (GuardedHeads{Mark(6, 3), Mark(6, 3)}));
  EXPECT_EQ(HeadsOf(BookNo{1}), (GuardedHeads{std::nullopt, Mark(5, 1)}));
  EXPECT_TRUE(guard->WriteSigned(BookNo{2}, Mark(7, 4)).ok()) << "and then on from there";
  EXPECT_TRUE(guard->WriteDurable(BookNo{2}, Mark(8, 5)).ok());
  EXPECT_EQ(HeadsOf(BookNo{2}), (GuardedHeads{Mark(7, 4), Mark(8, 5)}));
}

TEST_F(GuardFile, ForgetsABookAndTellsWhichItMayKnow) {
  const auto guard = Open().value();
  EXPECT_EQ(guard->LastBook().value(), BookNo{0});
  EXPECT_TRUE(guard->WriteDurable(BookNo{3}, Mark(5, 1)).ok());
  EXPECT_EQ(guard->LastBook().value(), BookNo{3});
  EXPECT_EQ(BooksNotThere({{BookNo{1}, "a"}}, *guard, BookNo{3}).value().size(), 1U);
  EXPECT_EQ(AlarmOf(CheckBooks({{BookNo{1}, "a"}}, *guard, BookNo{3})), "log_shorter");
  EXPECT_TRUE(CheckBooks({{BookNo{3}, "c"}}, *guard, BookNo{3}).ok());
  EXPECT_TRUE(guard->Forget(BookNo{3}).ok());
  EXPECT_EQ(HeadsOf(BookNo{3}), GuardedHeads{});
  EXPECT_TRUE(CheckBooks({}, *guard, BookNo{3}).ok());
}

TEST_F(GuardFile, WhatIsLeftOfADamagedBookCanBeReadAndSet) {
  EXPECT_TRUE(Open().value()->WriteSigned(BookNo{1}, Mark(5, 1)).ok());
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(6, 1)).ok());
  Overwrite(kBookOne + 2 * kRecord, "x");
  EXPECT_EQ(Open().value()->ReadRemains(BookNo{1}).value(),
            (Guard::Remains{{Mark(5, 1), std::nullopt}, true}));
  // The file ends within a record.
  std::filesystem::resize_file(path_, static_cast<std::uintmax_t>(kBookOne + 2 * kRecord + 9));
  const auto guard = Open().value();
  EXPECT_TRUE(guard->ReadRemains(BookNo{1}).value().damaged);
  EXPECT_EQ(guard->LastBook().value(), BookNo{1});
  EXPECT_TRUE(guard->GoBack(BookNo{1}, Mark(4, 4)).ok());
  EXPECT_EQ(HeadsOf(BookNo{1}), (GuardedHeads{Mark(4, 4), Mark(4, 4)}));
}

TEST_F(GuardFile, IsReplacedAndKeepsWhatWasThere) {
  EXPECT_TRUE(Open().value()->WriteDurable(BookNo{1}, Mark(9, 1)).ok());
  std::ofstream{path_ + ".new"} << "of a run that was cut short";
  const std::pair<BookNo, GuardMark> heads[] = {{BookNo{2}, Mark(4, 4)}};
  EXPECT_TRUE(Guard::Replace(path_, kVkey, heads).ok());
  EXPECT_EQ(HeadsOf(BookNo{1}), GuardedHeads{});
  EXPECT_EQ(HeadsOf(BookNo{2}), (GuardedHeads{Mark(4, 4), Mark(4, 4)}));
  EXPECT_EQ(Guard::Open(path_ + ".damaged", kVkey, Guard::Mode::kRead)
                .value()
                ->Read(BookNo{1})
                .value()
                .durable,
            Mark(9, 1));
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST(GuardCheck, EveryAlarmNamesItsRemedy) {
  const GuardCheck check = GuardCheck::Make(GuardedHeads{Mark(4, 2), {}}, std::nullopt).value();
  const auto named = [](const Status& alarm, std::string_view remedy) {
    EXPECT_NE(alarm.message().find(remedy), std::string_view::npos) << alarm.ToString();
  };
  named(check.End(TreeSize{3}), kAcceptLoss);
  named(GuardCheck::Make(GuardedHeads{}, Mark(3, 3)).error(), kAcceptLoss);
  named(Guard::Open("none/guard", kVkey, Guard::Mode::kRead).error(), kAcceptLoss);
  named(Guard::Open("/", kVkey, Guard::Mode::kRead).error(), kAcceptLoss);
  named(check.Meet(TreeSize{4}, Mark(4, 1).root), "restore a copy of the data directory");
}

TEST_F(GuardFile, EveryAlarmOfABookNamesItsRemedy) {
  const auto named = [](const Status& alarm, std::string_view name, std::string_view remedy) {
    EXPECT_EQ(AlarmOf(alarm), name) << alarm.ToString();
    EXPECT_NE(alarm.message().find(remedy), std::string_view::npos) << alarm.ToString();
  };
  const auto guard = Open().value();
  ASSERT_TRUE(guard->WriteSigned(BookNo{1}, Mark(4, 1)).ok());
  named(guard->WriteSigned(BookNo{1}, Mark(3, 1)), "log_differs", "restore a copy of it");
  named(CheckBooks({}, *guard, BookNo{1}), "log_shorter", kAcceptLoss);
  named(Guard::Open(path_, "books.example+00000000+AQ==", Guard::Mode::kRead).error(),
        "guard_foreign", "name the key directory");
}

TEST(GuardCheck, NamesWhatIsMissingAndWhatIsAnother) {
  const GuardedHeads heads{Mark(4, 2), Mark(6, 1)};
  const GuardCheck check = GuardCheck::Make(heads, Mark(3, 3)).value();
  EXPECT_TRUE(check.Wants(TreeSize{3}) && check.Wants(TreeSize{4}) && check.Wants(TreeSize{6}));
  EXPECT_FALSE(check.Wants(TreeSize{5}));
  EXPECT_TRUE(check.Meet(TreeSize{4}, Mark(4, 2).root).ok());
  EXPECT_EQ(AlarmOf(check.Meet(TreeSize{4}, Mark(4, 1).root)), "log_differs");
  EXPECT_EQ(AlarmOf(check.Meet(TreeSize{6}, Mark(4, 2).root)), "log_differs");
  EXPECT_EQ(AlarmOf(check.Meet(TreeSize{3}, Mark(4, 2).root)), "log_differs");
  EXPECT_TRUE(check.End(TreeSize{6}).ok());
  EXPECT_TRUE(check.End(TreeSize{7}).ok());
  EXPECT_EQ(AlarmOf(check.End(TreeSize{5})), "log_shorter");
  EXPECT_NE(check.End(TreeSize{5}).message().find("6 were acknowledged"), std::string_view::npos);
  EXPECT_NE(check.End(TreeSize{3}).message().find("4 were signed"), std::string_view::npos);
}

TEST(GuardCheck, AGuardThatDoesNotKnowTheNewestSignedHeadIsOlder) {
  EXPECT_EQ(AlarmOf(GuardCheck::Make(GuardedHeads{}, Mark(3, 3))), "guard_older");
  EXPECT_EQ(AlarmOf(GuardCheck::Make(GuardedHeads{Mark(2, 1), Mark(9, 1)}, Mark(3, 3))),
            "guard_older");
  EXPECT_TRUE(GuardCheck::Make(GuardedHeads{Mark(3, 3), {}}, Mark(3, 3)).ok());
  EXPECT_TRUE(GuardCheck::Make(std::nullopt, Mark(3, 3)).ok()) << "none is looked at";
}

}  // namespace
}  // namespace suanpan::engine::test
