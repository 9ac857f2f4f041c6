#include "src/rocksdb/row_range.h"

#include <utility>

#include "src/rocksdb/rows.h"
#include "src/rocksdb/status.h"

namespace suanpan::store {

RowRange::RowRange(const Database& database, Family family, std::string lower, std::string upper)
    : family_(family),
      lower_(std::move(lower)),
      upper_(std::move(upper)),
      lower_slice_(ToSlice(lower_)),
      upper_slice_(ToSlice(upper_)),
      row_(database.Iterate(family, lower_slice_, upper_slice_)) {
  row_->SeekToLast();
  if (row_->Valid()) last_key_ = row_->key().ToString();
}

RowRange::RowRange(const Database& database, Family family, BookNo book)
    : RowRange(database, family, PositionRowKey(book, 0), EndOfPositions(book)) {}

void RowRange::SeekToFirst() {
  row_->SeekToFirst();
  Look();
}

void RowRange::SeekForPrev(const std::string& key) {
  row_->SeekForPrev(ToSlice(key));
  Look();
}

void RowRange::Next() {
  row_->Next();
  Look();
}

void RowRange::Look() {
  if (row_->Valid() && row_->key() == ToSlice(last_key_)) seen_last_ = true;
}

ByteSpan RowRange::key() const { return ToBytes(row_->key()); }
ByteSpan RowRange::value() const { return ToBytes(row_->value()); }

Status RowRange::Error() const {
  return FromRocksDb(row_->status(), fmt::format("reading {}", FamilyName(family_)),
                     RemedyOf(family_));
}

Status RowRange::EndError() const {
  SUANPAN_RETURN_IF_ERROR(Error());
  if (seen_last_ || last_key_.empty()) return {};
  return MakeError(StatusCode::kCorruption,
                   "rows of {} cannot be read, though a later one can: a table is damaged: {}",
                   FamilyName(family_), RemedyOf(family_));
}

}  // namespace suanpan::store
