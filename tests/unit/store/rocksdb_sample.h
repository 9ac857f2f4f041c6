#pragma once

// Data directories of one book for the tests of the RocksDB store.

#include <memory>
#include <string>

#include "sample_blocks.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store::test {

inline std::unique_ptr<EventStore> OpenOrStop(const std::string& path, bool create) {
  return OpenRocksDb(path, {.create = create}).value();
}

/// One block of book 1, which is made with its first.
inline Status Append(EventStore& store, std::uint64_t first, std::uint64_t last) {
  CommitGroup group;
  if (first == 1) group.new_books = {{BookNo{1}, "alpha"}};
  group.blocks.push_back(SampleBlock(BookNo{1}, first, last));
  return store.Commit(group);
}

}  // namespace suanpan::store::test
