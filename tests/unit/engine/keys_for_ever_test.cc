// A key answers its first answer for ever: over a reopen, after a compaction, with its index
// damaged in every way, or gone.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "ledger_fixture.h"
#include "suanpan/store/keys.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/raw_rows.h"

namespace suanpan::engine::test {
namespace {

using suanpan::test::RawRows;
using suanpan::test::RocksDbHome;

constexpr std::size_t kKeys = 3'000;
const std::vector<std::string> kBooks = {"yy", "zz"};
const std::vector<std::string> kSources = {"s-app", "s-till"};

/// A command, who sent it, and what the answer was.
struct Sent {
  Json command;
  std::string source;
  std::string answer;
};

std::string RandomUuid(std::mt19937_64& random, std::uint64_t milliseconds) {
  Uuid uuid;
  for (std::uint8_t& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
  const bool timed = milliseconds != 0;
  for (std::size_t i = 0; timed && i < 6; ++i) {
    uuid.bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
  }
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0fU) | (timed ? 0x70U : 0x40U));
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3fU) | 0x80U);
  return ToText(uuid);
}

/// Keys of every form: UUIDs of versions 4 and 7, a till that counts up with gaps, one that counts
/// anyhow.
std::string KeyNo(std::size_t i, std::mt19937_64& random) {
  switch (i % 4) {
    case 0:
      return RandomUuid(random, 1'748'700'000'000 + i);
    case 1:
      return RandomUuid(random, 0);
    case 2:
      return fmt::format("till-{}/{}", i % 3, i + i / 50 * 7);
    default:
      return fmt::format("import:{}/{}", i % 5, (i * 2'654'435'761U) % 1'000'003);
  }
}

class KeysForEver : public testing::Test {
 protected:
  KeysForEver() {
    auto home = std::make_unique<RocksDbHome>();
    path_ = home->path();
    holder_ = std::make_unique<LedgerHolder>(std::move(home));
    for (const std::string& book : kBooks) holder_->Commit(OpeningOf(book));
    std::mt19937_64 random{7};
    std::vector<Submission> submissions;
    for (std::size_t i = 0; i < kKeys; ++i) {
      Json command = Json::parse(CommandOf(kBooks[i % 7 % 2], KeyNo(i, random),
                                           {SaleFact(fmt::format("{}", 100 + i), "60")}));
      const std::string& source = kSources[i % 11 % 2];
      submissions.push_back(holder_->Submit(command.dump(), source));
      sent_.push_back({std::move(command), source, ""});
    }
    for (std::size_t i = 0; i < kKeys; ++i) {
      const Json answer = holder_->AnswerOf(submissions[i]);
      EXPECT_EQ(answer["result"], "committed") << answer;
      sent_[i].answer = answer.dump();
    }
    holder_->Close();
  }

  /// The number of books whose index was written again.
  std::size_t Reopen() {
    const Status status = holder_->TryReopen();
    EXPECT_TRUE(status.ok()) << status.ToString();
    return holder_->notices().size();
  }
  /// Every key answers its first answer, every seventh also a conflict to another body.
  void ExpectFirstAnswers() {
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      const Sent& sent = sent_[i];
      const Json answer = holder_->Send(sent.command.dump(), sent.source);
      ASSERT_EQ(answer["result"], "duplicate") << sent.command << answer;
      ASSERT_EQ(answer["answer"].dump(), sent.answer);
      if (i % 7 != 0) continue;
      Json other = sent.command;
      other["facts"][0]["lines"][0]["amount_fen"] = "99";
      const Json conflict = holder_->Send(other.dump(), sent.source);
      ASSERT_EQ(conflict["code"], "key_conflict") << conflict;
      ASSERT_EQ(conflict["field"], "lines[0].amount_fen") << conflict;
      ASSERT_EQ(conflict["detail"]["seq"], Json::parse(sent.answer)["seq"]) << conflict;
    }
  }
  /// The same, and a new key is new; then closes.
  void ExpectAllWell() {
    ExpectFirstAnswers();
    const std::string fresh =
        CommandOf("zz", fmt::format("fresh/{}", ++fresh_), {SaleFact("1", "0")});
    EXPECT_EQ(holder_->Send(fresh)["result"], "committed");
    EXPECT_EQ(holder_->Send(fresh)["result"], "duplicate");
    holder_->Close();
    EXPECT_EQ(Reopen(), 0U) << "an index that was written again agrees";
    holder_->Close();
  }
  /// After damage: opening tells it, and everything is as before.
  void ExpectMended(std::string_view damage) {
    SCOPED_TRACE(damage);
    EXPECT_EQ(Reopen(), 1U);
    ExpectAllWell();
  }

  /// Where the index must be dropped before the ledger can be opened: false, and it is dropped.
  bool OpenOrDrop() {
    Status opened = StatusOf(store::OpenRocksDb(path_));
    const bool unreadable = !opened.ok();
    if (opened.ok()) opened = holder_->TryReopen();
    const std::size_t notices = holder_->notices().size();
    holder_->Close();
    if (opened.ok()) {
      EXPECT_EQ(notices, 1U);
      return true;
    }
    const auto says_how = [](const Status& status) {
      return status.message().ends_with(store::kWriteKeysAgain);
    };
    EXPECT_TRUE(says_how(opened)) << opened.ToString();
    if (unreadable) {
      const Status read = StatusOf(store::OpenRocksDbReader(path_));
      EXPECT_TRUE(says_how(read)) << read.ToString();
    }
    EXPECT_OK(StatusOf(store::OpenRocksDb(path_, {.without_keys = true})));
    return false;
  }
  void CopyBack(const std::string& whole) {
    std::filesystem::remove_all(path_);
    std::filesystem::copy(whole, path_, std::filesystem::copy_options::recursive);
  }
  /// Of bytes in a table: some in its rows, and closer behind them, where RocksDB keeps what tells
  /// it where they are.
  static std::vector<std::streamoff> Places(const std::string& table) {
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(table));
    std::vector<std::streamoff> places;
    for (std::streamoff at = 11; at < size; at += size / 5) places.push_back(at);
    for (std::streamoff at = size - 1'500; at < size; at += 187) places.push_back(at);
    return places;
  }
  template <class Opened>
  static Status StatusOf(const Result<Opened>& opened) {
    return opened.ok() ? Status{} : opened.error().Clone();
  }

  RawRows Rows() { return RawRows{path_, "keys"}; }
  BookNo NumberOf(const std::string& book) {
    return BookNo{static_cast<std::uint32_t>(std::ranges::find(kBooks, book) - kBooks.begin()) + 1};
  }
  static bool IsWatermark(const std::string& key) { return key[0] == '\0'; }
  static bool IsUuid(const std::string& key) { return key[0] == '\1'; }
  static bool IsStream(const std::string& key) { return key[0] == '\2'; }

  std::string path_;
  std::unique_ptr<LedgerHolder> holder_;
  std::vector<Sent> sent_;
  int fresh_ = 0;
};

TEST_F(KeysForEver, OverAReopenAndAfterCompaction) {
  const std::map<std::string, std::string> rows = Rows().All();
  EXPECT_EQ(std::ranges::count_if(rows, [](const auto& row) { return IsUuid(row.first); }),
            kKeys / 2);
  EXPECT_GT(std::ranges::count_if(rows, [](const auto& row) { return IsStream(row.first); }), 100);
  EXPECT_EQ(Reopen(), 0U);
  ExpectAllWell();
  Rows().Compact();
  EXPECT_EQ(Reopen(), 0U);
  ExpectAllWell();
}

TEST_F(KeysForEver, WithRowsOfTheIndexDeleted) {
  EXPECT_GT(Rows().DeleteIf([](const std::string&) { return true; }), kKeys / 2);
  EXPECT_EQ(Reopen(), 0U) << "an index that was never written is completed";
  ExpectAllWell();
  EXPECT_GT(Rows().DeleteIf([](const std::string& key) { return !IsWatermark(key); }), kKeys / 2);
  ExpectMended("all keys, under watermarks that claim them");
  std::size_t nth = 0;
  EXPECT_GT(Rows().DeleteIf([&](const std::string&) { return nth++ % 3 == 2; }), kKeys / 6);
  ExpectMended("every third row");
  for (const auto& is : {IsUuid, IsStream}) {
    bool one = false;
    EXPECT_EQ(Rows().DeleteIf(
                  [&](const std::string& key) { return is(key) && !std::exchange(one, true); }),
              1U);
    ExpectMended("one row");
  }
  Rows().Drop();
  EXPECT_EQ(Reopen(), 0U) << "the same as never written";
  ExpectAllWell();
}

TEST_F(KeysForEver, WithWatermarksThatSayAnotherThing) {
  const std::string zz = store::WatermarkRowKey(NumberOf("zz"));
  Rows().Delete(zz);
  ExpectMended("missing, above keys that are there");
  Rows().Put(zz, store::EncodeSeq(Seq{40}));
  ExpectMended("behind");
  Rows().Put(zz, "short");
  ExpectMended("damaged");
  const std::map<std::string, std::string> rows = Rows().All();
  EXPECT_GT(Rows().DeleteIf([&](const std::string& key) {
    return IsUuid(key) && store::DecodeSeq(AsBytes(rows.at(key))).value() > Seq{kKeys / 4};
  }),
            kKeys / 8);
  ExpectMended("ahead of the keys that are there");
}

TEST_F(KeysForEver, AWatermarkBeyondTheLogIsAnAlarmThatNoRewritingHides) {
  Rows().Put(store::WatermarkRowKey(NumberOf("zz")), store::EncodeSeq(Seq{1'000'000}));
  for (int round = 0; round < 2; ++round) {
    const Status status = holder_->TryReopen();
    EXPECT_EQ(status.code(), StatusCode::kCorruption);
    EXPECT_NE(status.message().find("entry 1000000 was indexed or signed"), std::string_view::npos)
        << status.ToString();
  }
}

TEST_F(KeysForEver, WithAnIndexThatLies) {
  std::map<std::string, std::string> rows = Rows().All();
  const auto first = std::ranges::find_if(rows, [](const auto& row) { return IsUuid(row.first); });
  Rows().Put(first->first, std::next(first)->second);
  ExpectMended("a UUID leads to the entry of another key");
  const auto streams = std::ranges::find_if(rows, [](const auto& each) {
    return IsStream(each.first) && each.second.size() > 16;  // more than one counter
  });
  auto row = store::StreamRow::Decode(AsBytes(streams->second)).value();
  std::vector<std::uint64_t> bound;
  for (std::uint64_t i = 0; i < store::StreamRow::kCounters; ++i) {
    if (row.Find(i) != Seq{}) bound.push_back(i);
  }
  ASSERT_GE(bound.size(), 2U);
  const Seq before = row.Find(bound[0]);
  row.Bind(bound[0], row.Find(bound[1]));
  row.Bind(bound[1], before);
  Rows().Put(streams->first, row.Encode());
  ExpectMended("two counters have changed places");
  Rows().Put(store::StreamRowKey(NumberOf("zz"), NameId{1}, NameId{2}, 1'000'000), streams->second);
  ExpectMended("counters that were never sent");
  Rows().Put(first->first, "short");
  ExpectMended("a row that does not read");
  Rows().Put(first->first + "x", first->second);
  ExpectMended("a row that is too long");
}

/// Flips one bit of a file.
void Flip(const std::string& file, std::streamoff at) {
  std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
  bytes.seekg(at);
  const int byte = bytes.get();
  bytes.seekp(at);
  bytes.put(static_cast<char>(byte ^ 4));
}

TEST_F(KeysForEver, WithBitsFlippedInTheTablesOfTheIndex) {
  const std::string whole = path_ + ".whole";
  for (const bool compacted : {false, true}) {
    std::string table;
    {
      RawRows rows = Rows();
      if (compacted) rows.Compact();
      ASSERT_EQ(rows.Tables().size(), 1U);
      table = rows.Tables().front();
    }
    std::filesystem::copy(path_, whole, std::filesystem::copy_options::recursive);
    int mended = 0;
    int dropped = 0;
    for (const std::streamoff at : Places(whole + table)) {
      CopyBack(whole);
      Flip(path_ + table, at);
      SCOPED_TRACE(fmt::format("{} at {}, compacted: {}", table, at, compacted));
      const bool open = OpenOrDrop();
      dropped += open ? 0 : 1;
      EXPECT_EQ(Reopen(), 0U);
      mended += open ? 1 : 0;
      ExpectFirstAnswers();
      holder_->Close();
    }
    std::cout << fmt::format("compacted {}: mended {}, dropped {}\n", compacted, mended, dropped);
    // Of tables below the newest none need be read to empty the index.
    EXPECT_GT(mended, compacted ? 4 : -1);
    EXPECT_GT(dropped, 3);
    CopyBack(whole);
    std::filesystem::remove_all(whole);
  }
}

}  // namespace
}  // namespace suanpan::engine::test
