#include "suanpan/import/csv_reader.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "import_support.h"

namespace suanpan::import {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Hands out one byte at a time, which tears every multi-byte thing apart.
class DripSource final : public ByteSource {
 public:
  explicit DripSource(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> Read(std::span<char> out) override {
    if (rest_.empty()) return std::size_t{0};
    out[0] = rest_[0];
    rest_.remove_prefix(1);
    return std::size_t{1};
  }

 private:
  std::string_view rest_;
};

Result<Rows> ReadFrom(ByteSource& source, const CsvDialect& dialect = {}) {
  Rows rows;
  SUANPAN_RETURN_IF_ERROR(ReadCsv(source, dialect, [&](const CsvRow& row) -> Status {
    EXPECT_EQ(row.number, rows.size());
    rows.emplace_back(row.fields.begin(), row.fields.end());
    return {};
  }));
  return rows;
}

Result<Rows> Read(std::string_view csv, const CsvDialect& dialect = {}) {
  MemorySource source(csv);
  return ReadFrom(source, dialect);
}

std::string Gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in{text};
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(CsvReader, ReadsQuotesDelimitersAndLineBreaksInsideFields) {
  EXPECT_EQ(Read("a,b\n\"x,y\",\"he said \"\"hi\"\"\"\n\"two\nlines\",\n").value(),
            (Rows{{"a", "b"}, {"x,y", "he said \"hi\""}, {"two\nlines", ""}}));
}

TEST(CsvReader, EndsRowsAtAnyLineBreakAndSkipsBlankLines) {
  const Rows expected{{"a", "b"}, {"1", "2"}, {"3", "4"}};
  EXPECT_EQ(Read("a,b\n1,2\n3,4\n").value(), expected);
  EXPECT_EQ(Read("a,b\r\n1,2\r\n3,4\r\n").value(), expected);
  EXPECT_EQ(Read("a,b\r1,2\r3,4").value(), expected);
  EXPECT_EQ(Read("\n\na,b\r\n\r\n1,2\n\n\n3,4").value(), expected);
}

TEST(CsvReader, KeepsSpacesAndDropsTheByteOrderMark) {
  EXPECT_EQ(Read("\xef\xbb\xbf"
                 "a, b \n")
                .value(),
            (Rows{{"a", " b "}}));
  EXPECT_EQ(Read("").value(), Rows{});
  EXPECT_NE(MessageOf(Read(std::string_view{"\xff\xfe"
                                            "a\0",
                                            4}))
                .find("save it as UTF-8"),
            std::string::npos);
}

TEST(CsvReader, FollowsTheDialect) {
  EXPECT_EQ(Read("a;'b;c'\n", {.delimiter = ';', .quote = '\''}).value(), (Rows{{"a", "b;c"}}));
}

TEST(CsvReader, NamesRowAndLineOfABadQuote) {
  const std::string message = MessageOf(Read("a,b\r\n\"1\n1\",2\r\n\r\n3,4\"4\r\n"));
  EXPECT_EQ(message.find("row 2 (line 5): a quote in the middle of field 2"), 0U) << message;
  const std::string open = MessageOf(Read("a\n\"never closed\n"));
  EXPECT_EQ(open.find("row 1 (line 2): the file ends inside quotes"), 0U) << open;
}

TEST(CsvReader, HoldsItsBoundsExactly) {
  EXPECT_TRUE(Read(std::string(kFieldBytesMax, 'x') + "\n").ok());
  EXPECT_NE(MessageOf(Read("a\n" + std::string(kFieldBytesMax + 1, 'x') + "\n"))
                .find("row 1 (line 2): field 1 is longer than 65536 bytes"),
            std::string::npos);
  EXPECT_TRUE(Read(std::string(kFieldsMax - 1, ',')).ok());
  EXPECT_NE(MessageOf(Read(std::string(kFieldsMax, ','))).find("more than 1024 fields"),
            std::string::npos);
  std::string row;
  for (int i = 0; i < 17; ++i) row += std::string(kFieldBytesMax, 'x') + ",";
  EXPECT_NE(MessageOf(Read(row)).find("longer than 1048576 bytes"), std::string::npos);
}

TEST(CsvReader, StopsReadingAFieldThatNeverCloses) {
  // One chunk past the bound at most: the source is far from being read to its end.
  class Endless final : public ByteSource {
   public:
    Result<std::size_t> Read(std::span<char> out) override {
      std::fill(out.begin(), out.end(), given_ == 0 ? '"' : 'x');
      std::fill(out.begin() + 1, out.end(), 'x');
      given_ += out.size();
      return out.size();
    }
    std::size_t given_ = 0;
  };
  Endless source;
  EXPECT_NE(MessageOf(ReadFrom(source)).find("is a closing quote missing?"), std::string::npos);
  EXPECT_LE(source.given_, 4 * kFieldBytesMax);
}

TEST(CsvReader, UnpacksGzipOfSeveralMembersFromTornReads) {
  std::string text = "a,b\n";
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ",\"x\"\n";
  const Rows plain = Read(text).value();
  EXPECT_EQ(plain.size(), 20'001U);
  const std::string packed = Gzip(text.substr(0, 70'001)) + Gzip(text.substr(70'001)) + Gzip("");
  EXPECT_EQ(Read(packed).value(), plain);
  DripSource drip(packed);
  EXPECT_EQ(ReadFrom(drip).value(), plain);
  DripSource marked(
      "\xef\xbb\xbf"
      "a,b\n");
  EXPECT_EQ(ReadFrom(marked).value(), (Rows{{"a", "b"}}));
}

TEST(CsvReader, RefusesGzipThatIsCutShortDamagedOrFollowedByOtherBytes) {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += std::to_string(i * 7919) + "\n";
  const std::string packed = Gzip(text);
  for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{12}}) {
    const std::string message = MessageOf(Read(packed.substr(0, size)));
    EXPECT_NE(message.find("cut short"), std::string::npos) << size << ": " << message;
  }
  std::string flipped = packed;
  flipped[packed.size() - 6] = static_cast<char>(flipped[packed.size() - 6] ^ 1);  // its checksum
  EXPECT_NE(MessageOf(Read(flipped)).find("is damaged"), std::string::npos);
  EXPECT_NE(MessageOf(Read(packed + "x")).find("not gzip follow"), std::string::npos);
}

TEST(CsvReader, ReturnsTheErrorOfTheCallbackAndCallsItNoMore) {
  MemorySource source("1\n2\n3\n");
  int calls = 0;
  const Status status = ReadCsv(source, {}, [&](const CsvRow&) -> Status {
    return ++calls == 2 ? Status{StatusCode::kConflict, "enough"} : Status{};
  });
  EXPECT_EQ(status.code(), StatusCode::kConflict);
  EXPECT_EQ(status.message(), "enough");
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace suanpan::import
