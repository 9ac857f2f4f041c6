#include "suanpan/store/block.h"

#include <gtest/gtest.h>
#include <lz4.h>
#include <xxhash.h>

#include <cstring>
#include <random>

#include "sample_blocks.h"

namespace suanpan::store {
namespace {

using test::SampleBlockBytes;
using test::SampleEntry;
using test::SampleRoot;
using test::SampleSummary;

StatusCode CodeOfDecoding(std::string_view bytes) {
  DecodedBlock block;
  return DecodeBlock(AsBytes(bytes), block).code();
}

/// A block whose raw body and header fields are as given and whose checksum is right: what only the
/// checks after the checksum can refuse.
std::string Forge(std::string_view raw, std::uint32_t entries, std::uint32_t raw_bytes) {
  std::string body(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(raw.size()))), 0);
  body.resize(static_cast<std::size_t>(LZ4_compress_default(
      raw.data(), body.data(), static_cast<int>(raw.size()), static_cast<int>(body.size()))));
  std::string block = SampleBlockBytes(Seq{1}, Seq{1}).substr(0, kBlockHeaderBytes);
  const auto set = [&block](std::size_t offset, std::uint32_t value) {
    std::memcpy(block.data() + offset, &value, sizeof value);
  };
  set(16, entries);
  set(20, entries);
  set(24, raw_bytes);
  set(28, static_cast<std::uint32_t>(body.size()));
  block += body;
  std::memset(block.data() + 96, 0, 8);
  const std::uint64_t checksum = XXH3_64bits(block.data(), block.size());
  std::memcpy(block.data() + 96, &checksum, sizeof checksum);
  return block;
}

std::string RawBody(std::initializer_list<std::uint16_t> sizes, std::size_t entry_bytes) {
  std::string raw;
  for (const std::uint16_t size : sizes) AppendLittle(raw, size);
  raw.resize(PadTo8(raw.size()));
  return raw.append(entry_bytes, 'e');
}

TEST(Block, GivesBackEntriesAndSummary) {
  DecodedBlock block;
  const std::string bytes = SampleBlockBytes(Seq{10}, Seq{200});
  ASSERT_TRUE(DecodeBlock(AsBytes(bytes), block).ok());
  ASSERT_EQ(block.size(), 191U);
  std::uint32_t events = 0;
  KindSet kinds;
  for (std::size_t i = 0; i < block.size(); ++i) {
    ASSERT_EQ(block.seq(i), Seq{10 + i});
    ASSERT_EQ(AsText(block.entry(i)), SampleEntry(block.seq(i)));
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(block.entry(i).data()) % 8, 0U);
    events += SampleSummary(block.seq(i)).events;
    kinds.Add(SampleSummary(block.seq(i)).kinds);
  }
  const BlockHeader& header = block.header();
  EXPECT_EQ(header.events, events);
  EXPECT_EQ(header.kinds, kinds);
  EXPECT_EQ(header.day_min, Date{20'000});
  EXPECT_EQ(header.day_max, Date{20'050});
  EXPECT_EQ(header.period_min, MonthOf(Date{20'000}));
  EXPECT_EQ(header.period_max, MonthOf(Date{20'050}));
  EXPECT_EQ(header.last_recorded, InstantUs{200'000'000});
  EXPECT_EQ(header.root_after, SampleRoot(Seq{200}));
  EXPECT_EQ(header.last_seq(), Seq{200});
  EXPECT_EQ(ReadBlockHeader(AsBytes(bytes)).value(), header);
}

TEST(Block, FieldsStandAtTheirDocumentedOffsets) {
  const std::string block = SampleBlockBytes(Seq{0x0102}, Seq{0x0103});
  EXPECT_EQ(block.substr(0, 4), "SPBK");
  EXPECT_EQ(LoadLittle<std::uint16_t>(block.data() + 4), 1);
  EXPECT_EQ(LoadLittle<std::uint16_t>(block.data() + 6), 104);
  EXPECT_EQ(LoadLittle<std::uint64_t>(block.data() + 8), 0x0102U);
  EXPECT_EQ(LoadLittle<std::uint32_t>(block.data() + 16), 2U);
  EXPECT_EQ(LoadLittle<std::uint32_t>(block.data() + 28), block.size() - 104);
  EXPECT_EQ(LoadLittle<std::uint64_t>(block.data() + 56), 0x0103U * 1'000'000);
  EXPECT_EQ(block[64], '\x03');
  std::string unsigned_block = block;
  unsigned_block.replace(96, 8, 8, '\0');
  EXPECT_EQ(LoadLittle<std::uint64_t>(block.data() + 96),
            XXH3_64bits(unsigned_block.data(), unsigned_block.size()));
}

TEST(Block, BuilderGoesOnWithTheNextSequence) {
  BlockBuilder builder{Seq{1}};
  builder.Add(AsBytes(SampleEntry(Seq{1})), SampleSummary(Seq{1}));
  builder.Add(AsBytes(SampleEntry(Seq{2})), SampleSummary(Seq{2}));
  EXPECT_EQ(builder.Finish(SampleRoot(Seq{2})), SampleBlockBytes(Seq{1}, Seq{2}));
  EXPECT_TRUE(builder.empty());
  EXPECT_EQ(builder.next_seq(), Seq{3});
  builder.Add(AsBytes(SampleEntry(Seq{3})), SampleSummary(Seq{3}));
  EXPECT_EQ(builder.Finish(SampleRoot(Seq{3})), SampleBlockBytes(Seq{3}, Seq{3}));
}

TEST(Block, IsFullAtTheLimitOfEntries) {
  BlockBuilder builder{Seq{1}};
  const std::string entry(8, 'x');
  while (builder.Fits(entry.size())) builder.Add(AsBytes(entry), SampleSummary(Seq{1}));
  EXPECT_EQ(builder.next_seq(), Seq{kBlockEntriesMax + 1});
  DecodedBlock block;
  ASSERT_TRUE(DecodeBlock(AsBytes(builder.Finish({})), block).ok());
  EXPECT_EQ(block.size(), kBlockEntriesMax);
}

TEST(Block, IsFullAtTheLimitOfBytesWhichCountsTheTable) {
  BlockBuilder builder{Seq{1}};
  const std::string entry(kEntryBytesMax, 'x');
  while (builder.Fits(entry.size())) builder.Add(AsBytes(entry), SampleSummary(Seq{1}));
  EXPECT_EQ(builder.next_seq(), Seq{8}) << "seven entries and a table fit, eight leave it no room";
  const std::size_t rest = kBlockRawBytesMax - builder.raw_bytes();
  EXPECT_TRUE(builder.Fits(rest));
  EXPECT_FALSE(builder.Fits(rest + 8));
  builder.Add(AsBytes(std::string(rest, 'y')), SampleSummary(Seq{1}));
  EXPECT_EQ(builder.raw_bytes(), kBlockRawBytesMax);
  EXPECT_EQ(CodeOfDecoding(builder.Finish({})), StatusCode::kOk);
}

TEST(Block, HoldsBytesThatDoNotCompress) {
  std::mt19937_64 random{7};
  BlockBuilder builder{Seq{1}};
  std::string entry;
  while (entry.size() < kEntryBytesMax) AppendLittle(entry, std::uint64_t{random()});
  builder.Add(AsBytes(entry), SampleSummary(Seq{1}));
  DecodedBlock block;
  ASSERT_TRUE(DecodeBlock(AsBytes(builder.Finish({})), block).ok());
  EXPECT_EQ(AsText(block.entry(0)), entry);
}

TEST(Block, DecodingAgainUsesTheSameMemory) {
  DecodedBlock block;
  ASSERT_TRUE(DecodeBlock(AsBytes(SampleBlockBytes(Seq{1}, Seq{100})), block).ok());
  const std::uint8_t* before = block.entry(0).data() - PadTo8(100 * 2);
  ASSERT_TRUE(DecodeBlock(AsBytes(SampleBlockBytes(Seq{1}, Seq{10})), block).ok());
  EXPECT_EQ(block.size(), 10U);
  EXPECT_EQ(block.entry(0).data() - PadTo8(10 * 2), before);
}

TEST(Block, EverySingleFlippedBitIsRefused) {
  const std::string good = SampleBlockBytes(Seq{5}, Seq{9});
  ASSERT_EQ(CodeOfDecoding(good), StatusCode::kOk);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
      ASSERT_EQ(CodeOfDecoding(bad), StatusCode::kCorruption) << "byte " << at << " bit " << bit;
      ASSERT_FALSE(ReadBlockHeader(AsBytes(bad)).ok()) << "byte " << at << " bit " << bit;
    }
  }
}

TEST(Block, EveryTruncationAndEveryAddedByteIsRefused) {
  const std::string good = SampleBlockBytes(Seq{5}, Seq{9});
  for (std::size_t size = 0; size < good.size(); ++size) {
    // A copy of its own size, so that the address sanitizer sees a read past the end.
    const std::vector<std::uint8_t> cut(good.begin(),
                                        good.begin() + static_cast<std::ptrdiff_t>(size));
    DecodedBlock block;
    ASSERT_EQ(DecodeBlock(cut, block).code(), StatusCode::kCorruption) << size;
  }
  EXPECT_EQ(CodeOfDecoding(good + '\0'), StatusCode::kCorruption);
}

TEST(Block, ForgedBlocksWithARightChecksumAreRefusedWhereTheyLie) {
  ASSERT_EQ(CodeOfDecoding(Forge(RawBody({1, 2}, 24), 2, 32)), StatusCode::kOk)
      << "the forger makes good blocks, so the others are refused for what they claim";
  const auto refused = [](const std::string& bytes, std::string_view why) {
    DecodedBlock block;
    const Status status = DecodeBlock(AsBytes(bytes), block);
    EXPECT_EQ(status.code(), StatusCode::kCorruption);
    EXPECT_NE(status.message().find(why), std::string_view::npos) << status.ToString();
  };
  refused(Forge(RawBody({1, 2}, 24), 2, 0xffff'ffff), "claims a raw body");
  refused(Forge(RawBody({1, 2}, 24), 2, kBlockRawBytesMax), "does not decompress");
  refused(Forge(RawBody({1, 2}, 24), 2, 24), "does not decompress");
  refused(Forge(RawBody({1, 2}, 24), 0, 32), "claims 0 entries");
  refused(Forge(RawBody({1, 2}, 24), 0xffff'ffff, 32), "claims 4294967295 entries");
  refused(Forge(RawBody({1, 2}, 24), 4, 32), "claims a raw body");
  refused(Forge(RawBody({1, 1}, 24), 2, 32), "end at byte 24");
  refused(Forge(RawBody({1, 3}, 24), 2, 32), "end at byte 40");
  refused(Forge(RawBody({3, 0}, 24), 2, 32), "entry 2 has a size of 0 bytes");
  refused(Forge(RawBody({1, 0xffff}, 24), 2, 32), "entry 2 has a size of 524280 bytes");
  std::string padded = RawBody({1, 2}, 24);
  padded[7] = 1;
  refused(Forge(padded, 2, 32), "padding");
}

TEST(Block, RandomBytesNeverDecode) {
  std::mt19937_64 random{20'260'301};
  DecodedBlock block;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::uint8_t> bytes(random() % 400);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const std::string head = SampleBlockBytes(Seq{1}, Seq{2}).substr(0, random() % 40);
    std::copy_n(head.begin(), std::min(head.size(), bytes.size()), bytes.begin());
    ASSERT_EQ(DecodeBlock(bytes, block).code(), StatusCode::kCorruption) << "round " << round;
  }
}

TEST(KindSet, KeepsKindsOfBothHalvesApart) {
  KindSet set;
  set.Add(0);
  set.Add(63);
  set.Add(64);
  set.Add(127);
  for (std::uint32_t kind = 0; kind < 200; ++kind) {
    EXPECT_EQ(set.Contains(kind), kind == 0 || kind == 63 || kind == 64 || kind == 127) << kind;
  }
  KindSet other;
  other.Add(1);
  EXPECT_FALSE(set.Intersects(other));
  other.Add(127);
  EXPECT_TRUE(set.Intersects(other));
}

TEST(BlockDeathTest, AnEntryThatIsNoMultipleOf8StopsTheProcess) {
  BlockBuilder builder{Seq{1}};
  EXPECT_DEATH(builder.Add(AsBytes("seven b"), SampleSummary(Seq{1})), "entry of 7 bytes");
}

}  // namespace
}  // namespace suanpan::store
