#include "suanpan/store/rocksdb_store.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "rocksdb_sample.h"
#include "src/rocksdb/data_directory.h"
#include "store_conformance.h"
#include "support/temp_dir.h"

namespace suanpan::store::test {
namespace {

namespace fs = std::filesystem;
using suanpan::test::TempDir;

class RocksDbHarness final : public StoreHarness {
 public:
  RocksDbHarness() { store_ = OpenOrStop(dir_ / "data", true); }
  EventStore& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    store_ = OpenOrStop(dir_ / "data", false);
  }

 private:
  TempDir dir_;
  std::unique_ptr<EventStore> store_;
};

INSTANTIATE_TEST_SUITE_P(RocksDb, StoreConformance,
                         testing::Values<MakeHarness>([]() -> std::unique_ptr<StoreHarness> {
                           return std::make_unique<RocksDbHarness>();
                         }));

TEST(RocksDbStore, ASecondWriterInTheSameProcessIsRefusedAsBusy) {
  const TempDir dir;
  const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
  const auto second = OpenRocksDb(dir / "data");
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), StatusCode::kBusy);
  EXPECT_NE(second.error().message().find("another writer"), std::string_view::npos);
}

TEST(RocksDbStore, ASecondWriterInAnotherProcessIsRefusedAsBusy) {
  const TempDir dir;
  int ready[2];
  int done[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(done), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    char byte = 'x';
    const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
    const bool told = ::write(ready[1], &byte, 1) == 1 && ::read(done[0], &byte, 1) == 1;
    ::_exit(told ? 0 : 1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto second = OpenRocksDb(dir / "data");
  EXPECT_EQ(second.ok() ? StatusCode::kOk : second.error().code(), StatusCode::kBusy);
  ASSERT_EQ(::write(done[1], "x", 1), 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(OpenRocksDb(dir / "data").ok()) << "the lock ends with the process that held it";
  for (const int end : {ready[0], ready[1], done[0], done[1]}) ::close(end);
}

TEST(RocksDbStore, KilledAfterACommitItHasTheBlockAndNoKeyPastTheWatermark) {
  const TempDir dir;
  const pid_t child = ::fork();
  if (child == 0) {
    const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
    const KeyBinding binding{NameId{1}, CommandKey::OfStream(NameId{2}, 9), Seq{2}};
    const bool ok = Append(*writer, 1, 3).ok() && Append(*writer, 4, 5).ok() &&
                    writer->WriteKeys(BookNo{1}, {&binding, 1}, Seq{3}).ok();
    ::_exit(ok ? 0 : 1);  // no destructor runs
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  const std::unique_ptr<EventStore> store = OpenOrStop(dir / "data", false);
  EXPECT_EQ(PlacesFrom(*store, 1, 1), "1-3 4-5");
  const Seq watermark = store->KeyWatermark(BookNo{1}).value();
  const auto found =
      store->FindKey(BookNo{1}, NameId{1}, CommandKey::OfStream(NameId{2}, 9)).value();
  EXPECT_TRUE(watermark == Seq{0} || found == Seq{2}) << "the watermark is ahead of its keys";
  EXPECT_OK(Append(*store, 6, 6));
}

TEST(RocksDbStore, AFailedWriteHasAnUnknownOutcomeAndEndsWritingUntilOpenedAgain) {
  const TempDir dir;
  const pid_t child = ::fork();
  if (child == 0) {
    const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
    if (!Append(*writer, 1, 3).ok()) ::_exit(1);
    // No file may grow past this: the log is cut in the middle of the next group.
    const ::rlimit limit{8192, 8192};
    ::signal(SIGXFSZ, SIG_IGN);
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(2);
    if (Append(*writer, 4, 1000).code() != StatusCode::kUnknown) ::_exit(3);
    if (Append(*writer, 4, 4).code() != StatusCode::kFailedPrecondition) ::_exit(4);
    const StatusCode meta = writer->PutMeta("name", AsBytes("value")).code();
    ::_exit(meta == StatusCode::kFailedPrecondition ? 0 : 5);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  const std::unique_ptr<EventStore> store = OpenOrStop(dir / "data", false);
  EXPECT_EQ(PlacesFrom(*store, 1, 1), "1-3") << "the torn group is gone whole";
  EXPECT_OK(Append(*store, 4, 4));
}

TEST(RocksDbStore, APathThatIsNoDataDirectoryIsNotFoundWithARemedy) {
  const TempDir dir;
  std::ofstream{dir / "file"} << "text";
  fs::create_directory(dir / "empty");
  for (const char* name : {"absent", "file", "empty"}) {
    const auto writer = OpenRocksDb(dir / name);
    ASSERT_FALSE(writer.ok()) << name;
    EXPECT_EQ(writer.error().code(), StatusCode::kNotFound) << writer.error().ToString();
    EXPECT_NE(writer.error().message().find("suanpan init"), std::string_view::npos);
    const auto reader = OpenRocksDbReader(dir / name);
    ASSERT_FALSE(reader.ok()) << name;
    EXPECT_EQ(reader.error().code(), StatusCode::kNotFound) << reader.error().ToString();
  }
  EXPECT_FALSE(fs::exists(dir / "absent")) << "looking must not make it";
}

TEST(RocksDbStore, IsMadeInAnEmptyDirectoryOrANewOneButNotAmongOtherFiles) {
  const TempDir dir;
  fs::create_directory(dir / "empty");
  EXPECT_TRUE(OpenRocksDb(dir / "empty", {.create = true}).ok());
  EXPECT_TRUE(OpenRocksDb(dir / "a/b/new", {.create = true}).ok());
  EXPECT_TRUE(OpenRocksDb(dir / "a/b/new", {.create = true}).ok()) << "an existing one is opened";
  const auto among_others = OpenRocksDb(dir / "a", {.create = true});
  ASSERT_FALSE(among_others.ok());
  EXPECT_EQ(among_others.error().code(), StatusCode::kFailedPrecondition);
}

TEST(RocksDbStore, TellsItsSizeAndKeepsItsOwnLogSmall) {
  const TempDir dir;
  std::unique_ptr<EventStore> store = OpenOrStop(dir / "data", true);
  EXPECT_OK(Append(*store, 1, 1000));
  EXPECT_GT(store->Stats().value().write_ahead_bytes, 0U);
  for (int i = 0; i < 5; ++i) {
    store.reset();
    store = OpenOrStop(dir / "data", false);
  }
  const StoreStats stats = store->Stats().value();
  ASSERT_EQ(stats.families.size(), 6U);
  EXPECT_EQ(stats.families[0].name, "blocks");
  EXPECT_GT(stats.families[0].bytes, SampleBlockBytes(Seq{1}, Seq{1000}).size());
  std::uintmax_t log_bytes = 0;
  for (const fs::directory_entry& file : fs::directory_iterator{dir / "data"}) {
    if (file.path().filename().string().starts_with("LOG")) log_bytes += file.file_size();
  }
  EXPECT_LT(log_bytes, 256U * 1024);
}

TEST(RocksDbStore, ADiskWithoutRoomIsAnErrorBeforeRocksDbBegins) {
  const Status full = CheckRoom("/proc");  // a file system that never has any
  EXPECT_EQ(full.code(), StatusCode::kIo);
  EXPECT_NE(full.message().find("make room"), std::string_view::npos) << full.message();
  const TempDir dir;
  EXPECT_OK(CheckRoom(dir.path()));
}

}  // namespace
}  // namespace suanpan::store::test
