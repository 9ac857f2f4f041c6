// Whoever looks for losses may do so while a writer goes on.

#include <gtest/gtest.h>

#include <array>

#include "commands.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/restore.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/store_home.h"
#include "support/temp_dir.h"
#include "support/test_ledger.h"

namespace suanpan::engine::test {
namespace {

using suanpan::test::RocksDbHome;
using suanpan::test::TempDir;
using suanpan::test::TestSigner;

/// Lets the writer do something before whatever is read, and sees it only after Refresh.
class BesideWriter final : public store::EventReader {
 public:
  BesideWriter(std::unique_ptr<store::EventReader> inner, std::function<void()> writer)
      : inner_(std::move(inner)), writer_(std::move(writer)) {}

  Result<std::vector<store::BookRow>> Books() const override { return Next().Books(); }
  Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    return Next().ReadBlocks(book, from);
  }
  Result<std::optional<store::StoredBlock>> LastBlock(BookNo book) const override {
    return Next().LastBlock(book);
  }
  Result<store::BookEnds> Ends(BookNo book) const override { return Next().Ends(book); }
  Result<std::optional<std::string>> ReadTile(const store::TileId& id) const override {
    return Next().ReadTile(id);
  }
  Result<Seq> KeyWatermark(BookNo book) const override { return Next().KeyWatermark(book); }
  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const store::CommandKey& key) const override {
    return Next().FindKey(book, source, key);
  }
  Status VisitKeys(BookNo book, const store::KeyVisitor& visit) const override {
    return Next().VisitKeys(book, visit);
  }
  Result<std::vector<store::StoredCheckpoint>> Checkpoints(BookNo book) const override {
    return Next().Checkpoints(book);
  }
  Result<std::optional<store::StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    return Next().LatestCheckpoint(book);
  }
  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    return Next().GetMeta(key);
  }
  Result<store::StoreStats> Stats() const override { return Next().Stats(); }
  Status Refresh() override {
    writer_();
    return inner_->Refresh();
  }

 private:
  [[nodiscard]] const store::EventReader& Next() const {
    writer_();
    return *inner_;
  }

  std::unique_ptr<store::EventReader> inner_;
  std::function<void()> writer_;
};

class Writer {
 public:
  Writer() : home_(std::make_unique<RocksDbHome>()) {
    SUANPAN_INVARIANT(Guard::Create(place_.path, place_.vkey).ok());
    LedgerOptions options;
    options.clock = [] { return *ParseInstant("2025-06-02T00:00:00Z"); };
    options.guard = Guard::Open(place_.path, place_.vkey, Guard::Mode::kWrite).value();
    ledger_ = Ledger::Open(home_->Open(), std::move(options)).value();
    Open("zz");
    GoOn();
  }
  void Open(std::string_view book) { Commit(OpeningOf(book)); }
  /// One more sale, and its head is signed.
  void GoOn() {
    Commit(SaleOf("zz", ++sales_));
    SUANPAN_INVARIANT(SignHead(*ledger_, "zz", TestSigner()).ok());
  }
  [[nodiscard]] std::unique_ptr<store::EventReader> Reader() const {
    return store::OpenRocksDbReader(home_->path()).value();
  }
  [[nodiscard]] const GuardPlace& place() const { return place_; }

 private:
  void Commit(const std::string& command) {
    schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
    const auto parsed = parser.Parse(command);
    const Submission sent = ledger_->Submit(std::get<schema::Command>(parsed), "s-till").value();
    SUANPAN_INVARIANT(sent.outcome == Submission::Outcome::kAccepted);
    SUANPAN_INVARIANT(ledger_->WaitDurable(sent).ok());
  }

  TempDir keys_;
  GuardPlace place_{keys_ / "guard", ToText(TestSigner().verifier())};
  std::unique_ptr<RocksDbHome> home_;
  std::unique_ptr<Ledger> ledger_;
  std::uint64_t sales_ = 0;
};

std::string AlarmsOf(const Result<Losses>& losses) {
  if (!losses.ok()) return losses.error().ToString();
  std::string text;
  for (const BookLoss& loss : losses->books) text += loss.text;
  return text;
}

TEST(LossesBesideAWriter, WhatItAppendedAndSignedSinceIsNoLoss) {
  Writer writer;
  const auto reader = writer.Reader();
  writer.GoOn();
  EXPECT_EQ(AlarmsOf(FindLosses(*reader, writer.place())), "");
}

TEST(LossesBesideAWriter, NorWhatItAppendsAndSignsMeanwhile) {
  Writer writer;
  BesideWriter reader{writer.Reader(), [&writer] { writer.GoOn(); }};
  EXPECT_EQ(AlarmsOf(FindLosses(reader, writer.place())), "");
}

TEST(LossesBesideAWriter, NorABookThatItOpensMeanwhile) {
  Writer writer;
  int books = 0;
  BesideWriter reader{writer.Reader(), [&] { writer.Open("b" + std::to_string(++books)); }};
  EXPECT_EQ(AlarmsOf(FindLosses(reader, writer.place())), "");
}

std::optional<UnstoredHead> UnstoredOf(store::EventReader& reader, BookNo book,
                                       const Guard& guard) {
  return SignedButNotStored(reader, std::array{book}, guard).value().front();
}

std::unique_ptr<Guard> GuardOf(const Writer& writer, Guard::Mode mode) {
  return Guard::Open(writer.place().path, writer.place().vkey, mode).value();
}

TEST(LossesBesideAWriter, NorIsAHeadUnstoredThatItSignsMeanwhile) {
  Writer writer;
  BesideWriter reader{writer.Reader(), [&writer] { writer.GoOn(); }};
  const auto guard = GuardOf(writer, Guard::Mode::kRead);
  EXPECT_EQ(UnstoredOf(reader, BookNo{1}, *guard), std::nullopt);
}

TEST(UnstoredHeads, AreThoseThatTheGuardKnowsAndTheDataDoesNot) {
  Writer writer;
  const auto reader = writer.Reader();
  const auto guard = GuardOf(writer, Guard::Mode::kWrite);
  const auto unstored = [&](BookNo book) { return UnstoredOf(*reader, book, *guard); };
  EXPECT_EQ(unstored(BookNo{1}), std::nullopt) << "signed and stored";
  EXPECT_EQ(unstored(BookNo{2}), std::nullopt) << "nothing was signed";
  ASSERT_TRUE(guard->WriteSigned(BookNo{1}, {TreeSize{3}, {}}).ok());
  ASSERT_TRUE(guard->WriteSigned(BookNo{2}, {TreeSize{1}, {}}).ok());
  EXPECT_EQ(unstored(BookNo{1}), (UnstoredHead{TreeSize{3}, TreeSize{2}}));
  EXPECT_EQ(unstored(BookNo{2}), (UnstoredHead{TreeSize{1}, TreeSize{}}));
  EXPECT_EQ(TextOf(*unstored(BookNo{1})),
            "the guard has a signed head of 3 entries, but the newest checkpoint that is stored "
            "has 2; no entry is missing: sign again with `suanpan checkpoint`");
}

}  // namespace
}  // namespace suanpan::engine::test
