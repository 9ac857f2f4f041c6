// The reader beside a living writer: the promises of the store as seen through it, and what is its
// own.

#include <cstdlib>
#include <filesystem>
#include <map>

#include "rocksdb_sample.h"
#include "store_conformance.h"
#include "support/forwarding_store.h"
#include "support/temp_dir.h"

namespace suanpan::store::test {
namespace {

namespace fs = std::filesystem;
using suanpan::test::ForwardingStore;
using suanpan::test::TempDir;

/// Writes with the writer and reads with a reader that catches up before each question. Keys are
/// asked of the writer: in a reader they trail by what is not yet flushed.
class ReadAside final : public ForwardingStore {
 public:
  ReadAside(std::shared_ptr<EventStore> writer, std::unique_ptr<EventReader> reader)
      : ForwardingStore(std::move(writer)), reader_(std::move(reader)) {}

  Result<std::vector<BookRow>> Books() const override { return Now().Books(); }
  Result<std::unique_ptr<BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    return Now().ReadBlocks(book, from);
  }
  Result<std::optional<StoredBlock>> LastBlock(BookNo book) const override {
    return Now().LastBlock(book);
  }
  Result<BookEnds> Ends(BookNo book) const override {
    // The index as the writer has it: a reader's trails by what is not yet flushed.
    BookEnds ends = Now().Ends(book).value();
    ends.indexed = ForwardingStore::Ends(book).value().indexed;
    return ends;
  }
  Result<std::optional<std::string>> ReadTile(const TileId& id) const override {
    return Now().ReadTile(id);
  }
  Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo book) const override {
    return Now().Checkpoints(book);
  }
  Result<std::optional<StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    return Now().LatestCheckpoint(book);
  }
  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    return Now().GetMeta(key);
  }

 private:
  const EventReader& Now() const {
    Status refreshed = reader_->Refresh();
    while (refreshed.code() == StatusCode::kUnavailable) refreshed = reader_->Refresh();
    EXPECT_TRUE(refreshed.ok()) << refreshed.ToString();
    return *reader_;
  }

  std::unique_ptr<EventReader> reader_;
};

class ReadAsideHarness final : public StoreHarness {
 public:
  ReadAsideHarness() { Open(true); }
  EventStore& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    Open(false);
  }

 private:
  void Open(bool create) {
    std::shared_ptr<EventStore> writer = OpenOrStop(dir_ / "data", create);
    store_ =
        std::make_unique<ReadAside>(std::move(writer), OpenRocksDbReader(dir_ / "data").value());
  }

  TempDir dir_;
  std::unique_ptr<EventStore> store_;
};

INSTANTIATE_TEST_SUITE_P(RocksDbReader, StoreConformance,
                         testing::Values<MakeHarness>([]() -> std::unique_ptr<StoreHarness> {
                           return std::make_unique<ReadAsideHarness>();
                         }));

TEST(RocksDbReader, SeesACommittedBlockAfterRefreshWhileTheWriterLives) {
  const TempDir dir;
  const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
  EXPECT_OK(Append(*writer, 1, 3));
  const std::unique_ptr<EventReader> reader = OpenRocksDbReader(dir / "data").value();
  EXPECT_EQ(PlacesFrom(*reader, 1, 1), "1-3") << "what was durable when it was opened";
  EXPECT_OK(Append(*writer, 4, 4));
  EXPECT_OK(writer->PutCheckpoint(BookNo{1}, TreeSize{4}, AsBytes("note")));
  EXPECT_OK(reader->Refresh());
  EXPECT_EQ(PlacesFrom(*reader, 1, 1), "1-3 4-4");
  EXPECT_EQ(reader->Books().value(), (std::vector<BookRow>{{BookNo{1}, "alpha"}}));
  EXPECT_EQ(reader->LatestCheckpoint(BookNo{1}).value()->bytes, "note");
  EXPECT_EQ(reader->LastBlock(BookNo{1}).value()->last, Seq{4});
}

TEST(RocksDbReader, WorksWithoutAWriterAndLeavesTheDirectoryAsItIs) {
  const TempDir dir;
  {
    const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
    EXPECT_OK(Append(*writer, 1, 3));
    const KeyBinding binding{NameId{1}, CommandKey::OfStream(NameId{2}, 9), Seq{2}};
    EXPECT_OK(writer->WriteKeys(BookNo{1}, {&binding, 1}, Seq{3}));
  }
  const auto listing = [&dir] {
    std::map<std::string, std::uintmax_t> files;
    for (const fs::directory_entry& file : fs::directory_iterator{dir / "data"}) {
      files[file.path().filename().string()] = file.file_size();
    }
    return files;
  };
  const auto before = listing();
  {
    const std::unique_ptr<EventReader> reader = OpenRocksDbReader(dir / "data").value();
    EXPECT_EQ(PlacesFrom(*reader, 1, 1), "1-3");
    EXPECT_EQ(reader->KeyWatermark(BookNo{1}).value(), Seq{3});
    EXPECT_EQ(reader->FindKey(BookNo{1}, NameId{1}, CommandKey::OfStream(NameId{2}, 9)).value(),
              Seq{2});
    EXPECT_OK(reader->Refresh());
  }
  EXPECT_EQ(listing(), before);
}

TEST(RocksDbReader, RemovesItsScratchDirectory) {
  const TempDir dir;
  const TempDir scratch;  // of its own: other programs' readers come and go in the common one
  ASSERT_EQ(::setenv("TMPDIR", scratch.path().c_str(), 1), 0);
  const std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
  {
    const std::unique_ptr<EventReader> reader = OpenRocksDbReader(dir / "data").value();
    EXPECT_FALSE(fs::is_empty(scratch.path()));
  }
  EXPECT_TRUE(fs::is_empty(scratch.path()));
  ASSERT_EQ(::unsetenv("TMPDIR"), 0);
}

TEST(RocksDbReader, FollowsAWriterThroughFlushesAndReopens) {
  const TempDir dir;
  std::unique_ptr<EventStore> writer = OpenOrStop(dir / "data", true);
  const std::unique_ptr<EventReader> reader = OpenRocksDbReader(dir / "data").value();
  for (std::uint64_t seq = 1; seq <= 12; ++seq) {
    EXPECT_OK(Append(*writer, seq, seq));
    if (seq % 3 == 0) {
      writer.reset();  // a reopen flushes the log's content into table files and deletes the log
      writer = OpenOrStop(dir / "data", false);
    }
    EXPECT_OK(reader->Refresh());
    EXPECT_EQ(reader->LastBlock(BookNo{1}).value()->last, Seq{seq});
  }
}

}  // namespace
}  // namespace suanpan::store::test
