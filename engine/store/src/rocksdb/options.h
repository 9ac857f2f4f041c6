#pragma once

#include <rocksdb/db.h>

#include <vector>

namespace suanpan::store {

/// Options of the whole database; the writer adds what only creation needs.
rocksdb::DBOptions DatabaseOptions();

/// Of who only reads: RocksDB keeps no log file of its own, which would need room on a disk.
rocksdb::DBOptions ReaderOptions();

/// All families with their options, in the order of enum Family.
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors();

}  // namespace suanpan::store
