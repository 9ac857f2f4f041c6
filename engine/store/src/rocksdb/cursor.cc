#include "src/rocksdb/cursor.h"

#include <algorithm>
#include <utility>

#include "src/block_order.h"
#include "src/rocksdb/row_range.h"
#include "src/rocksdb/rows.h"

namespace suanpan::store {
namespace {

class RocksDbCursor final : public BlockCursor {
 public:
  RocksDbCursor(const Database& database, BookNo book, Seq known)
      : book_(book), known_(known), rows_(database, Family::kBlocks, book), order_(book, Seq{1}) {}

  /// Stands before the block that contains `from`.
  Status Seek(Seq from) {
    rows_.SeekForPrev(PositionRowKey(book_, std::max<std::uint64_t>(from.value(), 1)));
    if (!rows_.OnRow()) {
      SUANPAN_RETURN_IF_ERROR(rows_.Error());
      rows_.SeekToFirst();
      return rows_.Error();
    }
    SUANPAN_ASSIGN_OR_RETURN(const Seq first, RowFirst());
    order_ = BlockOrder{book_, first};
    BlockOrder ahead = order_;
    SUANPAN_RETURN_IF_ERROR(ahead.Accept(first, rows_.value()));
    if (ahead.expected() > from) return {};
    order_ = ahead;
    rows_.Next();
    return rows_.Error();
  }

  Result<std::optional<ByteSpan>> Next() override {
    if (!failed_.ok()) return failed_.Clone();
    Result<std::optional<ByteSpan>> next = Step();
    if (!next.ok()) failed_ = next.error().Clone();
    return next;
  }

 private:
  Result<std::optional<ByteSpan>> Step() {
    if (delivered_) rows_.Next();
    delivered_ = rows_.OnRow();
    if (!delivered_) {
      SUANPAN_RETURN_IF_ERROR(rows_.EndError());
      SUANPAN_RETURN_IF_ERROR(CheckEnd(book_, Seq{order_.expected().value() - 1}, known_));
      return std::optional<ByteSpan>{};
    }
    SUANPAN_ASSIGN_OR_RETURN(const Seq first, RowFirst());
    const ByteSpan bytes = rows_.value();
    SUANPAN_RETURN_IF_ERROR(order_.Accept(first, bytes));
    return std::optional<ByteSpan>{bytes};
  }

  Result<Seq> RowFirst() const {
    const ByteSpan key = rows_.key();
    if (key.size() == kPositionRowKeyBytes) return Seq{PositionOfRow(key)};
    return MakeError(StatusCode::kCorruption, "a row of blocks has a key of {} bytes", key.size());
  }

  BookNo book_;
  Seq known_;
  RowRange rows_;
  BlockOrder order_;
  bool delivered_ = false;  ///< the row it stands on was handed out
  Status failed_;
};

}  // namespace

Result<std::unique_ptr<BlockCursor>> OpenRocksDbCursor(const Database& database, BookNo book,
                                                       Seq from, Seq known) {
  auto cursor = std::make_unique<RocksDbCursor>(database, book, known);
  SUANPAN_RETURN_IF_ERROR(cursor->Seek(from));
  return std::unique_ptr<BlockCursor>{std::move(cursor)};
}

Status CheckEnd(BookNo book, Seq end, Seq known) {
  if (end >= known) return {};
  return MakeError(
      StatusCode::kCorruption,
      "book {} ends at entry {}, but entry {} was indexed or signed: blocks are missing; restore a "
      "copy of the data directory that has them; if there is none, `suanpan restore` tells what is "
      "lost",
      book.value(), end.value(), known.value());
}

}  // namespace suanpan::store
