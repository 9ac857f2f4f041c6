#include "src/rocksdb/reads.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "src/block_format.h"
#include "src/rocksdb/cursor.h"
#include "src/rocksdb/row_range.h"
#include "src/rocksdb/rows.h"
#include "src/rocksdb/status.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {
namespace {

Status CheckPositionRow(const RowRange& rows, Family family) {
  if (rows.key().size() == kPositionRowKeyBytes) return {};
  return MakeError(StatusCode::kCorruption, "a row of {} has a key of {} bytes", FamilyName(family),
                   rows.key().size());
}

Result<BookRow> ParseBookRow(const RowRange& rows) {
  const ByteSpan key = rows.key();
  if (key.size() != BookRowKey(BookNo{}).size()) {
    return MakeError(StatusCode::kCorruption, "a row of books has a key of {} bytes", key.size());
  }
  return BookRow{BookNo{LoadBig<std::uint32_t>(key.data() + 1)}, std::string{AsText(rows.value())}};
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
  RowRange rows{database_, Family::kMeta, std::string(1, static_cast<char>(MetaTag::kBook)),
                std::string(1, static_cast<char>(MetaTag::kNamed))};
  std::vector<BookRow> books;
  for (rows.SeekToFirst(); rows.OnRow(); rows.Next()) {
    SUANPAN_ASSIGN_OR_RETURN(BookRow book, ParseBookRow(rows));
    books.push_back(std::move(book));
  }
  SUANPAN_RETURN_IF_ERROR(rows.EndError());
  return books;
}

Result<std::unique_ptr<BlockCursor>> RocksDbReads::ReadBlocks(BookNo book, Seq from) const {
  SUANPAN_ASSIGN_OR_RETURN(const Seq known, KnownEnd(book));
  return OpenRocksDbCursor(database_, book, from, known);
}

Result<std::optional<StoredBlock>> RocksDbReads::LastBlock(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const Seq known, KnownEnd(book));
  SUANPAN_ASSIGN_OR_RETURN(std::optional<StoredBlock> last, ReadLastBlock(book));
  SUANPAN_RETURN_IF_ERROR(CheckEnd(book, last ? last->last : Seq{}, known));
  return last;
}

Result<Seq> RocksDbReads::KnownEnd(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<StoredCheckpoint> sealed, LatestCheckpoint(book));
  const Seq known = sealed ? Seq{sealed->size.value()} : Seq{};
  SUANPAN_ASSIGN_OR_RETURN(const Seq indexed, IndexedEnd(book));
  return std::max(indexed, known);
}

Result<Seq> RocksDbReads::IndexedEnd(BookNo book) const {
  Result<Seq> watermark = KeyWatermark(book);
  if (!watermark.ok() && watermark.error().code() == StatusCode::kCorruption) return Seq{};
  return watermark;
}

Result<std::optional<StoredBlock>> RocksDbReads::ReadLastBlock(BookNo book) const {
  const RowRange rows{database_, Family::kBlocks, book};
  SUANPAN_RETURN_IF_ERROR(rows.Error());
  if (!rows.OnRow()) return std::optional<StoredBlock>{};
  SUANPAN_RETURN_IF_ERROR(CheckPositionRow(rows, Family::kBlocks));
  const std::uint64_t row_first = PositionOfRow(rows.key());
  const std::string what = fmt::format("last block of book {}", book.value());
  SUANPAN_ASSIGN_OR_RETURN(const BlockHeader header, ReadBlockHeader(rows.value()), what);
  if (header.first_seq.value() != row_first) {
    return MakeError(StatusCode::kCorruption, "{}: block {} is stored as block {}", what,
                     header.first_seq.value(), row_first);
  }
  return std::optional<StoredBlock>{
      {book, header.first_seq, header.last_seq(), std::string{AsText(rows.value())}}};
}

Result<BookEnds> RocksDbReads::Ends(BookNo book) const {
  BookEnds ends;
  SUANPAN_ASSIGN_OR_RETURN(ends.indexed, IndexedEnd(book));
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<StoredCheckpoint> sealed, LatestCheckpoint(book));
  if (sealed) ends.signed_size = sealed->size;
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<StoredBlock> last, ReadLastBlock(book));
  if (last) ends.log = last->last;
  return ends;
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

Result<std::vector<StoredCheckpoint>> RocksDbReads::Checkpoints(BookNo book) const {
  RowRange rows{database_, Family::kCheckpoints, book};
  std::vector<StoredCheckpoint> all;
  for (rows.SeekToFirst(); rows.OnRow(); rows.Next()) {
    SUANPAN_RETURN_IF_ERROR(CheckPositionRow(rows, Family::kCheckpoints));
    all.push_back({TreeSize{PositionOfRow(rows.key())}, std::string{AsText(rows.value())}});
  }
  SUANPAN_RETURN_IF_ERROR(rows.EndError());
  return all;
}

Result<std::optional<StoredCheckpoint>> RocksDbReads::LatestCheckpoint(BookNo book) const {
  const RowRange rows{database_, Family::kCheckpoints, book};
  SUANPAN_RETURN_IF_ERROR(rows.Error());
  if (!rows.OnRow()) return std::optional<StoredCheckpoint>{};
  SUANPAN_RETURN_IF_ERROR(CheckPositionRow(rows, Family::kCheckpoints));
  return std::optional<StoredCheckpoint>{
      {TreeSize{PositionOfRow(rows.key())}, std::string{AsText(rows.value())}}};
}

Result<std::optional<std::string>> RocksDbReads::GetMeta(std::string_view key) const {
  return database_.Get(Family::kMeta, NamedRowKey(key));
}

Result<StoreStats> RocksDbReads::Stats() const {
  using Properties = rocksdb::DB::Properties;
  StoreStats stats;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    const auto read = [&](const std::string& property) -> Result<std::uint64_t> {
      std::uint64_t bytes = 0;
      if (database_.db().GetIntProperty(database_.family(family), property, &bytes)) return bytes;
      return MakeError(StatusCode::kIo, "{} of {} is not known", property, FamilyName(family));
    };
    SUANPAN_ASSIGN_OR_RETURN(const std::uint64_t on_disk, read(Properties::kLiveSstFilesSize));
    SUANPAN_ASSIGN_OR_RETURN(const std::uint64_t buffer, read(Properties::kCurSizeAllMemTables));
    SUANPAN_ASSIGN_OR_RETURN(const std::uint64_t tables,
                             read(Properties::kEstimateTableReadersMem));
    SUANPAN_ASSIGN_OR_RETURN(stats.cache_bytes, read(Properties::kBlockCacheUsage));  // of all
    stats.write_buffer_bytes += buffer;
    stats.open_table_bytes += tables;
    if (family != Family::kDefault) stats.families.push_back({FamilyName(family), on_disk});
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
                     "the format version of data directory {} has {} bytes: {}", database_.path(),
                     value->size(), kRestoreCopy);
  }
  const auto version = LoadLittle<std::uint32_t>(value->data());
  if (version == kFormatVersion) return true;
  return MakeError(StatusCode::kFailedPrecondition,
                   "data directory {} has format version {}, this program knows version {}; use "
                   "the program that wrote it or a later one",
                   database_.path(), version, kFormatVersion);
}

Status RocksDbReads::LacksFormat() const {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<BookRow> books, Books());
  return LacksPart(database_.path(), "format version", !books.empty());
}

Result<bool> RocksDbReads::HasBook(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> ref,
                           database_.Get(Family::kMeta, BookRowKey(book)));
  return ref.has_value();
}

}  // namespace suanpan::store
