#include "src/rocksdb/key_writer.h"

#include <utility>
#include <vector>

#include "src/rocksdb/status.h"

namespace suanpan::store {

Status RocksDbKeyWriter::Add(BookNo book, std::span<const KeyBinding> bindings,
                             rocksdb::WriteBatch& batch) {
  // Only between calls: within one, the rows it changes must stay.
  if (rows_.size() > kRowsKeptMax) rows_.clear();
  std::vector<Rows::value_type*> changed;
  for (const KeyBinding& binding : bindings) {
    if (binding.key.form == KeyForm::kStream) {
      SUANPAN_RETURN_IF_ERROR(Bind(book, binding, changed));
    } else {
      SUANPAN_RETURN_IF_ERROR(FromRocksDb(
          batch.Put(database_.family(Family::kKeys),
                    UuidRowKey(book, binding.source, binding.key.uuid), EncodeSeq(binding.seq)),
          "batching keys"));
    }
  }
  for (Rows::value_type* row : changed) {
    row->second.changed = false;
    SUANPAN_RETURN_IF_ERROR(FromRocksDb(
        batch.Put(database_.family(Family::kKeys), row->first, row->second.row.Encode()),
        "batching keys"));
  }
  return {};
}

Status RocksDbKeyWriter::Bind(BookNo book, const KeyBinding& binding,
                              std::vector<Rows::value_type*>& changed) {
  SUANPAN_ASSIGN_OR_RETURN(
      Rows::value_type * row,
      Load(StreamRowKey(book, binding.source, binding.key.stream, binding.key.counter)));
  row->second.row.Bind(binding.key.counter, binding.seq);
  if (!row->second.changed) changed.push_back(row);
  row->second.changed = true;
  return {};
}

Result<RocksDbKeyWriter::Rows::value_type*> RocksDbKeyWriter::Load(std::string row_key) {
  if (const auto at = rows_.find(row_key); at != rows_.end()) return &*at;
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                           database_.Get(Family::kKeys, row_key));
  CachedRow cached;
  if (stored) {
    SUANPAN_ASSIGN_OR_RETURN(cached.row, StreamRow::Decode(AsBytes(*stored)));
  }
  return &*rows_.emplace(std::move(row_key), cached).first;
}

}  // namespace suanpan::store
