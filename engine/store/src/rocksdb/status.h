#pragma once

#include <rocksdb/slice.h>
#include <rocksdb/status.h>

#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"

namespace suanpan::store {

/// What is to be done where the log, or what else is not derived from it, is damaged.
inline constexpr std::string_view kRestoreCopy =
    "a file of the data directory is damaged or missing, restore a copy of the directory";

/// The one place where RocksDB's errors become ours; `doing` is put before its message, and what
/// helps behind it: `where_damaged` for what is damaged or missing. The lock of another writer is
/// kBusy, a write's unknown outcome is for the caller to name.
Status FromRocksDb(const rocksdb::Status& status, std::string_view doing,
                   std::string_view where_damaged = kRestoreCopy);

/// What helps where, by an error's message, the system refuses a file that may be sound, for want
/// of rights or space; else empty.
[[nodiscard]] std::string_view RemedyOfRefusal(std::string_view message);

/// The message with the names that files have on disk: RocksDB tries a table that it cannot open
/// under the name that tables had long ago, and tells only of that one.
[[nodiscard]] std::string MessageOf(const rocksdb::Status& status);

inline rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
inline rocksdb::Slice ToSlice(ByteSpan bytes) { return ToSlice(AsText(bytes)); }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
inline ByteSpan ToBytes(const rocksdb::Slice& slice) { return AsBytes(ToView(slice)); }

}  // namespace suanpan::store
