#include "suanpan/store/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include "suanpan/store/key_sum.h"

namespace suanpan::store {
namespace {

TEST(KeyRows, HaveTheDocumentedBytes) {
  Uuid uuid;
  uuid.bytes.fill(0xab);
  EXPECT_EQ(ToHex(AsBytes(WatermarkRowKey(BookNo{0x01020304}))), "0001020304");
  EXPECT_EQ(ToHex(AsBytes(UuidRowKey(BookNo{1}, NameId{2}, uuid))),
            "010000000100000002abababababababababababababababab");
  EXPECT_EQ(ToHex(AsBytes(StreamRowKey(BookNo{1}, NameId{2}, NameId{3}, 64 * 5 + 63))),
            "020000000100000002000000030000000000000005");
}

TEST(KeyRows, SequencesRoundTripAndOtherSizesAreCorrupt) {
  EXPECT_EQ(ToHex(AsBytes(EncodeSeq(Seq{0x0102}))), "0201000000000000");
  EXPECT_EQ(DecodeSeq(AsBytes(EncodeSeq(Seq{77}))).value(), Seq{77});
  EXPECT_EQ(DecodeSeq(AsBytes("1234567")).error().code(), StatusCode::kCorruption);
}

/// "source form stream counter uuid[0] -> seq" of every binding in a row.
std::string Visited(std::string_view key, std::string_view value) {
  std::string text;
  const Status status =
      VisitKeyRow(AsBytes(key), AsBytes(value), [&text](const KeyBinding& binding) {
        text += fmt::format("{} {} {} {} {} -> {};", binding.source.value(),
                            static_cast<int>(binding.key.form), binding.key.stream.value(),
                            binding.key.counter, binding.key.uuid.bytes[0], binding.seq.value());
        return Status{};
      });
  return status.ok() ? text : std::string{ToText(status.code())};
}

TEST(KeyRows, ARowGivesTheBindingsThatWereWrittenIntoIt) {
  Uuid uuid;
  uuid.bytes.fill(0xab);
  EXPECT_EQ(Visited(UuidRowKey(BookNo{1}, NameId{2}, uuid), EncodeSeq(Seq{9})),
            "2 1 0 0 171 -> 9;");
  StreamRow row;
  row.Bind(0, Seq{900});
  row.Bind(63, Seq{899});
  EXPECT_EQ(Visited(StreamRowKey(BookNo{1}, NameId{2}, NameId{3}, 64 * 5), row.Encode()),
            "2 2 3 320 0 -> 900;2 2 3 383 0 -> 899;");
  const std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(Visited(StreamRowKey(BookNo{1}, NameId{2}, NameId{3}, last), row.Encode()),
            fmt::format("2 2 3 {} 0 -> 900;2 2 3 {} 0 -> 899;", last - 63, last));
}

TEST(KeyRows, WhatIsNoRowOfKeysIsCorruption) {
  const std::string key = UuidRowKey(BookNo{1}, NameId{2}, Uuid{});
  EXPECT_EQ(Visited(key, "short"), "corruption");
  EXPECT_EQ(Visited(key.substr(1), EncodeSeq(Seq{9})), "corruption");
  EXPECT_EQ(Visited("", ""), "corruption");
  EXPECT_EQ(Visited(WatermarkRowKey(BookNo{1}), EncodeSeq(Seq{9})), "corruption");
  std::string beyond = StreamRowKey(BookNo{1}, NameId{2}, NameId{3}, 0);
  beyond[13] = 4;  // the row of counters from 2^64
  StreamRow row;
  row.Bind(0, Seq{9});
  EXPECT_EQ(Visited(beyond, row.Encode()), "corruption");
}

TEST(KeyRows, OfABookStandBetweenItsBounds) {
  for (const std::uint32_t book : {0U, 1U, 255U, 0x01ff'ffffU, 0xffff'ffffU}) {
    const BookNo number{book};
    const std::string uuid = UuidRowKey(number, NameId{0xffff'ffff}, Uuid{});
    EXPECT_LE(KeyRowsBegin(KeyForm::kUuid, number), uuid);
    EXPECT_LT(uuid, KeyRowsEnd(KeyForm::kUuid, number));
    EXPECT_LE(KeyRowsEnd(KeyForm::kUuid, number), KeyRowsBegin(KeyForm::kStream, BookNo{0}));
    const std::string stream = StreamRowKey(number, NameId{0xffff'ffff}, NameId{0xffff'ffff}, 9);
    EXPECT_LE(KeyRowsBegin(KeyForm::kStream, number), stream);
    EXPECT_LT(stream, KeyRowsEnd(KeyForm::kStream, number));
    const std::string rows[] = {WatermarkRowKey(number), uuid, stream};
    for (std::size_t i = 0; i < std::size(rows); ++i) {
      const auto [lower, upper] = KeyRowsOf(number)[i];
      EXPECT_LE(lower, rows[i]);
      EXPECT_LT(rows[i], upper);
    }
  }
}

TEST(KeySum, DependsOnEveryPartOfABindingAndNotOnTheirOrder) {
  const KeyBinding stream{NameId{1}, CommandKey::OfStream(NameId{5}, 63), Seq{3}};
  std::vector<KeyBinding> all = {stream, {NameId{1}, CommandKey::OfUuid(Uuid{}), Seq{3}}};
  for (const auto& change : std::initializer_list<std::function<void(KeyBinding&)>>{
           [](KeyBinding& b) { b.source = NameId{2}; }, [](KeyBinding& b) { b.seq = Seq{4}; },
           [](KeyBinding& b) { b.key.stream = NameId{6}; },
           [](KeyBinding& b) { b.key.counter = 64; },
           [](KeyBinding& b) { b.key.uuid.bytes[15] = 1; },
           [](KeyBinding& b) { b.key.form = KeyForm::kUuid; }}) {
    change(all.emplace_back(stream));
  }
  const auto sum_of = [](const std::vector<KeyBinding>& bindings) {
    KeySum sum;
    for (const KeyBinding& binding : bindings) sum.Add(binding);
    return sum;
  };
  std::set<std::uint64_t> prints;
  for (const KeyBinding& binding : all) prints.insert(KeyPrint(binding));
  EXPECT_EQ(prints.size(), all.size()) << "each is another binding";
  const KeySum sum = sum_of(all);
  EXPECT_EQ(sum.count(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<KeyBinding> other = all;
    std::rotate(other.begin(), other.begin() + static_cast<std::ptrdiff_t>(i), other.end());
    EXPECT_EQ(sum_of(other), sum);
    other.back() = other.front();
    EXPECT_FALSE(sum_of(other) == sum) << i;
    other.pop_back();
    EXPECT_FALSE(sum_of(other) == sum) << i;
  }
}

TEST(StreamRow, TheExampleOfItsDescriptionHolds) {
  StreamRow row;
  row.Bind(0, Seq{900});
  row.Bind(1, Seq{901});
  row.Bind(3, Seq{899});
  EXPECT_EQ(ToHex(AsBytes(row.Encode())),
            "0b00000000000000"
            "8403000000000000"
            "02"
            "01");
  EXPECT_EQ(row.Find(2), Seq{0});
  EXPECT_EQ(row.Find(64 + 3), Seq{899}) << "only the low six bits count";
}

TEST(StreamRow, RandomRowsRoundTrip) {
  std::mt19937_64 random{3};
  for (int round = 0; round < 2'000; ++round) {
    StreamRow row;
    const std::uint64_t spread = std::uint64_t{1} << (random() % 49);
    for (std::uint64_t i = 0; i <= random() % 64; ++i) {
      row.Bind(random(), Seq{1 + random() % std::min(spread, StreamRow::kSeqMax)});
    }
    const Result<StreamRow> again = StreamRow::Decode(AsBytes(row.Encode()));
    ASSERT_TRUE(again.ok()) << again.error().ToString();
    ASSERT_EQ(*again, row);
  }
}

TEST(StreamRow, ATillThatCountsUpCostsTwoBytesACommandOrLess) {
  StreamRow row;
  for (std::uint64_t counter = 0; counter < 64; ++counter) {
    row.Bind(counter, Seq{5'000'000 + 10 * counter});
  }
  EXPECT_LE(row.Encode().size(), 16U + 63 * 2);
}

TEST(StreamRow, TheFarthestSequencesFit) {
  StreamRow row;
  row.Bind(0, Seq{1});
  row.Bind(1, Seq{StreamRow::kSeqMax});
  EXPECT_EQ(StreamRow::Decode(AsBytes(row.Encode())).value(), row);
  StreamRow down;
  down.Bind(0, Seq{StreamRow::kSeqMax});
  down.Bind(1, Seq{1});
  EXPECT_EQ(StreamRow::Decode(AsBytes(down.Encode())).value(), down);
}

std::string RowBytes(std::uint64_t bitmap, std::uint64_t base, std::string_view deltas) {
  std::string bytes;
  AppendLittle(bytes, bitmap);
  AppendLittle(bytes, base);
  return bytes.append(deltas);
}

TEST(StreamRow, EveryTruncationIsCorrupt) {
  StreamRow row;
  for (std::uint64_t counter = 0; counter < 8; ++counter) row.Bind(counter, Seq{500 - counter * 9});
  const std::string good = row.Encode();
  for (std::size_t size = 0; size < good.size(); ++size) {
    const std::vector<std::uint8_t> cut(good.begin(),
                                        good.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(StreamRow::Decode(cut).error().code(), StatusCode::kCorruption) << size;
  }
}

TEST(StreamRow, BytesThatEncodeNeverWritesAreCorrupt) {
  using namespace std::string_view_literals;
  ASSERT_TRUE(StreamRow::Decode(AsBytes(RowBytes(3, 5, "\x02"))).ok());
  const std::string bad[] = {
      RowBytes(0, 5, ""),                                  // nothing bound
      RowBytes(1, 0, ""),                                  // no base
      RowBytes(1, StreamRow::kSeqMax + 1, ""),             // base too large
      RowBytes(1, 5, "\x02"),                              // a byte too many
      RowBytes(3, 5, "\x82\x00"sv),                        // not the shortest form
      RowBytes(3, 5, "\x09"),                              // 5 - 5 = 0 is no sequence
      RowBytes(3, 5, "\x0b"),                              // 5 - 6 < 0
      RowBytes(3, StreamRow::kSeqMax, "\x02"),             // past the largest
      RowBytes(3, 5, "\xff\xff\xff\xff\xff\xff\xff\x01"),  // more than seven bytes
  };
  for (const std::string& bytes : bad) {
    EXPECT_FALSE(StreamRow::Decode(AsBytes(bytes)).ok()) << ToHex(AsBytes(bytes));
  }
}

}  // namespace
}  // namespace suanpan::store
