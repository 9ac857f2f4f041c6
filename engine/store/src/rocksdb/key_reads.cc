// What is read from the key index.

#include "src/rocksdb/reads.h"
#include "src/rocksdb/row_range.h"

namespace suanpan::store {

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

Status RocksDbReads::VisitKeys(BookNo book, const KeyVisitor& visit) const {
  for (const KeyForm form : {KeyForm::kUuid, KeyForm::kStream}) {
    RowRange rows{database_, Family::kKeys, KeyRowsBegin(form, book), KeyRowsEnd(form, book)};
    for (rows.SeekToFirst(); rows.OnRow(); rows.Next()) {
      SUANPAN_RETURN_IF_ERROR(VisitKeyRow(rows.key(), rows.value(), visit));
    }
    SUANPAN_RETURN_IF_ERROR(rows.EndError());
  }
  return {};
}

}  // namespace suanpan::store
