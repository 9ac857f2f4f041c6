#pragma once

#include <memory>

#include "src/rocksdb/database.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// EventReader::ReadBlocks. `known` is an entry that was there before: blocks that end earlier are
/// an error. `database` must outlive the cursor.
Result<std::unique_ptr<BlockCursor>> OpenRocksDbCursor(const Database& database, BookNo book,
                                                       Seq from, Seq known);

/// kCorruption for blocks of a book that end at `end`, before an entry known to have been there.
Status CheckEnd(BookNo book, Seq end, Seq known);

}  // namespace suanpan::store
