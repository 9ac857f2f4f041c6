#include "support/raw_rocksdb.h"

#include <lz4.h>
#include <rocksdb/table.h>
#include <xxhash.h>

#include <chrono>

#include "suanpan/engine/entry_log.h"
#include "suanpan/store/block.h"
#include "support/disk.h"

namespace suanpan::bench {
namespace {

void MustBeOk(const rocksdb::Status& status) {
  SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
}

double Since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

std::vector<std::string> BlocksOf(const store::EventReader& reader, BookNo book) {
  std::vector<std::string> blocks;
  const auto cursor = reader.ReadBlocks(book, Seq{1}).value();
  while (const std::optional<ByteSpan> block = cursor->Next().value())
    blocks.emplace_back(AsText(*block));
  return blocks;
}

std::vector<std::string> EntriesOf(const store::EventReader& reader, BookNo book) {
  std::vector<std::string> entries;
  engine::EntryLog log = engine::EntryLog::Open(reader, book).value();
  while (const std::optional<engine::EntryLog::Entry> entry = log.Next().value())
    entries.emplace_back(AsText(entry->bytes));
  return entries;
}

std::unique_ptr<rocksdb::DB> OpenRaw(const std::string& path, bool compressed) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = std::size_t{64} << 20U;
  options.compression = compressed ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = std::size_t{16} << 10U;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::DB* db = nullptr;
  MustBeOk(rocksdb::DB::Open(options, path, &db));
  return std::unique_ptr<rocksdb::DB>{db};
}

double PutEach(rocksdb::DB& db, const std::vector<std::string>& rows, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  std::uint64_t number = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& row : rows) {
    std::string key;
    AppendBig(key, ++number);
    MustBeOk(db.Put(options, key, row));
  }
  return Since(begin);
}

double PutGroups(rocksdb::DB& db, const BlockGroups& groups) {
  rocksdb::WriteOptions options;
  options.sync = true;
  std::uint64_t number = 0;
  SettleDisk();
  const auto begin = std::chrono::steady_clock::now();
  for (const std::vector<std::string>& group : groups) {
    rocksdb::WriteBatch batch;
    for (const std::string& row : group) {
      std::string key;
      AppendBig(key, ++number);
      MustBeOk(batch.Put(key, row));
    }
    MustBeOk(db.Write(options, &batch));
  }
  return Since(begin);
}

void PutSynced(rocksdb::DB& db, std::uint64_t number, std::string_view row) {
  rocksdb::WriteOptions options;
  options.sync = true;
  std::string key;
  AppendBig(key, number);
  MustBeOk(db.Put(options, key, rocksdb::Slice{row.data(), row.size()}));
}

double ScanBlocks(rocksdb::DB& db, std::uint64_t& bytes) {
  bytes = 0;
  const auto begin = std::chrono::steady_clock::now();
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> row{db.NewIterator(options)};
  std::string body(store::kBlockRawBytesMax, '\0');
  std::uint64_t sums = 0;
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    const rocksdb::Slice block = row->value();
    sums ^= ::XXH3_64bits(block.data(), block.size());
    const int size = ::LZ4_decompress_safe(
        block.data() + store::kBlockHeaderBytes, body.data(),
        static_cast<int>(block.size() - store::kBlockHeaderBytes), static_cast<int>(body.size()));
    SUANPAN_INVARIANT(size > 0);
    bytes += static_cast<std::uint64_t>(size);
  }
  MustBeOk(row->status());
  SUANPAN_INVARIANT(sums != 0);
  return Since(begin);
}

double ScanRows(rocksdb::DB& db) {
  const auto begin = std::chrono::steady_clock::now();
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> row{db.NewIterator(options)};
  std::uint64_t bytes = 0;
  for (row->SeekToFirst(); row->Valid(); row->Next()) bytes += row->value().size();
  MustBeOk(row->status());
  SUANPAN_INVARIANT(bytes != 0);
  return Since(begin);
}

std::uint64_t CompactedBytes(rocksdb::DB& db) {
  MustBeOk(db.Flush(rocksdb::FlushOptions{}));
  MustBeOk(db.CompactRange(rocksdb::CompactRangeOptions{}, nullptr, nullptr));
  std::uint64_t bytes = 0;
  SUANPAN_INVARIANT(db.GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &bytes));
  return bytes;
}

}  // namespace suanpan::bench
