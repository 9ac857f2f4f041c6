#pragma once

// Entries and blocks of made-up bytes for tests of the store.

#include <cstdint>
#include <string>

#include "suanpan/store/block.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store::test {

/// Bytes that depend on the sequence, of 8 to 120 bytes and always the same.
std::string SampleEntry(Seq seq);
EntrySummary SampleSummary(Seq seq);
Hash32 SampleRoot(Seq last);

/// The block of the entries first to last.
std::string SampleBlockBytes(Seq first, Seq last);
StoredBlock SampleBlock(BookNo book, std::uint64_t first, std::uint64_t last);

/// kTileBytes of one value.
std::string SampleTile(char value);

}  // namespace suanpan::store::test
