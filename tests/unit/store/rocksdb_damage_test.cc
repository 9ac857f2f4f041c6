// Damage planted below our interface, with RocksDB itself.

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sample_blocks.h"
#include "suanpan/store/block.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/raw_rows.h"
#include "support/temp_dir.h"

namespace suanpan::store::test {
namespace {

using suanpan::test::TempDir;

std::string RowOf(std::uint32_t book, std::uint64_t first) {
  std::string key;
  AppendBig(key, book);
  AppendBig(key, first);
  return key;
}

/// A data directory with blocks 1-3, 4-4, 5-9 of book 1, opened as what it is.
class DamagedStore : public testing::Test {
 protected:
  DamagedStore() {
    const auto store = OpenRocksDb(dir_ / "data", {.create = true}).value();
    CommitGroup group;
    group.new_books = {{BookNo{1}, "alpha"}};
    group.blocks.push_back(SampleBlock(BookNo{1}, 1, 3));
    group.blocks.push_back(SampleBlock(BookNo{1}, 4, 4));
    group.blocks.push_back(SampleBlock(BookNo{1}, 5, 9));
    EXPECT_OK(store->Commit(group));
  }

  /// Puts a row, or deletes it when `value` is null.
  void Damage(const std::string& family, const std::string& key, const std::string* value) {
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, dir_ / "data", &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names)
      families.emplace_back(name, rocksdb::ColumnFamilyOptions{});
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, dir_ / "data", families, &handles, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db{opened};
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      if (handle->GetName() != family) continue;
      ASSERT_TRUE(
          (value == nullptr ? db->Delete({}, handle, key) : db->Put({}, handle, key, *value)).ok());
    }
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    }
  }
  void Put(const std::string& family, const std::string& key, const std::string& value) {
    Damage(family, key, &value);
  }
  void Delete(const std::string& family, const std::string& key) { Damage(family, key, nullptr); }

  Result<std::unique_ptr<EventStore>> Open() { return OpenRocksDb(dir_ / "data"); }
  Status CommitLast(std::uint64_t first, std::uint64_t last) {
    CommitGroup group;
    group.blocks.push_back(SampleBlock(BookNo{1}, first, last));
    return Open().value()->Commit(group);
  }
  std::string Places(std::uint64_t from) { return PlacesFrom(*Open().value(), 1, from); }

  TempDir dir_;
};

TEST_F(DamagedStore, WithoutDamageReadsWell) { EXPECT_EQ(Places(1), "1-3 4-4 5-9"); }

TEST_F(DamagedStore, AMissingBlockIsCorruptionAtItsPlace) {
  Delete("blocks", RowOf(1, 4));
  EXPECT_EQ(Places(1),
            "1-3corruption: book 1: a block must start at entry 4, the next one starts at 5");
  EXPECT_NE(Places(4).find("must start at entry 4"), std::string::npos);
  EXPECT_EQ(Places(5), "5-9");
}

TEST_F(DamagedStore, ALogThatEndsBeforeAnIndexedOrSignedEntryIsCorruption) {
  EXPECT_OK(Open().value()->WriteKeys(BookNo{1}, {}, Seq{6}));
  Delete("blocks", RowOf(1, 5));
  EXPECT_EQ(Places(1).find("1-3 4-4corruption: book 1 ends at entry 4, but entry 6 was indexed or "
                           "signed: blocks are missing"),
            0U);
  EXPECT_EQ(Open().value()->LastBlock(BookNo{1}).error().code(), StatusCode::kCorruption);
  Delete("keys", WatermarkRowKey(BookNo{1}));
  EXPECT_EQ(Places(1), "1-3 4-4");
  Put("checkpoints", RowOf(1, 9), "note");
  EXPECT_NE(Places(1).find("entry 9 was indexed or signed"), std::string::npos);
}

TEST_F(DamagedStore, ADamagedWatermarkIsNotKnownAndGoesWithWhatIsLeftOver) {
  const KeyBinding binding[] = {{NameId{1}, CommandKey::OfStream(NameId{5}, 1), Seq{6}}};
  EXPECT_OK(Open().value()->WriteKeys(BookNo{1}, binding, Seq{6}));
  EXPECT_OK(Open().value()->PutCheckpoint(BookNo{1}, TreeSize{9}, AsBytes("nine")));
  Put("keys", WatermarkRowKey(BookNo{1}), "short");
  EXPECT_EQ(Open().value()->KeyWatermark(BookNo{1}).error().code(), StatusCode::kCorruption);
  EXPECT_EQ(Open().value()->Ends(BookNo{1}).value(), (BookEnds{Seq{9}, Seq{}, TreeSize{9}}));
  Delete("blocks", RowOf(1, 5));
  const auto store = Open().value();
  EXPECT_OK(store->ForgetBehindEnd(BookNo{1}));
  EXPECT_EQ(store->KeyWatermark(BookNo{1}).value(), Seq{});
  EXPECT_EQ(store->FindKey(BookNo{1}, NameId{1}, binding[0].key).value(), std::nullopt);
}

TEST_F(DamagedStore, WhatIsLeftOverFromLostEntriesIsForgottenAndTheLogGoesOn) {
  const CommandKey key = CommandKey::OfStream(NameId{5}, 1);
  const CommandKey uuid = CommandKey::OfUuid(Uuid{});
  const KeyBinding bindings[] = {{NameId{1}, key, Seq{6}}, {NameId{1}, uuid, Seq{7}}};
  EXPECT_OK(Open().value()->WriteKeys(BookNo{1}, bindings, Seq{7}));
  EXPECT_OK(Open().value()->PutCheckpoint(BookNo{1}, TreeSize{4}, AsBytes("four")));
  EXPECT_OK(Open().value()->PutCheckpoint(BookNo{1}, TreeSize{9}, AsBytes("nine")));
  Delete("blocks", RowOf(1, 5));
  EXPECT_EQ(Open().value()->Ends(BookNo{1}).value(), (BookEnds{Seq{4}, Seq{7}, TreeSize{9}}));
  {
    const auto store = Open().value();
    EXPECT_OK(store->ForgetBehindEnd(BookNo{1}));
    EXPECT_OK(store->WriteKeys(BookNo{1}, {}, Seq{3}));
  }
  EXPECT_EQ(Places(1), "1-3 4-4");
  const auto store = Open().value();
  EXPECT_EQ(store->Ends(BookNo{1}).value(), (BookEnds{Seq{4}, Seq{3}, TreeSize{4}}));
  EXPECT_FALSE(store->FindKey(BookNo{1}, NameId{1}, key).value().has_value());
  EXPECT_FALSE(store->FindKey(BookNo{1}, NameId{1}, uuid).value().has_value());
  CommitGroup group;
  group.blocks.push_back(SampleBlock(BookNo{1}, 5, 5));
  EXPECT_OK(store->Commit(group));
}

TEST_F(DamagedStore, AMissingFirstBlockIsCorruption) {
  Delete("blocks", RowOf(1, 1));
  EXPECT_EQ(Places(1),
            "corruption: book 1: a block must start at entry 1, the next one starts at 4");
}

TEST_F(DamagedStore, ACursorThatFailedFailsAgain) {
  Delete("blocks", RowOf(1, 1));
  const auto store = Open().value();
  const auto cursor = store->ReadBlocks(BookNo{1}, Seq{1}).value();
  EXPECT_FALSE(cursor->Next().ok());
  EXPECT_FALSE(cursor->Next().ok());
}

std::vector<std::filesystem::path> TablesOf(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> tables;
  for (const auto& file : std::filesystem::directory_iterator{dir}) {
    if (file.path().extension() == ".sst") tables.push_back(file.path());
  }
  std::sort(tables.begin(), tables.end());
  return tables;
}

/// Flips one bit at 4/5 of the newest table: behind its data, where RocksDB finds its way about it.
void DamageIndexOfNewestTable(const std::filesystem::path& dir) {
  const std::filesystem::path newest = TablesOf(dir).back();
  std::fstream table{newest, std::ios::in | std::ios::out | std::ios::binary};
  const auto at = static_cast<std::streamoff>(std::filesystem::file_size(newest) * 4 / 5);
  table.seekg(at);
  const auto byte = static_cast<char>(table.get() ^ 1);
  table.seekp(at);
  table.put(byte);
}

TEST_F(DamagedStore, AReaderRefusesATableItCannotOpenInsteadOfShowingAnEarlierState) {
  Open().value().reset();
  EXPECT_TRUE(OpenRocksDbReader(dir_ / "data").ok());
  DamageIndexOfNewestTable(dir_ / "data");
  const auto reader = OpenRocksDbReader(dir_ / "data");
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code(), StatusCode::kCorruption);
  EXPECT_NE(reader.error().message().find("is damaged"), std::string_view::npos)
      << reader.error().message();
}

/// Overwrites eight bytes and puts them back when destroyed.
class Scratch {
 public:
  Scratch(const std::filesystem::path& file, std::streamoff at)
      : file_(file, std::ios::in | std::ios::out | std::ios::binary), at_(at) {
    file_.seekg(at_);
    file_.read(was_, sizeof was_);
    Write("XXXXXXXX");
  }
  ~Scratch() { Write(was_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

 private:
  void Write(const char* bytes) {
    file_.seekp(at_);
    file_.write(bytes, sizeof was_);
    file_.flush();
  }
  std::fstream file_;
  std::streamoff at_;
  char was_[8];
};

/// The places of book 1 through a reader, or that there was an error.
std::string PlacesOrError(const std::string& path) {
  const auto reader = OpenRocksDbReader(path);
  if (!reader.ok()) return "error";
  const auto last = (*reader)->LastBlock(BookNo{1});
  if (!last.ok()) return "error";
  const std::string places = PlacesFrom(**reader, 1, 1);
  if (places.find("corruption") != std::string::npos) return "error";
  return fmt::format("{} {}", places, *last ? (*last)->last.value() : 0);
}

TEST_F(DamagedStore, DamageAnywhereInATableIsAnErrorAndNeverAShorterLog) {
  // Tables of several data blocks, one for each opening.
  for (std::uint64_t first = 10; first < 4'000; first += 1'000) {
    const auto store = Open().value();
    for (std::uint64_t at = first; at < first + 1'000; at += 250) {
      CommitGroup group;
      group.blocks.push_back(SampleBlock(BookNo{1}, at, at + 249));
      ASSERT_TRUE(store->Commit(group).ok());
    }
  }
  // The last one has nothing but the last block.
  EXPECT_OK(CommitLast(4'010, 4'020));
  Open().value().reset();
  const std::string whole = PlacesOrError(dir_ / "data");
  ASSERT_NE(whole, "error");
  int errors = 0;
  for (const std::filesystem::path& table : TablesOf(dir_ / "data")) {
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(table));
    for (std::streamoff at = 100; at + 8 < size; at += std::max<std::streamoff>(size / 12, 64)) {
      const Scratch scratch{table, at};
      const std::string places = PlacesOrError(dir_ / "data");
      errors += places == "error";
      EXPECT_TRUE(places == "error" || places == whole)
          << table << " damaged at " << at << ": " << places;
    }
  }
  EXPECT_GT(errors, 10);
}

/// What a reader says of the damage, at opening or where it reads the family; empty: nothing.
std::string SaidOf(const std::string& path, const std::string& family) {
  const auto said = [](const auto& result) {
    return result.ok() ? std::string{} : std::string{result.error().message()};
  };
  const auto reader = OpenRocksDbReader(path);
  if (!reader.ok()) return said(reader);
  if (family == "keys") return said((*reader)->KeyWatermark(BookNo{1}));
  return family == "meta" ? said((*reader)->Books()) : said((*reader)->LastBlock(BookNo{1}));
}

bool SaysOnce(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  return at != std::string_view::npos && at == text.rfind(part);
}

TEST_F(DamagedStore, TheRemedyIsThatOfTheFamilyWhoseTableIsDamaged) {
  const KeyBinding binding[] = {{NameId{1}, CommandKey::OfStream(NameId{5}, 1), Seq{6}}};
  EXPECT_OK(Open().value()->WriteKeys(BookNo{1}, binding, Seq{6}));
  for (const std::string family : {"keys", "blocks", "meta"}) {
    const std::vector<std::string> tables = suanpan::test::RawRows{dir_ / "data", family}.Tables();
    ASSERT_EQ(tables.size(), 1U) << family;
    const std::string table = dir_ / "data" + tables.front();
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(table));
    int said = 0;
    for (std::streamoff at = 0; at + 8 < size; at += std::max<std::streamoff>(size / 20, 16)) {
      const Scratch scratch{table, at};
      const std::string text = SaidOf(dir_ / "data", family);
      said += !text.empty();
      if (text.empty()) continue;
      EXPECT_EQ(SaysOnce(text, kWriteKeysAgain), family == "keys") << at << ": " << text;
      EXPECT_EQ(SaysOnce(text, "restore a copy"), family != "keys") << at << ": " << text;
    }
    EXPECT_GT(said, 3) << family;
  }
}

TEST_F(DamagedStore, ATableThatIsGoneHasTheNameItHadOnDisk) {
  const std::string table =
      suanpan::test::RawRows{dir_ / "data", "blocks"}.Tables().front().substr(1);
  std::filesystem::remove(dir_ / "data" + "/" + table);
  for (const std::string& text :
       {std::string{Open().error().message()}, SaidOf(dir_ / "data", "blocks")}) {
    EXPECT_NE(text.find(table), std::string::npos) << text;
    EXPECT_EQ(text.find(".ldb"), std::string::npos) << text;
    EXPECT_TRUE(SaysOnce(text, "restore a copy")) << text;
  }
}

TEST_F(DamagedStore, WhatTellsTheFilesOfTheDatabaseIsNamedWhereItIsLost) {
  namespace fs = std::filesystem;
  const fs::path data{dir_ / "data"};
  std::string description;
  std::ifstream{data / "CURRENT"} >> description;
  const auto says = [&](std::string_view what) {
    for (const Status& status : {Open().error().Clone(), OpenRocksDbReader(data).error().Clone(),
                                 OpenRocksDb(data, {.create = true}).error().Clone()}) {
      EXPECT_EQ(status.code(), StatusCode::kCorruption);
      EXPECT_TRUE(SaysOnce(status.message(), what)) << status.message();
      EXPECT_TRUE(SaysOnce(status.message(), "restore a copy")) << status.message();
    }
    EXPECT_EQ(DataDirectoryAround(dir_ / "data/below"), fs::canonical(data).string());
  };
  fs::rename(data / description, dir_ / "aside");
  says("its file " + description + " is missing");
  fs::rename(data / "CURRENT", dir_ / "marker");
  says("its file CURRENT is missing");
  for (const std::string& text : {std::string{}, std::string(16, '\0'), description}) {
    std::ofstream{data / "CURRENT", std::ios::binary} << text;
    says("its file CURRENT is not as it was written");
  }
  fs::rename(dir_ / "marker", data / "CURRENT");
  fs::rename(dir_ / "aside", data / description);
  EXPECT_EQ(Places(1), "1-3 4-4 5-9");
}

TEST(DataDirectory, OneThatWasNeverMadeToTheEndIsToBeMadeAgain) {
  const TempDir dir;
  std::filesystem::create_directory(dir / "data");
  std::ofstream{dir / "data/MANIFEST-000001"};
  const Status status = CheckDataDirectory(dir / "data");
  EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
  EXPECT_TRUE(SaysOnce(status.message(), "make it again")) << status.message();
  std::ofstream{dir / "data/000004.log"};
  EXPECT_EQ(CheckDataDirectory(dir / "data").code(), StatusCode::kCorruption);
}

TEST_F(DamagedStore, ABlockStoredUnderAnotherSequenceIsCorruption) {
  Put("blocks", RowOf(1, 4), SampleBlockBytes(Seq{5}, Seq{9}));
  EXPECT_NE(Places(1).find("block 5 is stored as block 4"), std::string::npos) << Places(1);
  Put("blocks", RowOf(1, 5), SampleBlockBytes(Seq{4}, Seq{4}));
  EXPECT_EQ(Open().value()->LastBlock(BookNo{1}).error().code(), StatusCode::kCorruption);
}

TEST_F(DamagedStore, ADamagedLastBlockIsCorruptionForReadingAndForWriting) {
  std::string bytes = SampleBlockBytes(Seq{5}, Seq{9});
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  Put("blocks", RowOf(1, 5), bytes);
  const auto store = Open().value();
  EXPECT_EQ(store->LastBlock(BookNo{1}).error().code(), StatusCode::kCorruption);
  CommitGroup group;
  group.blocks.push_back(SampleBlock(BookNo{1}, 10, 10));
  EXPECT_EQ(store->Commit(group).code(), StatusCode::kCorruption);
}

TEST_F(DamagedStore, DamagedRowsOfKeysTilesAndBooksAreCorruption) {
  Put("keys", WatermarkRowKey(BookNo{1}), "short");
  Put("keys", StreamRowKey(BookNo{1}, NameId{1}, NameId{2}, 0), "short");
  Put("tiles", RowOf(1, 0).insert(4, 1, '\1'), "short");
  const auto store = Open().value();
  EXPECT_EQ(store->KeyWatermark(BookNo{1}).error().code(), StatusCode::kCorruption);
  EXPECT_EQ(store->FindKey(BookNo{1}, NameId{1}, CommandKey::OfStream(NameId{2}, 1)).error().code(),
            StatusCode::kCorruption);
  EXPECT_EQ(store->ReadTile({BookNo{1}, 1, 0}).error().code(), StatusCode::kCorruption);
}

TEST_F(DamagedStore, ADamagedKeyIndexKeepsNobodyFromReadingTheLog) {
  Put("keys", WatermarkRowKey(BookNo{1}), "short");
  EXPECT_EQ(Places(1), "1-3 4-4 5-9");
  EXPECT_OK(CommitLast(10, 10));
  const auto store = Open().value();
  EXPECT_OK(store->ClearKeys());
  EXPECT_EQ(store->KeyWatermark(BookNo{1}).value(), Seq{0});
}

TEST_F(DamagedStore, AKeyIndexThatWasDroppedIsMadeAgainByTheWriterAndNoOtherFamilyIs) {
  suanpan::test::RawRows{dir_ / "data", "keys"}.Drop();
  EXPECT_FALSE(OpenRocksDbReader(dir_ / "data").ok()) << "a reader makes nothing";
  EXPECT_EQ(Places(1), "1-3 4-4 5-9");
  EXPECT_TRUE(OpenRocksDbReader(dir_ / "data").ok());
  suanpan::test::RawRows{dir_ / "data", "tiles"}.Drop();
  EXPECT_FALSE(Open().ok());
}

TEST_F(DamagedStore, AnotherFormatVersionIsRefusedByWriterAndReader) {
  Put("meta", std::string(1, '\0'), std::string("\2\0\0\0", 4));
  EXPECT_EQ(Open().error().code(), StatusCode::kFailedPrecondition);
  EXPECT_NE(Open().error().message().find("format version 2"), std::string_view::npos);
  const auto reader = OpenRocksDbReader(dir_ / "data");
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code(), StatusCode::kFailedPrecondition);
}

TEST_F(DamagedStore, ADirectoryThatLostItsFormatIsRefusedEvenWhenAskedToCreate) {
  Delete("meta", std::string(1, '\0'));
  EXPECT_EQ(Open().error().code(), StatusCode::kCorruption);
  EXPECT_EQ(OpenRocksDb(dir_ / "data", {.create = true}).error().code(), StatusCode::kCorruption);
}

}  // namespace
}  // namespace suanpan::store::test
