#pragma once

// For tests of what a file system may do to us; not part of the store's interface.

#include <memory>
#include <string>

#include "suanpan/store/rocksdb_store.h"

namespace rocksdb {
class Env;
}

namespace suanpan::store {

/// OpenRocksDb on the files of `env`, which must outlive the store; null: the system's.
Result<std::unique_ptr<EventStore>> OpenRocksDbOn(rocksdb::Env* env, const std::string& path,
                                                  const RocksDbOptions& options);

}  // namespace suanpan::store
