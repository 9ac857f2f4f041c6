#pragma once

// What is read from a data directory, the same for the writer and for a secondary instance.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/rocksdb/database.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// The functions of EventReader over an open database, which must outlive it. Thread-safe.
class RocksDbReads {
 public:
  explicit RocksDbReads(const Database& database) : database_(database) {}

  Result<std::vector<BookRow>> Books() const;
  Result<std::unique_ptr<BlockCursor>> ReadBlocks(BookNo book, Seq from) const;
  /// kCorruption also where it lies before an entry that was indexed or signed.
  Result<std::optional<StoredBlock>> LastBlock(BookNo book) const;
  Result<BookEnds> Ends(BookNo book) const;
  Result<std::optional<std::string>> ReadTile(const TileId& id) const;
  Result<Seq> KeyWatermark(BookNo book) const;
  Result<std::optional<Seq>> FindKey(BookNo book, NameId source, const CommandKey& key) const;
  Status VisitKeys(BookNo book, const KeyVisitor& visit) const;
  Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo book) const;
  Result<std::optional<StoredCheckpoint>> LatestCheckpoint(BookNo book) const;
  Result<std::optional<std::string>> GetMeta(std::string_view key) const;
  Result<StoreStats> Stats() const;

  /// False when the directory names no format, which an unfinished creation leaves;
  /// kFailedPrecondition when it names another one than kFormatVersion.
  Result<bool> HasFormat() const;
  /// The error where it does not.
  [[nodiscard]] Status LacksFormat() const;
  Result<bool> HasBook(BookNo book) const;
  /// Seq{0} for a book without entries.
  Result<Seq> LastSeq(BookNo book) const;

 private:
  /// The last entry that was indexed or signed. Asked before the blocks are looked at: at any one
  /// moment the blocks reach further.
  Result<Seq> KnownEnd(BookNo book) const;
  /// KeyWatermark, and Seq{0} where that is damaged: such an index says nothing of the log, and
  /// must not keep anybody from reading it.
  Result<Seq> IndexedEnd(BookNo book) const;
  Result<std::optional<StoredBlock>> ReadLastBlock(BookNo book) const;

  const Database& database_;
};

/// Interface (EventReader or EventStore) with its read side given by RocksDbReads.
template <class Interface>
class WithRocksDbReads : public Interface {
 public:
  explicit WithRocksDbReads(std::unique_ptr<Database> database)
      : database_(std::move(database)), reads_(*database_) {}

  Result<std::vector<BookRow>> Books() const override { return reads_.Books(); }
  Result<std::unique_ptr<BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    return reads_.ReadBlocks(book, from);
  }
  Result<std::optional<StoredBlock>> LastBlock(BookNo book) const override {
    return reads_.LastBlock(book);
  }
  Result<BookEnds> Ends(BookNo book) const override { return reads_.Ends(book); }
  Result<std::optional<std::string>> ReadTile(const TileId& id) const override {
    return reads_.ReadTile(id);
  }
  Result<Seq> KeyWatermark(BookNo book) const override { return reads_.KeyWatermark(book); }
  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const CommandKey& key) const override {
    return reads_.FindKey(book, source, key);
  }
  Status VisitKeys(BookNo book, const KeyVisitor& visit) const override {
    return reads_.VisitKeys(book, visit);
  }
  Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo book) const override {
    return reads_.Checkpoints(book);
  }
  Result<std::optional<StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    return reads_.LatestCheckpoint(book);
  }
  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    return reads_.GetMeta(key);
  }
  Result<StoreStats> Stats() const override { return reads_.Stats(); }

 protected:
  [[nodiscard]] Database& database() { return *database_; }
  [[nodiscard]] const Database& database() const { return *database_; }
  [[nodiscard]] const RocksDbReads& reads() const { return reads_; }
  /// For a destructor that must see the database closed; nothing else may be called after it.
  void CloseDatabase() { database_.reset(); }

 private:
  std::unique_ptr<Database> database_;
  RocksDbReads reads_;
};

}  // namespace suanpan::store
