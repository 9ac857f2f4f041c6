// Cursors, the key index, checkpoints and named values.

#include <atomic>
#include <set>
#include <thread>

#include "store_conformance.h"
#include "suanpan/store/block.h"

namespace suanpan::store::test {
namespace {

CommandKey UuidKey(std::uint8_t value) {
  Uuid uuid;
  uuid.bytes.fill(value);
  return CommandKey::OfUuid(uuid);
}

TEST_P(StoreConformance, ReadingStartsWithTheBlockThatContainsTheSequence) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 3));
  EXPECT_OK(CommitBlock(1, 4, 4));
  EXPECT_OK(CommitBlock(1, 5, 300));
  EXPECT_OK(CommitBlock(2, 1, 2));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(PlacesFrom(store(), 1, 0), "1-3 4-4 5-300");
    EXPECT_EQ(PlacesFrom(store(), 1, 3), "1-3 4-4 5-300");
    EXPECT_EQ(PlacesFrom(store(), 1, 4), "4-4 5-300");
    EXPECT_EQ(PlacesFrom(store(), 1, 5), "5-300");
    EXPECT_EQ(PlacesFrom(store(), 1, 300), "5-300");
    EXPECT_EQ(PlacesFrom(store(), 1, 301), "") << "not the blocks of book 2";
    EXPECT_EQ(PlacesFrom(store(), 2, 1), "1-2");
    EXPECT_EQ(PlacesFrom(store(), 3, 1), "");
    Reopen();
  }
}

TEST_P(StoreConformance, TheLastBlockSaysWhereTheBookEnds) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 3));
  EXPECT_OK(CommitBlock(2, 1, 1));
  EXPECT_OK(CommitBlock(1, 4, 6));
  Reopen();
  const std::optional<StoredBlock> last = store().LastBlock(BookNo{1}).value();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->book, BookNo{1});
  EXPECT_EQ(last->first, Seq{4});
  EXPECT_EQ(last->last, Seq{6});
  EXPECT_EQ(last->bytes, SampleBlockBytes(Seq{4}, Seq{6}));
}

TEST_P(StoreConformance, ACursorKeepsToTheBlocksOfItsBeginning) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 1));
  const std::unique_ptr<BlockCursor> cursor = store().ReadBlocks(BookNo{1}, Seq{1}).value();
  EXPECT_OK(CommitBlock(1, 2, 2));
  EXPECT_TRUE(cursor->Next().value().has_value());
  EXPECT_FALSE(cursor->Next().value().has_value());
  EXPECT_FALSE(cursor->Next().value().has_value()) << "the end stays the end";
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-1 2-2");
}

TEST_P(StoreConformance, KeysOfBothFormsAreFoundInTheirBookAndSource) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 20));
  EXPECT_OK(CommitBlock(2, 1, 20));
  const KeyBinding bindings[] = {{NameId{1}, UuidKey(7), Seq{1}},
                                 {NameId{2}, UuidKey(7), Seq{2}},
                                 {NameId{1}, CommandKey::OfStream(NameId{5}, 63), Seq{3}},
                                 {NameId{1}, CommandKey::OfStream(NameId{5}, 64), Seq{4}},
                                 {NameId{1}, CommandKey::OfStream(NameId{6}, 64), Seq{5}}};
  EXPECT_OK(store().WriteKeys(BookNo{1}, bindings, Seq{5}));
  for (int round = 0; round < 2; ++round) {
    for (const KeyBinding& binding : bindings) {
      EXPECT_EQ(store().FindKey(BookNo{1}, binding.source, binding.key).value(), binding.seq);
      EXPECT_FALSE(store().FindKey(BookNo{2}, binding.source, binding.key).value().has_value());
      EXPECT_FALSE(store().FindKey(BookNo{1}, NameId{9}, binding.key).value().has_value());
    }
    const CommandKey neighbour = CommandKey::OfStream(NameId{5}, 65);
    EXPECT_FALSE(store().FindKey(BookNo{1}, NameId{1}, neighbour).value().has_value());
    EXPECT_FALSE(store().FindKey(BookNo{1}, NameId{1}, CommandKey{}).value().has_value());
    EXPECT_EQ(store().KeyWatermark(BookNo{1}).value(), Seq{5});
    EXPECT_EQ(store().KeyWatermark(BookNo{2}).value(), Seq{0});
    Reopen();
  }
}

TEST_P(StoreConformance, AStreamGoesOnInRowsThatAreOnDiskAlready) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 300));
  const auto key = [](std::uint64_t seq) { return CommandKey::OfStream(NameId{5}, 1'000 - seq); };
  for (std::uint64_t seq = 1; seq <= 300; ++seq) {
    const KeyBinding binding{NameId{1}, key(seq), Seq{seq}};
    ASSERT_TRUE(store().WriteKeys(BookNo{1}, {&binding, 1}, Seq{seq}).ok()) << seq;
    if (seq % 70 == 0) Reopen();
  }
  for (std::uint64_t seq = 1; seq <= 300; ++seq) {
    ASSERT_EQ(store().FindKey(BookNo{1}, NameId{1}, key(seq)).value(), Seq{seq});
  }
}

TEST_P(StoreConformance, WritingTheSameKeysAgainChangesNothing) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 2));
  const KeyBinding bindings[] = {{NameId{1}, UuidKey(7), Seq{1}},
                                 {NameId{1}, CommandKey::OfStream(NameId{5}, 1), Seq{2}}};
  EXPECT_OK(store().WriteKeys(BookNo{1}, bindings, Seq{2}));
  EXPECT_OK(store().WriteKeys(BookNo{1}, bindings, Seq{2}));
  for (const KeyBinding& binding : bindings) {
    EXPECT_EQ(store().FindKey(BookNo{1}, binding.source, binding.key).value(), binding.seq);
  }
}

TEST_P(StoreConformance, TheWatermarkMayRiseWithoutKeysButNeverPassTheLogOrGoBack) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 10));
  EXPECT_OK(store().WriteKeys(BookNo{1}, {}, Seq{4}));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(store().WriteKeys(BookNo{1}, {}, Seq{3}).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(store().WriteKeys(BookNo{1}, {}, Seq{11}).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(store().KeyWatermark(BookNo{1}).value(), Seq{4});
    Reopen();
  }
  EXPECT_OK(store().WriteKeys(BookNo{1}, {}, Seq{10}));
  EXPECT_EQ(store().WriteKeys(BookNo{9}, {}, Seq{0}).code(), StatusCode::kNotFound);
}

TEST_P(StoreConformance, BindingsThatCannotBeIndexedAreRefusedAndNoneIsWritten) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 10));
  const KeyBinding good{NameId{1}, UuidKey(1), Seq{1}};
  const KeyBinding bad[] = {{NameId{1}, CommandKey{}, Seq{2}},
                            {NameId{1}, UuidKey(2), Seq{0}},
                            {NameId{1}, UuidKey(2), Seq{6}}};
  for (const KeyBinding& binding : bad) {
    const KeyBinding both[] = {good, binding};
    EXPECT_EQ(store().WriteKeys(BookNo{1}, both, Seq{5}).code(), StatusCode::kInvalidArgument);
  }
  EXPECT_FALSE(store().FindKey(BookNo{1}, good.source, good.key).value().has_value());
  EXPECT_EQ(store().KeyWatermark(BookNo{1}).value(), Seq{0});
}

/// Sequences of the book's bindings; each must be found by its key too.
std::set<std::uint64_t> Visited(const EventStore& store, std::uint32_t book) {
  std::set<std::uint64_t> seqs;
  EXPECT_OK(store.VisitKeys(BookNo{book}, [&](const KeyBinding& binding) {
    EXPECT_TRUE(seqs.insert(binding.seq.value()).second);
    EXPECT_EQ(store.FindKey(BookNo{book}, binding.source, binding.key).value(), binding.seq);
    return Status{};
  }));
  return seqs;
}

const KeyBinding kFive[] = {{NameId{1}, UuidKey(7), Seq{1}},
                            {NameId{2}, UuidKey(7), Seq{2}},
                            {NameId{1}, CommandKey::OfStream(NameId{5}, 63), Seq{3}},
                            {NameId{1}, CommandKey::OfStream(NameId{5}, 2), Seq{4}},
                            {NameId{1}, CommandKey::OfStream(NameId{5}, 64), Seq{5}}};

TEST_P(StoreConformance, TheKeysOfABookAreVisitedEachOnce) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 20));
  EXPECT_OK(CommitBlock(2, 1, 20));
  const KeyBinding others{NameId{1}, UuidKey(8), Seq{1}};
  EXPECT_OK(store().WriteKeys(BookNo{1}, kFive, Seq{5}));
  EXPECT_OK(store().WriteKeys(BookNo{2}, {&others, 1}, Seq{1}));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Visited(store(), 1), (std::set<std::uint64_t>{1, 2, 3, 4, 5}));
    EXPECT_EQ(Visited(store(), 2), (std::set<std::uint64_t>{1}));
    EXPECT_EQ(Visited(store(), 3), (std::set<std::uint64_t>{}));
    const auto stop = [](const KeyBinding&) { return MakeError(StatusCode::kBusy, "stop"); };
    EXPECT_EQ(store().VisitKeys(BookNo{1}, stop).code(), StatusCode::kBusy);
    Reopen();
  }
}

TEST_P(StoreConformance, ClearedKeysAreGoneInEveryBookAndMayBeWrittenAgain) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 20));
  EXPECT_OK(CommitBlock(2, 1, 20));
  EXPECT_OK(store().WriteKeys(BookNo{1}, kFive, Seq{5}));
  EXPECT_OK(store().WriteKeys(BookNo{2}, kFive, Seq{5}));
  EXPECT_OK(store().ClearKeys());
  for (int round = 0; round < 2; ++round) {
    for (const std::uint32_t book : {1U, 2U}) {
      EXPECT_EQ(Visited(store(), book).size(), 0U);
      EXPECT_EQ(store().KeyWatermark(BookNo{book}).value(), Seq{0});
    }
    EXPECT_FALSE(store().FindKey(BookNo{1}, NameId{1}, kFive[2].key).value().has_value());
    Reopen();
  }
  EXPECT_OK(store().WriteKeys(BookNo{1}, {&kFive[2], 1}, Seq{3}));
  EXPECT_EQ(Visited(store(), 1), (std::set<std::uint64_t>{3})) << "nothing of the row before";
  EXPECT_OK(CommitBlock(1, 21, 22));
}

TEST_P(StoreConformance, CheckpointsAreListedBySizeAndTheLatestIsTheLargest) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 300));
  for (const std::uint64_t size : {256U, 0U, 300U, 1U}) {
    EXPECT_OK(store().PutCheckpoint(BookNo{1}, TreeSize{size}, AsBytes(std::to_string(size))));
  }
  EXPECT_OK(store().PutCheckpoint(BookNo{1}, TreeSize{1}, AsBytes("one, signed again")));
  EXPECT_OK(store().PutCheckpoint(BookNo{2}, TreeSize{0}, AsBytes("beta")));
  Reopen();
  std::string listed;
  const std::vector<StoredCheckpoint> all = store().Checkpoints(BookNo{1}).value();
  for (const StoredCheckpoint& checkpoint : all) {
    listed += fmt::format("{}={};", checkpoint.size.value(), checkpoint.bytes);
  }
  EXPECT_EQ(listed, "0=0;1=one, signed again;256=256;300=300;");
  EXPECT_EQ(store().LatestCheckpoint(BookNo{1}).value()->size, TreeSize{300});
  EXPECT_EQ(store().LatestCheckpoint(BookNo{2}).value()->bytes, "beta");
}

TEST_P(StoreConformance, ACheckpointOverEntriesThatAreNotThereIsRefused) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 3));
  const auto put = [this](std::uint32_t book, std::uint64_t size) {
    return store().PutCheckpoint(BookNo{book}, TreeSize{size}, AsBytes("x")).code();
  };
  EXPECT_EQ(put(1, 4), StatusCode::kFailedPrecondition);
  EXPECT_EQ(put(2, 1), StatusCode::kFailedPrecondition);
  EXPECT_EQ(put(9, 0), StatusCode::kNotFound);
  EXPECT_FALSE(store().LatestCheckpoint(BookNo{1}).value().has_value());
}

TEST_P(StoreConformance, OnlyWhatIsBehindTheEndIsForgotten) {
  AddBooks();
  EXPECT_EQ(store().Ends(BookNo{1}).value(), (BookEnds{Seq{0}, Seq{0}, TreeSize{0}}));
  EXPECT_OK(CommitBlock(1, 1, 300));
  EXPECT_OK(CommitBlock(2, 1, 3));
  CommitGroup tiles;
  tiles.tiles = {{{BookNo{1}, 1, 0}, SampleTile('a')}, {{BookNo{2}, 1, 0}, SampleTile('b')}};
  EXPECT_OK(store().Commit(tiles));
  const KeyBinding bindings[] = {{NameId{1}, UuidKey(7), Seq{1}},
                                 {NameId{1}, CommandKey::OfStream(NameId{5}, 1), Seq{300}}};
  EXPECT_OK(store().WriteKeys(BookNo{1}, bindings, Seq{300}));
  EXPECT_OK(store().PutCheckpoint(BookNo{1}, TreeSize{300}, AsBytes("signed")));
  EXPECT_OK(store().ForgetBehindEnd(BookNo{1}));
  EXPECT_EQ(store().ForgetBehindEnd(BookNo{9}).code(), StatusCode::kNotFound);
  Reopen();
  EXPECT_EQ(store().Ends(BookNo{1}).value(), (BookEnds{Seq{300}, Seq{300}, TreeSize{300}}));
  EXPECT_EQ(store().Ends(BookNo{2}).value(), (BookEnds{Seq{3}, Seq{0}, TreeSize{0}}));
  for (const KeyBinding& binding : bindings) {
    EXPECT_EQ(store().FindKey(BookNo{1}, binding.source, binding.key).value(), binding.seq);
  }
  EXPECT_FALSE(store().ReadTile({BookNo{1}, 1, 0}).value().has_value()) << "of 65,536 entries";
  EXPECT_TRUE(store().ReadTile({BookNo{2}, 1, 0}).value().has_value()) << "of another book";
  EXPECT_OK(CommitBlock(1, 301, 301));
}

TEST_P(StoreConformance, NamedValuesAreReplacedAndDoNotMeetTheBooks) {
  AddBooks();
  const std::string zeros("\0\0", 2);
  EXPECT_OK(store().PutMeta("origin", AsBytes("one")));
  EXPECT_OK(store().PutMeta("origin", AsBytes("two")));
  EXPECT_OK(store().PutMeta("", AsBytes(zeros)));
  EXPECT_OK(store().Refresh());
  Reopen();
  EXPECT_EQ(store().GetMeta("origin").value(), "two");
  EXPECT_EQ(store().GetMeta("").value(), zeros);
  EXPECT_EQ(store().Books().value().size(), 2U);
  EXPECT_TRUE(store().Stats().ok());
}

/// Reads whatever is there while the test's own thread writes, until told to stop.
class BusyReader {
 public:
  explicit BusyReader(EventStore& store) : thread_([this, &store] { Run(store); }) {}
  ~BusyReader() {
    stop_ = true;
    thread_.join();
  }
  BusyReader(const BusyReader&) = delete;
  BusyReader& operator=(const BusyReader&) = delete;

 private:
  void Run(EventStore& store) const {
    std::uint64_t last_seen = 0;
    for (std::uint32_t round = 0; !stop_; ++round) {
      const std::optional<StoredBlock> last = store.LastBlock(BookNo{1}).value();
      const std::uint64_t now = last ? last->last.value() : 0;
      EXPECT_GE(now, last_seen);
      last_seen = now;
      EXPECT_EQ(PlacesFrom(store, 1, now).find("corruption"), std::string::npos);
      // Keys are written after their blocks, so the watermark read now is at most the end read
      // later.
      const Seq watermark = store.KeyWatermark(BookNo{1}).value();
      EXPECT_LE(watermark, store.LastBlock(BookNo{1}).value().value_or(StoredBlock{}).last);
      if (watermark.value() > 0) {
        const CommandKey key = CommandKey::OfStream(NameId{5}, watermark.value());
        EXPECT_EQ(store.FindKey(BookNo{1}, NameId{1}, key).value(), watermark);
      }
      EXPECT_OK(store.PutMeta("round", AsBytes(std::to_string(round))));
    }
  }

  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

TEST_P(StoreConformance, ReadersBesideTheWriterSeeWholeGroupsAndKeysUpToTheWatermark) {
  AddBooks();
  const BusyReader one{store()};
  const BusyReader two{store()};
  for (std::uint64_t seq = 1; seq <= 200; ++seq) {
    ASSERT_TRUE(CommitBlock(1, seq, seq).ok());
    const KeyBinding binding{NameId{1}, CommandKey::OfStream(NameId{5}, seq), Seq{seq}};
    ASSERT_TRUE(store().WriteKeys(BookNo{1}, {&binding, 1}, Seq{seq}).ok());
    if (seq % 10 == 0) {
      EXPECT_OK(store().PutCheckpoint(BookNo{1}, TreeSize{seq}, AsBytes("note")));
    }
  }
}

}  // namespace
}  // namespace suanpan::store::test
