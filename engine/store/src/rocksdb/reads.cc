#include "src/rocksdb/reads.h"

#include <filesystem>
#include <system_error>

#include "src/block_format.h"
#include "src/rocksdb/cursor.h"
#include "src/rocksdb/rows.h"
#include "src/rocksdb/status.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {
namespace {

Status CheckPositionRow(const rocksdb::Iterator& row, Family family) {
  if (row.key().size() == kPositionRowKeyBytes) return {};
  return MakeError(StatusCode::kCorruption, "a row of {} has a key of {} bytes", FamilyName(family),
                   row.key().size());
}

/// The last row of a book in a family with position keys; not Valid() when there is none.
struct LastRow {
  LastRow(const Database& database, Family family, BookNo book)
      : lower(PositionRowKey(book, 0)),
        upper(EndOfPositions(book)),
        lower_slice(ToSlice(lower)),
        upper_slice(ToSlice(upper)),
        row(database.Iterate(family, lower_slice, upper_slice)) {
    row->SeekToLast();
  }
  std::string lower;
  std::string upper;
  rocksdb::Slice lower_slice;
  rocksdb::Slice upper_slice;
  std::unique_ptr<rocksdb::Iterator> row;
};

Result<BookRow> ParseBookRow(const rocksdb::Iterator& row) {
  const ByteSpan key = ToBytes(row.key());
  if (key.size() != BookRowKey(BookNo{}).size()) {
    return MakeError(StatusCode::kCorruption, "a row of books has a key of {} bytes", key.size());
  }
  return BookRow{BookNo{LoadBig<std::uint32_t>(key.data() + 1)}, std::string{ToView(row.value())}};
}

/// Sizes of the write-ahead logs. Files that the writer deletes meanwhile do not count.
std::uint64_t WriteAheadBytes(const std::string& path) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (auto file = std::filesystem::directory_iterator{path, error};
       !error && file != std::filesystem::directory_iterator{}; file.increment(error)) {
    if (file->path().extension() != ".log") continue;
    std::error_code gone;
    const std::uintmax_t size = file->file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace

Result<std::vector<BookRow>> RocksDbReads::Books() const {
  const std::string lower(1, static_cast<char>(MetaTag::kBook));
  const std::string upper(1, static_cast<char>(MetaTag::kNamed));
  const rocksdb::Slice lower_slice = ToSlice(lower);
  const rocksdb::Slice upper_slice = ToSlice(upper);
  const auto row = database_.Iterate(Family::kMeta, lower_slice, upper_slice);
  std::vector<BookRow> books;
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    SUANPAN_ASSIGN_OR_RETURN(BookRow book, ParseBookRow(*row));
    books.push_back(std::move(book));
  }
  SUANPAN_RETURN_IF_ERROR(FromRocksDb(row->status(), "reading the books"));
  return books;
}

Result<std::unique_ptr<BlockCursor>> RocksDbReads::ReadBlocks(BookNo book, Seq from) const {
  return OpenRocksDbCursor(database_, book, from);
}

Result<std::optional<StoredBlock>> RocksDbReads::LastBlock(BookNo book) const {
  const LastRow last{database_, Family::kBlocks, book};
  SUANPAN_RETURN_IF_ERROR(FromRocksDb(last.row->status(), "reading the last block"));
  if (!last.row->Valid()) return std::optional<StoredBlock>{};
  SUANPAN_RETURN_IF_ERROR(CheckPositionRow(*last.row, Family::kBlocks));
  const std::uint64_t row_first = PositionOfRow(ToBytes(last.row->key()));
  const std::string what = fmt::format("last block of book {}", book.value());
  SUANPAN_ASSIGN_OR_RETURN(const BlockHeader header, ReadBlockHeader(ToBytes(last.row->value())),
                           what);
  if (header.first_seq.value() != row_first) {
    return MakeError(StatusCode::kCorruption, "{}: block {} is stored as block {}", what,
                     header.first_seq.value(), row_first);
  }
  return std::optional<StoredBlock>{
      {book, header.first_seq, header.last_seq(), std::string{ToView(last.row->value())}}};
}

Result<Seq> RocksDbReads::LastSeq(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<StoredBlock> last, LastBlock(book));
  return last ? last->last : Seq{};
}

Result<std::optional<std::string>> RocksDbReads::ReadTile(const TileId& id) const {
  SUANPAN_ASSIGN_OR_RETURN(std::optional<std::string> tile,
                           database_.Get(Family::kTiles, TileRowKey(id)));
  if (tile && tile->size() != kTileBytes) {
    return MakeError(StatusCode::kCorruption, "tile {}/{} of book {} has {} bytes", id.level,
                     id.index, id.book.value(), tile->size());
  }
  return tile;
}

Result<Seq> RocksDbReads::KeyWatermark(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           database_.Get(Family::kKeys, WatermarkRowKey(book)));
  if (!value) return Seq{};
  return DecodeSeq(AsBytes(*value));
}

Result<std::optional<Seq>> RocksDbReads::FindKey(BookNo book, NameId source,
                                                 const CommandKey& key) const {
  if (key.form == KeyForm::kEngine) return std::optional<Seq>{};
  const bool stream = key.form == KeyForm::kStream;
  SUANPAN_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      database_.Get(Family::kKeys, stream ? StreamRowKey(book, source, key.stream, key.counter)
                                          : UuidRowKey(book, source, key.uuid)));
  if (!value) return std::optional<Seq>{};
  if (!stream) {
    SUANPAN_ASSIGN_OR_RETURN(const Seq seq, DecodeSeq(AsBytes(*value)));
    return std::optional<Seq>{seq};
  }
  SUANPAN_ASSIGN_OR_RETURN(const StreamRow row, StreamRow::Decode(AsBytes(*value)));
  const Seq seq = row.Find(key.counter);
  return seq == Seq{} ? std::optional<Seq>{} : std::optional<Seq>{seq};
}

Result<std::vector<StoredCheckpoint>> RocksDbReads::Checkpoints(BookNo book) const {
  const std::string lower = PositionRowKey(book, 0);
  const std::string upper = EndOfPositions(book);
  const rocksdb::Slice lower_slice = ToSlice(lower);
  const rocksdb::Slice upper_slice = ToSlice(upper);
  const auto row = database_.Iterate(Family::kCheckpoints, lower_slice, upper_slice);
  std::vector<StoredCheckpoint> all;
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    SUANPAN_RETURN_IF_ERROR(CheckPositionRow(*row, Family::kCheckpoints));
    all.push_back(
        {TreeSize{PositionOfRow(ToBytes(row->key()))}, std::string{ToView(row->value())}});
  }
  SUANPAN_RETURN_IF_ERROR(FromRocksDb(row->status(), "reading the checkpoints"));
  return all;
}

Result<std::optional<StoredCheckpoint>> RocksDbReads::LatestCheckpoint(BookNo book) const {
  const LastRow last{database_, Family::kCheckpoints, book};
  SUANPAN_RETURN_IF_ERROR(FromRocksDb(last.row->status(), "reading the latest checkpoint"));
  if (!last.row->Valid()) return std::optional<StoredCheckpoint>{};
  SUANPAN_RETURN_IF_ERROR(CheckPositionRow(*last.row, Family::kCheckpoints));
  return std::optional<StoredCheckpoint>{
      {TreeSize{PositionOfRow(ToBytes(last.row->key()))}, std::string{ToView(last.row->value())}}};
}

Result<std::optional<std::string>> RocksDbReads::GetMeta(std::string_view key) const {
  return database_.Get(Family::kMeta, NamedRowKey(key));
}

Result<StoreStats> RocksDbReads::Stats() const {
  StoreStats stats;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    std::uint64_t bytes = 0;
    if (!database_.db().GetIntProperty(database_.family(family),
                                       rocksdb::DB::Properties::kLiveSstFilesSize, &bytes)) {
      return MakeError(StatusCode::kIo, "the size of {} is not known", FamilyName(family));
    }
    if (family != Family::kDefault) stats.families.push_back({FamilyName(family), bytes});
  }
  stats.write_ahead_bytes = WriteAheadBytes(database_.path());
  return stats;
}

Result<bool> RocksDbReads::HasFormat() const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           database_.Get(Family::kMeta, FormatRowKey()));
  if (!value) return false;
  if (value->size() != sizeof(std::uint32_t)) {
    return MakeError(StatusCode::kCorruption,
                     "the format version of data directory {} has {} bytes", database_.path(),
                     value->size());
  }
  const auto version = LoadLittle<std::uint32_t>(value->data());
  if (version == kFormatVersion) return true;
  return MakeError(StatusCode::kFailedPrecondition,
                   "data directory {} has format version {}, this program knows version {}; use "
                   "the program that wrote it or a later one",
                   database_.path(), version, kFormatVersion);
}

Result<bool> RocksDbReads::HasBook(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> ref,
                           database_.Get(Family::kMeta, BookRowKey(book)));
  return ref.has_value();
}

}  // namespace suanpan::store
