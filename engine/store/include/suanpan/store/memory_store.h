#pragma once

#include <memory>

#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// The same promises as the RocksDB store but for durability, without disk: for tests and dry runs.
/// Keeps everything until destroyed.
std::unique_ptr<EventStore> MakeMemoryStore();

}  // namespace suanpan::store
