#pragma once

// Entries and blocks of made-up bytes, and a short way to say what a store holds.

#include <gtest/gtest.h>

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

/// Place of each block of a book from `from` on, "1-3 4-4"; each is decoded and compared.
std::string PlacesFrom(const EventReader& reader, std::uint32_t book, std::uint64_t from);

}  // namespace suanpan::store::test

/// The Status expression is ok; shows it where it is not.
#define EXPECT_OK(expression)                                    \
  do {                                                           \
    const ::suanpan::Status expect_status = (expression);        \
    EXPECT_TRUE(expect_status.ok()) << expect_status.ToString(); \
  } while (false)
