#include "src/rocksdb/cursor.h"

#include <algorithm>
#include <string>
#include <utility>

#include "src/block_order.h"
#include "src/rocksdb/rows.h"
#include "src/rocksdb/status.h"

namespace suanpan::store {
namespace {

class RocksDbCursor final : public BlockCursor {
 public:
  RocksDbCursor(const Database& database, BookNo book)
      : lower_(PositionRowKey(book, 0)),
        upper_(EndOfPositions(book)),
        lower_slice_(ToSlice(lower_)),
        upper_slice_(ToSlice(upper_)),
        row_(database.Iterate(Family::kBlocks, lower_slice_, upper_slice_)),
        order_(book, Seq{1}) {}

  /// Stands before the block that contains `from`.
  Status Seek(BookNo book, Seq from) {
    const std::string target = PositionRowKey(book, std::max<std::uint64_t>(from.value(), 1));
    row_->SeekForPrev(ToSlice(target));
    if (!row_->Valid()) {
      SUANPAN_RETURN_IF_ERROR(RowStatus());
      row_->SeekToFirst();
      return RowStatus();
    }
    SUANPAN_ASSIGN_OR_RETURN(const Seq first, RowFirst());
    order_ = BlockOrder{book, first};
    BlockOrder ahead = order_;
    SUANPAN_RETURN_IF_ERROR(ahead.Accept(first, ToBytes(row_->value())));
    if (ahead.expected() > from) return {};
    order_ = ahead;
    row_->Next();
    return RowStatus();
  }

  Result<std::optional<ByteSpan>> Next() override {
    if (!failed_.ok()) return failed_.Clone();
    Result<std::optional<ByteSpan>> next = Step();
    if (!next.ok()) failed_ = next.error().Clone();
    return next;
  }

 private:
  Result<std::optional<ByteSpan>> Step() {
    if (delivered_) row_->Next();
    delivered_ = row_->Valid();
    if (!delivered_) {
      SUANPAN_RETURN_IF_ERROR(RowStatus());
      return std::optional<ByteSpan>{};
    }
    SUANPAN_ASSIGN_OR_RETURN(const Seq first, RowFirst());
    const ByteSpan bytes = ToBytes(row_->value());
    SUANPAN_RETURN_IF_ERROR(order_.Accept(first, bytes));
    return std::optional<ByteSpan>{bytes};
  }

  Status RowStatus() const { return FromRocksDb(row_->status(), "reading blocks"); }

  Result<Seq> RowFirst() const {
    const ByteSpan key = ToBytes(row_->key());
    if (key.size() == kPositionRowKeyBytes) return Seq{PositionOfRow(key)};
    return MakeError(StatusCode::kCorruption, "a row of blocks has a key of {} bytes", key.size());
  }

  std::string lower_;
  std::string upper_;
  rocksdb::Slice lower_slice_;  ///< the iterator points at both slices
  rocksdb::Slice upper_slice_;
  std::unique_ptr<rocksdb::Iterator> row_;
  BlockOrder order_;
  bool delivered_ = false;  ///< the row it stands on was handed out
  Status failed_;
};

}  // namespace

Result<std::unique_ptr<BlockCursor>> OpenRocksDbCursor(const Database& database, BookNo book,
                                                       Seq from) {
  auto cursor = std::make_unique<RocksDbCursor>(database, book);
  SUANPAN_RETURN_IF_ERROR(cursor->Seek(book, from));
  return std::unique_ptr<BlockCursor>{std::move(cursor)};
}

}  // namespace suanpan::store
