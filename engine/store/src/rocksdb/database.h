#pragma once

// A data directory opened with RocksDB: the handle and its column families, nothing of what is in
// them.

#include <rocksdb/db.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/status.h"

namespace suanpan::store {

/// Column families, in the order they are opened. The names on disk are permanent.
enum class Family : std::uint8_t {
  kDefault,  ///< RocksDB insists on it; empty
  kBlocks,
  kKeys,
  kTiles,
  kCheckpoints,
  kSnapshots,
  kMeta,
};
inline constexpr std::size_t kFamilies = 7;
const std::string& FamilyName(Family family);

/// What is to be done where rows of a family cannot be read.
std::string_view RemedyOf(Family family);

/// Owns the open database. Closing flushes what was written without the write-ahead log.
class Database {
 public:
  /// For writing. `create` makes what is missing. `env`: open_on.h.
  static Result<std::unique_ptr<Database>> OpenWriter(rocksdb::Env* env, const std::string& path,
                                                      bool create);
  /// A secondary instance, whose own files are in `scratch`.
  static Result<std::unique_ptr<Database>> OpenSecondary(const std::string& path,
                                                         const std::string& scratch);
  /// Whether every table that the database names is there and can be opened. A secondary does not
  /// tell: it leaves out what it cannot open and shows an earlier state.
  [[nodiscard]] static rocksdb::Status CheckTables(const std::string& path,
                                                   const std::string& scratch);
  /// Whether all can be opened and read that is not of the key index.
  [[nodiscard]] static Status CheckAllButKeys(const std::string& path);
  /// An error of opening with its remedy, which is another one where only the key index is damaged.
  [[nodiscard]] static Status OpeningError(const rocksdb::Status& status, const std::string& doing,
                                           const std::string& path);
  /// For reading what is left, after CheckAllButKeys: the key index may be damaged in every way, or
  /// not be there. What cannot be read of it is kCorruption.
  static Result<std::unique_ptr<Database>> OpenPastKeys(const std::string& path);
  /// Takes the family of the key index out, without reading it; the next writer makes it again.
  /// Only after CheckAllButKeys: what else is damaged would pass unseen here. And only while nobody
  /// reads: a secondary of RocksDB 7.8 may crash where a family goes.
  [[nodiscard]] static Status DropKeys(rocksdb::Env* env, const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Deletes all rows of the key index, and its tables, most of them unread. kCorruption where one
  /// that must be read is damaged.
  Status EmptyKeys();

  /// The value of a row, or nothing.
  Result<std::optional<std::string>> Get(Family family, const std::string& key) const;
  /// The rows from `lower` up to but without `upper`; both must outlive the iterator. The iterator
  /// sees the database as it is now.
  std::unique_ptr<rocksdb::Iterator> Iterate(Family family, const rocksdb::Slice& lower,
                                             const rocksdb::Slice& upper) const;

 private:
  Database(std::string path, std::unique_ptr<rocksdb::DB> db,
           std::vector<rocksdb::ColumnFamilyHandle*> handles);

  std::string path_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;  ///< null: keys that are not there
  bool past_keys_ = false;                             ///< by OpenPastKeys
};

}  // namespace suanpan::store
