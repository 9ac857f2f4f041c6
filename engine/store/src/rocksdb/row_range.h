#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "src/rocksdb/database.h"
#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"

namespace suanpan::store {

/// The rows of a family from `lower` up to but without `upper`, as they are when it is made; it
/// then stands on the last of them.
///
/// Where a data block of a table cannot be read, RocksDB 7.8 at times ends an iteration as if there
/// were no more rows. So the last row is looked up first, and an iteration that ends without it is
/// an error. What a single look-up of the last row would miss is for the caller, who knows how many
/// rows there must be.
class RowRange {
 public:
  RowRange(const Database& database, Family family, std::string lower, std::string upper);
  /// The rows of one book in a family whose keys are positions (rows.h).
  RowRange(const Database& database, Family family, BookNo book);
  RowRange(const RowRange&) = delete;
  RowRange& operator=(const RowRange&) = delete;

  void SeekToFirst();
  /// To the last row not after `key`; where there is none, it is not on a row.
  void SeekForPrev(const std::string& key);
  /// Only while on a row.
  void Next();

  [[nodiscard]] bool OnRow() const { return row_->Valid(); }
  /// Valid until the next movement; only while on a row.
  [[nodiscard]] ByteSpan key() const;
  [[nodiscard]] ByteSpan value() const;

  /// What RocksDB says of the last movement.
  [[nodiscard]] Status Error() const;
  /// After an iteration from any row to the end: Error(), or kCorruption where rows are missing.
  [[nodiscard]] Status EndError() const;

 private:
  void Look();

  Family family_;
  std::string lower_;
  std::string upper_;
  rocksdb::Slice lower_slice_;  ///< the iterator points at both slices
  rocksdb::Slice upper_slice_;
  std::unique_ptr<rocksdb::Iterator> row_;
  std::string last_key_;  ///< empty: no rows
  bool seen_last_ = false;
};

}  // namespace suanpan::store
