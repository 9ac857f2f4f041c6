#pragma once

#include <memory>

#include "src/rocksdb/database.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// EventReader::ReadBlocks. `database` must outlive the cursor.
Result<std::unique_ptr<BlockCursor>> OpenRocksDbCursor(const Database& database, BookNo book,
                                                       Seq from);

}  // namespace suanpan::store
