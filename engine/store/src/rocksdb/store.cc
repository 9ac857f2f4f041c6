#include <rocksdb/write_batch.h>

#include <atomic>
#include <map>
#include <set>
#include <utility>

#include "src/rocksdb/data_directory.h"
#include "src/rocksdb/key_writer.h"
#include "src/rocksdb/open_on.h"
#include "src/rocksdb/reads.h"
#include "src/rocksdb/rows.h"
#include "src/rocksdb/status.h"
#include "src/write_checks.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {
namespace {

class RocksDbStore final : public WithRocksDbReads<EventStore>, private WriteContext {
 public:
  RocksDbStore(std::unique_ptr<Database> opened, const std::vector<BookRow>& books)
      : WithRocksDbReads{std::move(opened)}, key_writer_(database()) {
    for (const BookRow& row : books) Remember(row);
  }

  Status Refresh() override { return {}; }

  Status Commit(const CommitGroup& group) override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    SUANPAN_RETURN_IF_ERROR(CheckCommit(group, *this));
    rocksdb::WriteBatch batch;
    SUANPAN_RETURN_IF_ERROR(FromRocksDb(FillBatch(group, batch), "batching a commit"));
    SUANPAN_RETURN_IF_ERROR(Write(batch, Durability::kSynced));
    for (const BookRow& row : group.new_books) Remember(row);
    for (const StoredBlock& block : group.blocks) last_[block.book] = block.last;
    return {};
  }

  Status WriteKeys(BookNo book, std::span<const KeyBinding> bindings, Seq watermark) override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    if (!HasBook(book)) return NoSuchBook(book);
    SUANPAN_ASSIGN_OR_RETURN(const Seq before, WatermarkBefore(book));
    SUANPAN_ASSIGN_OR_RETURN(const Seq last_seq, LastSeq(book));
    SUANPAN_RETURN_IF_ERROR(CheckKeys(bindings, watermark, before, last_seq));
    Status written = WriteCheckedKeys(book, bindings, watermark);
    if (!written.ok()) {
      key_writer_.Forget();
      return written;
    }
    watermarks_[book] = watermark;
    return {};
  }

  Status ClearKeys() override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    key_writer_.Forget();
    watermarks_.clear();
    Status emptied = database().EmptyKeys();
    if (!emptied.ok()) broken_ = true;
    return emptied;
  }

  Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    // Not from the committer's memory: this may run beside it.
    SUANPAN_ASSIGN_OR_RETURN(const bool exists, reads().HasBook(book));
    if (!exists) return NoSuchBook(book);
    SUANPAN_ASSIGN_OR_RETURN(const Seq last_seq, reads().LastSeq(book));
    SUANPAN_RETURN_IF_ERROR(CheckCheckpoint(book, size, last_seq));
    return PutRow(Family::kCheckpoints, PositionRowKey(book, size.value()), bytes);
  }

  Status ForgetBehindEnd(BookNo book) override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    if (!HasBook(book)) return NoSuchBook(book);
    SUANPAN_ASSIGN_OR_RETURN(const BookEnds ends, reads().Ends(book));
    rocksdb::WriteBatch batch;
    // An index that does not say what it knows may know of entries that are lost.
    const bool all_known = reads().KeyWatermark(book).ok();
    SUANPAN_RETURN_IF_ERROR(
        FromRocksDb(FillForgetting(book, ends, !all_known || ends.indexed > ends.log, batch),
                    "batching what goes"));
    SUANPAN_RETURN_IF_ERROR(Write(batch, Durability::kSynced));
    key_writer_.Forget();
    watermarks_.erase(book);
    return {};
  }

  Status PutMeta(std::string_view key, ByteSpan bytes) override {
    SUANPAN_RETURN_IF_ERROR(CheckUsable());
    return PutRow(Family::kMeta, NamedRowKey(key), bytes);
  }

  /// Finishes an interrupted creation when asked to create.
  Status EnsureFormat(bool has_format, bool may_finish) {
    if (has_format) return {};
    if (!may_finish) return reads().LacksFormat();
    std::string version;
    AppendLittle(version, kFormatVersion);
    return PutRow(Family::kMeta, FormatRowKey(), AsBytes(version));
  }

 private:
  /// kInMemory: no write-ahead log; on disk with the next flush, which a clean close makes.
  enum class Durability : std::uint8_t { kSynced, kInMemory };

  [[nodiscard]] bool HasBook(BookNo book) const override { return books_.contains(book); }
  [[nodiscard]] bool HasRef(std::string_view ref) const override { return refs_.contains(ref); }
  Result<Seq> LastSeq(BookNo book) const override {
    if (const auto at = last_.find(book); at != last_.end()) return at->second;
    return reads().LastSeq(book);
  }
  Result<bool> HasTile(const TileId& id) const override {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> tile, reads().ReadTile(id));
    return tile.has_value();
  }

  void Remember(const BookRow& row) {
    books_.insert(row.book);
    refs_.insert(row.ref);
  }

  Result<Seq> WatermarkBefore(BookNo book) const {
    if (const auto at = watermarks_.find(book); at != watermarks_.end()) return at->second;
    return reads().KeyWatermark(book);
  }

  rocksdb::Status FillBatch(const CommitGroup& group, rocksdb::WriteBatch& batch) const {
    rocksdb::Status status;
    const auto put = [&](Family family, const std::string& key, const std::string& value) {
      if (status.ok()) status = batch.Put(database().family(family), key, value);
    };
    for (const BookRow& row : group.new_books) put(Family::kMeta, BookRowKey(row.book), row.ref);
    for (const StoredBlock& block : group.blocks) {
      for (const Seq first : block.replaced) {
        if (status.ok())
          status = batch.Delete(database().family(Family::kBlocks),
                                PositionRowKey(block.book, first.value()));
      }
      put(Family::kBlocks, PositionRowKey(block.book, block.first.value()), block.bytes);
    }
    for (const StoredTile& tile : group.tiles) put(Family::kTiles, TileRowKey(tile.id), tile.bytes);
    return status;
  }

  rocksdb::Status FillForgetting(BookNo book, const BookEnds& ends, bool keys_too,
                                 rocksdb::WriteBatch& batch) const {
    rocksdb::Status status;
    const auto remove = [&](Family family, const std::string& lower, const std::string& upper) {
      if (status.ok()) status = batch.DeleteRange(database().family(family), lower, upper);
    };
    remove(Family::kCheckpoints, PositionRowKey(book, ends.log.value() + 1), EndOfPositions(book));
    for (std::uint8_t level = 1; level <= kTileLevelMax; ++level) {
      const auto above = static_cast<std::uint8_t>(level + 1);
      remove(Family::kTiles, TileRowKey({book, level, FullTiles(ends.log, level)}),
             TileRowKey({book, above, 0}));
    }
    if (!keys_too) return status;
    for (const auto& [lower, upper] : KeyRowsOf(book)) remove(Family::kKeys, lower, upper);
    return status;
  }

  Status WriteCheckedKeys(BookNo book, std::span<const KeyBinding> bindings, Seq watermark) {
    rocksdb::WriteBatch batch;
    SUANPAN_RETURN_IF_ERROR(key_writer_.Add(book, bindings, batch));
    // One batch goes into one memtable, and one flush puts it on disk whole: the watermark cannot
    // get there before its keys.
    SUANPAN_RETURN_IF_ERROR(FromRocksDb(
        batch.Put(database().family(Family::kKeys), WatermarkRowKey(book), EncodeSeq(watermark)),
        "batching keys"));
    return Write(batch, Durability::kInMemory);
  }

  Status PutRow(Family family, const std::string& key, ByteSpan value) {
    rocksdb::WriteBatch batch;
    SUANPAN_RETURN_IF_ERROR(
        FromRocksDb(batch.Put(database().family(family), key, ToSlice(value)), "batching a row"));
    return Write(batch, Durability::kSynced);
  }

  Status Write(rocksdb::WriteBatch& batch, Durability durability) {
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::kSynced;
    options.disableWAL = durability == Durability::kInMemory;
    const rocksdb::Status status = database().db().Write(options, &batch);
    if (status.ok()) return {};
    broken_ = true;
    return MakeError(StatusCode::kUnknown, "it is not known whether a write to {} is on disk: {}",
                     database().path(), status.ToString());
  }

  Status CheckUsable() const {
    if (!broken_) return {};
    return MakeError(StatusCode::kFailedPrecondition,
                     "an earlier write to {} failed; open the directory again to see what is on "
                     "disk",
                     database().path());
  }

  // Of the thread that commits and writes keys.
  std::set<BookNo> books_;
  std::set<std::string, std::less<>> refs_;
  std::map<BookNo, Seq> last_;        ///< of books written to since the open
  std::map<BookNo, Seq> watermarks_;  ///< likewise
  RocksDbKeyWriter key_writer_;
  std::atomic<bool> broken_ = false;  ///< a write failed, its outcome is unknown
};

/// Not damaged: in use, or refused by the system.
bool IsRefusal(const Status& error) {
  return error.code() == StatusCode::kBusy || error.code() == StatusCode::kIo;
}

/// Opens for writing. The family of the key index goes only where it is to begin empty, and its
/// rows cannot be taken out of it.
Result<std::unique_ptr<Database>> OpenDatabase(rocksdb::Env* env, const std::string& path,
                                               const RocksDbOptions& options) {
  Result<std::unique_ptr<Database>> opened = Database::OpenWriter(env, path, options.create);
  if (!options.without_keys) return opened;
  if (opened.ok() ? (*opened)->EmptyKeys().ok() : IsRefusal(opened.error())) return opened;
  const bool was_open = opened.ok();
  if (was_open) opened->reset();
  Status others = Database::CheckAllButKeys(path);
  if (!others.ok()) return was_open ? std::move(others) : std::move(opened).error();
  SUANPAN_RETURN_IF_ERROR(Database::DropKeys(env, path));
  return Database::OpenWriter(env, path, false);
}

}  // namespace

Result<std::unique_ptr<EventStore>> OpenRocksDb(const std::string& path,
                                                const RocksDbOptions& options) {
  return OpenRocksDbOn(nullptr, path, options);
}

Result<std::unique_ptr<EventStore>> OpenRocksDbOn(rocksdb::Env* env, const std::string& path,
                                                  const RocksDbOptions& options) {
  SUANPAN_RETURN_IF_ERROR(options.create ? PrepareDataDirectory(path) : CheckDataDirectory(path));
  SUANPAN_RETURN_IF_ERROR(CheckRoom(path));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenDatabase(env, path, options));
  const RocksDbReads reads{*database};
  SUANPAN_ASSIGN_OR_RETURN(const bool has_format, reads.HasFormat());
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<BookRow> books, reads.Books());
  auto store = std::make_unique<RocksDbStore>(std::move(database), books);
  SUANPAN_RETURN_IF_ERROR(store->EnsureFormat(has_format, options.create && books.empty()));
  return std::unique_ptr<EventStore>{std::move(store)};
}

}  // namespace suanpan::store
