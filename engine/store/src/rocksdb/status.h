#pragma once

#include <rocksdb/slice.h>
#include <rocksdb/status.h>

#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"

namespace suanpan::store {

/// The one place where RocksDB's errors become ours; `doing` is put before its message. The lock of
/// another writer is kBusy, a write's unknown outcome is for the caller to name.
Status FromRocksDb(const rocksdb::Status& status, std::string_view doing);

inline rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
inline rocksdb::Slice ToSlice(ByteSpan bytes) { return ToSlice(AsText(bytes)); }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
inline ByteSpan ToBytes(const rocksdb::Slice& slice) { return AsBytes(ToView(slice)); }

}  // namespace suanpan::store
