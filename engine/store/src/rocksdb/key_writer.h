#pragma once

#include <rocksdb/write_batch.h>

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>

#include "src/rocksdb/database.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// Puts key bindings into batches. Keeps the stream rows it used, so that a till that counts up
/// costs no read a command. One thread at a time; `database` must outlive it.
class RocksDbKeyWriter {
 public:
  explicit RocksDbKeyWriter(const Database& database) : database_(database) {}

  /// Adds the rows of `bindings` to `batch`. When the batch is not written after all, Forget.
  Status Add(BookNo book, std::span<const KeyBinding> bindings, rocksdb::WriteBatch& batch);
  void Forget() { rows_.clear(); }

 private:
  /// Rows kept from one call to the next, of about 600 bytes each.
  static constexpr std::size_t kRowsKeptMax = 8192;

  struct CachedRow {
    StreamRow row;
    bool changed = false;
  };
  using Rows = std::unordered_map<std::string, CachedRow>;

  Status Bind(BookNo book, const KeyBinding& binding, std::vector<Rows::value_type*>& changed);
  Result<Rows::value_type*> Load(std::string row_key);

  const Database& database_;
  Rows rows_;
};

}  // namespace suanpan::store
