#pragma once

// The peer: RocksDB itself with the bytes that our store writes, and nothing of ours around it.

#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/store/event_store.h"
#include "support/recording_store.h"

namespace suanpan::bench {

/// The stored blocks of a book, in order.
[[nodiscard]] std::vector<std::string> BlocksOf(const store::EventReader& reader, BookNo book);

/// One column family, the block family's settings: rows are compressed by the caller or, with
/// `compressed`, by RocksDB with LZ4.
[[nodiscard]] std::unique_ptr<rocksdb::DB> OpenRaw(const std::string& path, bool compressed);

/// The entries of a book, in order.
[[nodiscard]] std::vector<std::string> EntriesOf(const store::EventReader& reader, BookNo book);

/// Writes each row as one batch under its number, synced or not; seconds that took.
double PutEach(rocksdb::DB& db, const std::vector<std::string>& rows, bool sync);

/// Writes each group of rows as one synced batch; seconds that took.
double PutGroups(rocksdb::DB& db, const BlockGroups& groups);

/// Writes one row with sync; from any number of threads.
void PutSynced(rocksdb::DB& db, std::uint64_t number, std::string_view row);

/// Reads every row as a block: checksum over it, its body decompressed. Seconds that took; `bytes`
/// gets the size of all bodies.
double ScanBlocks(rocksdb::DB& db, std::uint64_t& bytes);

/// Reads every row with RocksDB's checksums; seconds that took.
double ScanRows(rocksdb::DB& db);

/// Size of the table files after a flush and a full compaction.
[[nodiscard]] std::uint64_t CompactedBytes(rocksdb::DB& db);

}  // namespace suanpan::bench
