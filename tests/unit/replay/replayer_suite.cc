// The state is a function of the entries in order: not of threads, blocks or the store.

#include <atomic>

#include "replay_fixture.h"
#include "suanpan/replay/parallel.h"
#include "support/forwarding_store.h"

namespace suanpan::replay::test {
namespace {

using suanpan::test::BlockPlan;

TEST_P(ReplayTest, EightBooksGiveTheSameRootsOnOneThreadAndOnMany) {
  constexpr std::uint32_t kBooks = 8;
  TestLedger ledger{EmptyStore()};
  ledger.AddYear(SmallYear(10, kBooks));
  ledger.SignAll();
  const std::vector<store::BookRow> books = ledger.ledger().reader().Books().value();
  ASSERT_EQ(books.size(), kBooks);
  const auto replay_all = [&](unsigned threads, const ReplayOptions& options) {
    std::vector<Replayed> results(kBooks);
    const Status status = ForEachParallel(kBooks, threads, [&](std::size_t i) {
      results[i] = Replay(ledger.ledger().reader(), books[i].book, options);
      return Status{};
    });
    EXPECT_TRUE(status.ok()) << status.ToString();
    return results;
  };
  const std::vector<Replayed> alone = replay_all(1, {});
  for (std::uint32_t i = 0; i < kBooks; ++i) {
    const engine::SealedHead live = ledger.ledger().Seal(books[i].ref).value();
    EXPECT_EQ(alone[i].state, live.state) << "as the writer's live state";
    EXPECT_EQ(alone[i].root, live.root);
    EXPECT_GT(alone[i].events, 50U);
    for (std::uint32_t other = 0; other < i; ++other) EXPECT_FALSE(alone[i] == alone[other]);
  }
  for (const unsigned threads : {2U, 5U, 8U, 16U}) {
    EXPECT_EQ(replay_all(threads, {}), alone) << threads << " threads";
  }
  EXPECT_EQ(replay_all(4, Ahead()), alone) << "each book decoded ahead as well";
}

TEST_P(ReplayTest, AnyGroupingIntoBlocksGivesTheSameState) {
  const std::vector<std::string>& entries = SmallYearEntries(40);
  ASSERT_GT(entries.size(), 300U);
  const Replayed together = Replay(*StoreOf(entries), kFirstBook);
  EXPECT_EQ(together.state.seq.value(), entries.size());
  for (const std::size_t entries_max : {1U, 10U, 255U, 1000U}) {
    const auto store = StoreOf(entries, BlockPlan{.entries_max = entries_max});
    EXPECT_EQ(Replay(*store, kFirstBook), together) << entries_max << " entries a block";
    EXPECT_EQ(Replay(*store, kFirstBook, Ahead()), together) << entries_max << ", decoded ahead";
  }
}

TEST_P(ReplayTest, DecodedAheadEveryPositionIsTheSameAsOnOneThread) {
  const std::vector<std::string>& entries = SmallYearEntries(40);
  const auto store = StoreOf(entries);
  // Around the sizes at which one batch ends and the next begins, and around both ends.
  for (const std::size_t until :
       {0UL, 1UL, 2UL, 255UL, 256UL, 257UL, 300UL, entries.size(), entries.size() + 1}) {
    ReplayOptions options;
    options.until = Seq{until};
    const Replayed alone = Replay(*store, kFirstBook, options);
    EXPECT_EQ(alone.state.seq.value(), std::min(until, entries.size()));
    options.decode_ahead = true;
    EXPECT_EQ(Replay(*store, kFirstBook, options), alone) << "until " << until;
  }
}

TEST_P(ReplayTest, StopsAreMetInOrderWithStateAndRootOfThatPosition) {
  const std::vector<std::string>& entries = SmallYearEntries(40);
  const auto store = StoreOf(entries);
  for (const bool ahead : {false, true}) {
    std::vector<Seq> met;
    ReplayOptions options;
    options.decode_ahead = ahead;
    options.stops = {
        Seq{0}, Seq{1}, Seq{256}, Seq{257}, Seq{entries.size()}, Seq{entries.size() + 7}};
    options.on_stop = [&](Seq seq, const rules::BookState& state, const Hash32& root) {
      met.push_back(seq);
      ReplayOptions there;
      there.until = seq;
      const Replayed expected = Replay(*store, kFirstBook, there);
      EXPECT_EQ(engine::DigestState(state), expected.state) << "at " << seq.value();
      EXPECT_EQ(root, expected.root) << "at " << seq.value();
      return Status{};
    };
    (void)Replay(*store, kFirstBook, options);
    EXPECT_EQ(met, (std::vector<Seq>{Seq{1}, Seq{256}, Seq{257}, Seq{entries.size()}}));
  }
}

TEST_P(ReplayTest, EntriesRecordedAfterTheTimeAreLeftOut) {
  const auto noon = *ParseInstant("2026-02-10T12:00:00Z");
  TestLedger ledger{EmptyStore()};
  ledger.AddYear(SmallYear(3));
  ledger.SignAll();
  const engine::SealedHead before = ledger.ledger().Seal("jx-001").value();
  ledger.now = noon;
  ledger.Submit(R"({"book":"jx-001","key":"late/1","facts":[{"kind":"party.registered",)"
                R"("occurred_at":"2025-06-01T12:00:00+08:00","actor":"p-1","party":"v-late",)"
                R"("party_type":"vendor"}]})");
  const engine::SealedHead after = ledger.ledger().Seal("jx-001").value();
  ASSERT_NE(after.state.root, before.state.root);
  for (const bool ahead : {false, true}) {
    ReplayOptions options;
    options.decode_ahead = ahead;
    options.recorded_until = InstantUs{noon.value() - 1};
    const Replayed then = Replay(ledger.ledger().reader(), kFirstBook, options);
    EXPECT_EQ(then.state, before.state);
    EXPECT_EQ(then.root, before.root);
    options.recorded_until = noon;
    EXPECT_EQ(Replay(ledger.ledger().reader(), kFirstBook, options).state, after.state);
    options.recorded_until = InstantUs{0};
    EXPECT_EQ(Replay(ledger.ledger().reader(), kFirstBook, options).state.seq, Seq{0});
  }
}

/// Ends the reading of any book with an I/O error after some blocks, or with an exception.
class BreakingStore final : public suanpan::test::ForwardingStore {
 public:
  BreakingStore(std::shared_ptr<store::EventStore> inner, int blocks, bool throws)
      : ForwardingStore(std::move(inner)), blocks_(blocks), throws_(throws) {}

  Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    SUANPAN_ASSIGN_OR_RETURN(auto inner, ForwardingStore::ReadBlocks(book, from));
    return std::unique_ptr<store::BlockCursor>{
        std::make_unique<Cursor>(std::move(inner), blocks_, throws_)};
  }

 private:
  class Cursor final : public store::BlockCursor {
   public:
    Cursor(std::unique_ptr<store::BlockCursor> inner, int blocks, bool throws)
        : inner_(std::move(inner)), blocks_(blocks), throws_(throws) {}
    Result<std::optional<ByteSpan>> Next() override {
      if (blocks_-- > 0) return inner_->Next();
      if (throws_) throw std::bad_alloc();
      return MakeError(StatusCode::kIo, "the disk is gone");
    }

   private:
    std::unique_ptr<store::BlockCursor> inner_;
    int blocks_;
    bool throws_;
  };

  int blocks_;
  bool throws_;
};

TEST_P(ReplayTest, AnErrorOfTheStoreEndsTheReplayAsItIs) {
  const std::vector<std::string>& entries = SmallYearEntries(40);
  const std::shared_ptr<store::EventStore> store = StoreOf(entries, {.entries_max = 10});
  for (const int blocks : {0, 1, 20}) {
    for (const bool ahead : {false, true}) {
      ReplayOptions options;
      options.decode_ahead = ahead;
      const auto error = ReplayBook(BreakingStore{store, blocks, false}, kFirstBook, options);
      ASSERT_FALSE(error.ok());
      EXPECT_EQ(error.error().code(), StatusCode::kIo);
      EXPECT_EQ(error.error().message(), "the disk is gone");
      EXPECT_THROW((void)ReplayBook(BreakingStore{store, blocks, true}, kFirstBook, options),
                   std::bad_alloc);
    }
  }
}

TEST_P(ReplayTest, OfTwoFaultsTheFirstInTheLogIsReportedOnOneThreadAndOnTwo) {
  std::vector<std::string> entries = SmallYearEntries(40);
  // Entry 150 again as 151 contradicts the state, which only applying can tell; 160 does not
  // decode.
  entries[150] = entries[9];
  entries[159] = Flipped(entries[159], 0);
  const auto store = StoreOf(entries);
  const auto alone = ReplayBook(*store, kFirstBook, {});
  const auto ahead = ReplayBook(*store, kFirstBook, Ahead());
  ASSERT_FALSE(alone.ok());
  ASSERT_FALSE(ahead.ok());
  EXPECT_EQ(ahead.error().ToString(), alone.error().ToString());
  EXPECT_NE(alone.error().message().find("entry 151"), std::string_view::npos)
      << alone.error().ToString();
}

TEST_P(ReplayTest, WhatACallbackSaysOrThrowsEndsTheReplayAndItsThread) {
  const std::vector<std::string>& entries = SmallYearEntries(40);
  const auto store = StoreOf(entries);
  class Throwing final : public Projection {
   public:
    void OnEvent(const EventContext& context) override {
      if (context.at.seq() == Seq{3}) throw std::runtime_error("enough");
    }
  };
  for (const bool ahead : {false, true}) {
    ReplayOptions options;
    options.decode_ahead = ahead;
    options.stops = {Seq{5}};
    options.on_stop = [](Seq, const rules::BookState&, const Hash32&) {
      return MakeError(StatusCode::kUnavailable, "stopped here");
    };
    const auto stopped = ReplayBook(*store, kFirstBook, options);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().message(), "stopped here");
    Throwing throwing;
    Projection* projections[] = {&throwing};
    EXPECT_THROW((void)ReplayBook(*store, kFirstBook, options, projections), std::runtime_error);
  }
}

TEST_P(ReplayTest, ProgressAddsUpToTheEvents) {
  const auto store = StoreOf(SmallYearEntries(40));
  for (const bool ahead : {false, true}) {
    std::uint64_t reported = 0;
    ReplayOptions options;
    options.decode_ahead = ahead;
    options.on_progress = [&](std::uint64_t more) { reported += more; };
    const Replayed replayed = Replay(*store, kFirstBook, options);
    EXPECT_EQ(reported, replayed.events);
    EXPECT_GT(reported, 0U);
  }
}

TEST_P(ReplayTest, ABookThatDoesNotExistIsAnEmptyOne) {
  const auto store = StoreOf(SmallYearEntries(3));
  for (const ReplayOptions& options : {ReplayOptions{}, Ahead()}) {
    const Replayed nothing = Replay(*store, BookNo{9}, options);
    EXPECT_EQ(nothing.state.seq, Seq{0});
    EXPECT_EQ(nothing.events, 0U);
  }
}

}  // namespace
}  // namespace suanpan::replay::test
